"""Credentials: the number and the exact bytes first, the signed text afterwards.

A permit names a person and their document, so its bytes and its text stand sealed.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Integer,
    Row,
    Select,
    bindparam,
    func,
    or_,
    select,
    true,
    update,
)
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.sql.dml import ReturningInsert, ReturningUpdate

from app.storage import audit
from app.storage.authorisations import authorisations, is_reached
from app.storage.credential_tables import credentials as credentials
from app.storage.database import Session
from app.storage.reaching import Shape, shape_of, told_by
from app.storage.sealed import Vault, open_bytes, seal_bytes
from app.storage.statements import given, later
from permits.applications import ApplicationId
from permits.audit import AuditEvent
from permits.authorisations import AuthorisationId
from permits.errors import Hidden, NotFound, Stale
from permits.issuing import Credential, CredentialId, CredentialState, RevocationReason
from permits.reach import Reach, Whose
from permits.status_list import Status

TO_BE_SIGNED, PAYLOAD = "credentials.to_be_signed", "credentials.payload"
TEXT = "credentials.text"
"""Where each of the three is sealed."""


def add_credential(
    session: Session, vault: Vault, credential: Credential, *, event: AuditEvent
) -> bool:
    """Record a credential before it is signed (the intent); False where its place is taken.

    Waits for whoever is taking the same place at this moment.
    """
    told = {"of_right": credential.authorisation, **_intent(vault, credential)}
    written = session.execute(_adding(), told).one_or_none()
    if written is None:
        return False
    audit.append(session, event)
    return True


@cache
def _adding() -> ReturningInsert[Any]:
    """The row says how its right stands; the other columns are those that are given."""
    status = select(authorisations.c.status).where(authorisations.c.id == bindparam("of_right"))
    adding = pg_insert(credentials).values(right_status=status.scalar_subquery())
    free = adding.on_conflict_do_nothing(index_elements=["status_list", "status_index"])
    return free.returning(credentials.c.id)


def get_columns(vault: Vault, credential: Credential) -> dict[str, Any]:
    """The whole row of a credential that was signed, its right standing; for many at once."""
    text = None if credential.text is None else vault.seal(TEXT, credential.id, credential.text)
    return {
        **_intent(vault, credential),
        "text": text,
        "issued_at": credential.issued_at,
        "revoked_at": credential.revoked_at,
        "revocation_reason": _value(credential.revocation_reason),
    }


def _intent(vault: Vault, credential: Credential) -> dict[str, Any]:
    return {
        "id": credential.id,
        "authorisation": credential.authorisation,
        "number": credential.number,
        "state": credential.state.value,
        "kid": credential.kid,
        "status_list": credential.status_list,
        "status_index": credential.status_index,
        "to_be_signed": seal_bytes(vault, TO_BE_SIGNED, credential.id, credential.to_be_signed),
        "payload": seal_bytes(vault, PAYLOAD, credential.id, credential.payload),
        "valid_from": credential.valid_from,
        "expires": credential.expires,
        "version": credential.version,
        "prepared_at": credential.prepared_at,
        "replaces": credential.replaces,
        "replacement": credential.replacement,
        "replacement_reason": _value(credential.replacement_reason),
    }


def save_credential(
    session: Session, vault: Vault, before: Credential, after: Credential, *, event: AuditEvent
) -> Credential:
    """Write a new state over the one that was read; Stale where somebody was faster.

    Only what is new is written: who may revoke has no right to give a text, nor the other way.
    """
    changed: dict[str, object] = {"state": after.state.value, "version": before.version + 1}
    if (after.text, after.issued_at) != (before.text, before.issued_at):
        text = None if after.text is None else vault.seal(TEXT, before.id, after.text)
        changed |= {"text": text, "issued_at": after.issued_at}
    if (reason := after.revocation_reason) is not before.revocation_reason:
        changed |= {"revoked_at": after.revoked_at, "revocation_reason": _value(reason)}
    read = {"id_read": before.id, "version_read": before.version}
    row = session.execute(_saving(tuple(changed)), given(changed) | read).one_or_none()
    if row is None:
        raise Stale("changed-meanwhile")
    audit.append(session, event)
    return _credential(vault, row)


@cache
def _saving(names: Sequence[str]) -> ReturningUpdate[Any]:
    own = credentials.c
    read = (own.id == bindparam("id_read"), own.version == bindparam("version_read"))
    return update(credentials).where(*read).values(later(credentials, names)).returning(*own)


def get_credential(session: Session, vault: Vault, credential: UUID, *, reach: Reach) -> Credential:
    """Read one credential; NotFound where there is none within reach, or where it was erased."""
    return _read(session, vault, credential, reach)


def lock_credential(
    session: Session, vault: Vault, credential: UUID, *, reach: Reach
) -> Credential:
    """Read one credential and hold its row until the transaction ends."""
    return _read(session, vault, credential, reach, hold=True)


def lock_pending(session: Session, limit: int) -> list[UUID]:
    """Credentials that wait for their signature and that no other process holds.

    Their ids alone: one that does not open keeps no other waiting.
    """
    rows = session.execute(_locking_pending(), {"most": limit})
    return [row.id for row in rows]


@cache
def _locking_pending() -> Select[Any]:
    return (
        select(credentials.c.id)
        .where(credentials.c.state == CredentialState.PENDING.value)
        .order_by(credentials.c.prepared_at)
        .limit(bindparam("most", type_=Integer))
        .with_for_update(skip_locked=True)
    )


def find_standing(session: Session, vault: Vault, authorisation: UUID) -> Credential | None:
    """The newest credential of a right, whatever its state; None too once it was erased."""
    row = session.execute(_newest(), {"of_right": authorisation}).one_or_none()
    return _credential(vault, row) if row else None


def find_by_number(session: Session, vault: Vault, number: str) -> Credential | None:
    """The credential that a permit number names; None too once it was erased."""
    row = session.execute(
        select(credentials).where(credentials.c.number == number, credentials.c.erased_at.is_(None))
    ).one_or_none()
    return _credential(vault, row) if row else None


def find_id(session: Session, number: str) -> UUID | None:
    """The id of the credential that a number names; nothing is opened."""
    query = select(credentials.c.id).where(credentials.c.number == number)
    return session.execute(query).scalar_one_or_none()


def find_application(session: Session, number: str) -> ApplicationId | None:
    """The application of a permit number; None too once its file was erased."""
    query = (
        select(authorisations.c.application)
        .join(credentials, credentials.c.authorisation == authorisations.c.id)
        .where(credentials.c.number == number, credentials.c.erased_at.is_(None))
    )
    found = session.execute(query).scalar_one_or_none()
    return ApplicationId(found) if found else None


def list_statuses(session: Session, status_list: int) -> list[tuple[int, Status]]:
    """The places of one list that are not valid now, and what each of them says."""
    ended = credentials.c.state.in_(["revoked", "replaced"])
    rows = session.execute(
        select(credentials.c.status_index, ended.label("ended")).where(
            credentials.c.status_list == status_list,
            or_(ended, credentials.c.right_status == "suspended"),
        )
    )
    return [(row.status_index, Status.INVALID if row.ended else Status.SUSPENDED) for row in rows]


def list_of_right(
    session: Session, vault: Vault, authorisation: UUID, *, hold: bool = False
) -> list[Credential]:
    """Every card of a right that was not erased, the newest first; their rows held on demand."""
    query = _of_right().with_for_update() if hold else _of_right()
    rows = session.execute(query, {"of_right": authorisation})
    return [_credential(vault, row) for row in rows]


@cache
def _newest() -> Select[Any]:
    return _of_right().limit(1)


@cache
def _of_right() -> Select[Any]:
    own = credentials.c
    here = (own.authorisation == bindparam("of_right"), own.erased_at.is_(None))
    return select(credentials).where(*here).order_by(own.replacement.desc())


def count_places(session: Session, status_list: int) -> int:
    """How many places of one list were ever given out."""
    given = select(func.count()).where(credentials.c.status_list == status_list)
    return session.execute(given).scalar_one()


def _read(
    session: Session, vault: Vault, credential: UUID, reach: Reach, *, hold: bool = False
) -> Credential:
    """The credential; what lies beyond is Hidden, and looks as if there were none."""
    reading = _reading(shape_of(reach), hold=hold)
    row = session.execute(reading, {"id_read": credential, **told_by(reach)}).one_or_none()
    if row is not None:
        return _credential(vault, row)
    here = credentials.c.id == credential
    known = session.execute(select(credentials.c.id).where(here)).first() is not None
    raise (Hidden if known else NotFound)("no-such-credential")


@cache
def _reading(reach: Shape, *, hold: bool) -> Select[Any]:
    here = (credentials.c.id == bindparam("id_read"), credentials.c.erased_at.is_(None))
    query = select(credentials).where(*here, _reached(reach))
    return query.with_for_update() if hold else query


def _reached(reach: Reach | Shape) -> ColumnElement[bool]:
    if reach.whose is Whose.EVERYTHING:
        return true()
    rights = select(authorisations.c.id).where(is_reached(reach))
    return credentials.c.authorisation.in_(rights)


def _credential(vault: Vault, row: Row[Any]) -> Credential:
    reason = row.revocation_reason
    return Credential(
        CredentialId(row.id),
        AuthorisationId(row.authorisation),
        row.number,
        CredentialState(row.state),
        row.kid,
        row.status_list,
        row.status_index,
        open_bytes(vault, TO_BE_SIGNED, row.id, row.to_be_signed),
        open_bytes(vault, PAYLOAD, row.id, row.payload),
        row.valid_from,
        row.expires,
        row.version,
        row.prepared_at,
        None if row.text is None else vault.open(TEXT, row.id, row.text),
        row.issued_at,
        row.revoked_at,
        RevocationReason(reason) if reason else None,
        CredentialId(row.replaces) if row.replaces else None,
        row.replacement,
        RevocationReason(row.replacement_reason) if row.replacement_reason else None,
    )


def _value(reason: RevocationReason | None) -> str | None:
    return reason.value if reason else None


def note_reading(session: Session, *, event: AuditEvent) -> None:
    """Remember who opened or printed a credential, or had it verified."""
    audit.append(session, event)
