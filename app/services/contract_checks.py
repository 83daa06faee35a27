"""Each version of a contract is judged as it is drawn; its employer reads what is against it."""

from collections.abc import Sequence
from uuid import UUID

from app.services import nominations, vacancy_judging
from app.services.work import Work
from app.storage import contracts as rows
from app.storage.vacancies import ListedVacancy
from permits.deadlines import legal_day
from recruitment.contract_checks import find_blocks, judge_contract
from recruitment.contracts import Contract
from recruitment.ethics.rules import RuleFinding
from recruitment.terms import Terms


def judge_version(
    work: Work, vacancy: ListedVacancy, terms: Terms
) -> tuple[tuple[RuleFinding, ...], bool]:
    """What R09 to R15 find in the terms of today, and whether it blocks the version.

    An exception that was given for the vacancy counts for its contracts too; none can be given
    of R14 and R15. The vacancy is only looked at again where something blocks.
    """
    parameters = vacancy_judging.parameters_for(work, vacancy.programme)
    reading = vacancy_judging.find_reading(work, vacancy, terms)
    found = judge_contract(vacancy.offer, terms, parameters, legal_day(work.now), reading)
    if not find_blocks(found, found):  # were everything to stand against the vacancy
        return found, False
    return found, bool(find_blocks(found, vacancy_judging.look(work, vacancy).holding))


def list_blocked(work: Work, vacancy: UUID) -> Sequence[Contract]:
    """The newest versions for an own vacancy that nobody can agree to; they name no worker."""
    nominations.read_own(work, vacancy)
    return rows.list_blocked(work.session, vacancy)
