"""What the ethical rules find in a vacancy with the facts that are kept today."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest

from app.services.case import load_case
from app.services.ethics import judge_vacancy
from app.services.ports import Ports
from app.storage.database import Session
from app.storage.vacancies import ListedVacancy, find_vacancy
from permits.approvals import Opinion
from permits.people import SYSTEM
from permits.quotas import Scope
from permits.wages import WageUnit
from tests.builders import Story, add_vacancy, work_of
from tests.quotas import rule, with_quotas
from tests.recruitment.ethics.table import reference

Judged = Callable[..., list[str]]


def with_wages(ports: Ports) -> Ports:
    """The outside world in which the decrees are known."""
    known = replace(ports.reference, minimum_wages=reference().minimum_wages)
    return replace(ports, reference=known)


@pytest.fixture
def judged(session: Session, ports: Ports) -> Judged:
    """What is found in a fair vacancy with these terms changed: rule, severity, code."""
    ports = with_wages(ports)
    first, last = date(2026, 12, 1), date(2027, 2, 15)
    vacancy = add_vacancy(session, ports, starts_on=first, ends_on=last)
    found = find_vacancy(session, vacancy)
    assert found is not None
    fair = found

    def judge(**terms: object) -> list[str]:
        barred = bool(terms.pop("barred", False))
        offer = replace(fair.offer, **terms)  # type: ignore[arg-type]
        return told(session, ports, replace(fair, offer=offer, barred=barred))

    return judge


def told(session: Session, ports: Ports, vacancy: ListedVacancy) -> list[str]:
    found = judge_vacancy(work_of(session, SYSTEM, ports), vacancy)
    return [f"{getattr(one, 'rule', '–')} {one.severity} {one.code}" for one in found]


@pytest.mark.feature("E4")
def test_a_fair_vacancy_has_no_findings_and_each_fault_has_its_own(judged: Judged) -> None:
    assert judged() == []
    assert judged(barred=True) == ["– block employer-barred"]
    assert judged(wage=Decimal("301.76")) == ["R06 block below-minimum"]
    lata = {"unit": WageUnit.LATA, "unit_kg": Decimal("15.9"), "wage": Decimal(40)}
    assert judged(**lata) == ["R07 block piece-below-minimum"]
    assert judged(**lata, tops_up=True) == ["R07 warn topped-up"]
    assert judged(ends_on=date(2027, 3, 15)) == ["R26 block unknown"]
    assert judged(starts_on=date(2026, 9, 1), ends_on=date(2026, 10, 15)) == [
        "R27 warn outside-season"
    ]
    assert judged(currency="USD", ends_on=date(2027, 5, 10)) == [
        "R06 block unknown",
        "R26 block unknown",
        "R27 warn outside-season",
    ]


def vacancy_of(story: Story) -> ListedVacancy:
    """The vacancy that a case names."""
    offer = load_case(story.work(story.setrass), story.id).offer
    assert offer is not None
    found = find_vacancy(story.session, UUID(offer.vacancy))
    assert found is not None
    return found


@pytest.mark.feature("E4")
def test_places_that_are_held_are_not_wanted_once_more(session: Session) -> None:
    ports = with_wages(with_quotas(rule(Scope.SEASON, 20)))
    story = Story(session, ports).start().submit()
    story.decide(story.setrass, Opinion.APPROVE)
    own = vacancy_of(story)
    assert own.places == 20  # one of them held, nineteen wanted, nineteen left
    assert told(session, ports, own) == []
    other = Story(session, ports).start().submit()
    other.decide(other.setrass, Opinion.APPROVE)
    assert told(session, ports, own) == ["R27 block over-quota"]
