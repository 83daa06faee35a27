"""Rights that nobody took up: who is told of the end, and which end (`permits.unused_rights`)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Text, and_, cast, exists, func, or_, select

from app.storage.applications import applications
from app.storage.authorisations import authorisations
from app.storage.case_notices import case_notices
from app.storage.credential_tables import credentials
from app.storage.crossings import crossings
from app.storage.database import Session
from app.storage.drafts import ENDED
from app.storage.employer_changes import employer_changes
from app.storage.farm_movements import farm_movements
from app.storage.identity_tables import identity_changes
from app.storage.journeys import journey_notes
from app.storage.outbox import outbox
from app.storage.payslip_tables import payslips
from app.storage.people import workers
from app.storage.permit_shields import permit_shields
from app.storage.revocations import revocations
from app.storage.suspensions import suspensions
from permits.applications import ApplicationId
from permits.authorisations import AuthorisationId
from permits.case_notices import CaseNotice
from permits.journeys import JourneyStep
from permits.notices import NoticeKind
from permits.unused_rights import Quiet, Told

Condition = ColumnElement[bool]


@dataclass(frozen=True)
class Asked:
    """Of which programme, granted from one instant on and before another, and how many at most."""

    programme: str
    granted: tuple[datetime | None, datetime | None]
    limit: int


def list_untold(session: Session, asked: Asked, quiet: Quiet, again: date) -> list[ApplicationId]:
    """The cases whose right nobody took up and whose worker was not told since `again`."""
    fresh = exists().where(*_notice(), case_notices.c.told_on >= again)
    rows = session.scalars(
        _rights(authorisations.c.application, asked)
        .where(*_unused(quiet), ~fresh)
        .order_by(authorisations.c.valid_from, authorisations.c.id)
        .limit(asked.limit)
    )
    return [ApplicationId(one) for one in rows]


def lock_over(session: Session, asked: Asked, quiet: Quiet, told: Told) -> list[AuthorisationId]:
    """The rights whose worker was told in time and that nobody took up since.

    Their rows are held until the transaction ends; those that somebody else holds now are left.
    """
    notice = case_notices.c
    key = func.concat_ws(
        ":",
        NoticeKind.RIGHT_UNUSED.value,
        cast(notice.application, Text),
        cast(notice.told_on, Text),
    )
    sent = exists().where(outbox.c.key == key, outbox.c.done_at < told.sent_before)
    rows = session.scalars(
        _rights(authorisations.c.id, asked)
        .join(case_notices, and_(*_notice()))
        .where(notice.told_on.between(told.first, told.last), sent, *_unused(quiet))
        .order_by(notice.told_on, authorisations.c.id)
        .limit(asked.limit)
        .with_for_update(of=authorisations, skip_locked=True)
    )
    return [AuthorisationId(one) for one in rows]


def is_any_told(session: Session, asked: Asked, told: Told) -> bool:
    """Whether any notice could make a right end: mostly none could, and that is soon known."""
    found = (
        _rights(authorisations.c.id, asked)
        .join(case_notices, and_(*_notice()))
        .where(case_notices.c.told_on.between(told.first, told.last))
        .where(authorisations.c.status == "granted")
        .limit(1)
    )
    return session.execute(found).first() is not None


def is_unused(session: Session, right: UUID, quiet: Quiet) -> bool:
    """Whether nobody took this right up, and nothing stood in the way."""
    found = (
        select(authorisations.c.id)
        .join(applications, applications.c.id == authorisations.c.application)
        .where(authorisations.c.id == right, *_unused(quiet))
    )
    return session.execute(found).first() is not None


def _rights(column: ColumnElement[Any], asked: Asked) -> Select[Any]:
    since, until = asked.granted
    right = authorisations.c
    return (
        select(column)
        .join(applications, applications.c.id == right.application)
        .where(
            right.programme == asked.programme,
            *([right.granted_at >= since] if since else []),
            *([right.granted_at < until] if until else []),
        )
    )


def _notice() -> tuple[Condition, ...]:
    """The notices about the right of a row."""
    return (
        case_notices.c.application == authorisations.c.application,
        case_notices.c.notice == CaseNotice.RIGHT_UNUSED.value,
    )


def _unused(quiet: Quiet) -> tuple[Condition, ...]:
    """It stands and has begun, it goes on from no other and into none, and nobody took it up."""
    right = authorisations.c
    return (
        right.status == "granted",
        right.valid_from < quiet.first,
        right.valid_until > quiet.beyond,
        right.granted_at < quiet.since,
        applications.c.erased_at.is_(None),
        applications.c.renews.is_(None),
        applications.c.restores.is_(None),
        exists().where(workers.c.person == right.worker),
        *(~one for one in (*_taken_up(), *_in_the_way(quiet), _goes_on(quiet))),
        *_carried(quiet),
    )


def _taken_up() -> tuple[Condition, ...]:
    case, noted = authorisations.c.application, journey_notes.c
    crossed = and_(
        credentials.c.authorisation == authorisations.c.id,
        crossings.c.number == credentials.c.number,
    )
    steps = (JourneyStep.DEPARTED.value, JourneyStep.ARRIVED.value)
    return (
        exists().where(crossed),
        exists().where(farm_movements.c.application == case),
        exists().where(payslips.c.application == case),
        exists().where(noted.application == case, noted.step.in_(steps)),
    )


def _in_the_way(quiet: Quiet) -> tuple[Condition, ...]:
    """What keeps a worker from using the right, or did so in the time that counts.

    A recourse is against a refusal or a revocation: neither leaves a right that stands, and what is
    given back by one goes on from another.
    """
    right, since = authorisations.c, quiet.since
    visa, pause, lost = journey_notes.c, suspensions.c, revocations.c
    shield = permit_shields.c
    wishes = (employer_changes.c, identity_changes.c)
    lasts = or_(shield.ends_on.is_(None), shield.ends_on >= quiet.first)
    return (
        exists().where(visa.application == right.application, visa.noted_at >= since),
        exists().where(
            pause.authorisation == right.id,
            or_(pause.ended_at.is_(None), pause.ended_at >= since),
        ),
        exists().where(
            lost.authorisation == right.id,
            or_(lost.decided_at.is_(None), lost.decided_at >= since),
        ),
        *(
            exists().where(
                wish.authorisation == right.id,
                or_(wish.decided_at.is_(None), wish.decided_at >= since),
            )
            for wish in wishes
        ),
        exists().where(shield.worker == right.worker, lasts),
    )


def _goes_on(quiet: Quiet) -> Condition:
    """Whether a renewal of the right was asked for, or was until lately."""
    renewal = applications.alias("renewal")
    return exists().where(
        renewal.c.renews == authorisations.c.id,
        or_(renewal.c.status.not_in(ENDED), renewal.c.updated_at >= quiet.since),
    )


def _carried(quiet: Quiet) -> tuple[Condition, ...]:
    """A card stands, the same one all the time."""
    card = credentials.c
    own = card.authorisation == authorisations.c.id
    return (
        exists().where(own, card.state == "issued"),
        ~exists().where(own, or_(card.state == "pending", card.issued_at >= quiet.since)),
    )
