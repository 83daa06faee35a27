"""Each list where officials look people or things up is searched the same way."""

from collections.abc import Callable, Sized
from dataclasses import replace
from uuid import UUID

import pytest
from sqlalchemy import update

from app.services import (
    appeals,
    appointments,
    crew_approvals,
    employer_changes,
    employer_checks,
    farm_inspections,
    identity_changes,
    second_looks,
    vacancy_overrides,
)
from app.services.ports import Ports
from app.services.register_imports import read_import
from app.services.visitors import find_visitors
from app.storage.audit import list_events
from app.storage.database import Session
from app.storage.vacancies import find_vacancy, vacancies
from permits.approvals import Opinion
from permits.audit import Act
from permits.employer_changes import ChangeOutcome
from permits.identity_changes import IdentityOutcome
from permits.people import Role
from tests import outside, renamed
from tests.builders import CUI, NOW, Story, add_official, add_vacancy, work_of
from tests.crew_lists import cui
from tests.crewed import crew_of
from tests.farmed import add_farm
from tests.received import hold
from tests.registered import RTN, handed_in
from tests.registers import permit
from tests.services import test_employer_changes, test_past_permits, test_watch

Find = Callable[[str], Sized]


def finds(find: Find, *words: str) -> None:
    """Each of the words finds the one row, nothing typed finds it too, and another name does not.

    As they are folded: with accents or without, in capitals, or with what a list has beside.
    """
    for word in ("", *words):
        assert len(find(word)) == 1, word
    assert len(find("inventada")) == 0


NAME = ("gutierrez namendi", "GUTIÉRREZ", "ñamendí María", CUI)
"""Of the person whom the stories are about."""

CREW_CUI = cui(1)


@pytest.mark.feature("O7")
def test_recourses(story: Story) -> None:
    story.start().submit().decide(story.setrass, Opinion.REFUSE)
    appeals.file_appeal(story.work(story.worker), story.id, "El documento es mío.")
    chief = story.work(add_official(story.session, story.ports, Role.SETRASS_SUPERVISOR))
    finds(lambda q: appeals.list_open(chief, q), *NAME, story.application.receipt or "")


@pytest.mark.feature("O7")
def test_changes_of_employer_and_of_data(story: Story) -> None:
    story.start().submit().approve().sign()
    test_employer_changes.ask(story)
    renamed.ask(story)
    work = story.work(story.inm)
    finds(lambda q: employer_changes.list_changes(work, ChangeOutcome.ASKED, q), *NAME)
    finds(lambda q: identity_changes.list_changes(work, IdentityOutcome.ASKED, q), *NAME)


@pytest.mark.feature("O7", "O14")
def test_second_looks(session: Session) -> None:
    listed = test_watch.List()
    listed.found = (test_watch.REFERENCE,)
    story = Story(session, replace(outside.ports(), watch=listed)).start().submit()
    test_watch.ask(story.decide(story.setrass, Opinion.APPROVE))
    work = story.work(test_watch.second_look(story))
    finds(lambda q: second_looks.list_hits(work, q), *NAME)


@pytest.mark.feature("O7")
def test_crews_by_their_work_and_by_each_of_their_people(session: Session, ports: Ports) -> None:
    crewed = crew_of(session, ports).register(2).consent()
    work = crewed.work(crewed.setrass)
    finds(lambda q: crew_approvals.list_crews(work, q), "CEDRAL finca", "berta xól", CREW_CUI)


@pytest.mark.feature("O7")
def test_employers_vacancies_and_farms(session: Session, ports: Ports) -> None:
    handed_in(session, ports)
    work = work_of(session, add_official(session, ports, Role.SETRASS_OFFICER), ports)
    finds(lambda q: employer_checks.list_registrations(work, text=q).items, "pena PRUEBA", RTN)
    vacancy = add_vacancy(session, ports, farm="Finca Ñandú-Alto")
    session.execute(update(vacancies).values(held_at=NOW))
    finds(lambda q: vacancy_overrides.list_waiting(work, q), "nandualto", "FINCA ñandú-alto")
    found = find_vacancy(session, vacancy)
    assert found is not None
    add_farm(work, UUID(found.offer.employer), "Finca Piñuela")
    finds(lambda q: farm_inspections.list_farms(work, q).farms, "pinuela", "Ñandú")


@pytest.mark.feature("O7", "D9")
def test_permits_of_older_registers_whose_names_stand_sealed(story: Story) -> None:
    register = test_past_permits.take_in(story.supervise(), permit())
    work = story.work(story.supervisor)
    finds(lambda q: read_import(work, register, None, q).permits, *NAME)


@pytest.mark.feature("O7")
def test_who_comes_by_their_name_among_all_coming_days(story: Story) -> None:
    day = hold(story.start())
    work = story.work(story.worker)
    appointments.take_place(work, story.id, day.id, day.slots[0])
    mine = story.work(story.supervisor)
    assert not find_visitors(mine, "")  # the days tell of them, one by one
    for typed in NAME:
        (visitor,) = find_visitors(mine, typed)
        assert (visitor.day.id, visitor.expected.application) == (day.id, story.id)
    assert not find_visitors(mine, "inventada")
    chief = add_official(story.session, story.ports, Role.INM_SUPERVISOR)
    assert not find_visitors(story.work(chief), "gutierrez")  # another's day
    read = [one for one in list_events(story.session, story.id) if one.act is Act.APPLICATION_READ]
    assert len(read) == len(NAME)
