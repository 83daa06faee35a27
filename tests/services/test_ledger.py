"""The ledger of the kills sees each way in which what was told is lost, doubled or not logged."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from sqlalchemy.orm import Session

from app.services.ports import Ports
from app.storage import audit
from permits.audit import Act
from permits.people import SYSTEM
from tests.builders import Story, work_of
from tests.services.killing.ledger import Effect, Ledger, differences, session_opened


@pytest.fixture
def story(session: Session, ports: Ports) -> Story:
    return Story(session, ports).start().submit().approve().sign()


@pytest.fixture
def ledger(story: Story) -> Ledger:
    """What the people of the story were told; all that it does bears the same request's id."""
    ledger, case = Ledger(), str(story.id)
    decided = ("setrass", "1", "approve"), ("inm", "1", "approve")
    for effect in (
        Effect(Act.APPLICATION_STARTED, case, (case,)),
        Effect(Act.APPLICATION_ANSWERED, case),
        Effect(Act.APPLICATION_SUBMITTED, case, (case, "1")),
    ):
        ledger.tell([effect], "test")
    for party in ("employer", "worker"):
        effect = Effect(Act.CONTRACT_ACCEPTED, case, (case, party))
        ledger.tell([effect], "test", again=True)
    for standing in decided:
        effect = Effect(Act.APPLICATION_DECIDED, case, (case, *standing))
        ledger.tell([effect], "test", again=True)  # two of one request, as no site would do
    return ledger


def found(ledger: Ledger, story: Story) -> list[str]:
    return differences(ledger, story.session, story.ports.vault)


def log_again(story: Story, act: Act) -> None:
    work = work_of(story.session, SYSTEM, story.ports)
    audit.append(story.session, work.event(act, story.id))


def test_nothing_is_found_where_nothing_is_wrong(story: Story, ledger: Ledger) -> None:
    assert found(ledger, story) == []
    assert sum(ledger.kinds().values()) == ledger.replies == 7


@pytest.mark.parametrize(
    ("told", "seen"),
    [
        (lambda case: Effect(Act.APPLICATION_SUBMITTED, case, (case, "2")), "not there"),
        (lambda case: Effect(Act.APPLICATION_WITHDRAWN, case, (case,)), "not there"),
        (
            lambda case: Effect(Act.APPLICATION_DECIDED, case, (case, "inm", "1", "refuse")),
            "not there",
        ),
        (lambda case: Effect(Act.CROSSING_RECORDED, case, (case, "entry")), "not there"),
        (lambda case: session_opened(None, "a token"), "not there"),
        (lambda case: Effect(Act.APPLICATION_READ, case), "0 times in the log"),
        (lambda case: Effect(Act.APPLICATION_ANSWERED, str(uuid4())), "0 times in the log"),
        (lambda case: Effect(Act.APPLICATION_ANSWERED, case), "too few in the log"),
    ],
)
def test_what_was_told_and_is_not_there_is_found(
    story: Story, ledger: Ledger, told: Callable[[str], Effect], seen: str
) -> None:
    ledger.tell([told(str(story.id))], "test")
    assert any(seen in one for one in found(ledger, story))


def test_an_event_of_another_request_is_not_taken_for_the_one_that_was_told(
    story: Story, ledger: Ledger
) -> None:
    log_again(story, Act.APPLICATION_READ)
    ledger.tell([Effect(Act.APPLICATION_READ, str(story.id))], "another")
    assert any("0 times in the log" in one for one in found(ledger, story))


@pytest.mark.parametrize(
    "act", [Act.APPLICATION_STARTED, Act.APPLICATION_DECIDED, Act.APPLICATION_READ]
)
def test_what_was_done_more_often_than_told_is_found(
    story: Story, ledger: Ledger, act: Act
) -> None:
    log_again(story, act)
    assert any("nobody was told" in one for one in found(ledger, story))


def test_what_may_have_been_done_is_not_held_against_anybody(story: Story, ledger: Ledger) -> None:
    """But only once, and only where a reply was lost."""
    case = str(story.id)
    ledger.dying = True
    ledger.lose("killed", [Effect(Act.APPLICATION_READ, case)])
    ledger.lose("killed", [Effect(Act.APPLICATION_STARTED)])
    assert found(ledger, story) == []
    for act in (Act.APPLICATION_READ, Act.APPLICATION_STARTED):
        log_again(story, act)
    assert [one for one in found(ledger, story) if "nobody was told" in one] == []
    log_again(story, Act.APPLICATION_READ)
    assert [one for one in found(ledger, story) if "nobody was told" in one] != []
    assert (ledger.lost, ledger.surprises) == (2, [])
    ledger.dying = False
    ledger.lose("of itself")
    assert ledger.surprises == ["of itself"]


def test_what_is_repeated_until_it_is_answered_counts_once(story: Story, ledger: Ledger) -> None:
    effect = Effect(Act.APPLICATION_READ, str(story.id))
    with ledger.pending([effect]):
        log_again(story, Act.APPLICATION_READ)
        assert found(ledger, story) == []
        ledger.tell([effect], "the second try", again=True)
    assert found(ledger, story) == []
    log_again(story, Act.APPLICATION_READ)
    assert any("nobody was told" in one for one in found(ledger, story))


def test_a_permit_shown_that_nobody_kept_is_found(story: Story, ledger: Ledger) -> None:
    credential = str(uuid4())
    ledger.hand_out(credential, "6BF")
    ledger.hand_out(credential, "6BF")
    assert any("text" in one for one in found(ledger, story))
    with pytest.raises(AssertionError):
        ledger.hand_out(credential, "another")
