"""The letter of what a recourse came to: upheld with the step that is left, or overturned."""

from uuid import uuid4

import pytest

from app.services import letter_samples
from app.services.ports import Ports
from app.services.recourse_letters import print_answer
from app.storage import audit
from app.storage.database import Session
from permits.appeals import Appeal, Ruling
from permits.audit import Act
from permits.errors import NotFound
from permits.people import Actor, PersonId, Role
from tests.builders import Story, add_official
from tests.papers import words_of
from tests.services.test_appeals import ANSWER, file, judge
from tests.services.test_appeals import chief as chief
from tests.services.test_appeals import refused as refused

pytestmark = pytest.mark.feature("O10", "O18")


def said(story: Story, appeal: Appeal, actor: Actor | None = None, language: str = "es") -> str:
    work = story.work(actor or story.worker)
    return words_of(print_answer(work, story.id, appeal.id, language))


def test_who_is_not_given_right_reads_why_and_until_when_they_may_go_on(
    refused: Story, chief: Actor, session: Session, ports: Ports
) -> None:
    first = file(refused)
    with pytest.raises(NotFound, match="no-such-appeal"):
        said(refused, first)  # not answered yet
    judge(refused, chief, first, Ruling.UPHELD)
    told = said(refused, first)
    assert "la decisión sigue igual" in told
    assert ANSWER in told
    assert "Puede apelar hasta el " in told
    assert "You may appeal until " in said(refused, first, language="en")
    second = file(refused)
    assert "Puede apelar" not in said(refused, first)  # they did
    judge(refused, add_official(session, ports, Role.INM_SUPERVISOR), second, Ruling.UPHELD)
    last = said(refused, second)
    assert "la decisión sigue igual" in last
    assert "Puede apelar" not in last


def test_who_is_given_right_reads_what_follows(
    refused: Story, chief: Actor, session: Session
) -> None:
    appeal = file(refused)
    judge(refused, chief, appeal, Ruling.OVERTURNED)
    told = said(refused, appeal)
    for part in ("usted tiene la razón", ANSWER, "Su solicitud se revisa otra vez"):
        assert part in told
    assert "Your complaint was found right" in said(refused, appeal, language="en")
    before = len(audit.list_events(session, refused.id))
    assert said(refused, appeal, chief) == told
    read = audit.list_events(session, refused.id)[before:]
    assert [(one.act, one.facts) for one in read] == [(Act.APPLICATION_READ, {"purpose": "letter"})]


def test_nobody_else_has_it(refused: Story, chief: Actor) -> None:
    appeal = file(refused)
    judge(refused, chief, appeal, Ruling.UPHELD)
    for stranger in (Role.WORKER, Role.FACILITATOR):
        with pytest.raises(NotFound):
            said(refused, appeal, Actor(PersonId(uuid4()), stranger))
    with pytest.raises(NotFound):
        print_answer(refused.work(refused.worker), refused.id, uuid4(), "es")


@pytest.mark.parametrize("paper", ["letters/upheld", "letters/overturned"])
def test_new_words_are_looked_at_as_they_are_printed(story: Story, paper: str) -> None:
    work = story.work(story.setrass)
    for language in ("es", "en"):
        sample = letter_samples.set_sample(work, story.ports.prints, paper, language)
        assert letter_samples.NAME in words_of(sample)
