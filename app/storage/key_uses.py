"""What hangs on a key: the permits that it signed, and those that wait for its signature."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, func, select

from app.storage import audit
from app.storage.credentials import credentials
from app.storage.database import Session
from app.storage.devices import devices
from permits.audit import AuditEvent
from permits.issuing import CredentialState


@dataclass(frozen=True)
class KeyUses:
    """How many permits: `standing` can be shown today, of them `since` the cutoff; `pending` are
    recorded and not signed. `last_end` is the latest end of all that it ever signed or owes."""

    standing: int
    since: int
    pending: int
    last_end: datetime | None


def count_uses(
    session: Session, kid: bytes, now: datetime, cutoff: datetime | None = None
) -> KeyUses:
    """What hangs on one key; without a cutoff everything counts as since then.

    A permit counts as issued in the second that stands in it, which is that of its preparation.
    """
    shown = and_(credentials.c.state == CredentialState.ISSUED.value, credentials.c.expires > now)
    since = func.date_trunc("second", credentials.c.prepared_at) >= cutoff if cutoff else shown
    row = session.execute(
        select(
            func.count().filter(shown).label("standing"),
            func.count().filter(shown, since).label("since"),
            func.count()
            .filter(credentials.c.state == CredentialState.PENDING.value)
            .label("pending"),
            func.max(credentials.c.expires).label("last_end"),
        ).where(credentials.c.kid == kid)
    ).one()
    return KeyUses(row.standing, row.since, row.pending, row.last_end)


def list_of_key(
    session: Session,
    kid: bytes,
    state: CredentialState,
    now: datetime,
    cutoff: datetime | None,
    limit: int,
) -> list[UUID]:
    """Credentials of a key in this state that have not ended, those issued since a cutoff."""
    query = select(credentials.c.id).where(
        credentials.c.kid == kid,
        credentials.c.state == state.value,
        credentials.c.expires > now,
        credentials.c.erased_at.is_(None),
    )
    if cutoff:
        query = query.where(func.date_trunc("second", credentials.c.prepared_at) >= cutoff)
    return list(session.scalars(query.order_by(credentials.c.prepared_at).limit(limit)))


def find_last_end(session: Session, prepared_until: datetime) -> datetime | None:
    """The latest end of the credentials that were prepared until then, whoever signed them."""
    query = select(func.max(credentials.c.expires)).where(
        credentials.c.prepared_at <= prepared_until
    )
    found: datetime | None = session.execute(query).scalar_one()
    return found


def count_devices_before(session: Session, instant: datetime) -> int:
    """Devices that were enrolled before an instant and are in use: they know no later root."""
    query = select(func.count()).where(
        devices.c.enrolled_at < instant, devices.c.revoked_at.is_(None)
    )
    return session.execute(query).scalar_one()


def find_oldest_pending(session: Session) -> tuple[int, datetime | None]:
    """How many credentials wait for their signature, and since when the oldest of them does."""
    row = session.execute(
        select(func.count(), func.min(credentials.c.prepared_at)).where(
            credentials.c.state == CredentialState.PENDING.value
        )
    ).one()
    return row[0], row[1]


def note_key_act(session: Session, *, event: AuditEvent) -> None:
    """Remember what was done to a key or to a trust list; the keys themselves lie elsewhere."""
    audit.append(session, event)
