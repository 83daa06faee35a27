"""Recourse against refusals and revocations; what both sides say stands sealed."""

from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Column,
    ColumnElement,
    DateTime,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    Row,
    Table,
    Text,
    UniqueConstraint,
    exists,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from app.storage import audit
from app.storage.applications import applications, list_reached
from app.storage.columns import OPERATIONAL, PSEUDONYMOUS
from app.storage.database import Base, Session
from app.storage.sealed import Vault
from app.storage.searched import EVERY, Search, of_cases
from permits.appeals import Appeal, Ruling, Stage, TakenBack
from permits.applications import ApplicationId
from permits.audit import AuditEvent
from permits.errors import NotFound
from permits.people import Agency, PersonId
from permits.reach import Reach
from permits.revocations import Outcome

WORDS, ANSWER = "appeals.words", "appeals.answer"

appeals = Table(
    "appeals",
    Base.metadata,
    Column("id", PG_UUID, primary_key=True),
    Column("application", PG_UUID, nullable=False),
    Column("worker", PG_UUID, nullable=False),
    Column("round", Integer, nullable=False),
    Column("digest", Text, nullable=False),
    Column("agency", Text, nullable=False),
    Column("refused_by", PG_UUID, nullable=False),
    # NULL where a revocation is contested: then the columns of the revocation tell of it.
    Column("opinion", Text, server_default="refuse"),
    Column("revocation", PG_UUID, info=PSEUDONYMOUS),
    Column("authorisation", PG_UUID, info=PSEUDONYMOUS),
    Column("revocation_outcome", Text, info=OPERATIONAL),
    Column("confirmed_by", PG_UUID, info=PSEUDONYMOUS),
    Column("stage", Text, nullable=False),
    # None once the file was erased.
    Column("words", LargeBinary),
    Column("filed_at", DateTime(timezone=True), nullable=False),
    Column("ruling", Text, nullable=False, server_default="open"),
    Column("answer", LargeBinary),
    Column("decided_by", PG_UUID),
    Column("decided_at", DateTime(timezone=True)),
    # There is no recourse against what nobody refused.
    ForeignKeyConstraint(
        ["application", "round", "digest", "agency", "refused_by", "opinion"],
        [
            "decisions.application",
            "decisions.round",
            "decisions.digest",
            "decisions.agency",
            "decisions.official",
            "decisions.opinion",
        ],
        name="fk_appeals_refusal",
    ),
    # Nor against what nobody took back: the two people are those of that revocation, of a right
    # that this application led to.
    ForeignKeyConstraint(
        ["revocation", "authorisation", "revocation_outcome"],
        ["revocations.id", "revocations.authorisation", "revocations.outcome"],
        name="fk_appeals_confirmed_revocation",
    ),
    ForeignKeyConstraint(
        ["revocation", "agency", "refused_by", "confirmed_by"],
        [
            "revocations.id",
            "revocations.agency",
            "revocations.proposed_by",
            "revocations.decided_by",
        ],
        name="fk_appeals_revocation_by_two",
    ),
    ForeignKeyConstraint(
        ["authorisation", "application"],
        ["authorisations.id", "authorisations.application"],
        name="fk_appeals_revoked_right",
    ),
    # It is judged within the agency that did it, and by nobody who did it. A trigger
    # (judged_by_another) refuses whoever else had a part in the case before.
    ForeignKeyConstraint(["decided_by", "agency"], ["postings.person", "postings.agency"]),
    UniqueConstraint("application", "round", "stage"),
    CheckConstraint("opinion = 'refuse'", name="opinion"),
    CheckConstraint(
        "(opinion IS NULL) = (revocation IS NOT NULL)"
        " AND (revocation IS NULL) = (authorisation IS NULL)"
        " AND (revocation IS NULL) = (confirmed_by IS NULL)"
        " AND (revocation IS NULL) = (revocation_outcome IS NULL)"
        " AND (revocation IS NULL OR revocation_outcome = 'confirmed')",
        name="against_one",
    ),
    CheckConstraint("stage IN ('reconsideration', 'appeal')", name="stage"),
    CheckConstraint("ruling IN ('open', 'upheld', 'overturned')", name="ruling"),
    CheckConstraint(
        "(ruling = 'open') = (decided_at IS NULL) AND (decided_at IS NULL) = (decided_by IS NULL)",
        name="decided_together",
    ),
    CheckConstraint(
        "decided_by <> refused_by AND decided_by <> worker"
        " AND (confirmed_by IS NULL OR decided_by <> confirmed_by)",
        name="by_another",
    ),
    Index("ix_appeals_open", "filed_at", postgresql_where=text("ruling = 'open'")),
)


def file_appeal(session: Session, vault: Vault, appeal: Appeal, *, event: AuditEvent) -> None:
    """Keep what a worker asks; the database refuses the same step twice."""
    session.execute(insert(appeals), get_columns(vault, appeal))
    audit.append(session, event)


def get_columns(vault: Vault, appeal: Appeal) -> dict[str, object]:
    """The row of a recourse that nobody has judged, its words sealed."""
    lost = appeal.revocation
    revoked: dict[str, object] = {}
    if lost is not None:
        revoked = {
            "opinion": None,
            "revocation": lost.revocation,
            "authorisation": lost.authorisation,
            "revocation_outcome": Outcome.CONFIRMED.value,
            "confirmed_by": lost.confirmed_by,
        }
    return {
        "id": appeal.id,
        "application": appeal.application,
        "worker": appeal.worker,
        "round": appeal.round,
        "digest": appeal.digest,
        "agency": appeal.agency.value,
        "refused_by": appeal.refused_by,
        "stage": appeal.stage.value,
        "words": vault.seal(WORDS, appeal.id, appeal.words),
        "filed_at": appeal.filed_at,
        **revoked,
    }


def judge_appeal(session: Session, vault: Vault, judged: Appeal, *, event: AuditEvent) -> None:
    """Write what became of it, once."""
    session.execute(
        update(appeals)
        .where(appeals.c.id == judged.id, appeals.c.ruling == Ruling.OPEN.value)
        .values(
            ruling=judged.ruling.value,
            answer=vault.seal(ANSWER, judged.id, judged.answer),
            decided_by=judged.decided_by,
            decided_at=judged.decided_at,
        )
    )
    audit.append(session, event)


def list_appeals(session: Session, vault: Vault, application: ApplicationId) -> list[Appeal]:
    """Every step of an application, the oldest first."""
    rows = session.execute(
        select(appeals)
        .where(appeals.c.application == application)
        .order_by(appeals.c.filed_at, appeals.c.id)
    )
    return [_appeal(vault, row) for row in rows]


def list_overturned(session: Session, application: ApplicationId) -> list[int]:
    """The rounds of an application whose refusal was overturned."""
    rounds = select(appeals.c.round).where(
        appeals.c.application == application, appeals.c.ruling == Ruling.OVERTURNED.value
    )
    return list(session.scalars(rounds))


def is_overturned(revocation: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether a recourse against a revocation was given right."""
    contested = appeals.alias("contested")
    return exists().where(
        contested.c.revocation == revocation, contested.c.ruling == Ruling.OVERTURNED.value
    )


def list_open(
    session: Session,
    vault: Vault,
    agency: Agency,
    *,
    reach: Reach,
    limit: int,
    search: Search = EVERY,
) -> list[tuple[Appeal, str, str]]:
    """What waits for an agency within reach, with receipt and programme; the oldest first."""
    rows = session.execute(
        select(appeals, applications.c.receipt, applications.c.programme)
        .join(applications, applications.c.id == appeals.c.application)
        .where(
            appeals.c.ruling == Ruling.OPEN.value,
            appeals.c.agency == agency.value,
            appeals.c.application.in_(list_reached(reach)),
            *of_cases(applications.c, search),
        )
        .order_by(appeals.c.filed_at, appeals.c.id)
        .limit(limit)
    )
    return [(_appeal(vault, row), row.receipt, row.programme) for row in rows]


def get_appeal(session: Session, vault: Vault, appeal: UUID) -> Appeal:
    """One recourse; NotFound where there is none. Who writes it holds its application first."""
    row = session.execute(select(appeals).where(appeals.c.id == appeal)).one_or_none()
    if row is None:
        raise NotFound("no-such-appeal")
    return _appeal(vault, row)


def _appeal(vault: Vault, row: Row[Any]) -> Appeal:
    return Appeal(
        row.id,
        ApplicationId(row.application),
        PersonId(row.worker),
        row.round,
        row.digest,
        Agency(row.agency),
        PersonId(row.refused_by),
        Stage(row.stage),
        "" if row.words is None else vault.open(WORDS, row.id, row.words),
        row.filed_at,
        Ruling(row.ruling),
        "" if row.answer is None else vault.open(ANSWER, row.id, row.answer),
        PersonId(row.decided_by) if row.decided_by else None,
        row.decided_at,
        _taken_back(row),
    )


def _taken_back(row: Row[Any]) -> TakenBack | None:
    if row.revocation is None:
        return None
    return TakenBack(row.revocation, row.authorisation, PersonId(row.confirmed_by))
