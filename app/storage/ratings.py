"""What workers say of employers: counts, of which those that wait stand sealed, and one reply."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    LargeBinary,
    Row,
    Subquery,
    Table,
    Text,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from app.storage import audit
from app.storage.applications import applications
from app.storage.check_ins import check_ins, read_said
from app.storage.columns import INSTANT, OPERATIONAL, PSEUDONYMOUS, PUBLIC, SENSITIVE
from app.storage.database import Base, Session
from app.storage.return_surveys import read_answers, return_surveys
from app.storage.sealed import Vault
from app.storage.statements import put
from app.storage.vacancies import vacancies
from app.storage.working_rights import find_changed_vacancy
from permits.audit import AuditEvent
from permits.people import PersonId
from permits.return_surveys import SurveyAnswers, YesNo
from recruitment.check_ins import CheckInAnswers, together
from recruitment.ratings import FEWEST, Counts, EmployerReply, Stay, Tally, Word, stay_of

WAITING_WORDS = "employer_ratings.waiting"

_TALLIES = 7_319_207
"""Our key among the advisory locks of the database; 7 319 206 belongs to check-ins."""

employer_ratings = Table(
    "employer_ratings",
    Base.metadata,
    Column("employer", PG_UUID, ForeignKey("employers.id"), primary_key=True, info=OPERATIONAL),
    Column("told", JSONB, nullable=False, server_default="{}", info=PUBLIC),
    # Counts of one or two are somebody's answers.
    Column("waiting", LargeBinary, nullable=False, info=SENSITIVE),
)

employer_replies = Table(
    "employer_replies",
    Base.metadata,
    Column("employer", PG_UUID, ForeignKey("employers.id"), primary_key=True, info=OPERATIONAL),
    Column("words", Text, nullable=False, info=PUBLIC),
    Column("replied_at", INSTANT, nullable=False, info=PUBLIC),
    Column("replied_by", PG_UUID, nullable=False, info=PSEUDONYMOUS),
    Column("hidden_at", INSTANT, info=OPERATIONAL),
    Column("hidden_by", PG_UUID, info=PSEUDONYMOUS),
    CheckConstraint("length(words) BETWEEN 1 AND 500", name="words"),
    CheckConstraint(
        "(hidden_at IS NULL) = (hidden_by IS NULL) AND hidden_by <> replied_by",
        name="hidden_together",
    ),
)


@dataclass(frozen=True)
class ClosedStay:
    """A right that is over, with what its worker said in all; `employer` None in a pool."""

    authorisation: UUID
    employer: UUID | None
    said: Stay


def lock_unrated(session: Session, vault: Vault, limit: int) -> Sequence[ClosedStay]:
    """Stays that were closed, are in no count and held by nobody else; held here.

    Those of one employer stand together, and are left out while they are fewer than `FEWEST`.
    """
    waiting = _waiting()
    rows = session.execute(
        select(return_surveys.c.authorisation, return_surveys.c.answers, waiting.c.employer)
        .join(waiting, waiting.c.authorisation == return_surveys.c.authorisation)
        .where(
            ~return_surveys.c.rated,
            or_(waiting.c.employer.is_(None), waiting.c.together >= FEWEST),
        )
        .order_by(waiting.c.employer, return_surveys.c.closed_at, return_surveys.c.authorisation)
        .limit(limit)
        .with_for_update(of=return_surveys, skip_locked=True)
    ).all()
    return [_stay(session, vault, row) for row in rows]


def _waiting() -> Subquery:
    """Closed stays in no count, with how many of them are of the same employer."""
    named = vacancies.alias("named")
    vacancy = func.coalesce(
        find_changed_vacancy(return_surveys.c.authorisation), applications.c.vacancy
    )
    return (
        select(
            return_surveys.c.authorisation,
            named.c.employer,
            func.count().over(partition_by=named.c.employer).label("together"),
        )
        .join(applications, applications.c.id == return_surveys.c.application)
        .outerjoin(named, named.c.id == vacancy)
        .where(return_surveys.c.closed_at.is_not(None), ~return_surveys.c.rated)
        .subquery("waiting_stays")
    )


def mark_rated(session: Session, stays: Collection[UUID], *, event: AuditEvent) -> None:
    """Remember that these stays are in the counts."""
    session.execute(
        update(return_surveys)
        .where(return_surveys.c.authorisation.in_(list(stays)))
        .values(rated=True)
    )
    audit.append(session, event)


def lock_tally(session: Session, vault: Vault, employer: UUID) -> Tally:
    """The counts of an employer, held until the end; empty ones where nothing was counted.

    Before there is a row to hold, two processes would both begin: the key is held.
    """
    session.execute(select(func.pg_advisory_xact_lock(_TALLIES, func.hashtext(str(employer)))))
    here = employer_ratings.c.employer == employer
    row = session.execute(select(employer_ratings).where(here)).one_or_none()
    if row is None:
        return Tally()
    return Tally(row.told, json.loads(vault.open(WAITING_WORDS, employer, row.waiting)))


def save_tally(
    session: Session, vault: Vault, employer: UUID, tally: Tally, *, event: AuditEvent
) -> None:
    """Keep the counts as they moved on; the caller holds them."""
    sealed = vault.seal(WAITING_WORDS, employer, json.dumps(tally.waiting))
    values = {"told": tally.told, "waiting": sealed}
    put(session, employer_ratings, {"employer": employer}, values)
    audit.append(session, event)


def read_told(session: Session, employer: UUID) -> Counts:
    """What is told of an employer; nothing is opened."""
    told = select(employer_ratings.c.told).where(employer_ratings.c.employer == employer)
    return session.execute(told).scalar_one_or_none() or {}


def add_reply(
    session: Session, reply: EmployerReply, person: PersonId, *, event: AuditEvent
) -> bool:
    """Keep what the employer answers; False, and nothing logged, where they had answered."""
    return audit.add_once(
        session,
        employer_replies,
        {
            "employer": reply.employer,
            "words": reply.words,
            "replied_at": reply.replied_at,
            "replied_by": person,
        },
        event=event,
    )


def hide_reply(
    session: Session, employer: UUID, official: PersonId, now: datetime, *, event: AuditEvent
) -> bool:
    """Take a reply down; False where there is none that shows."""
    hiding = (
        update(employer_replies)
        .where(employer_replies.c.employer == employer, employer_replies.c.hidden_at.is_(None))
        .values(hidden_at=now, hidden_by=official)
        .returning(employer_replies.c.employer)
    )
    return bool(session.execute(audit.telling(hiding, event)).all())


def find_reply(session: Session, employer: UUID) -> EmployerReply | None:
    """What an employer answered, hidden or not."""
    row = session.execute(
        select(employer_replies).where(employer_replies.c.employer == employer)
    ).one_or_none()
    if row is None:
        return None
    return EmployerReply(row.employer, row.words, row.replied_at, row.hidden_at)


def _stay(session: Session, vault: Vault, row: Row[Any, Any, Any]) -> ClosedStay:
    survey = read_answers(vault, row.authorisation, row.answers) if row.answers else None
    after = read_words(survey or SurveyAnswers())
    return ClosedStay(row.authorisation, row.employer, stay_of(after, _during(session, vault, row)))


WELL: Mapping[str, tuple[str, YesNo]] = {
    "promised": ("work_as_promised", YesNo.YES),
    "paid": ("paid_as_promised", YesNo.YES),
    "money": ("asked_for_money", YesNo.NO),
    "treated": ("treated_well", YesNo.YES),
}
"""Each question of a rating with that of the survey after the season, and its good answer."""


def read_words(answers: SurveyAnswers) -> dict[str, Word]:
    """What was answered after the season, as a rating counts it."""
    given = {name: (getattr(answers, asked), good) for name, (asked, good) in WELL.items()}
    return {
        name: Word.GOOD if answer is good else Word.BAD
        for name, (answer, good) in given.items()
        if answer is not None
    }


def _during(session: Session, vault: Vault, row: Row[Any, Any, Any]) -> list[CheckInAnswers]:
    """What was answered during the job about the employer with whom it ended."""
    rows = session.execute(
        select(check_ins.c.id, check_ins.c.answers, check_ins.c.added)
        .where(
            check_ins.c.authorisation == row.authorisation,
            check_ins.c.employer == row.employer,
            check_ins.c.answers.is_not(None),
        )
        .order_by(check_ins.c.checked_at, check_ins.c.id)
    )
    return [together(read_said(vault, one.id, one.answers, one.added)) for one in rows]
