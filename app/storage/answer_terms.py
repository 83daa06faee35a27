"""Applications that were returned, or asked about, whose worker has little time left, or none."""

from datetime import datetime

from sqlalchemy import ColumnElement, Date, cast, func, select

from app.storage.applications import applications, read_row
from app.storage.approvals import decisions
from app.storage.case_notices import case_notices
from app.storage.database import Session
from app.storage.info_requests import info_requests
from permits.applications import WITH_WORKER, Application
from permits.case_notices import CaseNotice
from permits.deadlines import LEGAL_ZONE

Window = tuple[datetime | None, datetime | None]
"""From the one instant, before the other; None for no bound."""

ASKED_AT = func.greatest(  # NULL counts for nothing
    select(func.max(decisions.c.decided_at))
    .where(
        decisions.c.application == applications.c.id,
        decisions.c.round == applications.c.round,
    )
    .scalar_subquery(),
    select(func.max(info_requests.c.asked_at))
    .where(
        info_requests.c.application == applications.c.id,
        info_requests.c.round == applications.c.round,
    )
    .scalar_subquery(),
    applications.c.barred_at,
)
"""When the present round was decided, asked about or sent back last.

Of what waits for its worker: since when.
"""


def is_with_worker() -> ColumnElement[bool]:
    """Whether a case is in its worker's hands: asked, or to be corrected."""
    return applications.c.status.in_([one.value for one in sorted(WITH_WORKER)])


def lock_returned_before(
    session: Session,
    programme: str,
    instant: datetime,
    limit: int,
    submitted: Window = (None, None),
) -> list[Application]:
    """What waits for its worker in a programme and nobody touched since `instant`, oldest first.

    `submitted` bounds when they were handed in first. Their rows are held until the transaction
    ends; those that somebody else holds now are left.
    """
    rows = session.execute(
        select(applications)
        .where(*_with_worker(programme, submitted), applications.c.updated_at < instant)
        .order_by(applications.c.updated_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return [read_row(row) for row in rows]


def list_unreminded(
    session: Session,
    programme: str,
    asked: tuple[datetime, datetime],
    limit: int,
    submitted: Window = (None, None),
) -> list[tuple[Application, datetime]]:
    """What waits for its worker, whose term began in `asked` and was not reminded of, and when."""
    began = func.greatest(ASKED_AT, applications.c.reinstated_at)  # NULL counts for nothing
    reminded = select(case_notices.c.application).where(
        case_notices.c.application == applications.c.id,
        case_notices.c.notice == CaseNotice.ANSWER_DUE.value,
        case_notices.c.term_from == cast(func.timezone(LEGAL_ZONE.key, began), Date),
    )
    rows = session.execute(
        select(applications, ASKED_AT.label("asked_at"))
        .where(
            *_with_worker(programme, submitted),
            began >= asked[0],
            began < asked[1],
            ~reminded.exists(),
        )
        .order_by(applications.c.updated_at, applications.c.id)
        .limit(limit)
    )
    return [(read_row(row), row.asked_at) for row in rows]


def _with_worker(programme: str, submitted: Window) -> list[ColumnElement[bool]]:
    since, until = submitted
    return [
        applications.c.programme == programme,
        is_with_worker(),
        *([applications.c.submitted_at >= since] if since else []),
        *([applications.c.submitted_at < until] if until else []),
    ]
