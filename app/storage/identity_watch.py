"""What the watch list was asked about the names that workers ask for under a standing right."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, func, select

from app.storage.agency_sets import set_agencies
from app.storage.applications import applications, list_reached
from app.storage.authorisations import authorisations
from app.storage.database import Session
from app.storage.identity_tables import identity_approvals, identity_changes
from app.storage.sealed import Vault
from app.storage.searched import EVERY, Search, of_cases
from app.storage.watch_checks import read_check, watch_checks
from permits.people import Agency
from permits.reach import Reach
from permits.watch import ANSWERED, CheckState, WatchCheck


def list_unasked(session: Session, limit: int) -> list[tuple[UUID, UUID]]:
    """Wishes that wait for INM and that the list was never asked about: case and wish."""
    asked = exists().where(watch_checks.c.change == identity_changes.c.id)
    rows = session.execute(
        select(authorisations.c.application, identity_changes.c.id)
        .join(authorisations, authorisations.c.id == identity_changes.c.authorisation)
        .join(applications, applications.c.id == authorisations.c.application)
        .where(applications.c.erased_at.is_(None), *_waits_for_migration(), ~asked)
        .order_by(identity_changes.c.asked_at, identity_changes.c.id)
        .limit(limit)
    )
    return [(row.application, row.id) for row in rows]


def find_check(session: Session, vault: Vault, change: UUID) -> WatchCheck | None:
    """The check of a wish; None where the list was not asked."""
    row = session.execute(select(watch_checks).where(watch_checks.c.change == change)).one_or_none()
    return read_check(vault, row) if row is not None else None


def lock_answered(session: Session, vault: Vault, before: datetime, limit: int) -> list[WatchCheck]:
    """Answered checks of wishes that wait for INM still, last asked before an instant.

    Held with their cases, as those of rounds are.
    """
    query = (
        _of_wishes()
        .where(
            watch_checks.c.state.in_([state.value for state in sorted(ANSWERED)]),
            watch_checks.c.answered_at < before,
            applications.c.erased_at.is_(None),
            *_waits_for_migration(),
        )
        .order_by(watch_checks.c.answered_at, watch_checks.c.id)
        .limit(limit)
        .with_for_update(of=[applications, watch_checks], skip_locked=True)
    )
    return [read_check(vault, row) for row in session.execute(query)]


def list_hits(
    session: Session, vault: Vault, reach: Reach, limit: int = 200, *, search: Search = EVERY
) -> Sequence[tuple[WatchCheck, str]]:
    """Hits of wishes that wait, within reach, with the receipts; the oldest first."""
    rows = session.execute(
        _of_wishes()
        .add_columns(applications.c.receipt)
        .where(
            watch_checks.c.state == CheckState.HIT.value,
            identity_changes.c.outcome == "asked",
            applications.c.id.in_(list_reached(reach)),
            *of_cases(applications.c, search),
        )
        .order_by(watch_checks.c.answered_at, watch_checks.c.id)
        .limit(limit)
    )
    return [(read_check(vault, row), row.receipt) for row in rows]


def count_waiting(session: Session, before: datetime) -> int:
    """Wishes that wait and about which the list was asked before an instant and is silent."""
    query = (
        select(func.count())
        .select_from(watch_checks)
        .join(identity_changes, identity_changes.c.id == watch_checks.c.change)
        .where(
            watch_checks.c.state == CheckState.PENDING.value,
            watch_checks.c.asked_at < before,
            identity_changes.c.outcome == "asked",
        )
    )
    return session.execute(query).scalar_one()


def _of_wishes() -> Select[tuple[object, ...]]:
    return (
        select(*watch_checks.c)
        .join(identity_changes, identity_changes.c.id == watch_checks.c.change)
        .join(applications, applications.c.id == watch_checks.c.application)
    )


def _waits_for_migration() -> tuple[ColumnElement[bool], ...]:
    """The wish waits, INM is one of those who decide on it, and has not."""
    inm = Agency.INM.value
    return (
        identity_changes.c.outcome == "asked",
        exists().where(
            set_agencies.c.agency_set == identity_changes.c.agency_set,
            set_agencies.c.agency == inm,
        ),
        ~exists().where(
            identity_approvals.c.change == identity_changes.c.id,
            identity_approvals.c.agency == inm,
        ),
    )
