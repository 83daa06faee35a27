"""The second look at what the watch list found: cleared or refused by who is new to the case."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from app.services.approvals import Ruling, record_ruling
from app.services.case import Case, load_case
from app.services.reaching import reading
from app.services.work import Work
from app.storage import approvals, watch_checks
from permits.approvals import Ground, Opinion, find_note_faults
from permits.audit import Act
from permits.errors import Conflict, NotFound, refuse_if
from permits.people import Agency, Permission
from permits.policies import check_permission, check_read
from permits.watch import CheckState, SecondLook, WatchCheck, check_second_look


@dataclass(frozen=True)
class Hit:
    """A hit with the case that it is about."""

    check: WatchCheck
    case: Case


def list_hits(work: Work) -> Sequence[tuple[WatchCheck, str]]:
    """What waits for a second look within reach, with the receipts; the oldest first."""
    check_permission(work.actor, Permission.WATCH_REVIEW)
    return watch_checks.list_hits(work.session, work.ports.vault, reading(work))


def read_hit(work: Work, check: UUID) -> Hit:
    """One of them; that it was opened stands in the log, under the check and not under the case.

    NotFound for what waits no more, as for what never was.
    """
    hit = _open(work, check)
    event = work.event(Act.WATCH_READ, check)
    watch_checks.note_reading(work.session, event=event)
    return hit


def look_again(work: Work, check: UUID, says: SecondLook, note: str, told: str = "") -> None:
    """Clear a hit, and the case goes on at INM; or refuse the application by ground M2.

    `note` stays at this desk, `told` is what the letter of a refusal says to the worker. Forbidden
    for who decided the case before, Conflict("second-look-over") where it was looked at already.
    """
    hit = _open(work, check, lock=True)
    earlier = approvals.list_decisions(work.session, hit.case.application.id)
    check_second_look(work.actor, hit.check, earlier, hit.case.ties, note)
    refuse_if(find_note_faults(told, "told"))
    upheld = says is SecondLook.REFUSE
    reviewed = replace(
        hit.check,
        state=CheckState.UPHELD if upheld else CheckState.CLEARED,
        reviewed_by=work.actor.person,
        reviewed_at=work.now,
        note="\n\n".join(told for told in (hit.check.note, note) if told),
    )
    event = work.event(Act.WATCH_REVIEWED, check, {"outcome": reviewed.state.value})
    watch_checks.review_check(work.session, work.ports.vault, reviewed, event=event)
    if upheld:
        ruling = Ruling(Opinion.REFUSE, (Ground.ALERT,), told)
        record_ruling(work, hit.case, Agency.INM, ruling)


def _open(work: Work, check: UUID, *, lock: bool = False) -> Hit:
    check_permission(work.actor, Permission.WATCH_REVIEW)
    found = watch_checks.lock_check(work.session, work.ports.vault, check)
    case = load_case(work, found.application, lock=lock)
    check_read(work.actor, case.application)
    if found.round != case.application.round:
        raise NotFound("no-such-check")
    if lock and found.state is not CheckState.HIT:
        raise Conflict("second-look-over")
    return Hit(found, case)
