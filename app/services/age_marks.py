"""R05's mark of an agent: put beside the worker, seen by who decides, taken back with a reason."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from app.services import age_alarms
from app.services.work import Work
from app.storage import age_marks, companions, credentials
from app.storage.age_marks import ListedMark
from permits import permit_numbers
from permits.age_marks import AgeMark, Sign, check_ending, check_seeing
from permits.applications import ApplicationId
from permits.audit import Act
from permits.errors import NotFound
from permits.people import Permission
from permits.policies import check_permission
from permits.tracking import read_receipt

__all__ = ["AgeMark", "ListedMark", "Sign"]


def mark_age(work: Work, number: str, sign: Sign) -> ListedMark:
    """Mark whom a receipt or a permit number names; the same twice is once. Nobody's name is told.

    Who protects children, and who clears marks, hears of each mark at once.

    NotFound("no-such-number") for a number that nobody has.
    """
    check_permission(work.actor, Permission.AGE_MARK)
    application = _find(work, number)
    mark = AgeMark(work.new_id(), application, sign, work.actor.person, work.now)
    event = work.event(Act.AGE_MARKED, mark.id, {"sign": sign.value})
    if age_marks.add_mark(work.session, mark, event=event):
        age_alarms.ring(work, mark)
    found = age_marks.find_standing(work.session, application, work.actor.person)
    if found is None:
        raise NotFound("no-such-mark")
    return found


def list_marks(work: Work) -> Sequence[ListedMark]:
    """The marks that stand: all of them for who clears them, for an agent the own ones."""
    if work.actor.can(Permission.AGE_CLEAR):
        return age_marks.list_standing(work.session)
    check_permission(work.actor, Permission.AGE_MARK)
    return age_marks.list_standing(work.session, work.actor.person)


def read_mark(work: Work, mark: UUID) -> ListedMark:
    """One of them; NotFound("no-such-mark") where it is another's, or stands no more."""
    found = next((one for one in list_marks(work) if one.mark.id == mark), None)
    if found is None:
        raise NotFound("no-such-mark")
    return found


def see_mark(work: Work, mark: UUID) -> None:
    """Who clears marks takes note of one and goes on with it; the first one stays.

    NotFound("no-such-mark"); Conflict("mark-ended") where it was taken back.
    """
    check_permission(work.actor, Permission.AGE_CLEAR)
    before = age_marks.lock_mark(work.session, mark)
    check_seeing(before)
    if before.seen_at is not None:
        return
    after = replace(before, seen_by=work.actor.person, seen_at=work.now)
    event = work.event(Act.AGE_MARK_SEEN, mark)
    age_marks.see_mark(work.session, after, event=event)


def take_back(work: Work, mark: UUID, reason: str) -> None:
    """Take a mark back: who put it, or a supervisor who looked into it.

    Invalid without a reason, Conflict("mark-ended"); NotFound for another agent's.
    """
    clears = work.actor.can(Permission.AGE_CLEAR)
    if not clears:
        check_permission(work.actor, Permission.AGE_MARK)
    before = age_marks.lock_mark(work.session, mark)
    own = before.marked_by == work.actor.person
    if not (clears or own):
        raise NotFound("no-such-mark")
    text = check_ending(before, reason)
    after = replace(before, ended_by=work.actor.person, ended_at=work.now, reason=text)
    event = work.event(Act.AGE_MARK_ENDED, mark, {"by": "own" if own else "supervisor"})
    age_marks.end_mark(work.session, after, event=event)


def _find(work: Work, number: str) -> ApplicationId:
    permit = permit_numbers.read(number)
    if permit is not None:
        found = credentials.find_application(work.session, permit)
    else:
        found = companions.find_application(work.session, read_receipt(number))
    if found is None:
        raise NotFound("no-such-number")
    return found
