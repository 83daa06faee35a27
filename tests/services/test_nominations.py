"""Whom an employer has named is accepted without being asked about, and sees that work first."""

from datetime import timedelta
from functools import partial
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from app.services import effects, nominations, vacancies
from app.services.case import load_case
from app.services.ports import Ports
from app.services.work import Work
from app.storage.acceptances import Acceptance, find_acceptance
from app.storage.database import Session
from app.storage.outbox import list_messages
from app.storage.vacancies import find_vacancy
from permits.errors import Conflict, Forbidden, Invalid, NotFound
from permits.people import SYSTEM, Actor, PersonId, Role
from permits.programmes import Hiring
from tests.builders import CUI, NOW, Story, add_vacancy, work_of
from tests.databases import Database
from tests.services.races import at_once, codes

OTHERS = ("9000014882004", "9000014962004")


def employer_of(session: Session, vacancy: UUID) -> Actor:
    """Somebody who acts for the employer of a vacancy."""
    found = find_vacancy(session, vacancy)
    assert found is not None
    return Actor(PersonId(uuid4()), Role.EMPLOYER, "Dueña", employer=UUID(found.offer.employer))


@pytest.fixture
def vacancy(session: Session, ports: Ports) -> UUID:
    return add_vacancy(session, ports, hiring=Hiring.NAMED)


@pytest.fixture
def work(session: Session, ports: Ports, vacancy: UUID) -> Work:
    """What the vacancy's employer does."""
    return work_of(session, employer_of(session, vacancy), ports)


def asked(story: Story, vacancy: UUID) -> tuple[Acceptance | None, list[str]]:
    """What stands about the employer's answer, and the messages that the employer was sent."""
    while effects.run_next_effect(story.work(SYSTEM)):
        pass
    sent = list_messages(story.session, 20, "cedral@demo.example")
    return find_acceptance(story.session, story.id, vacancy), [one.kind for one in sent]


@pytest.mark.feature("E6")
def test_a_named_worker_is_accepted_without_asking(story: Story, vacancy: UUID, work: Work) -> None:
    assert nominations.name_workers(work, vacancy, "1234 56789 2004") == 1
    story.start(vacancy=str(vacancy)).submit()
    answer, sent = asked(story, vacancy)
    assert (answer and answer.accepted, sent) == (True, [])
    findings = load_case(story.work(story.setrass), story.id).findings
    assert [one.code for one in findings if one.code.startswith("employer-")] == []
    story.approve().sign()  # nobody is waited for


@pytest.mark.feature("E6")
def test_who_is_not_named_is_asked_about_even_where_others_are(
    story: Story, vacancy: UUID, work: Work
) -> None:
    nominations.name_workers(work, vacancy, "\n".join(OTHERS))
    story.start(vacancy=str(vacancy)).submit()
    answer, sent = asked(story, vacancy)
    assert answer is not None
    assert (answer.accepted, sent) == (None, ["employer-asked"])
    findings = load_case(story.work(story.setrass), story.id).findings
    assert [one.code for one in findings if one.code.startswith("employer-")] == [
        "employer-acceptance-pending"
    ]


def test_another_vacancy_of_the_same_farm_names_nobody(
    story: Story, vacancy: UUID, work: Work
) -> None:
    nominations.name_workers(work, vacancy, CUI)
    other = add_vacancy(story.session, story.ports, hiring=Hiring.NAMED)
    story.start(vacancy=str(other)).submit()
    answer, _ = asked(story, other)
    assert answer is not None
    assert answer.accepted is None


@pytest.mark.feature("W7")
def test_where_one_is_named_comes_first(session: Session, ports: Ports) -> None:
    early, late = (
        add_vacancy(session, ports, starts_on=NOW.date() + timedelta(days=days)) for days in (2, 20)
    )
    employer = work_of(session, employer_of(session, late), ports)
    nominations.name_workers(employer, late, CUI)
    seen = partial(vacancies.see_vacancies, work_of(session, SYSTEM, ports), "coffee-hn-gt")
    for number, told in (
        (CUI, [(late, True), (early, False)]),
        (OTHERS[0], [(early, False), (late, False)]),
        (None, [(early, False), (late, False)]),
    ):
        listed = [(one.vacancy.id, one.named) for one in seen(number)]
        assert [one for one in listed if one[0] in {early, late}] == told


def test_naming_twice_is_naming_once_and_a_name_can_be_taken_back(
    story: Story, vacancy: UUID, work: Work
) -> None:
    assert nominations.name_workers(work, vacancy, f"{CUI}\n{OTHERS[0]}") == 2
    assert nominations.name_workers(work, vacancy, f"{CUI}\n{OTHERS[1]}") == 1
    assert nominations.read_own(work, vacancy).named == 3
    assert nominations.take_back(work, vacancy, "1234-56789-2004") is True
    assert nominations.take_back(work, vacancy, CUI) is False
    assert [one.named for one in nominations.list_own(work)] == [2]
    story.start(vacancy=str(vacancy)).submit()
    answer, _ = asked(story, vacancy)
    assert answer is not None
    assert answer.accepted is None


def test_a_name_taken_back_later_leaves_who_handed_in_accepted(
    story: Story, vacancy: UUID, work: Work
) -> None:
    nominations.name_workers(work, vacancy, CUI)
    story.start(vacancy=str(vacancy)).submit()
    nominations.take_back(work, vacancy, CUI)
    answer, _ = asked(story, vacancy)
    assert answer is not None
    assert answer.accepted is True


@pytest.mark.asvs("14.2.8")
def test_neither_the_table_nor_the_log_tells_who_was_named(
    session: Session, vacancy: UUID, work: Work
) -> None:
    nominations.name_workers(work, vacancy, CUI)
    nominations.take_back(work, vacancy, OTHERS[0])
    kept = session.execute(text("SELECT document_hash FROM nominations")).scalars().all()
    acts = session.execute(
        text(
            "SELECT act, facts FROM audit_events WHERE subject = :vacancy AND act <> :added"
            " ORDER BY id"
        ),
        {"vacancy": vacancy, "added": "vacancy:add"},
    ).all()
    assert [len(one) for one in kept] == [32]
    assert [tuple(one) for one in acts] == [
        ("vacancy:name", {"count": 1}),
        ("vacancy:take-name-back", {}),
    ]


def test_nothing_is_kept_of_a_list_with_a_wrong_number_or_too_many(
    session: Session, vacancy: UUID, work: Work
) -> None:
    with pytest.raises(Invalid):
        nominations.name_workers(work, vacancy, f"{CUI}\n1234567802004")
    passports = "\n".join(f"A{number:07d}" for number in range(21))
    with pytest.raises(Invalid) as error:
        nominations.name_workers(work, vacancy, passports)
    assert [fault.code for fault in error.value.faults] == ["more-named-than-places"]
    assert nominations.read_own(work, vacancy).named == 0
    assert nominations.name_workers(work, vacancy, passports.rsplit("\n", 1)[0]) == 20


@pytest.mark.asvs("8.2.2")
def test_only_the_own_employer_names_and_only_while_it_is_open(
    session: Session, ports: Ports, vacancy: UUID, work: Work
) -> None:
    stranger = employer_of(session, add_vacancy(session, ports))
    with pytest.raises(NotFound):
        nominations.name_workers(work_of(session, stranger, ports), vacancy, CUI)
    bound_to_nobody = Actor(PersonId(uuid4()), Role.EMPLOYER, "Nadie")
    assert nominations.list_own(work_of(session, bound_to_nobody, ports)) == []
    with pytest.raises(NotFound):
        nominations.read_own(work_of(session, bound_to_nobody, ports), vacancy)
    official = Actor(PersonId(uuid4()), Role.SETRASS_OFFICER, "Oficial")
    with pytest.raises(Forbidden):
        nominations.name_workers(work_of(session, official, ports), vacancy, CUI)
    over = work_of(session, work.actor, ports, NOW + timedelta(days=200))
    for act in (nominations.name_workers, nominations.take_back):
        with pytest.raises(Conflict) as refused:
            act(over, vacancy, CUI)
        assert refused.value.code == "vacancy-closed"
    assert nominations.read_own(over, vacancy).open is False


@pytest.mark.promise("P5")
def test_two_lists_at_once_promise_no_more_places_than_there_are(
    database: Database, ports: Ports
) -> None:
    with database.sessions.begin() as session:
        vacancy = add_vacancy(session, ports, hiring=Hiring.NAMED)
        employer = employer_of(session, vacancy)

    def name(letter: str) -> int:
        numbers = "\n".join(f"{letter}{number:07d}" for number in range(15))
        with database.sessions.begin() as session:
            return nominations.name_workers(work_of(session, employer, ports), vacancy, numbers)

    answers = at_once([partial(name, letter) for letter in "ABC"])
    assert [one for one in answers if isinstance(one, int)] == [15]
    assert codes(answers) == ["invalid", "invalid"]
