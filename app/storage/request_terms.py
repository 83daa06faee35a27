"""What workers asked beside the application and nobody answered in time, and at whose desk."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Date, Select, cast, exists, func, literal, select

from app.storage.agency_sets import set_agencies
from app.storage.appeals import appeals
from app.storage.applications import applications
from app.storage.authorisations import authorisations
from app.storage.case_notices import case_notices
from app.storage.data_requests import data_requests
from app.storage.database import Session
from app.storage.employer_changes import employer_changes
from app.storage.identity_tables import identity_approvals, identity_changes
from app.storage.revocations import revocations
from permits.applications import ApplicationId
from permits.case_notices import DATA_OFFICE
from permits.deadlines import LEGAL_ZONE
from permits.request_terms import OVERDUE, STAGE, Asked


@dataclass(frozen=True)
class Late:
    """What waits too long: its case, who has to answer (an agency or `DATA_OFFICE`), since when."""

    application: ApplicationId
    desk: str
    asked_on: date


@dataclass(frozen=True)
class Stretch:
    """Of a programme, asked from `since` on and before `before`; None for no bound."""

    programme: str
    since: datetime | None
    before: datetime


def list_overdue(session: Session, asked: Asked, within: Stretch, limit: int) -> list[Late]:
    """What nobody was told of yet, the oldest first; of each case and desk one a day."""
    waiting = _WAITING[asked].subquery()
    asked_on = cast(func.timezone(LEGAL_ZONE.key, waiting.c.asked_at), Date)
    told = case_notices.c
    known = exists().where(
        told.application == waiting.c.application,
        told.notice == OVERDUE[asked].value,
        told.told == waiting.c.desk,
        told.term_from == asked_on,
    )
    since = [waiting.c.asked_at >= within.since] if within.since else []
    rows = session.execute(
        select(waiting.c.application, waiting.c.desk, asked_on.label("asked_on"))
        .distinct()
        .join(applications, applications.c.id == waiting.c.application)
        .where(
            applications.c.programme == within.programme,
            applications.c.erased_at.is_(None),
            waiting.c.asked_at < within.before,
            *since,
            ~known,
        )
        .order_by(asked_on, waiting.c.application, waiting.c.desk)
        .limit(limit)
    )
    return [Late(ApplicationId(row.application), row.desk, row.asked_on) for row in rows]


def _recourses(asked: Asked) -> Select[Any]:
    own = appeals.c
    return select(own.application, own.agency.label("desk"), own.filed_at.label("asked_at")).where(
        own.ruling == "open", own.stage == STAGE[asked].value
    )


def _wishes(
    table: Any,  # noqa: ANN401  (either table of wishes, whose columns have the same names)
    desk: ColumnElement[str],
) -> Select[Any]:
    return (
        select(authorisations.c.application, desk.label("desk"), table.c.asked_at)
        .join(authorisations, authorisations.c.id == table.c.authorisation)
        .where(table.c.outcome == "asked")
    )


def _identity() -> Select[Any]:
    """Of each agency that has not approved yet."""
    change, approved = identity_changes.c, identity_approvals.c
    has = exists().where(approved.change == change.id, approved.agency == set_agencies.c.agency)
    return (
        _wishes(identity_changes, set_agencies.c.agency)
        .join(set_agencies, set_agencies.c.agency_set == change.agency_set)
        .where(~has)
    )


_WAITING: Mapping[Asked, Select[Any]] = {
    Asked.RECONSIDERATION: _recourses(Asked.RECONSIDERATION),
    Asked.APPEAL: _recourses(Asked.APPEAL),
    Asked.EMPLOYER_CHANGE: _wishes(employer_changes, employer_changes.c.agency),
    Asked.IDENTITY_CHANGE: _identity(),
    Asked.REVOCATION: (
        select(
            authorisations.c.application,
            revocations.c.agency.label("desk"),
            revocations.c.proposed_at.label("asked_at"),
        )
        .join(authorisations, authorisations.c.id == revocations.c.authorisation)
        .where(revocations.c.outcome == "proposed")
    ),
    Asked.DATA_REQUEST: select(
        data_requests.c.application, literal(DATA_OFFICE).label("desk"), data_requests.c.asked_at
    ).where(data_requests.c.status == "open"),
}
