"""What a sign-in leaves between two requests: steps, secrets to be confirmed, challenges.

All of it is short-lived; browsers that somebody signed in from before are kept longer.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Column,
    DateTime,
    LargeBinary,
    SmallInteger,
    Table,
    Text,
    delete,
    exists,
    insert,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from app.storage.database import Base, Session
from app.storage.statements import put
from permits.people import PersonId


class Stage(StrEnum):
    """What a sign-in waits for."""

    FACTOR = "factor"
    ENROL = "enrol"
    CODES = "codes"
    ROLE = "role"


_STAGES = ", ".join(f"'{stage.value}'" for stage in Stage)

sign_in_steps = Table(
    "sign_in_steps",
    Base.metadata,
    Column("token_hash", LargeBinary, primary_key=True),
    Column("id", PG_UUID, nullable=False, unique=True),
    Column("person", PG_UUID, nullable=False),
    Column("stage", Text, nullable=False),
    Column("way", Text, nullable=False),
    Column("browser", Text, nullable=False),
    Column("tries", SmallInteger, nullable=False, server_default="0"),
    Column("expires_at", DateTime(timezone=True), nullable=False),
    CheckConstraint(f"stage IN ({_STAGES})", name="stage"),
)

enrolments = Table(
    "enrolments",
    Base.metadata,
    # The step or the session in which the secret was shown, and in which it must be confirmed.
    Column("id", PG_UUID, primary_key=True),
    Column("secret_sealed", LargeBinary, nullable=False),
    Column("expires_at", DateTime(timezone=True), nullable=False),
)

challenges = Table(
    "challenges",
    Base.metadata,
    Column("hash", LargeBinary, primary_key=True),
    Column("purpose", Text, nullable=False),
    # The step or the session that asked; None for whoever is not known yet.
    Column("subject", PG_UUID),
    Column("expires_at", DateTime(timezone=True), nullable=False),
)

known_browsers = Table(
    "known_browsers",
    Base.metadata,
    Column("token_hash", LargeBinary, primary_key=True),
    Column("person", PG_UUID, primary_key=True),
    Column("seen_at", DateTime(timezone=True), nullable=False),
)


@dataclass(frozen=True)
class Step:
    """A sign-in that is under way; `tries` counts the second factors that were wrong."""

    id: UUID
    person: PersonId
    stage: Stage
    way: str
    browser: str
    tries: int
    expires_at: datetime


def add_step(session: Session, token_hash: bytes, step: Step) -> None:
    """Begin a sign-in of somebody whose first proof held."""
    session.execute(
        insert(sign_in_steps),
        {
            "token_hash": token_hash,
            "id": step.id,
            "person": step.person,
            "stage": step.stage.value,
            "way": step.way,
            "browser": step.browser,
            "tries": step.tries,
            "expires_at": step.expires_at,
        },
    )


def lock_step(session: Session, token_hash: bytes, now: datetime) -> Step | None:
    """The step of a token, its row held; None where it is unknown or over."""
    row = session.execute(
        select(sign_in_steps)
        .where(sign_in_steps.c.token_hash == token_hash, sign_in_steps.c.expires_at > now)
        .with_for_update()
    ).first()
    if row is None:
        return None
    person, stage = PersonId(row.person), Stage(row.stage)
    return Step(row.id, person, stage, row.way, row.browser, row.tries, row.expires_at)


def advance_step(session: Session, step: UUID, stage: Stage, way: str) -> None:
    """Let a sign-in wait for the next thing; `way` says what has been shown by now."""
    own = sign_in_steps.c.id == step
    session.execute(update(sign_in_steps).where(own).values(stage=stage.value, way=way))


def count_wrong(session: Session, step: UUID) -> None:
    """One more second factor was wrong."""
    own = sign_in_steps.c.id == step
    more = sign_in_steps.c.tries + 1
    session.execute(update(sign_in_steps).where(own).values(tries=more))


def remove_step(session: Session, step: UUID) -> None:
    """A sign-in is over, done or given up."""
    session.execute(delete(sign_in_steps).where(sign_in_steps.c.id == step))


def remove_steps_of(session: Session, person: PersonId) -> None:
    """Every sign-in under way of a person is over."""
    session.execute(delete(sign_in_steps).where(sign_in_steps.c.person == person))


def put_enrolment(session: Session, subject: UUID, sealed: bytes, expires_at: datetime) -> None:
    """Keep a secret until it is confirmed; one a step or session."""
    values = {"secret_sealed": sealed, "expires_at": expires_at}
    put(session, enrolments, {"id": subject}, values)


def find_enrolment(session: Session, subject: UUID, now: datetime) -> bytes | None:
    """The sealed secret that waits for its confirmation."""
    return session.execute(
        select(enrolments.c.secret_sealed).where(
            enrolments.c.id == subject, enrolments.c.expires_at > now
        )
    ).scalar_one_or_none()


def remove_enrolment(session: Session, subject: UUID) -> None:
    """Forget a secret that waited."""
    session.execute(delete(enrolments).where(enrolments.c.id == subject))


def add_challenge(
    session: Session, hashed: bytes, purpose: str, subject: UUID | None, expires_at: datetime
) -> None:
    """Remember what a passkey is asked to sign."""
    session.execute(
        insert(challenges),
        {
            "hash": hashed,
            "purpose": purpose,
            "subject": subject,
            "expires_at": expires_at,
        },
    )


def take_challenge(
    session: Session, hashed: bytes, purpose: str, subject: UUID | None, now: datetime
) -> bool:
    """Use a challenge up; False where it is unknown, used, over, or for something else."""
    taken = delete(challenges).where(challenges.c.hash == hashed).returning(challenges)
    row = session.execute(taken).first()
    return (
        row is not None
        and (row.purpose, row.subject) == (purpose, subject)
        and (row.expires_at > now)
    )


def is_known_browser(session: Session, token_hash: bytes, person: PersonId) -> bool:
    """Whether this person signed in from this browser before."""
    found = select(known_browsers.c.person).where(
        known_browsers.c.token_hash == token_hash, known_browsers.c.person == person
    )
    return session.execute(found).first() is not None


def is_anybodys_browser(session: Session, token_hash: bytes) -> bool:
    """Whether anybody at all signed in from this browser before."""
    found = select(exists().where(known_browsers.c.token_hash == token_hash))
    return bool(session.execute(found).scalar_one())


def keep_browser(session: Session, token_hash: bytes, person: PersonId, now: datetime) -> None:
    """Know this browser from now on, or note that it was seen again."""
    key = {"token_hash": token_hash, "person": person}
    put(session, known_browsers, key, {"seen_at": now})


def remove_browsers_of(session: Session, person: PersonId) -> None:
    """Know no browser of a person any more."""
    session.execute(delete(known_browsers).where(known_browsers.c.person == person))


def remove_before(session: Session, now: datetime, browsers_before: datetime) -> None:
    """Forget what is over, and browsers not seen since `browsers_before`."""
    for table in (sign_in_steps, enrolments, challenges):
        session.execute(delete(table).where(table.c.expires_at <= now))
    session.execute(delete(known_browsers).where(known_browsers.c.seen_at < browsers_before))
