"""A vacancy that closes stops who would choose it or send a first time, and nothing else."""

import pytest

from app.services import applications, submissions, vacancies
from app.services.ports import Ports
from app.storage.database import Session
from permits.applications import Status
from permits.approvals import Opinion
from permits.errors import Fault, Invalid, NotFound
from tests.builders import Story

CLOSED = (Fault("vacancy-not-open", "vacancy"),)


def test_another_answer_is_still_saved(session: Session, ports: Ports) -> None:
    story = Story(session, ports).start().later(days=120)
    applications.save_answers(story.work(story.worker), story.id, {"surnames": "Pérez"})
    case = applications.read_own(story.work(story.worker), story.id)
    assert case.answers.surnames == "Pérez"


def test_it_is_neither_chosen_nor_sent_the_first_time(session: Session, ports: Ports) -> None:
    story = Story(session, ports).start()
    vacancy = applications.read_own(story.work(story.worker), story.id).answers.vacancy
    work = story.later(days=120).work(story.worker)
    with pytest.raises(Invalid) as refused:
        applications.save_answers(work, story.id, {"vacancy": vacancy})
    assert refused.value.faults == CLOSED
    with pytest.raises(Invalid) as refused:
        submissions.submit_application(work, story.id)
    assert refused.value.faults == CLOSED


def test_who_was_asked_something_keeps_the_vacancy_they_had(session: Session, ports: Ports) -> None:
    story = Story(session, ports).start().submit()
    story.decide(story.setrass, Opinion.RETURN).later(days=120)
    again = submissions.submit_application(story.work(story.worker), story.id)
    assert again.status is Status.UNDER_REVIEW


def test_a_list_shows_what_is_open_and_finds_it_without_accents(
    session: Session, ports: Ports
) -> None:
    story = Story(session, ports).start()
    work = story.work(story.worker)
    (listed,) = vacancies.list_vacancies(work, "coffee-hn-gt", "COPAN cedrál")
    assert vacancies.read_vacancy(work, listed.id) == listed
    assert vacancies.list_vacancies(work, "coffee-hn-gt", "marte") == []
    later = story.later(days=120).work(story.worker)
    assert vacancies.list_vacancies(later, "coffee-hn-gt") == []
    with pytest.raises(NotFound):
        vacancies.read_vacancy(later, listed.id)
