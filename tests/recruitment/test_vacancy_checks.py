"""The checks of a vacancy as a whole: which rules, in which order, and what no rule asks for."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest

from permits.findings import Severity
from permits.people import PersonId
from permits.programme_files import read
from permits.wages import WageUnit
from recruitment.day_wages import find_median, least_per_unit, tell_day_wage
from recruitment.ethics.catalogue import OF_A_VACANCY
from recruitment.ethics.overrides import Override
from recruitment.ethics.parameters import Parameters
from recruitment.ethics.rules import RuleId
from recruitment.ethics.written import digest, read_finding, write_finding
from recruitment.hirers import Hirer, Record
from recruitment.housing import Lodging
from recruitment.labour_market import (
    Step,
    StepKind,
    attested_minimum,
    bound_to,
    check_nationals_first,
    find_faults,
    plain_bound,
    read_bound,
)
from recruitment.terms import Counted, working_days
from recruitment.vacancy_checks import NOT_YET, find_holding, judge
from tests.hirers import FIT
from tests.permits.test_programmes import given_mapping, threshold
from tests.recruitment.ethics.table import parameters, reference
from tests.vacancies import FAIR, FIRST, LATA, OFFER, wanted

ON = date(2026, 11, 28)
OWNER = UUID(int=7)
FARM = replace(OFFER, employer="farm", employer_name="Finca El Cedral")
KNOWN = Record(registered=True, tax_active=True, located=True, coffee_key=True)
BEDS = Lodging(UUID(int=3), OFFER.municipality, 30, FIT)
HIRER = Hirer(KNOWN, lodgings=(BEDS,))
COUNTED = Counted(20, quota_left=20, median_wage=Decimal(350), hirer=HIRER, housed=20)
STEP = Step(
    StepKind.NATIONALS_FIRST,
    date(2026, 10, 1),
    date(2026, 10, 15),
    "Aviso 12 del servicio de empleo.",
    came_forward=3,
)


def asking(days: int = 15) -> Parameters:
    """A programme whose file asks for nationals first."""
    programme = read({**given_mapping(), "nationals_first_days": threshold(days)})
    return replace(parameters(), programme=programme)


def asking_nothing() -> Parameters:
    """A programme whose file asks for none of it."""
    return replace(parameters(), programme=read(given_mapping()))


def test_every_rule_is_judged_or_said_not_to_be() -> None:
    assert OF_A_VACANCY | NOT_YET.keys() == set(RuleId)
    assert OF_A_VACANCY & NOT_YET.keys() == set()


@pytest.mark.feature("O13")
@pytest.mark.parametrize(
    ("steps", "code"),
    [
        ((), "nationals-first-missing"),
        ((STEP,), ""),
        ((replace(STEP, last_day=date(2026, 10, 14)),), "nationals-first-short"),
        ((replace(STEP, first_day=date(2026, 11, 20), last_day=FIRST),), "nationals-first-short"),
        (
            (Step(StepKind.ATTESTED_MINIMUM, FIRST, FIRST, "Nota 5", per_day=Decimal(50)),),
            "nationals-first-missing",
        ),
    ],
)
def test_nationals_come_first_where_the_programme_asks_for_it(
    steps: tuple[Step, ...], code: str
) -> None:
    found = judge(FARM, FAIR, COUNTED, steps, asking(), ON)
    assert [one.code for one in found] == ([code] if code else [])
    # Nobody sets it aside: it is no rule of the catalogue.
    override = Override(RuleId.R06, code, Severity.BLOCK, PersonId(OWNER), "x" * 20, ON, ON)
    assert [one.code for one in find_holding(found, [override], ON)] == [one.code for one in found]
    assert judge(FARM, FAIR, COUNTED, steps, asking_nothing(), ON) == ()


@pytest.mark.feature("O13")
@pytest.mark.parametrize(
    ("changes", "places", "counts"),
    [
        ({}, 20, True),
        ({}, 5, True),
        ({"title": FARM.title.upper()}, 20, True),
        ({}, 21, False),
        ({"title": "Capataz"}, 20, False),
        ({"occupation": "8341"}, 20, False),
        ({"department": "HN-LE"}, 20, False),
        ({"municipality": "1301"}, 20, False),
        ({"wage": Decimal("700")}, 20, False),
        ({"currency": "USD"}, 20, False),
        ({"unit": WageUnit.HOUR}, 20, False),
    ],
)
def test_another_work_or_more_places_are_offered_at_home_anew(
    changes: dict[str, object], places: int, counts: bool
) -> None:
    step = replace(STEP, bound=read_bound(plain_bound(bound_to(FARM, 20))))
    offer = replace(FARM, **changes)  # type: ignore[arg-type]
    found = check_nationals_first(asking().programme, [step], offer, places, ON)
    assert [one.code for one in found] == ([] if counts else ["nationals-first-other"])
    counted = replace(COUNTED, places=21)
    assert "nationals-first-other" in {
        one.code for one in judge(FARM, FAIR, counted, [step], asking(), ON)
    }


@pytest.mark.feature("O13")
def test_an_attested_minimum_is_one_of_its_currency() -> None:
    bound = bound_to(replace(FARM, currency="CAD"), 20)
    step = Step(StepKind.ATTESTED_MINIMUM, FIRST, FIRST, "Nota 5", per_day=Decimal(50), bound=bound)
    assert attested_minimum([step], "CAD") == Decimal(50)
    assert attested_minimum([step], "GTQ") is None
    assert attested_minimum([replace(step, bound=None)], "GTQ") == Decimal(50)


@pytest.mark.feature("O13")
def test_a_step_is_told_once_it_is_over_and_with_its_evidence() -> None:
    wrong = replace(STEP, last_day=date(2026, 9, 1), evidence="x", came_forward=None)
    assert [(one.code, one.field) for one in find_faults(wrong, ON)] == [
        ("dates-reversed", "last_day"),
        ("too-short", "evidence"),
        ("missing", "came_forward"),
    ]
    assert [one.code for one in find_faults(replace(STEP, last_day=FIRST), ON)] == [
        "date-in-future"
    ]
    assert find_faults(STEP, ON) == []


@pytest.mark.feature("N10")
def test_a_piece_rate_is_told_as_a_day_beside_the_minimum() -> None:
    programme, wages = parameters().programme.on(ON), reference().minimum_wages
    assert programme.piece_kg_per_day is not None
    poor = wanted(**LATA, wage=Decimal("50.00"), tops_up=True).offer
    told = tell_day_wage(poor, programme, wages)
    assert told is not None
    kilos = programme.piece_kg_per_day.value
    assert told.earned == Decimal(50) * kilos / Decimal("15.9")
    assert told.minimum == Decimal("9053.00") / 30
    assert (told.kg_per_day, told.units_per_day) == (kilos, kilos / Decimal("15.9"))
    assert told.short == told.minimum - told.earned > 0
    assert told.paid == told.minimum
    assert told.source.startswith("Acuerdo SETRASS-109-2024")
    least = least_per_unit(told.minimum, Decimal("15.9"), kilos)
    just = replace(poor, wage=least)
    enough, lacking = (
        tell_day_wage(replace(just, wage=least - cents), programme, wages)
        for cents in (Decimal(0), Decimal("0.01"))
    )
    assert enough is not None
    assert lacking is not None
    assert (enough.short == 0, lacking.short > 0) == (True, True)
    assert tell_day_wage(replace(poor, unit_kg=None), programme, wages) is None
    abroad = replace(poor, currency="USD")
    told = tell_day_wage(abroad, programme, wages)
    assert told is not None
    assert told.minimum is None
    assert told.short == 0


@pytest.mark.feature("E4")
def test_half_of_the_sector_is_what_five_others_earn_else_the_minimum() -> None:
    programme, wages = parameters().programme.on(ON), reference().minimum_wages
    five = [Decimal(one) for one in (100, 200, 300, 400, 900)]
    assert find_median(five, FARM, programme, wages, None) == Decimal(300)
    floor = find_median(five[:4], FARM, programme, wages, None)
    assert floor is not None
    assert floor.quantize(Decimal("0.01")) == Decimal("301.77")
    assert find_median(five[:4], replace(FARM, currency="USD"), programme, wages, None) is None
    by_hour = replace(FARM, wage=Decimal(50), hours_per_day=Decimal(6))
    assert find_median(five, replace(by_hour), programme, wages, None) == Decimal(225)


@pytest.mark.feature("E4")
def test_findings_are_kept_as_they_were_and_digests_know_no_order() -> None:
    found = judge(replace(FARM, wage=Decimal(1)), FAIR, COUNTED, (), asking(), ON)
    assert [one.code for one in found] == ["nationals-first-missing", "below-minimum"]
    assert tuple(read_finding(write_finding(one)) for one in found) == found
    assert digest({"b": 1, "a": frozenset("xyz")}) == digest({"a": frozenset("zyx"), "b": 1})
    assert digest(FAIR) != digest(replace(FAIR, notice_days=4))


def test_days_of_work_leave_out_the_rest() -> None:
    assert working_days(replace(FARM, ends_on=FIRST)) == 1
    assert working_days(replace(FARM, ends_on=date(2026, 12, 7))) == 5
    assert working_days(replace(FARM, ends_on=date(2026, 12, 10))) == 8
    assert working_days(replace(FARM, ends_on=date(2026, 11, 1))) == 0
