"""Rights after they were granted: read, suspended, and given back by another or by their days."""

from dataclasses import dataclass, replace
from uuid import UUID

from app.services import notices
from app.services.case import load_case, programme_of
from app.services.reaching import reading, writing
from app.services.rights_before import list_going_on
from app.services.work import Work
from app.storage import (
    applications,
    authorisations,
    codecisions,
    credentials,
    outbox,
    permit_shields,
    revocations,
    suspensions,
)
from permits.audit import Act
from permits.authorisations import Authorisation, AuthorisationStatus
from permits.deadlines import legal_day
from permits.errors import Hidden, Stale, refuse_if
from permits.issuing import Credential
from permits.notices import NoticeKind
from permits.people import Permission, Role
from permits.policies import check_permission
from permits.reach import EVERYTHING
from permits.retaliation import Origin, Wish, check_no_retaliation
from permits.revocations import Outcome, Revocation
from permits.right_acts import RightCase, check_reinstate, check_suspend
from permits.suspensions import (
    URGENT,
    Ended,
    Ending,
    Suspension,
    SuspensionId,
    SuspensionReason,
    days_left,
    find_faults,
    last_day_of,
    reach_into,
)

BATCH = 100
"""Suspensions that one transaction ends at most; the next minute goes on."""


@dataclass(frozen=True)
class Right:
    """A right with everything about it: the acts' case, all suspensions, proposals and cards."""

    case: RightCase
    suspensions: tuple[Suspension, ...]
    revocations: tuple[Revocation, ...]
    credentials: tuple[Credential, ...]
    days_left: int

    @property
    def authorisation(self) -> Authorisation:
        """The right itself."""
        return self.case.authorisation

    @property
    def revoked(self) -> Revocation | None:
        """The revocation that took it back; None while it was not."""
        return next((one for one in self.revocations if one.outcome is Outcome.CONFIRMED), None)


@dataclass(frozen=True)
class Pause:
    """What a supervisor says who suspends a right: for how many days, why, and at whose asking."""

    reason: SuspensionReason
    days: int
    note: str
    origin: Origin


def read_authorisation(work: Work, authorisation: UUID) -> Right:
    """A right, for its worker and the agencies; NotFound for everybody else.

    Who reads it stands in the log.
    """
    found = authorisations.get_authorisation(work.session, authorisation, reach=reading(work))
    own = work.actor.role is Role.WORKER and work.actor.person == found.worker
    if not own and not work.actor.can(Permission.CREDENTIAL_READ):
        raise Hidden("no-such-authorisation")
    event = work.event(Act.CREDENTIAL_READ, found.id, {"form": "authorisation"})
    credentials.note_reading(work.session, event=event)
    return right_of(work, found)


def right_of(work: Work, authorisation: Authorisation, *, own: bool = False) -> Right:
    """Everything about a right that the caller may read; `own` ties an official to it."""
    session, vault = work.session, work.ports.vault
    paused = suspensions.list_suspensions(session, authorisation.id)
    proposed = revocations.list_revocations(session, vault, authorisation.id)
    cards = credentials.list_of_right(session, vault, authorisation.id)
    case = RightCase(
        authorisation,
        next((one for one in paused if one.ending is Ending.OPEN), None),
        next((one for one in proposed if one.outcome is Outcome.PROPOSED), None),
        cards[0] if cards else None,
        own,
    )
    granted = legal_day(authorisation.granted_at)
    clocks = programme_of(work, authorisation.programme, granted).clocks
    taken = (one.days_taken(legal_day(one.ended_at) if one.ended_at else None) for one in paused)
    left = days_left(clocks.suspension_days.value, taken)
    return Right(case, tuple(paused), tuple(proposed), tuple(cards), left)


def lock_right(work: Work, authorisation: UUID, permission: Permission, seen_version: int) -> Right:
    """Hold a right within reach to act on it; Stale where it is not as it was seen.

    1. who may never do this learns nothing of what is there; 2. its row, held; 3. a suspension
    whose days are over ends first; 4. what ties the official to its worker.
    """
    check_permission(work.actor, permission)  # 1
    found = authorisations.lock_authorisation(work.session, authorisation, reach=writing(work))  # 2
    if found.version != seen_version:
        raise Stale("changed-meanwhile")
    found = _end_if_over(work, found)  # 3
    own = work.actor.agency is not None and load_case(work, found.application).ties.own
    return right_of(work, found, own=own)  # 4


def suspend_authorisation(
    work: Work, authorisation: UUID, pause: Pause, *, seen_version: int
) -> Right:
    """Suspend a right for some days: its cards are refused at the border until it ends.

    1. the right, held; 2. what `plan_suspension` asks; 3. recorded, with its cards in the next
    list; 4. the worker is told; 5. so with a right that goes on from it and begins before the days
    are over.
    """
    right = lock_right(work, authorisation, Permission.AUTHORISATION_SUSPEND, seen_version)  # 1
    suspension = plan_suspension(work, right, pause)  # 2
    paused = _suspend(work, right.authorisation, suspension)  # 3, 4
    _suspend_along(work, paused.authorisation, suspension, pause.days)  # 5
    return paused


def plan_suspension(work: Work, right: Right, pause: Pause) -> Suspension:
    """A suspension as it would be recorded now; nothing is written.

    1. may this supervisor; 2. is it well-formed, and within the days that are left; 3. does the
    second office agree to what an employer wishes.
    """
    agency = check_suspend(work.actor, right.case, work.now)  # 1
    refuse_if(find_faults(pause.days, right.days_left, pause.note))  # 2
    found = right.authorisation
    wishes = codecisions.list_of_right(work.session, work.ports.vault, found.id)
    today, urgent = legal_day(work.now), pause.reason in URGENT
    shielded = bool(permit_shields.list_shields(work.session, found.worker, today))
    check_no_retaliation(  # 3
        pause.origin, Wish.SUSPEND, agency, wishes, work.now, shielded=shielded, urgent=urgent
    )
    return Suspension(
        SuspensionId(work.new_id()),
        found.id,
        found.worker,
        agency,
        work.actor.person,
        pause.reason,
        pause.origin,
        pause.note.strip(),
        today,
        last_day_of(today, pause.days, found.valid_until),
        work.now,
    )


def _suspend(work: Work, found: Authorisation, suspension: Suspension) -> Right:
    until = suspension.until.isoformat()
    facts = {
        "agency": suspension.agency.value,
        "reason": suspension.reason.value,
        "origin": suspension.origin.value,
        "until": until,
    }
    event = work.event(Act.AUTHORISATION_SUSPENDED, found.id, facts)
    after = suspensions.start_suspension(work.session, found, suspension, event=event)
    right = right_of(work, after)
    publish_cards(work, right)
    told = {"agency": suspension.agency.value, "until": until, "note": suspension.note}
    tell_about(work, NoticeKind.RIGHT_SUSPENDED, after, told)
    return right


def _suspend_along(work: Work, paused: Authorisation, first: Suspension, days: int) -> None:
    for one in list_going_on(work, paused, lock=True):
        later = _end_if_over(work, one)
        until = reach_into(first, days, later, right_of(work, later).days_left)
        if until is None or later.stored is not AuthorisationStatus.GRANTED:
            continue
        along = replace(
            first,
            id=SuspensionId(work.new_id()),
            authorisation=later.id,
            until=until,
            follows=first.id,
        )
        _suspend(work, later, along)


def reinstate_authorisation(work: Work, authorisation: UUID, *, seen_version: int) -> Right:
    """Give a suspended right back before its days are over; another official than who suspended.

    So with a right that was suspended along with it.
    """
    right = lock_right(work, authorisation, Permission.AUTHORISATION_REINSTATE, seen_version)
    suspension = check_reinstate(work.actor, right.case, work.now)
    ended = Ended(Ending.REINSTATED, work.now, work.actor.person)
    for later in list_going_on(work, right.authorisation, lock=True):
        running = right_of(work, later).case.suspension
        if running is not None and running.follows == suspension.id:
            _give_back(work, later, running, ended)
    return _give_back(work, right.authorisation, suspension, ended)


def end_suspensions(work: Work) -> int:
    """Give back the rights whose suspension is over; returns how many there were."""
    due = authorisations.list_overdue(work.session, legal_day(work.now), BATCH)
    for one in due:
        found = authorisations.lock_authorisation(work.session, one, reach=EVERYTHING)
        _end_if_over(work, found)
    return len(due)


def publish_cards(work: Work, right: Right, about: str = "") -> None:
    """Have every list signed anew on which a card of the right stands; `about` names the act."""
    found = right.authorisation
    for number in sorted({card.status_list for card in right.credentials}):
        key = f"publish:{number}:{found.id}:{about or found.version}"
        effect = outbox.Effect("publish-status-list", key, {"list": number})
        outbox.put(work.session, effect, work.now)


def tell_about(
    work: Work, kind: NoticeKind, found: Authorisation, facts: dict[str, str] | None = None
) -> None:
    """Tell the worker what became of their right, once for each of its versions."""
    application = applications.get_application(work.session, found.application, reach=EVERYTHING)
    notices.tell_worker(work, kind, application, facts, once=f"right-{found.version}")


def _end_if_over(work: Work, found: Authorisation) -> Authorisation:
    if not found.is_suspension_over(legal_day(work.now)):
        return found
    running = right_of(work, found).case.suspension
    if running is None:
        return found
    ended = Ended(Ending.TIME, work.now)
    return _give_back(work.as_system(), found, running, ended).authorisation


def _give_back(work: Work, found: Authorisation, suspension: Suspension, ended: Ended) -> Right:
    by_time = ended.how is Ending.TIME
    act = Act.AUTHORISATION_RESUMED if by_time else Act.AUTHORISATION_REINSTATED
    event = work.event(act, found.id, {"agency": suspension.agency.value})
    after = suspensions.end_suspension(work.session, found, suspension, ended, event=event)
    right = right_of(work, after)
    publish_cards(work, right)
    tell_about(work, NoticeKind.RIGHT_REINSTATED, after)
    return right
