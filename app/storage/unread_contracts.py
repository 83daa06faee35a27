"""Contracts whose change nobody has read: only words tell it, and SETRASS says what it means."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, FromClause, Text, and_, cast, exists, func, or_, select
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from app.storage.applications import applications, list_reached
from app.storage.authorisations import authorisations
from app.storage.contract_looks import contract_looks
from app.storage.contracts import contract_agreements, contracts
from app.storage.database import Session
from app.storage.employer_changes import employer_changes
from app.storage.searched import EVERY, Search, of_cases
from permits.applications import Status
from permits.reach import Reach
from recruitment.contract_standing import WHOSE, Held, work_of
from recruitment.contracts import Party

BEFORE_A_PERMIT = (Status.UNDER_REVIEW.value, Status.ASKED.value)


@dataclass(frozen=True)
class Unread:
    """A version that waits for a look, as a list shows it; `permitted`: its worker has a permit."""

    application: UUID
    receipt: str
    version: int
    employer_name: str
    title: str
    drawn_at: datetime
    permitted: bool


def is_unread() -> ColumnElement[bool]:
    """Whether a version of `contracts` waits for a look.

    With what a version is held against does not change once it is drawn: only the newest one can
    be accepted.
    """
    looked = contract_looks.c
    here = and_(
        looked.application == contracts.c.application, looked.version == contracts.c.version
    )
    return and_(contracts.c.asks_look, ~exists().where(here))


def list_unread(
    session: Session, today: date, *, reach: Reach, limit: int, search: Search = EVERY
) -> list[Unread]:
    """The newest versions that wait, of work that is asked for or permitted, the oldest first."""
    newer = contracts.alias()
    own, told = contracts.c, cast(contracts.c.content, JSONB)
    rows = session.execute(
        select(
            *(own.application, own.version, own.drawn_at),
            *(told[name].astext.label(name) for name in ("employer_name", "title")),
            *(applications.c.receipt, applications.c.status),
        )
        .join(applications, applications.c.id == own.application)
        .where(
            is_unread(),
            ~exists().where(_newer(newer)),
            or_(_is_named(today), is_wished()),
            applications.c.erased_at.is_(None),
            own.application.in_(list_reached(reach)),
            *of_cases(applications.c, search),
        )
        .order_by(own.drawn_at, own.application)
        .limit(limit)
    )
    return [_unread(row) for row in rows]


def list_alike(
    session: Session, today: date, held: Held, *, reach: Reach, limit: int
) -> list[tuple[UUID, int]]:
    """Versions of other workers that wait, too, and in which the same was changed (`is_alike`)."""
    base, newest = contracts.alias(), contracts.alias()
    own = contracts.c
    rows = session.execute(
        select(own.application, own.version)
        .join(applications, applications.c.id == own.application)
        .join(base, and_(base.c.application == own.application, base.c.version == _base_of()))
        .where(
            own.vacancy == held.newest.vacancy,
            own.application != held.newest.application,
            is_unread(),
            ~exists().where(_newer(newest)),
            or_(_is_named(today), is_wished()),
            applications.c.erased_at.is_(None),
            own.application.in_(list_reached(reach)),
            _work_of(contracts) == cast(dict(work_of(held.newest)), JSONB),
            _work_of(base) == cast(dict(work_of(held.base)), JSONB),
        )
        .order_by(own.application)
        .limit(limit)
    )
    return [(row.application, row.version) for row in rows]


def _newer(newer: FromClause) -> ColumnElement[bool]:
    return and_(
        newer.c.application == contracts.c.application,
        newer.c.vacancy == contracts.c.vacancy,
        newer.c.version > contracts.c.version,
    )


def _base_of() -> ColumnElement[int]:
    """The version that one is held against, as `recruitment.contracts.find_base` says."""
    older, agreed = contracts.alias(), contract_agreements.c
    same_work = (
        older.c.application == contracts.c.application,
        older.c.vacancy == contracts.c.vacancy,
    )
    yes = and_(agreed.application == older.c.application, agreed.version == older.c.version)
    accepted = (
        select(func.max(older.c.version))
        .join(contract_agreements, and_(yes, agreed.party == Party.WORKER.value))
        .where(*same_work, older.c.version < contracts.c.version)
        .scalar_subquery()
    )
    first = select(func.min(older.c.version)).where(*same_work).scalar_subquery()
    return func.coalesce(accepted, first)


def _work_of(drawn: FromClause) -> ColumnElement[Any]:
    whose = cast(sorted(WHOSE), ARRAY(Text))
    return cast(drawn.c.content, JSONB).op("-", return_type=JSONB())(whose)


def _unread(row: Any) -> Unread:  # noqa: ANN401  (a row of the join)
    return Unread(
        row.application,
        row.receipt or "",
        row.version,
        row.employer_name,
        row.title,
        row.drawn_at,
        row.status == Status.APPROVED.value,
    )


def _is_named(today: date) -> ColumnElement[bool]:
    """Whether the work is that of the application, under review or with a right that stands."""
    standing = exists().where(
        authorisations.c.application == applications.c.id,
        authorisations.c.status.in_(("granted", "suspended")),
        authorisations.c.valid_until >= today,
    )
    left = exists().where(
        authorisations.c.application == applications.c.id,
        employer_changes.c.authorisation == authorisations.c.id,
        employer_changes.c.outcome == "granted",
    )
    permitted = and_(applications.c.status == Status.APPROVED.value, standing, ~left)
    reviewed = applications.c.status.in_(BEFORE_A_PERMIT)
    return and_(contracts.c.vacancy == applications.c.vacancy, or_(reviewed, permitted))


def is_wished() -> ColumnElement[bool]:
    """Whether the vacancy is that of a change of employer that waits."""
    return exists().where(
        authorisations.c.application == applications.c.id,
        employer_changes.c.authorisation == authorisations.c.id,
        employer_changes.c.vacancy == contracts.c.vacancy,
        employer_changes.c.outcome == "asked",
    )
