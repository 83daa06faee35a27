"""A contract has one canonical form; every change for the worse is found, by R16 as well."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from permits.errors import Conflict, Invalid
from permits.offers import Offer
from permits.people import PersonId
from permits.programmes import Hiring
from permits.wages import EmployerSize, WageUnit
from recruitment.contract_acceptance import check_acceptable, check_heard, language_heard
from recruitment.contracts import (
    Agreement,
    Change,
    Contract,
    Party,
    Way,
    agreed_terms,
    compare,
    content_of,
    digest_of,
    find_base,
    is_substitution,
    terms_of,
)
from recruitment.ethics.contracts import find_worse
from recruitment.ethics.words import ReturnTransport, Shift
from recruitment.terms import Grievance, Insurance, PayDay, RestDay, Terms

pytestmark = pytest.mark.feature("W9")

CASE, WORKER, VACANCY = UUID(int=1), PersonId(UUID(int=2)), UUID(int=3)
AT = datetime(2026, 11, 2, 15, tzinfo=UTC)
OFFER = Offer(
    vacancy=str(VACANCY),
    employer=str(UUID(int=4)),
    employer_name="Finca La Ñapa",
    employer_size=EmployerSize.TO_10,
    hiring=Hiring.OPEN,
    department="HN-CP",
    municipality="0401",
    title="Corte de café",
    occupation="9211",
    starts_on=date(2026, 12, 1),
    ends_on=date(2027, 2, 15),
    wage=Decimal("60"),
    currency="HNL",
    unit=WageUnit.LATA,
    unit_kg=Decimal("16"),
    hours_per_day=Decimal("8"),
    days_per_week=6,
    housing=True,
    transport=True,
    food=False,
)
TERMS = Terms(
    tasks_es="Cortar café.",
    tasks_en="Pick coffee.",
    pay_day=PayDay.WEEKLY,
    rest_day=RestDay.SUNDAY,
    shift=Shift.DAY,
    arrival=ReturnTransport.TO_BORDER,
    way_back=ReturnTransport.TO_HOME,
    insurance=Insurance.IHSS,
    notice_days=7,
    grievance=Grievance.SETRASS,
    guaranteed_days=60,
    worker_pays=Decimal("0"),
)
CHANGES: list[tuple[str, dict[str, Any], Change]] = [
    ("wage", {"wage": Decimal("59.99")}, Change.WORSE),
    ("wage", {"wage": Decimal("61")}, Change.BETTER),
    ("unit_kg", {"unit_kg": Decimal("17")}, Change.WORSE),
    ("unit_kg", {"unit_kg": Decimal("15")}, Change.BETTER),
    ("unit_kg", {"unit_kg": None}, Change.WORSE),  # a measure of any size
    ("unit", {"unit": WageUnit.DAY}, Change.WORSE),
    ("currency", {"currency": "USD"}, Change.WORSE),
    ("municipality", {"municipality": "0402"}, Change.WORSE),
    ("occupation", {"occupation": "9213"}, Change.WORSE),
    ("starts_on", {"starts_on": date(2026, 12, 2)}, Change.WORSE),
    ("ends_on", {"ends_on": date(2027, 3, 1)}, Change.WORSE),
    ("employer_name", {"employer_name": "Finca La Napa"}, Change.OTHER),
    ("hours_per_day", {"hours_per_day": Decimal("9")}, Change.WORSE),
    # By the piece, by the hour or by the day, who works less earns less.
    ("days_per_week", {"days_per_week": 5}, Change.WORSE),
    ("hours_per_day", {"hours_per_day": Decimal("6")}, Change.WORSE),
    ("housing", {"housing": False}, Change.WORSE),
    ("food", {"food": True}, Change.BETTER),
    ("title", {"title": "Corte"}, Change.OTHER),
]
TERM_CHANGES: list[tuple[str, object, Change]] = [
    ("way_back", ReturnTransport.TO_BORDER, Change.WORSE),
    ("arrival", ReturnTransport.TO_HOME, Change.BETTER),
    ("arrival", None, Change.WORSE),
    ("shift", Shift.NIGHT, Change.WORSE),
    ("pay_day", PayDay.MONTHLY, Change.WORSE),
    ("pay_day", PayDay.DAILY, Change.BETTER),
    ("insurance", Insurance.NONE, Change.WORSE),
    ("insurance", Insurance.PRIVATE, Change.WORSE),
    ("insurance", Insurance.PUBLIC_ABROAD, Change.OTHER),
    ("rest_day", RestDay.AGREED, Change.WORSE),
    ("rest_day", None, Change.WORSE),
    ("rest_day", RestDay.SATURDAY, Change.OTHER),
    ("guaranteed_days", None, Change.WORSE),
    ("worker_pays", Decimal("50"), Change.WORSE),
    ("overtime_premium_percent", 50, Change.BETTER),
    ("housing_deducted", Decimal("300"), Change.WORSE),
    ("food_deducted", Decimal("0.01"), Change.WORSE),
    ("notice_days", 14, Change.WORSE),
    ("notice_days", None, Change.WORSE),
    ("notice_days", 3, Change.BETTER),
    ("worker_pays", None, Change.WORSE),
    ("grievance", Grievance.EMPLOYER, Change.WORSE),
    ("grievance", None, Change.WORSE),
    ("grievance", Grievance.CONSULATE, Change.OTHER),
    ("tasks_es", "Cortar y cargar café.", Change.OTHER),
    ("tasks_es", "Cortar café, y lo que diga el caporal.", Change.OTHER),
    ("tasks_en", "", Change.OTHER),
]


def told(offer: Offer = OFFER, terms: Terms = TERMS) -> dict[str, Any]:
    mapping: dict[str, Any] = json.loads(content_of(CASE, WORKER, offer, terms))
    return mapping


def drawn(version: int, offer: Offer = OFFER, *agreed: Party) -> Contract:
    content = content_of(CASE, WORKER, offer, TERMS)
    way = {Party.WORKER: Way.OWN, Party.EMPLOYER: Way.OPEN}
    agreements = tuple(Agreement(one, way[one], AT) for one in agreed)
    digest = digest_of(content)
    return Contract(CASE, WORKER, version, VACANCY, digest, content, AT, agreements)


def test_one_contract_has_one_form_however_its_numbers_were_written() -> None:
    other = replace(OFFER, wage=Decimal("60.0"), hours_per_day=Decimal("8.00"))
    assert content_of(CASE, WORKER, other, TERMS) == content_of(CASE, WORKER, OFFER, TERMS)
    assert compare(told(), told()) == ()
    assert "housing_deducted" not in told()  # who tells none has the digest of before
    shown = terms_of(told())
    assert (shown.way_back, shown.worker_pays) == (ReturnTransport.TO_HOME, Decimal("0.00"))


@pytest.mark.parametrize(("field", "changed", "change"), CHANGES)
def test_each_change_of_the_offer_is_weighed(
    field: str, changed: dict[str, Any], change: Change
) -> None:
    weigh(field, told(replace(OFFER, **changed)), change)


@pytest.mark.parametrize(("field", "value", "change"), TERM_CHANGES)
def test_each_change_of_the_conditions_is_weighed(
    field: str, value: object, change: Change
) -> None:
    weigh(field, told(terms=replace(TERMS, **{field: value})), change)  # type: ignore[arg-type]


def weigh(field: str, delivered: dict[str, Any], change: Change) -> None:
    """The difference is found, and R16 says the same of it."""
    found = compare(told(), delivered)
    assert [(one.field, one.change) for one in found] == [(field, change)]
    worse = list(find_worse(agreed_terms(told()), agreed_terms(delivered)))
    assert bool(worse) is is_substitution(found) is (change is Change.WORSE)


@pytest.mark.parametrize(
    ("unit", "changes", "worse"),
    [
        (WageUnit.HOUR, {"hours_per_day": Decimal(4)}, True),
        (WageUnit.DAY, {"hours_per_day": Decimal(4)}, False),
        (WageUnit.DAY, {"days_per_week": 3}, True),
        (WageUnit.MONTH, {"days_per_week": 5, "hours_per_day": Decimal(7)}, False),
    ],
)
def test_less_work_is_worse_for_who_is_paid_by_it(
    unit: WageUnit, changes: dict[str, Any], worse: bool
) -> None:
    before = replace(OFFER, unit=unit, unit_kg=None, tops_up=False)
    assert held(before, replace(before, **changes)) == (worse, worse)


def test_what_is_too_long_may_be_cut_to_an_ordinary_week() -> None:
    long = replace(OFFER, hours_per_day=Decimal(11), days_per_week=7)
    assert held(long, replace(OFFER, hours_per_day=Decimal(8), days_per_week=6)) == (False, False)


def held(before: Offer, after: Offer) -> tuple[bool, bool]:
    """Whether the newer offer is a substitution, by the page's comparison and by R16."""
    one, other = (json.loads(content_of(CASE, WORKER, each, TERMS)) for each in (before, after))
    worse = list(find_worse(agreed_terms(one), agreed_terms(other)))
    return is_substitution(compare(one, other)), bool(worse)


def test_the_newest_is_accepted_where_it_was_seen_and_is_no_worse() -> None:
    first, lower = drawn(1, OFFER, *Party), replace(OFFER, wage=Decimal("50"))
    better = drawn(2, replace(OFFER, wage=Decimal("70")), Party.EMPLOYER)
    assert check_acceptable((first, better), better.digest) is better
    for versions, seen, code in [
        ((first, better), first.digest, "contract-changed"),
        ((drawn(1),), first.digest, "contract-not-offered"),
        ((first, worse := drawn(2, lower, Party.EMPLOYER)), worse.digest, "contract-worse"),
    ]:
        with pytest.raises(Conflict) as refusal:
            check_acceptable(versions, seen)
        assert refusal.value.code == code


def test_what_the_worker_accepted_is_what_a_newer_version_is_held_against() -> None:
    raised = drawn(2, replace(OFFER, wage=Decimal("70")), *Party)
    back = drawn(3, OFFER, Party.EMPLOYER)
    assert find_base((drawn(1), raised, back)) is raised
    assert find_base((drawn(1, OFFER, *Party), raised, back)) is raised
    with pytest.raises(Conflict, match="contract-worse"):
        check_acceptable((drawn(1), raised, back), back.digest)


def test_who_reads_neither_language_says_that_they_heard_it() -> None:
    speaks = frozenset({"spa", "quc"})
    check_heard(speaks, speaks, heard=False)
    check_heard(speaks, frozenset(), heard=True)
    with pytest.raises(Conflict, match="contract-needs-witness"):
        check_heard(frozenset({"quc"}), frozenset(), heard=True)
    with pytest.raises(Invalid):
        check_heard(speaks, frozenset({"quc"}), heard=False)


BOTH, NONE = frozenset({"spa", "eng"}), frozenset[str]()


def test_the_language_that_was_heard_is_the_only_one_or_the_one_that_was_told() -> None:
    assert language_heard(frozenset({"spa", "caa"}), NONE, None) == "spa"
    assert language_heard(frozenset({"spa", "caa"}), NONE, "caa") == "caa"
    assert language_heard(BOTH, NONE, "eng") == "eng"
    assert language_heard(BOTH, BOTH, None) is None  # they read it
    for told, fault in ((None, "missing"), ("caa", "not-understood")):
        with pytest.raises(Invalid) as refusal:
            language_heard(BOTH, NONE, told)
        assert [(one.code, one.field) for one in refusal.value.faults] == [(fault, "heard_in")]


def test_a_pool_has_no_contract() -> None:
    with pytest.raises(Conflict):
        content_of(CASE, WORKER, replace(OFFER, employer=""), TERMS)
