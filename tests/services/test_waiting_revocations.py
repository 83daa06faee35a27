"""A proposal to take a right back waits in a list, with a term, and not for ever."""

import pytest
from sqlalchemy import select

from app.services import codecisions
from app.services.request_terms import tell_overdue
from app.services.waiting_revocations import lapse_forgotten, list_waiting
from app.storage import outbox
from app.storage.database import Session
from permits.authorisations import AuthorisationStatus
from permits.deadlines import ClockState
from permits.errors import Forbidden
from permits.people import SYSTEM, Agency, Role
from permits.retaliation import Wish
from permits.revocations import Outcome
from tests.builders import Story, add_official
from tests.rights import RightStory, signed, told, work_off
from tests.services.test_request_terms import address, heard


@pytest.fixture
def waiting(story: Story) -> RightStory:
    """A right that an officer of INM proposes to take back, on a Monday."""
    return signed(story).propose()


@pytest.mark.feature("O16", "N1")
def test_the_own_agency_reads_what_waits_and_until_when(waiting: RightStory) -> None:
    story = waiting.story
    (by_proposer,) = list_waiting(story.work(waiting.officers[Agency.INM]))
    (by_colleague,) = list_waiting(story.work(waiting.supervisors[Agency.INM]))
    assert (by_proposer.own, by_colleague.own) == (True, False)
    assert by_colleague.waiting.receipt == story.application.receipt
    assert by_colleague.term is not None
    assert (by_colleague.term.state, by_colleague.term.days) == (ClockState.IN_TIME, 10)
    assert list_waiting(story.work(waiting.officers[Agency.SETRASS])) == []
    with pytest.raises(Forbidden):
        list_waiting(story.work(story.worker))
    waiting.confirm()
    assert list_waiting(story.work(waiting.supervisors[Agency.INM])) == []


@pytest.mark.feature("O16", "N1")
def test_its_supervisors_hear_once_that_it_is_late(waiting: RightStory, session: Session) -> None:
    story = waiting.story
    assert tell_overdue(story.later(days=14).work(SYSTEM)) == 0
    assert tell_overdue(story.later(days=1).work(SYSTEM)) == 1
    assert heard(session) == [(address(waiting.supervisors[Agency.INM]), "1", "revocaciones")]
    assert tell_overdue(story.later(days=1).work(SYSTEM)) == 0
    (late,) = list_waiting(story.work(waiting.supervisors[Agency.INM]))
    assert late.term is not None
    assert late.term.state is ClockState.BREACHED


@pytest.mark.promise("P2")
@pytest.mark.feature("O16")
def test_what_nobody_decides_counts_no_more_and_its_worker_may_leave(
    waiting: RightStory,
) -> None:
    story = waiting.story
    story.later(days=28)  # twenty working days, the last one counts
    assert lapse_forgotten(story.work(SYSTEM)) == 0
    story.later(days=3)
    assert lapse_forgotten(story.work(SYSTEM)) == 1
    assert lapse_forgotten(story.work(SYSTEM)) == 0
    (lapsed,) = waiting.right.revocations
    assert (lapsed.outcome, lapsed.decided_by) == (Outcome.LAPSED, None)
    work_off(waiting)
    assert told(waiting)[-1] == "revocation-dropped"
    waiting.propose()  # anybody may propose it anew
    assert waiting.drop().end().right.authorisation.stored is AuthorisationStatus.ENDED


@pytest.mark.feature("O16", "N12")
def test_who_passed_on_a_wish_hears_that_there_is_an_answer(story: Story, session: Session) -> None:
    lived = signed(story)
    found, asker = lived.right.authorisation, lived.supervisors[Agency.SETRASS]
    asked = codecisions.ask_codecision(
        story.work(asker), found.id, Wish.REVOKE, "Ya no viene.", seen_version=found.version
    )
    office = add_official(session, story.ports, Role.COMPLAINT_HANDLER)
    codecisions.answer_codecision(story.work(office), asked.id, "Es represalia.", agreed=False)
    left = session.scalars(select(outbox.outbox.c.payload))
    (letter,) = [one for one in left if one.get("kind") == "wish-answered"]
    assert letter["email"] == address(asker)
    assert letter["facts"]["link"].endswith(f"/casos/{story.id}")
    assert "represalia" not in str(letter)
