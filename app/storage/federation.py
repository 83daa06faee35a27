"""Who is who at the agencies' own providers, and the sign-ins that were begun there."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    Column,
    DateTime,
    ForeignKey,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
    delete,
    insert,
    select,
)
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from app.storage import audit
from app.storage.columns import OPERATIONAL, PERSONAL, PSEUDONYMOUS, SECRET
from app.storage.database import Base, Session
from permits.audit import AuditEvent
from permits.people import PersonId

federated_identities = Table(
    "federated_identities",
    Base.metadata,
    # Issuer and subject together: an address may be given to somebody else one day (ASVS 6.8.1).
    Column("issuer", Text, primary_key=True, info=OPERATIONAL),
    Column("subject", Text, primary_key=True, info=PERSONAL),
    Column(
        "person",
        PG_UUID,
        ForeignKey("accounts.person"),
        nullable=False,
        info=PSEUDONYMOUS,
    ),
    Column("linked_at", DateTime(timezone=True), nullable=False, info=OPERATIONAL),
    UniqueConstraint("person", "issuer"),
)

federated_sign_ins = Table(
    "federated_sign_ins",
    Base.metadata,
    Column("state_hash", LargeBinary, primary_key=True, info=SECRET),
    # The browser that began it; a link that somebody else began ends nowhere.
    Column("browser_hash", LargeBinary, nullable=False, info=SECRET),
    Column("provider", Text, nullable=False, info=OPERATIONAL),
    Column("nonce", Text, nullable=False, info=SECRET),
    Column("verifier", Text, nullable=False, info=SECRET),
    Column("after", Text, nullable=False, info=OPERATIONAL),
    Column("expires_at", DateTime(timezone=True), nullable=False, info=OPERATIONAL),
)


@dataclass(frozen=True)
class Asking:
    """A sign-in that was begun at a provider; `after` is the page that was wanted."""

    state_hash: bytes
    browser_hash: bytes
    provider: str
    nonce: str
    verifier: str
    after: str
    expires_at: datetime


def add_asking(session: Session, asking: Asking) -> None:
    """Remember what was asked, until the browser comes back."""
    session.execute(
        insert(federated_sign_ins),
        {
            "state_hash": asking.state_hash,
            "browser_hash": asking.browser_hash,
            "provider": asking.provider,
            "nonce": asking.nonce,
            "verifier": asking.verifier,
            "after": asking.after,
            "expires_at": asking.expires_at,
        },
    )


def take_asking(session: Session, state_hash: bytes, browser_hash: bytes) -> Asking | None:
    """What this browser asked, forgotten by being read: nobody comes back twice."""
    held = (
        federated_sign_ins.c.state_hash == state_hash,
        federated_sign_ins.c.browser_hash == browser_hash,
    )
    taken = delete(federated_sign_ins).where(*held).returning(*federated_sign_ins.c)
    row = session.execute(taken).one_or_none()
    if row is None:
        return None
    return Asking(
        row.state_hash,
        row.browser_hash,
        row.provider,
        row.nonce,
        row.verifier,
        row.after,
        row.expires_at,
    )


def remove_askings_before(session: Session, instant: datetime) -> None:
    """Forget sign-ins from which nobody came back."""
    session.execute(delete(federated_sign_ins).where(federated_sign_ins.c.expires_at < instant))


def find_person(session: Session, issuer: str, subject: str) -> PersonId | None:
    """Whose account this identity opens."""
    found = session.execute(
        select(federated_identities.c.person).where(
            federated_identities.c.issuer == issuer, federated_identities.c.subject == subject
        )
    ).scalar_one_or_none()
    return PersonId(found) if found else None


def has_identity(session: Session, person: PersonId, issuer: str) -> bool:
    """Whether the person is known at this provider already, under whichever subject."""
    query = select(federated_identities.c.subject).where(
        federated_identities.c.person == person, federated_identities.c.issuer == issuer
    )
    return session.execute(query).first() is not None


def add_identity(
    session: Session,
    issuer: str,
    subject: str,
    person: PersonId,
    now: datetime,
    *,
    event: AuditEvent,
) -> None:
    """Let an identity open an account from now on."""
    session.execute(
        insert(federated_identities),
        {
            "issuer": issuer,
            "subject": subject,
            "person": person,
            "linked_at": now,
        },
    )
    audit.append(session, event)
