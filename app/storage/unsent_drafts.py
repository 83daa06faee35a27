"""Drafts that their workers left, on a telephone that was proved, and were not reminded of."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, or_, select

from app.storage.applications import applications
from app.storage.audit import audit_events
from app.storage.case_notices import case_notices
from app.storage.crews import crew_members
from app.storage.database import Session
from app.storage.roster import roster_entries
from permits.applications import ApplicationId
from permits.audit import Act
from permits.case_notices import CaseNotice


def list_unsent(
    session: Session, programme: str, before: datetime, way: str, limit: int
) -> list[ApplicationId]:
    """Drafts of a programme that nobody changed since an instant, the oldest first.

    `way` is the sign-in that proves a telephone. None whose worker handed another in since it was
    begun, waits on the roster to be chosen, or was put on a crew's list and is asked for a yes.
    """
    rows = session.scalars(
        select(applications.c.id)
        .where(
            applications.c.programme == programme,
            applications.c.status == "draft",
            applications.c.round == 0,
            applications.c.updated_at < before,
            applications.c.erased_at.is_(None),
            _is_phone_proved(way),
            *(~one for one in (_was_reminded(), _sent_another(), _waits_elsewhere())),
        )
        .order_by(applications.c.updated_at, applications.c.id)
        .limit(limit)
    )
    return [ApplicationId(one) for one in rows]


def _is_phone_proved(way: str) -> ColumnElement[bool]:
    """Whether a code that went to the worker's number was typed; another number has its own."""
    event = audit_events.c
    by_code = and_(event.act == Act.SIGNED_IN.value, event.facts["way"].astext == way)
    return exists().where(
        event.subject == applications.c.worker, or_(by_code, event.act == Act.PHONE_CHANGED.value)
    )


def _was_reminded() -> ColumnElement[bool]:
    told = case_notices.c
    return exists().where(
        told.application == applications.c.id, told.notice == CaseNotice.DRAFT_UNSENT.value
    )


def _sent_another() -> ColumnElement[bool]:
    other = applications.alias("other")
    return exists().where(
        other.c.worker == applications.c.worker,
        other.c.programme == applications.c.programme,
        other.c.submitted_at >= applications.c.created_at,
    )


def _waits_elsewhere() -> ColumnElement[bool]:
    return or_(
        exists().where(
            roster_entries.c.application == applications.c.id, roster_entries.c.left_at.is_(None)
        ),
        exists().where(crew_members.c.application == applications.c.id),
    )
