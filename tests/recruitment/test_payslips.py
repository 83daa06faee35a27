"""What a payslip says and what is found in it: the minimum, what was agreed, deductions, delay."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from permits.errors import Conflict
from permits.offers import Offer
from permits.wages import WageUnit
from recruitment.ethics.words import DeductionKind
from recruitment.exchange_rates import Rate, Rates, order_rates
from recruitment.payslip_checks import agreed_on, find_late, judge, month_earned, wage_facts
from recruitment.payslips import (
    Answer,
    Contested,
    Line,
    Slip,
    Taken,
    check_answerable,
    content_of,
    find_answer_faults,
    find_faults,
    find_overlaps,
    plain,
    read_slip,
)
from tests.payslips import payslip
from tests.recruitment.ethics.table import parameters, reference
from tests.vacancies import OFFER as FARM

pytestmark = pytest.mark.feature("E9")
TODAY = date(2026, 11, 30)
OFFER: Offer = replace(
    FARM,
    wage=Decimal("60.00"),
    currency="HNL",
    unit=WageUnit.LATA,
    unit_kg=Decimal("15.9"),
    tops_up=True,
)
D = Decimal
WEEK = Slip(
    date(2026, 11, 16),
    date(2026, 11, 21),
    "HNL",
    6,
    WageUnit.LATA,
    D("30"),
    D("60.00"),
    top_up=D("210.80"),
    paid_on=date(2026, 11, 21),
)
"""Six days, thirty latas, completed to the minimum of a small farm."""


def codes(slip: Slip, today: date = TODAY, offer: Offer = OFFER) -> list[str]:
    data = reference()
    agreed = agreed_on(offer, parameters().programme.on(TODAY), data.minimum_wages, slip.last_day)
    return [one.code for one in judge(slip, agreed, parameters(), today)]


def test_the_sum_is_of_units_top_up_and_overtime_less_what_was_taken() -> None:
    slip = replace(
        WEEK,
        overtime_hours=D(2),
        overtime_pay=D("105.00"),
        taken=(Taken(DeductionKind.ADVANCE, D("100.00"), consent=True),),
    )
    assert (slip.earned, slip.gross, slip.deducted, slip.net) == (
        D("1800.00"),
        D("2115.80"),
        D("100.00"),
        D("2015.80"),
    )
    assert read_slip(plain(slip)) == slip
    assert content_of(slip) != content_of(replace(slip, top_up=D("210.81")))


def least() -> Decimal:
    """The minimum of six days on the smallest farm."""
    agreed = agreed_on(OFFER, parameters().programme.on(TODAY), reference().minimum_wages, TODAY)
    found = agreed.minimum_per_day
    assert found is not None
    return (found * 6).quantize(D("0.01"))


def test_the_minimum_of_the_days_is_owed_whatever_was_picked() -> None:
    fair = replace(WEEK, top_up=least() - D("1800.00"))
    assert codes(fair) == []
    short = replace(fair, top_up=fair.top_up - D("0.01"))
    assert codes(short) == ["paid-below-minimum"]
    assert codes(replace(fair, overtime_hours=D(1), overtime_pay=D("60"), top_up=D(0))) == [
        "paid-below-minimum"  # overtime completes no minimum
    ]


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"rate": D("57.00"), "units": D(60), "top_up": D(0)}, []),  # five per cent exactly
        ({"rate": D("56.99"), "units": D(60), "top_up": D(0)}, ["paid-less"]),
        ({"paid_on": date(2026, 11, 24)}, []),  # three days after the period
        ({"paid_on": date(2026, 11, 25)}, ["unpaid"]),
        ({"paid_on": None}, ["unpaid"]),
        ({"overtime_hours": D(2), "overtime_pay": D("104.60")}, []),
        ({"overtime_hours": D(2), "overtime_pay": D("90.00")}, ["premium-too-low"]),
        ({"taken": (Taken(DeductionKind.RECRUITMENT, D(50)),)}, ["recruitment-cost"]),
        ({"taken": (Taken(DeductionKind.TOOLS, D(50)),)}, ["not-allowed"]),
        ({"taken": (Taken(DeductionKind.ADVANCE, D(600), consent=True),)}, ["over-cap"]),
        ({"taken": (Taken(DeductionKind.FOOD, D(50)),)}, ["no-consent"]),
    ],
)
def test_what_is_found(changes: dict[str, object], found: list[str]) -> None:
    fair = replace(WEEK, top_up=least() - D("1800.00"))
    assert codes(replace(fair, **changes)) == found  # type: ignore[arg-type]


def test_an_unpaid_period_is_due_and_another_unit_cannot_be_compared() -> None:
    agreed = agreed_on(OFFER, parameters().programme.on(TODAY), (), TODAY)
    told = wage_facts(replace(WEEK, paid_on=None), agreed, date(2026, 11, 22))
    assert (told.days_since_pay, told.pay_period_days, told.due) == (7, 6, D("1800.00"))
    by_day = replace(WEEK, unit=WageUnit.DAY, units=D(6), rate=D(350), paid_on=None)
    assert wage_facts(by_day, agreed, TODAY).is_otherwise
    assert codes(by_day) == ["unpaid"]  # that nothing was paid is known all the same
    assert codes(replace(by_day, paid_on=by_day.last_day)) == ["paid-otherwise"]


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"unit": WageUnit.LATA, "rate": D("70.00")}, []),  # thirty latas: six days of 350
        ({"unit": WageUnit.LATA, "rate": D("66.49")}, ["paid-less"]),
        ({"unit": WageUnit.HOUR, "units": D(48), "rate": D("43.75")}, []),
        ({"unit": WageUnit.HOUR, "units": D(24), "rate": D("43.75")}, ["paid-below-minimum"]),
        ({"unit": WageUnit.MONTH, "units": D("0.2"), "rate": D(9900)}, ["paid-less"]),
        ({"currency": "USD", "units": D(6), "rate": D(14)}, []),
        ({"currency": "USD", "units": D(6), "rate": D(1)}, ["paid-below-minimum", "paid-less"]),
        ({"currency": "GTQ", "units": D(6), "rate": D(350)}, ["paid-otherwise"]),
    ],
)
def test_pay_in_another_unit_or_currency_is_turned_into_what_was_agreed(
    changes: dict[str, object], found: list[str]
) -> None:
    by_day = replace(OFFER, unit=WageUnit.DAY, wage=D(350), unit_kg=None, tops_up=False)
    slip = replace(WEEK, unit=WageUnit.DAY, top_up=D(0))
    rate = Rate("USD", WEEK.last_day - timedelta(days=7), D("25"), "Banco")
    known = agreed_on(by_day, parameters().programme.on(TODAY), reference().minimum_wages, TODAY)
    agreed = replace(known, rates=Rates(order_rates([rate])), rate_days=7)
    told = judge(replace(slip, **changes), agreed, parameters(), TODAY)  # type: ignore[arg-type]
    assert sorted(one.code for one in told) == sorted(found)


def test_what_is_not_paid_becomes_late_after_the_payslip_was_written() -> None:
    unpaid = replace(WEEK, paid_on=None)
    assert find_late(unpaid, parameters(), WEEK.last_day + timedelta(days=3)) is None
    late = find_late(unpaid, parameters(), WEEK.last_day + timedelta(days=4))
    assert late is not None
    assert (late.code, late.facts) == ("unpaid", {"days": 10})
    assert find_late(WEEK, parameters(), TODAY + timedelta(days=90)) is None


def test_the_first_month_is_told_by_twenty_five_days_of_payslips() -> None:
    def slips(*weeks: int) -> list[Slip]:
        return [
            replace(
                WEEK,
                first_day=WEEK.first_day + timedelta(days=7 * week),
                last_day=WEEK.first_day + timedelta(days=7 * week + 6),
                units=D(35),
                top_up=D(0),
            )
            for week in weeks
        ]

    assert month_earned(slips(0, 1, 2)) is None
    assert month_earned(slips(0, 1, 2, 3)) == (D("9000.00"), "HNL")  # 28 of 30 days
    assert month_earned(slips(0, 1, 2, 3, 4, 5)) == (D("9000.00"), "HNL")
    assert month_earned([replace(one, paid_on=None) for one in slips(0, 1, 2, 3)]) is None


def test_what_cannot_be_meant_is_refused_at_once() -> None:
    wrong = replace(WEEK, days=7, units=D(-1), paid_on=TODAY + timedelta(days=1))
    assert [(one.field, one.code) for one in find_faults(wrong, TODAY)] == [
        ("paid_on", "date-in-future"),
        ("days", "days-beyond-period"),
        ("units", "amount-impossible"),
    ]
    too_much = replace(WEEK, taken=(Taken(DeductionKind.ADVANCE, D(5000)),))
    assert [one.code for one in find_faults(too_much, TODAY)] == ["taken-beyond-wage"]
    long = replace(WEEK, first_day=date(2026, 10, 1))
    assert [one.code for one in find_faults(long, TODAY)] == ["period-too-long"]
    # Days that are not told would owe no minimum.
    assert [one.code for one in find_faults(replace(WEEK, days=0), TODAY)] == ["days-missing"]
    assert find_faults(replace(WEEK, days=0, units=D(0)), TODAY) == []  # a guaranteed day
    next_day = replace(WEEK, first_day=WEEK.last_day)
    assert [one.code for one in find_overlaps(next_day, [WEEK])] == ["period-overlaps"]
    assert find_overlaps(replace(WEEK, days=5), [WEEK]) == []  # a newer version


def test_a_worker_answers_the_newest_version_and_contests_by_line() -> None:
    assert [one.code for one in find_answer_faults(Answer.CONTESTED, (), "")] == ["missing"]
    assert find_answer_faults(Answer.ACKNOWLEDGED, (), "") == []
    contested = payslip(WEEK, Answer.CONTESTED, (Contested(Line.UNITS, "34"),))
    for found, seen in ((contested, 1), (payslip(WEEK), 2)):
        with pytest.raises(Conflict):
            check_answerable(found, seen)
    check_answerable(payslip(WEEK, Answer.ACKNOWLEDGED), 1)
