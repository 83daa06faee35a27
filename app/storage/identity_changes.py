"""Wishes for other identity data, each approved by all who approved the right; data are sealed."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Integer,
    Row,
    Select,
    Text,
    bindparam,
    cast,
    func,
    insert,
    literal,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlalchemy.dialects.postgresql import aggregate_order_by, array

from app.storage import audit
from app.storage.agency_sets import get_agencies, read_agencies
from app.storage.applications import applications, list_reached
from app.storage.authorisations import authorisations
from app.storage.database import Session
from app.storage.identity_tables import CONTENT, identity_approvals, identity_changes
from app.storage.sealed import Vault
from app.storage.searched import EVERY, Search, of_cases
from permits.audit import AuditEvent
from permits.authorisations import AuthorisationId
from permits.identity_changes import (
    IdentityChange,
    IdentityChangeId,
    IdentityOutcome,
    IdentityReason,
)
from permits.people import Agency, PersonId
from permits.reach import Reach
from permits.submissions import Answers, from_mapping

IDENTITY_CONTENT = "identity_changes.content"
"""Where both data are sealed, as the canonical JSON that the digest stands over."""

_APPROVED_BY = (
    select(
        func.array_agg(
            aggregate_order_by(
                array([identity_approvals.c.agency, cast(identity_approvals.c.official, Text)]),
                identity_approvals.c.nth,
            )
        )
    )
    .where(identity_approvals.c.change == identity_changes.c.id)
    .scalar_subquery()
)
_WHOLE: tuple[ColumnElement[Any], ...] = (
    *identity_changes.c,
    get_agencies(identity_changes.c.agency_set).label("agencies"),
    _APPROVED_BY.label("approved_by"),
)


@dataclass(frozen=True)
class ListedIdentityChange:
    """A wish with the case that it belongs to."""

    change: IdentityChange
    application: UUID
    receipt: str
    programme: str


def add_change(
    session: Session, vault: Vault, change: IdentityChange, content: str, *, event: AuditEvent
) -> None:
    """Record a wish; `content` is the canonical JSON of the data of before and after."""
    asked_of = select(authorisations.c.agency_set).where(
        authorisations.c.id == change.authorisation
    )
    session.execute(
        insert(identity_changes).values(agency_set=asked_of.scalar_subquery()),
        {
            "id": change.id,
            "authorisation": change.authorisation,
            "worker": change.worker,
            "content": vault.seal(IDENTITY_CONTENT, change.id, content),
            "digest": change.digest,
            "reason": change.reason.value,
            "evidence": change.evidence,
            "asked_at": change.asked_at,
        },
    )
    audit.append(session, event)


def save_change(session: Session, change: IdentityChange, *, event: AuditEvent) -> None:
    """Record what the worker, or an agency that refuses, said of a wish that waits."""
    granted = change.outcome is IdentityOutcome.GRANTED
    session.execute(
        update(identity_changes)
        .where(identity_changes.c.id == change.id, identity_changes.c.outcome == "asked")
        .values(
            outcome=change.outcome.value,
            approvals=len(change.approvals) if granted else None,
            refused_agency=change.refused_for.value if change.refused_for else None,
            refused_by=change.refused_by,
            decided_at=change.decided_at,
            note=change.note,
        )
    )
    audit.append(session, event)


def save_approval(
    session: Session, change: IdentityChange, agency: Agency, *, event: AuditEvent
) -> None:
    """Record the approval of an agency, the last of those in `change`, and what it came to."""
    nth, settled = len(change.approvals), identity_changes.c
    bound = select(
        settled.id,
        literal(nth),
        literal(nth - 1 or None, Integer),
        *(settled[name] for name in CONTENT),
        literal(agency.value),
        literal(change.approvals[agency], PG_UUID),
    ).where(settled.id == change.id, settled.outcome == "asked")
    names = ["change", "nth", "before", *CONTENT, "agency", "official"]
    session.execute(insert(identity_approvals).from_select(names, bound))
    save_change(session, change, event=event)


def list_of_right(session: Session, vault: Vault, authorisation: UUID) -> list[IdentityChange]:
    """Every wish of a right, newest first."""
    rows = session.execute(
        select(*_WHOLE)
        .where(identity_changes.c.authorisation == authorisation)
        .order_by(identity_changes.c.asked_at.desc(), identity_changes.c.id)
    )
    return [_change(vault, row) for row in rows]


def find_change(session: Session, vault: Vault, change: UUID) -> IdentityChange | None:
    """One wish, whatever became of it."""
    row = session.execute(select(*_WHOLE).where(identity_changes.c.id == change)).one_or_none()
    return _change(vault, row) if row is not None else None


def find_granted(session: Session, vault: Vault, application: UUID) -> IdentityChange | None:
    """The last change that was granted under the right of an application, if there was one."""
    rows = session.execute(_finding_granted(), {"of_application": application})
    return next((_change(vault, row) for row in rows), None)


@cache
def _finding_granted() -> Select[Any]:
    own = identity_changes.c
    return (
        select(*_WHOLE)
        .join(authorisations, authorisations.c.id == own.authorisation)
        .where(
            authorisations.c.application == bindparam("of_application"),
            own.outcome == "granted",
            own.content.is_not(None),
        )
        .order_by(own.decided_at.desc(), own.id)
        .limit(1)
    )


def list_changes(
    session: Session,
    vault: Vault,
    outcome: IdentityOutcome,
    since: datetime,
    reach: Reach,
    limit: int,
    search: Search = EVERY,
) -> list[ListedIdentityChange]:
    """Wishes within reach that were asked since an instant: what waits the oldest first, what was
    settled the newest first."""
    rows = session.execute(
        select(
            *_WHOLE,
            authorisations.c.application,
            applications.c.receipt,
            applications.c.programme,
        )
        .join(authorisations, authorisations.c.id == identity_changes.c.authorisation)
        .join(applications, applications.c.id == authorisations.c.application)
        .where(
            identity_changes.c.outcome == outcome.value,
            identity_changes.c.asked_at >= since,
            authorisations.c.application.in_(list_reached(reach)),
            *of_cases(applications.c, search),
        )
        .order_by(*_in_order(outcome))
        .limit(limit)
    )
    return [
        ListedIdentityChange(_change(vault, row), row.application, row.receipt or "", row.programme)
        for row in rows
    ]


def _change(vault: Vault, row: Row[*tuple[Any, ...]]) -> IdentityChange:
    before = after = Answers()
    if row.content is not None:
        told = json.loads(vault.open(IDENTITY_CONTENT, row.id, row.content))
        before, after = from_mapping(told["before"]), from_mapping(told["after"])
    return IdentityChange(
        IdentityChangeId(row.id),
        AuthorisationId(row.authorisation),
        PersonId(row.worker),
        before,
        after,
        IdentityReason(row.reason),
        row.evidence,
        row.digest,
        row.asked_at,
        read_agencies(row.agencies),
        IdentityOutcome(row.outcome),
        {Agency(agency): PersonId(UUID(official)) for agency, official in row.approved_by or ()},
        Agency(row.refused_agency) if row.refused_agency else None,
        PersonId(row.refused_by) if row.refused_by else None,
        row.decided_at,
        row.note,
    )


def _in_order(outcome: IdentityOutcome) -> Sequence[ColumnElement[Any]]:
    key = (identity_changes.c.asked_at, identity_changes.c.id)
    return key if outcome is IdentityOutcome.ASKED else [one.desc() for one in key]
