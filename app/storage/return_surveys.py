"""Surveys after the season: asked once for each right. The answers stand sealed."""

import json
from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ColumnElement,
    Date,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    Row,
    ScalarSelect,
    Table,
    Text,
    and_,
    insert,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from app.storage import audit
from app.storage.applications import applications, list_reached
from app.storage.columns import INSTANT, OPERATIONAL, PERSONAL, PSEUDONYMOUS, SENSITIVE
from app.storage.database import Base, Session
from app.storage.sealed import Vault
from app.storage.taken_back import has_revocation
from permits.applications import ApplicationId
from permits.audit import AuditEvent
from permits.people import PersonId
from permits.reach import Reach
from permits.return_surveys import (
    COME_IN,
    ComingBack,
    ReturnTask,
    Survey,
    SurveyAnswers,
    YesNo,
)

ANSWERS = "return_surveys.answers"


return_surveys = Table(
    "return_surveys",
    Base.metadata,
    Column("authorisation", PG_UUID, primary_key=True, info=PSEUDONYMOUS),
    Column("application", PG_UUID, nullable=False, info=PSEUDONYMOUS),
    Column("worker", PG_UUID, nullable=False, info=PSEUDONYMOUS),
    Column("programme", Text, nullable=False, info=OPERATIONAL),
    Column("surveyed_at", INSTANT, nullable=False, info=PERSONAL),
    Column("closes_on", Date, nullable=False, info=PERSONAL),
    Column("answers", LargeBinary, info=SENSITIVE),
    Column("answered_at", INSTANT, info=PERSONAL),
    Column("counted", Boolean, nullable=False, server_default="false", info=OPERATIONAL),
    # Whether it is in what workers say of the employer (app/storage/ratings.py).
    Column("rated", Boolean, nullable=False, server_default="false", info=OPERATIONAL),
    # What the worker asked of the desk, and of nothing else does the desk know.
    Column("tasks", ARRAY(Text), nullable=False, server_default="{}", info=PERSONAL),
    Column("attended_at", INSTANT, info=PERSONAL),
    Column("attended_by", PG_UUID, info=PSEUDONYMOUS),
    Column("closed_at", INSTANT, info=PERSONAL),
    Column("rehire", Boolean, nullable=False, server_default="false", info=PERSONAL),
    ForeignKeyConstraint(
        ["authorisation", "worker"], ["authorisations.id", "authorisations.worker"]
    ),
    ForeignKeyConstraint(["application", "worker"], ["applications.id", "applications.worker"]),
    CheckConstraint("(answers IS NULL) = (answered_at IS NULL)", name="answered_together"),
    CheckConstraint("tasks <@ ARRAY['call', 'help']", name="tasks"),
    CheckConstraint("tasks = '{}' OR answered_at IS NOT NULL", name="tasks_are_asked_for"),
    CheckConstraint(
        "(attended_at IS NULL) = (attended_by IS NULL)"
        " AND (attended_at IS NULL OR (tasks <> '{}' AND attended_by <> worker))",
        name="attended_together",
    ),
    # Nobody goes before others who did not say that they want to.
    CheckConstraint(
        "NOT rehire OR (closed_at IS NOT NULL AND answered_at IS NOT NULL)", name="rehire"
    ),
    Index("ix_return_surveys_application", "application"),
    Index("ix_return_surveys_worker", "worker"),
    Index(
        "ix_return_surveys_uncounted",
        "answered_at",
        postgresql_where=text("answers IS NOT NULL AND NOT counted"),
    ),
    Index(
        "ix_return_surveys_unrated",
        "closed_at",
        postgresql_where=text("closed_at IS NOT NULL AND NOT rated"),
    ),
    Index("ix_return_surveys_open", "closes_on", postgresql_where=text("closed_at IS NULL")),
    Index(
        "ix_return_surveys_tasks",
        "answered_at",
        postgresql_where=text("tasks <> '{}' AND attended_at IS NULL"),
    ),
)


def add_survey(session: Session, survey: Survey, *, event: AuditEvent) -> None:
    """Remember that the worker was asked; the key refuses a second time."""
    session.execute(
        insert(return_surveys),
        {
            "authorisation": survey.authorisation,
            "application": survey.application,
            "worker": survey.worker,
            "programme": survey.programme,
            "surveyed_at": survey.asked_at,
            "closes_on": survey.closes_on,
        },
    )
    audit.append(session, event)


def find_survey(
    session: Session, vault: Vault, application: ApplicationId, *, hold: bool = False
) -> Survey | None:
    """The survey about the right of an application; with `hold` its row until the end."""
    query = select(return_surveys).where(return_surveys.c.application == application)
    row = session.execute(query.with_for_update() if hold else query).one_or_none()
    return None if row is None else _survey(vault, row)


def save_answers(session: Session, vault: Vault, survey: Survey, *, event: AuditEvent) -> None:
    """Keep what the worker answered, once."""
    said = asdict(survey.answers or SurveyAnswers())
    _write(
        session,
        survey,
        return_surveys.c.answered_at.is_(None),
        answers=vault.seal(ANSWERS, survey.authorisation, json.dumps(said)),
        answered_at=survey.answered_at,
        tasks=sorted(task.value for task in survey.tasks),
    )
    audit.append(session, event)


def save_attended(session: Session, survey: Survey, *, event: AuditEvent) -> None:
    """Write down who did what the worker asked of the desk, once."""
    _write(
        session,
        survey,
        return_surveys.c.attended_at.is_(None),
        attended_at=survey.attended_at,
        attended_by=survey.attended_by,
    )
    audit.append(session, event)


def save_closed(session: Session, survey: Survey, *, event: AuditEvent) -> None:
    """Close it, once."""
    _write(
        session,
        survey,
        return_surveys.c.closed_at.is_(None),
        closed_at=survey.closed_at,
        rehire=survey.rehire,
    )
    audit.append(session, event)


def lock_over(session: Session, vault: Vault, now: datetime, day: date, limit: int) -> list[Survey]:
    """Surveys to be closed that nobody else holds: answered a while ago, or never in time."""
    rows = session.execute(
        select(return_surveys)
        .where(
            return_surveys.c.closed_at.is_(None),
            or_(
                return_surveys.c.answered_at <= now - COME_IN,
                and_(return_surveys.c.answered_at.is_(None), return_surveys.c.closes_on < day),
            ),
        )
        .order_by(return_surveys.c.closes_on, return_surveys.c.authorisation)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return [_survey(vault, row) for row in rows]


@dataclass(frozen=True)
class WaitingReturn:
    """What somebody asked of the desk, with the receipt and the name to call."""

    application: ApplicationId
    receipt: str
    name: str
    tasks: frozenset[ReturnTask]
    answered_at: datetime


def list_tasks(session: Session, *, reach: Reach, limit: int) -> list[WaitingReturn]:
    """What waits to be done within reach, the oldest first."""
    rows = session.execute(
        select(return_surveys, applications.c.receipt, applications.c.worker_name)
        .join(applications, applications.c.id == return_surveys.c.application)
        .where(
            return_surveys.c.tasks != [],
            return_surveys.c.attended_at.is_(None),
            return_surveys.c.application.in_(list_reached(reach)),
        )
        .order_by(return_surveys.c.answered_at, return_surveys.c.authorisation)
        .limit(limit)
    )
    return [
        WaitingReturn(
            ApplicationId(row.application),
            row.receipt,
            row.worker_name,
            _tasks(row.tasks),
            row.answered_at,
        )
        for row in rows
    ]


def has_priority(
    worker: ColumnElement[Any], programme: ColumnElement[Any]
) -> ScalarSelect[bool | None]:
    """Whether who applies came home in time from the last season, and lost no right since."""
    last = return_surveys.alias("last_survey")
    return (
        select(and_(last.c.rehire, ~has_revocation(worker)))
        .where(
            last.c.worker == worker, last.c.programme == programme, last.c.closed_at.is_not(None)
        )
        .order_by(last.c.closed_at.desc(), last.c.authorisation)
        .limit(1)
        .scalar_subquery()
    )


def _write(session: Session, survey: Survey, still: ColumnElement[bool], **values: object) -> None:
    here = return_surveys.c.authorisation == survey.authorisation
    session.execute(update(return_surveys).where(here, still).values(**values))


def read_answers(vault: Vault, authorisation: UUID, sealed: bytes) -> SurveyAnswers:
    """The answers, opened."""
    said = json.loads(vault.open(ANSWERS, authorisation, sealed))
    call_me, come_back = said.pop("call_me"), said.pop("come_back")
    return SurveyAnswers(
        **{name: YesNo(value) if value else None for name, value in said.items()},
        come_back=ComingBack(come_back) if come_back else None,
        call_me=call_me,
    )


def _tasks(codes: Collection[str]) -> frozenset[ReturnTask]:
    return frozenset(ReturnTask(code) for code in codes)


def _survey(vault: Vault, row: Row[Any]) -> Survey:
    return Survey(
        row.authorisation,
        ApplicationId(row.application),
        PersonId(row.worker),
        row.programme,
        row.surveyed_at,
        row.closes_on,
        None if row.answers is None else read_answers(vault, row.authorisation, row.answers),
        row.answered_at,
        _tasks(row.tasks),
        row.attended_at,
        PersonId(row.attended_by) if row.attended_by else None,
        row.closed_at,
        row.rehire,
    )
