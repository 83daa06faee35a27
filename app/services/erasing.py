"""Erasing a file: because its time is over, because its worker asks, or after a restore."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from app.services.work import Work
from app.storage import erasures, outbox, sessions, shredding
from app.storage.erasures import KeptCase
from permits.applications import Application
from permits.audit import Act
from permits.data_requests import RequestKind
from permits.erasure import Cause, Erasure, erasure_of
from permits.errors import Conflict, NotFound
from permits.people import Permission, Role
from permits.policies import check_own, check_permission

ERASE = "erase-file"
"""The web asks for it and the worker does it: it alone may delete in the database."""

EFFECT = "delete-object"
"""A picture is forgotten after the commit: a file that stands never loses its pictures."""


def erase(work: Work, kept: KeptCase, cause: Cause) -> None:
    """Erase a locked file and put it on the list of what was erased; the log says why."""
    application = kept.application
    event = work.event(Act.APPLICATION_ERASED, application.id, {"cause": cause.value})
    pictures = shredding.erase_file(work.session, application, work.now, event=event)
    erasures.remember(work.session, application, cause, work.now)
    for key in pictures:
        outbox.put(work.session, outbox.Effect(EFFECT, f"delete:{key}", {"key": key}), work.now)


def erasure_now(work: Work, kept: KeptCase) -> Erasure:
    """What may become of a file today."""
    return erasure_of(
        kept.application,
        kept.changed_at,
        kept.valid_until,
        work.now,
        held=kept.held,
        contested=kept.contested,
    )


def erase_own(work: Work, application: UUID) -> None:
    """The worker has the own file erased, where the law of the case allows it.

    The worker process does it, within a second. Conflict("not-erasable") with the obstacle where
    the law does not allow it; NotFound for anybody else's.
    """
    # Before the row is looked at: who may never do this learns nothing of what is there.
    check_permission(work.actor, Permission.APPLICATION_EDIT_OWN)
    kept = erasures.get_case(work.session, application, lock=True)
    check_own(work.actor, kept.application)
    now = erasure_now(work, kept)
    if now.obstacle is not None:
        raise Conflict("not-erasable", obstacle=now.obstacle.value)
    facts = {"application": str(application), "kind": RequestKind.ERASURE.value}
    sessions.note_event(
        work.session, event=work.event(Act.DATA_REQUESTED, work.actor.person, facts)
    )
    asked = outbox.Effect(ERASE, f"{ERASE}:{application}", {"id": str(application)})
    outbox.put(work.session, asked, work.now)


def erase_asked(work: Work, application: UUID) -> bool:
    """Do what a worker asked for; False where the file is gone or may not go any more."""
    try:
        kept = erasures.get_case(work.session, application, lock=True)
    except NotFound:
        return False
    if erasure_now(work, kept).obstacle is not None:
        return False
    erase(work, kept, Cause.ASKED)
    return True


def place_hold(work: Work, application: UUID, reason: str) -> None:
    """Keep a file whatever its time (a court, a complaint, an audit); the log says who."""
    _check_keeper(work)
    kept = erasures.get_case(work.session, application)
    event = work.event(Act.HOLD_PLACED, kept.application.id, {"reason": reason})
    person = work.actor.person
    hold = work.new_id()
    erasures.place_hold(
        work.session, hold, kept.application.id, reason, person, work.now, event=event
    )


def lift_hold(work: Work, application: UUID) -> None:
    """Let a file go again when its time is over; NotFound where nothing holds it."""
    _check_keeper(work)
    event = work.event(Act.HOLD_LIFTED, application)
    erasures.lift_hold(work.session, application, work.actor.person, work.now, event=event)


def list_erased(work: Work) -> list[tuple[UUID, str, datetime]]:
    """Every file that was ever erased, for whoever restores a copy of before."""
    return erasures.list_erased(work.session)


def erase_again(work: Work, applications: Iterable[UUID]) -> list[Application]:
    """Erase once more what a restored copy brought back; returns what was there."""
    found = []
    for application in applications:
        try:
            kept = erasures.get_case(work.session, application, lock=True)
        except NotFound:
            continue
        erase(work, kept, Cause.RESTORED)
        found.append(kept.application)
    return found


def _check_keeper(work: Work) -> None:
    """The data-protection officer, or whoever runs the service, at its console."""
    if work.actor.role is not Role.SYSTEM:
        check_permission(work.actor, Permission.DATA_REQUEST_DECIDE)
