"""Papers of the way abroad: faults all at once, a payment each, and days that nobody insures."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest

from permits.people import PersonId
from recruitment.costs import Asker, Costs, Debtor, debtor_of
from recruitment.ethics.words import Payer
from recruitment.travel_papers import (
    COST_OF,
    Cover,
    PaperSource,
    Told,
    TravelPaper,
    TravelPaperKind,
    find_faults,
    is_covered,
    payment_of,
)
from tests.builders import NOW

TODAY = date(2026, 12, 1)
VISA = Told(TravelPaperKind.VISA, date(2026, 11, 20), Payer.WORKER, Decimal("3900.00"), "HNL")
COVER = Cover("Seguros del Norte", "PN-1", date(2026, 12, 1), date(2027, 7, 31))
INSURED = Told(TravelPaperKind.INSURANCE, TODAY, Payer.EMPLOYER, cover=COVER)


def insured(first: date, last: date) -> TravelPaper:
    told = replace(INSURED, cover=replace(COVER, first_day=first, last_day=last))
    one = UUID(int=1)
    return TravelPaper(one, PersonId(one), told, PaperSource.OFFICIAL, PersonId(UUID(int=2)), NOW)


@pytest.mark.feature("W19", "E6")
@pytest.mark.parametrize(
    ("told", "faults"),
    [
        (VISA, []),
        (INSURED, []),
        (replace(VISA, payer=Payer.EMPLOYER, amount=None, currency=""), []),
        (replace(VISA, amount=None), [("paper-without-amount", "amount")]),
        (replace(VISA, amount=Decimal(0)), [("amount-not-positive", "amount")]),
        (
            replace(VISA, got_on=date(2026, 12, 2), currency="XXX"),
            [("date-in-future", "got_on"), ("not-an-option", "currency")],
        ),
        (replace(INSURED, cover=None), [("insurance-untold", "insurer")]),
        (
            replace(INSURED, cover=replace(COVER, last_day=date(2026, 11, 30))),
            [("cover-reversed", "covers_until")],
        ),
    ],
)
def test_what_is_wrong_is_told_at_once(told: Told, faults: list[tuple[str, str]]) -> None:
    assert [(one.code, one.field) for one in find_faults(told, TODAY)] == faults


@pytest.mark.feature("W19")
def test_each_paper_is_the_employers_to_pay_and_keeps_what_its_worker_added() -> None:
    costs = Costs(frozenset(), frozenset(COST_OF.values()), 7, 30)
    for kind in TravelPaperKind:
        assert debtor_of(payment_of(replace(VISA, kind=kind)), costs) is Debtor.EMPLOYER
    added = replace(payment_of(VISA), asker=Asker.RECRUITER, words="En su oficina.")
    changed = payment_of(replace(VISA, amount=Decimal(10)), added)
    assert changed == replace(added, amount=Decimal(10))


@pytest.mark.feature("W25")
def test_a_stay_is_covered_by_insurances_without_a_gap() -> None:
    first, last = date(2026, 12, 5), date(2027, 7, 31)
    until, then = insured(TODAY, date(2027, 3, 1)), insured(date(2027, 3, 2), last)
    assert is_covered([then, until], first, last)
    assert not is_covered([until], first, last)
    assert not is_covered([until, insured(date(2027, 3, 3), last)], first, last)
    assert not is_covered([], first, last)
    assert not is_covered([until, then], date(2026, 11, 30), last)
