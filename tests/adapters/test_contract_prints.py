"""The copy of a contract that worker and employer keep."""

from dataclasses import replace

import pytest

from app.web.print_voice import print_voice
from recruitment.contracts import Agreement, Party, Way
from tests.contract_papers import contract_of
from tests.papers import COFFEE, OFFER, PRINTED_AT, prints, words_of


@pytest.mark.feature("W9")
@pytest.mark.parametrize("answer", [True, False])
def test_what_the_worker_said_of_deductions_is_on_the_contract(answer: bool) -> None:
    printer = prints()
    printed = contract_of(OFFER, COFFEE)
    own = Agreement(Party.WORKER, Way.OWN, PRINTED_AT, deductions=answer)
    agreed = (*printed.contract.agreements, own)
    printed = replace(printed, contract=replace(printed.contract, agreements=agreed))
    said = words_of(printer.pdf(printer.contract_paper(printed, "es"))).replace(" ", "")
    words = print_voice("es").words("letters/contract")
    expected = words["deductions_yes" if answer else "deductions_no"]
    assert (words["deductions"] + expected).replace(" ", "") in said
