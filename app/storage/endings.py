"""What no longer counts, read for another place; and places of cards that a restore lost."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    Integer,
    Row,
    SmallInteger,
    Table,
    func,
    select,
)
from sqlalchemy.dialects.postgresql import insert as pg_insert

from app.storage import audit
from app.storage.account_tables import postings
from app.storage.authorisations import authorisations
from app.storage.credential_tables import credentials
from app.storage.database import Base, Session
from app.storage.revocations import revocations, take_right_back
from app.storage.suspensions import suspensions
from permits.audit import AuditEvent
from permits.authorisations import Authorisation, AuthorisationId, AuthorisationStatus, RightEnding
from permits.endings import EndedCard, Leaving, Place
from permits.issuing import RevocationReason
from permits.people import Agency, PersonId
from permits.retaliation import Origin
from permits.revocations import Hearing, Outcome, Revocation, RevocationGround, RevocationId
from permits.status_list import Status
from permits.suspensions import Ending, Suspension, SuspensionId, SuspensionReason

ended_places = Table(
    "ended_places",
    Base.metadata,
    Column("status_list", Integer, primary_key=True, autoincrement=False),
    Column("status_index", Integer, primary_key=True, autoincrement=False),
    Column("status", SmallInteger, nullable=False),
    # The last day of a suspension; none where it ended for good.
    Column("until", Date),
    CheckConstraint("status IN (1, 2)", name="status"),
    CheckConstraint("(status = 2) = (until IS NOT NULL)", name="until_of_a_suspension"),
)


def list_ended_cards(session: Session, now: datetime) -> list[EndedCard]:
    """Every card that has not run out and does not count: ended, or of a suspended right."""
    follower = credentials.alias()
    reason = func.coalesce(credentials.c.revocation_reason, follower.c.replacement_reason)
    at = func.coalesce(credentials.c.revoked_at, follower.c.prepared_at)
    rows = session.execute(
        select(
            *(credentials.c[n] for n in ("number", "status_list", "status_index", "state")),
            reason.label("reason"),
            at.label("at"),
            authorisations.c.suspended_until,
        )
        .join(authorisations, authorisations.c.id == credentials.c.authorisation)
        .outerjoin(follower, follower.c.replaces == credentials.c.id)
        .where(
            credentials.c.expires > now,
            credentials.c.state.in_(["revoked", "replaced"])
            | (credentials.c.right_status == "suspended"),
        )
        .order_by(credentials.c.number)
    )
    return [_card(row) for row in rows]


def _card(row: Row[*tuple[Any, ...]]) -> EndedCard:
    if row.state in {"revoked", "replaced"}:
        reason = RevocationReason(row.reason)
        place = (row.number, row.status_list, row.status_index)
        return EndedCard(*place, Status.INVALID, reason, row.at)
    place = (row.number, row.status_list, row.status_index)
    return EndedCard(*place, Status.SUSPENDED, until=row.suspended_until)


def list_ending_revocations(session: Session, day: date) -> list[Revocation]:
    """The confirmed revocations of rights whose days are not over; no note, nothing heard."""
    rows = session.execute(
        select(revocations)
        .join(authorisations, authorisations.c.revocation == revocations.c.id)
        .where(authorisations.c.valid_until >= day)
        .order_by(revocations.c.decided_at, revocations.c.id)
    )
    return [
        Revocation(
            RevocationId(row.id),
            AuthorisationId(row.authorisation),
            PersonId(row.worker),
            Agency(row.agency),
            tuple(RevocationGround(ground) for ground in row.grounds),
            Origin(row.origin),
            Hearing(row.heard),
            "",
            "",
            PersonId(row.proposed_by),
            row.proposed_at,
            Outcome(row.outcome),
            PersonId(row.decided_by),
            row.decided_at,
        )
        for row in rows
    ]


def list_leavings(session: Session, day: date) -> list[Leaving]:
    """The rights that their workers or time ended and whose days are not over."""
    rows = session.execute(
        select(authorisations.c.id, authorisations.c.ended_at, authorisations.c.ending)
        .where(
            authorisations.c.status == AuthorisationStatus.ENDED.value,
            authorisations.c.valid_until >= day,
        )
        .order_by(authorisations.c.ended_at, authorisations.c.id)
    )
    return [Leaving(AuthorisationId(row.id), row.ended_at, RightEnding(row.ending)) for row in rows]


def list_running_suspensions(session: Session, day: date) -> list[Suspension]:
    """The suspensions that run on a day; without their notes."""
    rows = session.execute(
        select(suspensions)
        .where(suspensions.c.ending == Ending.OPEN.value, suspensions.c.until >= day)
        .order_by(suspensions.c.suspended_at, suspensions.c.id)
    )
    return [
        Suspension(
            SuspensionId(row.id),
            AuthorisationId(row.authorisation),
            PersonId(row.worker),
            Agency(row.agency),
            PersonId(row.official),
            SuspensionReason(row.reason),
            Origin(row.origin),
            "",
            row.since,
            row.until,
            row.suspended_at,
        )
        for row in rows
    ]


def is_posted(session: Session, people: set[PersonId], agency: Agency) -> bool:
    """Whether each of these was ever posted to the agency: who is not known here has not acted."""
    found = select(func.count()).where(
        postings.c.person.in_(people), postings.c.agency == agency.value
    )
    return session.execute(found).scalar_one() == len(people)


def repeat_revocation(
    session: Session,
    before: Authorisation,
    confirmed: Revocation,
    running: Suspension | None,
    *,
    event: AuditEvent,
) -> Authorisation:
    """Take a right back by a revocation that two people made before the loss.

    What stands of it as a proposal is confirmed; what the worker said is lost. A suspension that
    runs ends with it.
    """
    _confirm(session, confirmed)
    return take_right_back(session, before, confirmed, running, event=event)


def _confirm(session: Session, confirmed: Revocation) -> None:
    decided: Mapping[str, object] = {
        "outcome": confirmed.outcome.value,
        "decided_by": confirmed.decided_by,
        "decided_at": confirmed.decided_at,
    }
    made = pg_insert(revocations).values(
        id=confirmed.id,
        authorisation=confirmed.authorisation,
        worker=confirmed.worker,
        agency=confirmed.agency.value,
        grounds=[ground.value for ground in confirmed.grounds],
        origin=confirmed.origin.value,
        heard=confirmed.heard.value,
        note="",
        proposed_by=confirmed.proposed_by,
        proposed_at=confirmed.proposed_at,
        **decided,
    )
    session.execute(made.on_conflict_do_update(index_elements=["id"], set_=dict(decided)))


def keep_place(session: Session, place: Place, *, event: AuditEvent) -> bool:
    """Have a place not count whose card is not known here; False where it stood already."""
    kept = session.execute(
        pg_insert(ended_places).on_conflict_do_nothing().returning(ended_places.c.status_index),
        {
            "status_list": place.list,
            "status_index": place.index,
            "status": int(place.status),
            "until": place.until,
        },
    ).first()
    if kept is None:
        return False
    audit.append(session, event)
    return True


def list_places(session: Session, status_list: int) -> list[Place]:
    """The places of one list that a restore lost the cards of and that do not count."""
    rows = session.execute(select(ended_places).where(ended_places.c.status_list == status_list))
    return [_place(row) for row in rows]


def list_lists(session: Session) -> list[int]:
    """The status lists on which such a place lies."""
    found = select(ended_places.c.status_list).distinct().order_by(ended_places.c.status_list)
    return [int(row.status_list) for row in session.execute(found)]


def _place(row: Row[Any]) -> Place:
    return Place(row.status_list, row.status_index, Status(row.status), row.until)
