"""A vacancy abroad waits for the word of its country: signed, dated, and of what was read."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from app.services import attestations, vacancy_judging
from app.services.attestations import Word
from app.services.ports import Ports
from app.services.vacancy_judging import judge_vacancies
from app.services.vacancy_writing import ask_officials
from app.services.work import Work
from app.storage import vacancy_terms
from app.storage.database import Session
from permits.audit import Act
from permits.deadlines import legal_day
from permits.errors import Forbidden, Invalid, NotFound, Stale
from permits.people import SYSTEM, Actor, PersonId, Role
from tests.builders import NOW, add_vacancy, work_of
from tests.vacancies import acts, owner_of, read, tell_terms, with_wages

WHY = "La finca está en nuestro registro y paga lo que dice."


def mission(country: str = "CAN") -> Actor:
    return Actor(PersonId(uuid4()), Role.PARTNER_AUTHORITY, "Cónsul", country=country)


def codes(work: Work, vacancy: UUID) -> list[str]:
    found = vacancy_judging.look(work, read(work.session, vacancy)).holding
    return [one.code for one in found if one.code.startswith("attestation")]


def word(work: Work, vacancy: UUID, *, agrees: bool = True, grounds: str = WHY) -> Word:
    seen = vacancy_judging.look(work, read(work.session, vacancy)).told.hex()
    return Word(uuid4(), agrees, grounds, seen)


@pytest.fixture
def vacancy(session: Session, ports: Ports) -> UUID:
    """A published vacancy in Canada whose programme asks for a word."""
    identity = add_vacancy(session, ports, programme="twap-canada")
    tell_terms(work_of(session, SYSTEM, ports), identity)
    return identity


@pytest.mark.feature("E5")
def test_a_vacancy_abroad_waits_for_a_yes_of_its_country(
    session: Session, ports: Ports, vacancy: UUID
) -> None:
    work = work_of(session, SYSTEM, with_wages(ports))
    consul = work_of(session, mission(), work.ports)
    judge_vacancies(work, [vacancy], "change")
    assert codes(work, vacancy) == ["attestation-missing"]
    assert [one.id for one in attestations.list_waiting(consul)] == [vacancy]
    with pytest.raises(Forbidden):
        attestations.read_vacancy(work_of(session, mission("ESP"), work.ports), vacancy)
    with pytest.raises(Forbidden):
        attestations.list_waiting(work_of(session, owner_of(session, vacancy), work.ports))
    for wrong, refused in (
        (replace(word(work, vacancy), seen="00" * 32), Stale),
        (word(work, vacancy, grounds="sí"), Invalid),
    ):
        with pytest.raises(refused):
            attestations.attest(consul, vacancy, wrong)
    no = attestations.attest(consul, vacancy, word(work, vacancy, agrees=False))
    assert codes(work, vacancy) == ["attestation-refused"]
    yes = word(work, vacancy)
    later = work_of(session, consul.actor, work.ports, NOW + timedelta(hours=1))
    said = attestations.attest(later, vacancy, yes)
    assert attestations.attest(later, vacancy, yes) == said  # pressed twice is said once
    assert (codes(later, vacancy), no.agrees) == ([], False)
    assert said.ends_on == legal_day(NOW) + timedelta(days=180)
    assert attestations.is_genuine(later, said)
    assert not attestations.is_genuine(later, replace(said, agrees=False))
    aged = work_of(session, SYSTEM, work.ports, NOW + timedelta(days=181))
    assert codes(aged, vacancy) == ["attestation-over"]
    assert acts(session, vacancy).count(Act.VACANCY_ATTESTED) == 2
    # Other terms are another question.
    found = read(session, vacancy)
    event = work.event(Act.VACANCY_CHANGED, vacancy, {"version": 2})
    offer = replace(found.offer, food=not found.offer.food)
    vacancy_terms.change_offer(session, vacancy, offer, found.places, event=event)
    assert codes(later, vacancy) == ["attestation-missing"]
    stored = "SELECT count(*) FROM vacancy_attestations WHERE vacancy = :vacancy"
    assert session.execute(text(stored), {"vacancy": vacancy}).scalar_one() == 2


@pytest.mark.feature("E5")
def test_a_draft_is_read_abroad_once_its_employer_asks(
    session: Session, ports: Ports, vacancy: UUID
) -> None:
    work = work_of(session, SYSTEM, with_wages(ports))
    consul = work_of(session, mission(), work.ports)
    draft = "UPDATE vacancies SET status = 'draft' WHERE id = :vacancy"
    session.execute(text(draft), {"vacancy": vacancy})
    with pytest.raises(NotFound):
        attestations.read_vacancy(consul, vacancy)
    owner = work_of(session, owner_of(session, vacancy), work.ports)
    ask_officials(owner, vacancy)
    assert attestations.read_vacancy(consul, vacancy).looked.vacancy.id == vacancy
    coffee = add_vacancy(session, ports)
    with pytest.raises(NotFound):
        attestations.read_vacancy(consul, coffee)
