"""Revocations of rights: proposed by one official, confirmed by another of the same agency.

What the worker said when heard stands sealed; what they are told is told in the clear.
"""

from functools import cache
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Column,
    DateTime,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    Row,
    Select,
    Table,
    Text,
    UniqueConstraint,
    bindparam,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from app.storage.authorisations import NOT_SUSPENDED, authorisations, save_right
from app.storage.database import Base, Session
from app.storage.sealed import Vault
from app.storage.suspensions import close_suspension
from permits.applications import ApplicationId
from permits.audit import AuditEvent
from permits.authorisations import Authorisation, AuthorisationId, AuthorisationStatus
from permits.people import Agency, PersonId
from permits.retaliation import Origin
from permits.revocations import Hearing, Outcome, Revocation, RevocationGround, RevocationId
from permits.suspensions import Ended, Ending, Suspension

HEARING = "revocations.hearing"

revocations = Table(
    "revocations",
    Base.metadata,
    Column("id", PG_UUID, primary_key=True),
    Column("authorisation", PG_UUID, nullable=False),
    Column("worker", PG_UUID, nullable=False),
    Column("agency", Text, nullable=False),
    Column("grounds", ARRAY(Text), nullable=False),
    Column("origin", Text, nullable=False),
    Column("heard", Text, nullable=False),
    # None once the file was erased.
    Column("hearing", LargeBinary),
    Column("note", Text, nullable=False),
    Column("proposed_by", PG_UUID, nullable=False),
    Column("proposed_at", DateTime(timezone=True), nullable=False),
    Column("outcome", Text, nullable=False, server_default="proposed"),
    Column("decided_by", PG_UUID),
    Column("decided_at", DateTime(timezone=True)),
    # That of the right before, by which this right was taken back along with it.
    Column("follows", PG_UUID),
    ForeignKeyConstraint(
        ["authorisation", "worker"], ["authorisations.id", "authorisations.worker"]
    ),
    # Both speak for the one agency that the proposal names.
    ForeignKeyConstraint(["proposed_by", "agency"], ["postings.person", "postings.agency"]),
    ForeignKeyConstraint(["decided_by", "agency"], ["postings.person", "postings.agency"]),
    UniqueConstraint("id", "authorisation", "outcome"),
    # What a recourse refers to: the two people, and the agency that they spoke for.
    UniqueConstraint("id", "agency", "proposed_by", "decided_by"),
    CheckConstraint(
        "cardinality(grounds) > 0 AND grounds <@ ARRAY['M1', 'M2', 'M3', 'M4', 'fraud']",
        name="grounds",
    ),
    CheckConstraint("agency = 'inm' OR grounds <@ ARRAY['fraud']", name="grounds_of_the_agency"),
    CheckConstraint("origin IN ('own', 'authority', 'employer')", name="origin"),
    CheckConstraint("heard IN ('in-person', 'in-writing', 'not-reached')", name="heard"),
    CheckConstraint(
        "outcome IN ('proposed', 'confirmed', 'rejected', 'withdrawn', 'lapsed')", name="outcome"
    ),
    CheckConstraint(
        "(outcome = 'proposed') = (decided_at IS NULL)"
        " AND (outcome IN ('proposed', 'lapsed')) = (decided_by IS NULL)",
        name="decided_together",
    ),
    # Whatever the service believes: two people take a right back, and neither is the worker.
    CheckConstraint("(outcome = 'withdrawn') = (decided_by = proposed_by)", name="two_people"),
    CheckConstraint("worker <> proposed_by AND worker <> decided_by", name="not_about_oneself"),
    # One measure: what is taken along is so by the same two people of the same agency.
    ForeignKeyConstraint(
        ["follows", "agency", "proposed_by", "decided_by"],
        [f"revocations.{name}" for name in ("id", "agency", "proposed_by", "decided_by")],
        name="fk_revocations_followed",
    ),
    CheckConstraint("follows IS NULL OR outcome = 'confirmed'", name="follows_confirmed"),
    Index(
        "uq_revocations_open",
        "authorisation",
        unique=True,
        postgresql_where=text("outcome = 'proposed'"),
    ),
    Index("ix_revocations_waiting", "proposed_at", postgresql_where=text("outcome = 'proposed'")),
    Index("ix_revocations_authorisation", "authorisation"),
    Index("ix_revocations_worker", "worker"),
    Index("ix_revocations_follows", "follows", postgresql_where=text("follows IS NOT NULL")),
)


def add_revocation(
    session: Session,
    vault: Vault,
    before: Authorisation,
    revocation: Revocation,
    *,
    event: AuditEvent,
) -> Authorisation:
    """Record a proposal; the database refuses a second one while it waits."""
    _insert(session, vault, revocation)
    return save_right(session, before, {}, event=event)


def _insert(session: Session, vault: Vault, revocation: Revocation) -> None:
    session.execute(
        insert(revocations),
        {
            "id": revocation.id,
            "authorisation": revocation.authorisation,
            "worker": revocation.worker,
            "agency": revocation.agency.value,
            "grounds": [ground.value for ground in revocation.grounds],
            "origin": revocation.origin.value,
            "heard": revocation.heard.value,
            "hearing": vault.seal(HEARING, revocation.id, revocation.hearing),
            "note": revocation.note,
            "proposed_by": revocation.proposed_by,
            "proposed_at": revocation.proposed_at,
            "outcome": revocation.outcome.value,
            "decided_by": revocation.decided_by,
            "decided_at": revocation.decided_at,
            "follows": revocation.follows,
        },
    )


def confirm_revocation(
    session: Session,
    before: Authorisation,
    confirmed: Revocation,
    suspension: Suspension | None,
    *,
    event: AuditEvent,
) -> Authorisation:
    """Take the right back by a proposal that a second official confirms."""
    _decide(session, confirmed)
    return take_right_back(session, before, confirmed, suspension, event=event)


def take_along(
    session: Session,
    vault: Vault,
    before: Authorisation,
    along: Revocation,
    suspension: Suspension | None,
    *,
    event: AuditEvent,
) -> Authorisation:
    """Take a right back along with the one that it goes on from, by the same confirmed measure.

    A proposal about it alone that waits counts no more.
    """
    session.execute(
        update(revocations)
        .where(
            revocations.c.authorisation == along.authorisation,
            revocations.c.outcome == Outcome.PROPOSED.value,
        )
        .values(outcome=Outcome.LAPSED.value, decided_at=along.decided_at)
    )
    _insert(session, vault, along)
    return take_right_back(session, before, along, suspension, event=event)


def take_right_back(
    session: Session,
    before: Authorisation,
    confirmed: Revocation,
    suspension: Suspension | None,
    *,
    event: AuditEvent,
) -> Authorisation:
    """End the right by a revocation that is recorded as confirmed.

    No card of it may stand any more; a suspension that ran ends with it.
    """
    revoked = {
        "status": AuthorisationStatus.REVOKED.value,
        "revocation": confirmed.id,
        "revocation_outcome": confirmed.outcome.value,
        **NOT_SUSPENDED,
    }
    after = save_right(session, before, revoked, event=event)
    if suspension is not None and confirmed.decided_at is not None:
        close_suspension(session, suspension, Ended(Ending.REVOKED, confirmed.decided_at))
    return after


def drop_revocation(
    session: Session, before: Authorisation, dropped: Revocation, *, event: AuditEvent
) -> Authorisation:
    """Write down that a proposal was withdrawn or rejected, or lapsed; the right stands."""
    _decide(session, dropped)
    return save_right(session, before, {}, event=event)


def _decide(session: Session, decided: Revocation) -> None:
    # Who decided only where somebody did: the worker process, by which it lapses, may not say so.
    by = {"decided_by": decided.decided_by} if decided.decided_by else {}
    session.execute(
        update(revocations)
        .where(revocations.c.id == decided.id, revocations.c.outcome == Outcome.PROPOSED.value)
        .values(outcome=decided.outcome.value, decided_at=decided.decided_at, **by)
    )


def list_revocations(
    session: Session, vault: Vault, authorisation: AuthorisationId
) -> list[Revocation]:
    """Every proposal about a right, the newest first."""
    rows = session.execute(_of_right(), {"of_right": authorisation})
    return [_revocation(vault, row) for row in rows]


@cache
def _of_right() -> Select[Any]:
    own = revocations.c
    of_right = select(revocations).where(own.authorisation == bindparam("of_right"))
    return of_right.order_by(own.proposed_at.desc(), own.id)


def list_of_application(
    session: Session, vault: Vault, application: ApplicationId
) -> list[Revocation]:
    """Every proposal about the right that an application led to, the newest first."""
    rows = session.execute(
        select(revocations)
        .join(authorisations, authorisations.c.id == revocations.c.authorisation)
        .where(authorisations.c.application == application)
        .order_by(revocations.c.proposed_at.desc(), revocations.c.id)
    )
    return [_revocation(vault, row) for row in rows]


def _revocation(vault: Vault, row: Row[Any]) -> Revocation:
    return Revocation(
        RevocationId(row.id),
        AuthorisationId(row.authorisation),
        PersonId(row.worker),
        Agency(row.agency),
        tuple(RevocationGround(ground) for ground in row.grounds),
        Origin(row.origin),
        Hearing(row.heard),
        "" if row.hearing is None else vault.open(HEARING, row.id, row.hearing),
        row.note,
        PersonId(row.proposed_by),
        row.proposed_at,
        Outcome(row.outcome),
        PersonId(row.decided_by) if row.decided_by else None,
        row.decided_at,
        RevocationId(row.follows) if row.follows else None,
    )
