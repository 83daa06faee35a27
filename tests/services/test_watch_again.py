"""The watch list is asked again each day while INM has not decided; only what is new is a hit."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy.exc import IntegrityError

from app.services import second_looks, watch
from app.services.ports import Ports
from app.storage import approvals as kept
from app.storage import audit
from app.storage.database import Session
from permits.applications import ApplicationId
from permits.approvals import Decision, Opinion
from permits.audit import Act
from permits.people import SYSTEM, SYSTEM_PERSON, Agency, PersonId, Role
from permits.watch import ANSWERED, CheckState, SecondLook, WatchCheck, asked_again
from tests import outside
from tests.builders import NOW, Story, add_official
from tests.services.test_watch import List, approve, ask, second_look

FIRST, LATER = "INTERPOL-77/2026", "INTERPOL-99/2026"
LOOKER = PersonId(UUID(int=7))


@pytest.fixture
def listed() -> List:
    return List()


@pytest.fixture
def ports(listed: List) -> Ports:
    return replace(outside.ports(), watch=listed)


@pytest.fixture
def waiting(session: Session, ports: Ports) -> Story:
    """A case that labour approved, and that the list found nothing about."""
    story = Story(session, ports).start().submit()
    story.decide(story.setrass, Opinion.APPROVE)
    ask(story)
    return story


def again(story: Story) -> int:
    return watch.ask_again(story.work(SYSTEM))


@pytest.mark.feature("O14")
def test_who_is_listed_later_is_found_the_next_day_and_waits_as_at_first(
    waiting: Story, listed: List
) -> None:
    listed.found = (LATER,)
    assert again(waiting) == 0  # asked today already
    waiting.later(days=1)
    assert (again(waiting), again(waiting)) == (1, 0)
    assert len(listed.asked) == 2
    assert approve(waiting) == "check-open"
    work = waiting.work(second_look(waiting))
    ((check, _),) = second_looks.list_hits(work)
    assert check.references == (LATER,)
    acts = [event.act for event in audit.list_events(waiting.session, waiting.id)]
    assert not {act for act in acts if act.value.startswith("watch:")}
    second_looks.look_again(work, check.id, SecondLook.CLEAR, "Otro nacimiento.")
    assert approve(waiting) == ""
    waiting.later(days=1)
    assert (again(waiting), len(listed.asked)) == (0, 2)  # INM has decided


@pytest.mark.feature("O14")
def test_a_list_that_is_away_holds_nothing_back_and_is_asked_the_next_minute(
    waiting: Story, listed: List
) -> None:
    listed.away = True
    waiting.later(days=1)
    assert again(waiting) == 0
    assert again(waiting.later(minutes=1)) == 0
    listed.away = False
    assert again(waiting) == 1
    events = audit.list_events(waiting.session, SYSTEM_PERSON)
    told = [dict(one.facts) for one in events if one.act is Act.WATCH_ASKED_AGAIN]
    assert told == [{"checks": 1}]
    assert approve(waiting) == ""


@pytest.mark.feature("O14")
@pytest.mark.promise("P5")
def test_what_was_cleared_is_no_hit_again_and_who_cleared_it_never_decides(
    waiting: Story, listed: List
) -> None:
    looker = add_official(waiting.session, waiting.ports, Role.INM_SECOND_LOOK)
    for days, found in ((1, (FIRST,)), (1, (FIRST, LATER))):
        listed.found = found
        waiting.later(days=days)
        assert again(waiting) == 1
        work = waiting.work(looker)
        ((check, _),) = second_looks.list_hits(work)
        second_looks.look_again(work, check.id, SecondLook.CLEAR, f"Sobre {found[-1]}.")
        looker = add_official(waiting.session, waiting.ports, Role.INM_SECOND_LOOK, "Otra")
    waiting.later(days=1)
    assert again(waiting) == 1
    assert second_looks.list_hits(waiting.work(looker)) == []
    hit = second_looks.read_hit(waiting.work(looker), check.id).check
    assert (hit.state, len(hit.cleared_by)) == (CheckState.CLEARED, 1)
    assert hit.note == f"Sobre {FIRST}.\n\nSobre {LATER}."
    found_ = waiting.application
    digest = found_.digest or ""
    for person in (*hit.cleared_by, hit.reviewed_by):
        assert person is not None
        decision = Decision(
            found_.id, found_.round, digest, Agency.INM, person, Opinion.APPROVE, NOW
        )
        event = waiting.work(waiting.inm).event(Act.APPLICATION_DECIDED, found_.id, {})
        with (
            pytest.raises(IntegrityError, match="check of its round"),
            waiting.session.begin_nested(),
        ):
            kept.add_decision(waiting.session, found_, decision, event=event)


@pytest.mark.parametrize("state", list(CheckState))
def test_only_what_was_answered_and_only_what_is_new_is_found(state: CheckState) -> None:
    reviewed = state in {CheckState.CLEARED, CheckState.UPHELD}
    check = WatchCheck(
        UUID(int=1),
        ApplicationId(UUID(int=2)),
        1,
        state,
        NOW,
        None if state is CheckState.PENDING else NOW,
        (FIRST,),
        LOOKER if reviewed else None,
        NOW if reviewed else None,
    )
    later = NOW + timedelta(days=1)
    if state not in ANSWERED:
        assert asked_again(check, (LATER,), later) == check
        return
    assert asked_again(check, (FIRST,), later) == replace(check, answered_at=later)
    found = asked_again(check, (FIRST, LATER), later)
    assert (found.state, found.references) == (CheckState.HIT, (FIRST, LATER))
    assert (found.reviewed_by, found.cleared_by) == (None, (LOOKER,) if reviewed else ())
