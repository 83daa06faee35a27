"""Counts of what workers answered after a season; what cannot be told yet stands sealed."""

import json
from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Date, Integer, LargeBinary, Row, Table, Text, insert, select, update
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlalchemy.schema import UniqueConstraint

from app.storage import audit
from app.storage.authorisations import authorisations
from app.storage.columns import OPERATIONAL, SENSITIVE
from app.storage.database import Base, Session
from app.storage.return_surveys import read_answers, return_surveys
from app.storage.sealed import Vault
from permits.audit import AuditEvent
from permits.return_counts import Figures, Tally, figures_of
from permits.return_surveys import SurveyAnswers

WAITING = "return_counts.waiting"

return_counts = Table(
    "return_counts",
    Base.metadata,
    Column("id", PG_UUID, primary_key=True, info=OPERATIONAL),
    Column("programme", Text, nullable=False, info=OPERATIONAL),
    Column("season", Date, nullable=False, info=OPERATIONAL),
    Column("told", JSONB, nullable=False, server_default="{}", info=OPERATIONAL),
    Column("told_answers", Integer, nullable=False, server_default="0", info=OPERATIONAL),
    # Counts of one or two are somebody's answers.
    Column("waiting", LargeBinary, nullable=False, info=SENSITIVE),
    UniqueConstraint("programme", "season"),
)


@dataclass(frozen=True)
class Uncounted:
    """Answers that are in no count yet, with the first day of their right."""

    authorisation: UUID
    programme: str
    first_day: date
    answers: SurveyAnswers


def lock_uncounted(session: Session, vault: Vault, limit: int) -> list[Uncounted]:
    """Answers that nobody counted and nobody else holds: each is opened for it once."""
    rows = session.execute(
        select(return_surveys, authorisations.c.valid_from)
        .join(authorisations, authorisations.c.id == return_surveys.c.authorisation)
        .where(return_surveys.c.answers.is_not(None), ~return_surveys.c.counted)
        .order_by(return_surveys.c.answered_at, return_surveys.c.authorisation)
        .limit(limit)
        .with_for_update(of=return_surveys, skip_locked=True)
    )
    return [
        Uncounted(
            row.authorisation,
            row.programme,
            row.valid_from,
            read_answers(vault, row.authorisation, row.answers),
        )
        for row in rows
    ]


def mark_counted(session: Session, counted: Collection[UUID], *, event: AuditEvent) -> None:
    """Remember that these answers are in the counts."""
    session.execute(
        update(return_surveys)
        .where(return_surveys.c.authorisation.in_(list(counted)))
        .values(counted=True)
    )
    audit.append(session, event)


@dataclass(frozen=True)
class SeasonTally:
    """The counts of one programme and season."""

    id: UUID
    programme: str
    season: date
    tally: Tally


def lock_tally(session: Session, vault: Vault, programme: str, season: date) -> SeasonTally | None:
    """The counts of a programme and season, held until the end; None where nothing was counted."""
    here = (return_counts.c.programme == programme) & (return_counts.c.season == season)
    row = session.execute(select(return_counts).where(here).with_for_update()).one_or_none()
    if row is None:
        return None
    waiting = json.loads(vault.open(WAITING, row.id, row.waiting))
    tally = Tally(told=row.told, told_answers=row.told_answers, **waiting)
    return SeasonTally(row.id, programme, season, tally)


def save_tally(
    session: Session, vault: Vault, counted: SeasonTally, *, event: AuditEvent, begun: bool
) -> None:
    """Keep the counts as they moved on; `begun`: the first of their season.

    Where another process began the same season just now, the database refuses, and the next run
    goes on from there.
    """
    said = asdict(counted.tally)
    values = {
        "told": said.pop("told"),
        "told_answers": said.pop("told_answers"),
        "waiting": vault.seal(WAITING, counted.id, json.dumps(said)),
    }
    if begun:
        named = {"id": counted.id, "programme": counted.programme, "season": counted.season}
        session.execute(insert(return_counts), {**named, **values})
    else:
        here = return_counts.c.id == counted.id
        session.execute(update(return_counts).where(here).values(**values))
    audit.append(session, event)


def list_figures(session: Session, since: date, limit: int) -> list[Figures]:
    """What is told of seasons that began from a day on, the newest first; nothing is opened."""
    rows = session.execute(
        select(return_counts)
        .where(return_counts.c.season >= since)
        .order_by(return_counts.c.season.desc(), return_counts.c.programme.desc())
        .limit(limit)
    )
    return [_figures(row) for row in rows]


def _figures(row: Row[Any]) -> Figures:
    tally = Tally(told=row.told, told_answers=row.told_answers)
    return figures_of(row.programme, row.season, tally)
