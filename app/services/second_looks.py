"""The second look at what the watch list found: cleared or refused by who is new to the case."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from app.services.approvals import Ruling, record_ruling
from app.services.case import Case, load_case
from app.services.identity_changes import refuse_found
from app.services.involvement import list_involved
from app.services.reaching import reading
from app.services.seeking import seek_cases
from app.services.work import Work
from app.storage import identity_changes, identity_watch, watch_checks
from permits.approvals import Ground, Opinion, find_note_faults
from permits.audit import Act
from permits.errors import Conflict, DomainError, Fault, NotFound, refuse_if
from permits.identity_changes import IdentityChange, IdentityOutcome
from permits.people import Agency, Permission, PersonId
from permits.policies import check_permission, check_read
from permits.watch import CheckState, SecondLook, WatchCheck, check_looker, check_second_look


@dataclass(frozen=True)
class Hit:
    """A hit with the case that it is about; `change` where the list found the name asked for.

    `obstacle` is why the reader may not look again, None where they may.
    """

    check: WatchCheck
    case: Case
    change: IdentityChange | None = None
    obstacle: DomainError | None = None


def list_hits(work: Work, text: str = "") -> Sequence[tuple[WatchCheck, str]]:
    """What waits for a second look within reach, with the receipts; the oldest first.

    Of the cases that `text` finds.
    """
    check_permission(work.actor, Permission.WATCH_REVIEW)
    session, vault, reach = work.session, work.ports.vault, reading(work)
    search = seek_cases(work, text)
    hits = [
        *watch_checks.list_hits(session, vault, reach, search=search),
        *identity_watch.list_hits(session, vault, reach, search=search),
    ]
    return sorted(hits, key=lambda hit: (hit[0].answered_at or work.now, hit[0].id))


def read_hit(work: Work, check: UUID) -> Hit:
    """One of them; that it was opened stands in the log, under the check and not under the case.

    NotFound for what waits no more, as for what never was.
    """
    hit = _open(work, check)
    event = work.event(Act.WATCH_READ, check)
    watch_checks.note_reading(work.session, event=event)
    return replace(hit, obstacle=_obstacle(work, hit))


def _obstacle(work: Work, hit: Hit) -> DomainError | None:
    try:
        check_looker(work.actor, _involved(work, hit), hit.case.ties)
    except DomainError as refusal:
        return refusal
    return None


def _involved(work: Work, hit: Hit) -> frozenset[PersonId]:
    return list_involved(work, hit.case.application.id, looking=True)


def look_again(work: Work, check: UUID, says: SecondLook, note: str, told: str = "") -> None:
    """Clear a hit, and INM goes on; or refuse the application by ground M2, or the new name.

    A refused name leaves the right as it stands: taking it back is for two other people. `note`
    stays at this desk, `told` is what the letter of a refusal says to the worker. Forbidden for
    who had a part in it before, Conflict("second-look-over") where it was looked at already.
    """
    hit = _open(work, check, lock=True)
    check_second_look(work.actor, hit.check, _involved(work, hit), hit.case.ties, note)
    upheld = says is SecondLook.REFUSE
    silent = upheld and hit.change is not None and not told.strip()
    refuse_if([*find_note_faults(told, "told"), *([Fault("missing", "told")] if silent else [])])
    reviewed = replace(
        hit.check,
        state=CheckState.UPHELD if upheld else CheckState.CLEARED,
        reviewed_by=work.actor.person,
        reviewed_at=work.now,
        note="\n\n".join(told for told in (hit.check.note, note) if told),
    )
    event = work.event(Act.WATCH_REVIEWED, check, {"outcome": reviewed.state.value})
    watch_checks.review_check(work.session, work.ports.vault, reviewed, event=event)
    if upheld and hit.change is not None:
        refuse_found(work, hit.case, hit.change, told)
    elif upheld:
        ruling = Ruling(Opinion.REFUSE, (Ground.ALERT,), told)
        record_ruling(work, hit.case, Agency.INM, ruling)


def _open(work: Work, check: UUID, *, lock: bool = False) -> Hit:
    check_permission(work.actor, Permission.WATCH_REVIEW)
    found = watch_checks.lock_check(work.session, work.ports.vault, check)
    case = load_case(work, found.application, lock=lock)
    check_read(work.actor, case.application)
    change = _find_change(work, found)
    if change is None and found.round != case.application.round:
        raise NotFound("no-such-check")
    if lock and found.state is not CheckState.HIT:
        raise Conflict("second-look-over")
    return Hit(found, case, change)


def _find_change(work: Work, check: WatchCheck) -> IdentityChange | None:
    """The wish that a check is about, None for one of a round; NotFound where it waits no more."""
    if check.change is None:
        return None
    change = identity_changes.find_change(work.session, work.ports.vault, check.change)
    if change is None or change.outcome is not IdentityOutcome.ASKED:
        raise NotFound("no-such-check")
    return change
