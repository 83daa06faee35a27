"""Patterns (R37) count people: who tells thrice is one, and three of a farm are heard at once."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from app.services import (
    complaint_acts,
    complaint_nights,
    complaint_patterns,
    farm_register,
    inspection_asks,
)
from app.services.complaint_acts import Judgement
from app.services.farm_register import Sent
from app.storage.audit import audit_events
from app.storage.complaints import complaints
from app.storage.vacancies import find_vacancy
from permits.audit import Act
from permits.people import SYSTEM, Role
from recruitment.complaints.filed import Told, told_by
from recruitment.complaints.moves import Action
from recruitment.complaints.words import Category, Filing, Severity
from recruitment.ethics.words import Indicator
from recruitment.farm_register import Direction
from tests.builders import Story, add_official, add_vacancy
from tests.complained import WORDS, Office, complain
from tests.complaint_desk import Desk
from tests.farmed import add_farm, owner_of
from tests.working import answer, ask_all, asked, at_work

ANA = Told(WORDS, name="Ana López", reach="+504 9876-5432")
AGAIN = replace(ANA, words="Sigue igual.", name="ANA LOPEZ DÍAZ", reach="98765432")


@pytest.fixture
def desk(story: Story) -> Desk:
    return Desk(Office(story.session, story.ports)).begin()


@pytest.fixture
def employer(story: Story) -> UUID:
    found = find_vacancy(story.session, add_vacancy(story.session, story.ports))
    assert found is not None
    return UUID(found.offer.employer)


def accepted(desk: Desk, employer: UUID, told: Told, *about: Category, **other: object) -> None:
    """A complaint that a handler accepted against this employer."""
    filing = {"filing": Filing.NAMED, **other}
    desk.complaint = complain(desk.office.work(now=desk.now), told=told, **filing).id  # type: ignore[arg-type]
    desk.take().act(Action.SCREEN)
    said = Judgement(Severity.S2, about or (Category.WAGE_UNPAID,), employer=employer)
    complaint_acts.accept(desk.by(), desk.token(), desk.complaint, said, seen=desk.seen)


def patterns(desk: Desk) -> list[tuple[int, list[str]]]:
    found = complaint_patterns.list_patterns(desk.by())
    return [(one.pattern.sources, [i.value for i in one.pattern.indicators]) for one in found]


@pytest.mark.feature("N4", "H4")
def test_three_complaints_of_one_person_make_no_pattern_and_three_people_do(
    desk: Desk, employer: UUID
) -> None:
    for told in (ANA, AGAIN, ANA):
        accepted(desk, employer, told)
    assert patterns(desk) == []
    accepted(desk, employer, replace(ANA, name="Berta Cruz"))  # the same telephone, lent
    assert patterns(desk) == []
    accepted(desk, employer, Told(WORDS), filing=Filing.ANONYMOUS)
    assert patterns(desk) == [(3, ["withholding-of-wages"])]


@pytest.mark.feature("N4")
def test_two_signs_of_one_person_in_two_complaints_make_a_pattern(
    desk: Desk, employer: UUID
) -> None:
    accepted(desk, employer, ANA, Category.REST)
    accepted(desk, employer, replace(ANA, name="Berta"), Category.HOUSING)
    assert patterns(desk) == []
    desk.later(days=29)
    accepted(desk, employer, AGAIN, Category.DOCUMENT_RETAINED)
    assert patterns(desk) == [(2, ["excessive-overtime", "retention-of-documents"])]


@pytest.mark.feature("C2")
@pytest.mark.promise("P12")
def test_nothing_ties_an_anonymous_complaint_and_a_token_lasts_as_long_as_patterns(
    desk: Desk, employer: UUID
) -> None:
    accepted(desk, employer, ANA)
    named = desk.complaint
    accepted(desk, employer, Told(WORDS), filing=Filing.ANONYMOUS)
    query = select(complaints.c.id, complaints.c.source)
    kept = {row.id: row.source for row in desk.office.session.execute(query)}
    assert (len(kept[named]), kept[desk.complaint]) == (32, None)
    with (
        pytest.raises(IntegrityError, match="anonymous_has_no_source"),
        desk.office.session.begin_nested(),
    ):
        desk.office.session.execute(
            text("UPDATE complaints SET source = '\\x01' WHERE id = :id"), {"id": desk.complaint}
        )
    for days, left in ((30, True), (1, False)):
        desk.later(days=days)
        complaint_nights.run_nightly(desk.system)
        kept = {row.id: row.source for row in desk.office.session.execute(query)}
        assert (kept[named] is not None) is left


@pytest.mark.parametrize(
    ("filing", "told", "same"),
    [
        (Filing.NAMED, AGAIN, True),
        (Filing.OFFICIAL, AGAIN, True),
        (Filing.NAMED, replace(ANA, name="Eva"), False),
        (Filing.NAMED, replace(ANA, reach="por mi hermana"), False),
        (Filing.NAMED, replace(ANA, name=" "), None),
        (Filing.ANONYMOUS, ANA, None),
        (Filing.THIRD_PARTY, ANA, None),
        (Filing.THIRD_PARTY, replace(ANA, about="mi hermano"), False),
    ],
)
def test_who_tells_is_one_person_by_first_name_and_telephone(
    filing: Filing, told: Told, same: bool | None
) -> None:
    found = told_by(filing, told)
    assert (None if found is None else found == told_by(Filing.NAMED, ANA)) is same


def on_a_farm(story: Story, others: int) -> tuple[UUID, UUID, list[Story]]:
    """An employer, a farm of theirs, and who works there; the last one is at no known farm."""
    vacancy = add_vacancy(story.session, story.ports)
    found = find_vacancy(story.session, vacancy)
    assert found is not None
    employer = UUID(found.offer.employer)
    every = [story, *(Story(story.session, story.ports) for _ in range(others))]
    for one in every:
        at_work(one, vacancy=str(vacancy))
    farm = add_farm(story.work(SYSTEM), employer, "Finca El Mirador Alto", 30)
    ask_all(story)
    gate = story.work(owner_of(employer))
    for one in every:
        one.now = story.now
    for one in every[:-1]:
        entry = Sent(uuid4(), Direction.ENTRY, one.now, application=one.id)
        [kept] = farm_register.record(gate, farm, [entry])
        assert kept.faults == ()
    return employer, farm, every


def proposed(story: Story, employer: UUID) -> list[tuple[UUID | None, list[str]]]:
    """What inspectors read of an employer: farm and signs."""
    inspector = add_official(story.session, story.ports, Role.LABOUR_INSPECTOR)
    shown = complaint_patterns.list_proposals(story.work(inspector))
    found = [one.proposal for one in shown if one.proposal.employer == employer]
    return sorted(((one.farm, [i.value for i in one.indicators]) for one in found), key=str)


@pytest.mark.feature("N4", "E7")
def test_three_check_ins_of_a_farm_reach_the_inspectors_list(story: Story) -> None:
    employer, farm, every = on_a_farm(story, 5)
    answer(every[5], rest="no")
    for one in every[:2]:
        answer(one, rest="no")
    # Three of the employer's, two of the farm's: the employer is named.
    assert proposed(story, employer) == [(None, ["excessive-overtime"])]
    answer(every[2], rest="no")
    assert asked(every[2]).farm == farm
    both = [(None, ["excessive-overtime"]), (farm, ["excessive-overtime"])]
    assert proposed(story, employer) == sorted(both, key=str)
    inspection_asks.ask_inspection(story.work(SYSTEM), employer, [Indicator.DECEPTION], farm)
    assert (farm, ["deception", "excessive-overtime"]) in proposed(story, employer)
    log = select(audit_events.c.person).where(
        audit_events.c.act == Act.INSPECTION_PROPOSED.value,
        audit_events.c.at > story.now - timedelta(days=1),
    )
    assert set(story.session.scalars(log)) == {SYSTEM.person}
