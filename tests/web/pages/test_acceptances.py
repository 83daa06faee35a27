"""The employer's answer by the link of a message: once, and only while somebody waits for it."""

import re
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient

from app.services import effects
from app.services.applications import withdraw_application
from app.services.case import load_case
from app.services.ports import Ports
from app.storage.outbox import list_messages
from permits.people import SYSTEM
from permits.programmes import Hiring
from tests.builders import Story, work_of
from tests.databases import Database
from tests.web.conftest import Lived
from tests.web.pages.conftest import StandingClock

NAME = "María Ángela Gutiérrez Ñamendí"


def asked(story: Story) -> Story:
    """A case whose employer was asked, and told by message."""
    story.start(hiring=Hiring.ON_ACCEPTANCE).submit()
    while effects.run_next_effect(story.work(SYSTEM)):
        pass
    return story


@pytest.fixture
def link(lived: Lived, database: Database) -> str:
    """The path of the question, as the employer's message has it."""
    lived(asked)
    return link_in(database)


def link_in(database: Database) -> str:
    with database.sessions() as session:
        bodies = [message.body for message in list_messages(session, 20)]
    found = re.search(r"/empleadores/respuesta/[\w-]+", " ".join(bodies))
    assert found is not None
    return found.group()


def test_the_question_names_the_worker_and_the_post_and_nothing_else(
    visitor: TestClient, link: str
) -> None:
    reply = visitor.get(link)
    assert reply.status_code == 200
    assert reply.headers["referrer-policy"] == "no-referrer"
    told = [f"¿Contrata a {NAME}?", "Corte de café", "Finca El Cedral", "350.00 lempiras"]
    assert [text in reply.text for text in told] == [True] * 4
    assert [text in reply.text for text in ("123456789", "5551", "1994", "Jocotán")] == [False] * 4


@pytest.mark.feature("E6")
@pytest.mark.parametrize(
    ("answer", "told", "accepted"),
    [
        ("accept", f"Usted dijo que sí contrata a {NAME}.", True),
        ("decline", f"Usted dijo que no contrata a {NAME}.", False),
    ],
)
def test_the_answer_is_kept_and_shown_ever_after(
    visitor: TestClient,
    lived: Lived,
    database: Database,
    ports: Ports,
    answer: str,
    told: str,
    accepted: bool,
) -> None:
    story = lived(asked)
    link = link_in(database)
    reply = visitor.post(link, data={"answer": answer})
    assert (reply.status_code, reply.headers["location"]) == (303, link)
    page = visitor.get(link).text
    assert told in page
    assert 'name="answer"' not in page
    assert visitor.post(link, data={"answer": answer}).status_code == 303  # sent twice
    other = {"accept": "decline", "decline": "accept"}[answer]
    second = visitor.post(link, data={"answer": other})
    assert second.status_code == 409
    assert "Esta pregunta ya tiene respuesta." in second.text
    assert told in second.text
    with database.sessions() as session:
        findings = load_case(work_of(session, SYSTEM, ports), story.id).findings
    about = {finding.code for finding in findings if finding.code.startswith("employer-")}
    assert about == (set() if accepted else {"employer-refused"})


def test_no_answer_is_a_fault(visitor: TestClient, link: str) -> None:
    reply = visitor.post(link, data={})
    assert reply.status_code == 422
    assert "Elija una respuesta." in reply.text


def test_a_wrong_or_old_link_says_how_to_go_on(
    visitor: TestClient, link: str, clock: StandingClock
) -> None:
    wrong = visitor.get(f"{link}x")
    assert wrong.status_code == 404
    assert "Este enlace ya no vale" in wrong.text
    assert visitor.post(f"{link}x", data={"answer": "accept"}).status_code == 404
    clock.now += timedelta(days=21)
    old = visitor.get(link)
    assert (old.status_code, NAME in old.text) == (404, False)


def test_nobody_waits_for_the_answer_once_the_worker_has_withdrawn(
    visitor: TestClient, lived: Lived, database: Database
) -> None:
    def withdrawn(story: Story) -> Story:
        asked(story)
        withdraw_application(story.work(story.worker), story.id)
        return story

    lived(withdrawn)
    reply = visitor.post(link_in(database), data={"answer": "accept"})
    assert reply.status_code == 409
    assert "Ya no hace falta responder." in reply.text


@pytest.mark.promise("P20")
@pytest.mark.asvs("3.5.1")
def test_another_site_cannot_answer(visitor: TestClient, link: str) -> None:
    foreign = {"sec-fetch-site": "cross-site"}
    assert visitor.post(link, data={"answer": "accept"}, headers=foreign).status_code == 403
    assert 'name="answer"' in visitor.get(link).text


def test_the_question_speaks_english_without_answering(visitor: TestClient, link: str) -> None:
    reply = visitor.post(link, data={"idioma": "en"})
    assert reply.status_code == 200
    assert f"Do you hire {NAME}?" in reply.text
