"""What stands in a worker's form. The number of the identity document stands apart, sealed."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    LargeBinary,
    Row,
    ScalarSelect,
    bindparam,
    func,
    insert,
    select,
)

from app.storage import audit
from app.storage.applications import applications, read_row, read_within, write
from app.storage.database import Session
from app.storage.sealed import DOCUMENT, Vault, index_of_number
from app.storage.search_keys import keys_of
from app.storage.statements import constant
from permits.applications import Application, ApplicationId
from permits.audit import AuditEvent
from permits.reach import Reach

ENDED = ("withdrawn", "lapsed", "refused")
"""Statuses in which an application holds up no other of the same person."""


@dataclass(frozen=True)
class Draft:
    """What stands in the worker's form, and the columns that lists show from it.

    The number of the identity document is among the answers here, and sealed in the table.
    """

    answers: dict[str, Any]
    worker_name: str = ""
    search_text: str = ""
    vacancy: UUID | None = None
    employer_name: str = ""


def add_application(
    session: Session,
    vault: Vault,
    application: Application,
    draft: Draft,
    now: datetime,
    *,
    event: AuditEvent,
) -> None:
    """Begin a draft."""
    session.execute(
        insert(applications),
        {
            "id": application.id,
            "worker": application.worker,
            "programme": application.programme,
            "status": application.status.value,
            "round": application.round,
            "version": application.version,
            "renews": application.renews,
            "restores": application.restores,
            "assisted_by": application.assisted_by,
            "held_by_name": "",
            "created_at": now,
            "updated_at": now,
            **get_columns(vault, application.id, draft),
        },
    )
    audit.append(session, event)


def read_whole(
    session: Session,
    vault: Vault,
    application: ApplicationId,
    *,
    reach: Reach,
    lock: bool = False,
) -> tuple[Application, Draft]:
    """The application and the answers as they stand, in one look; NotFound where out of reach.

    With `lock` its row is held until the transaction ends.
    """
    row = read_within(session, application, reach, hold=lock)
    answers = {**row.answers, "document_number": _number(vault, row)} if row.answers else {}
    draft = Draft(answers, row.worker_name, row.search_text, row.vacancy, row.employer_name)
    return read_row(row), draft


def save_answers(
    session: Session,
    vault: Vault,
    before: Application,
    draft: Draft,
    now: datetime,
    *,
    event: AuditEvent,
) -> Application:
    """Write other answers, in the same state; Stale where somebody was faster."""
    changed = {"version": before.version + 1, "updated_at": now}
    return write(
        session, before, changed | get_columns(vault, before.id, draft, before.receipt), event=event
    )


def count_similar(
    session: Session, vault: Vault, applications_: Collection[UUID], document_number: str
) -> int:
    """Other submitted applications that name the same document, found by its keyed hash."""
    asked = {"index": index_of_number(vault, document_number), "known": list(applications_)}
    return session.execute(_SIMILAR, asked).scalar_one()


def count_others(index: ColumnElement[bytes], known: BindParameter[Any]) -> ScalarSelect[int]:
    """How many applications that stand name the document of this keyed hash, but for the known."""
    other = applications.alias()
    return (
        select(func.count())
        .select_from(other)
        .where(
            other.c.document_index == index,
            other.c.id.not_in(known),
            other.c.round > constant(0),
            other.c.status.not_in(ENDED),
        )
        .scalar_subquery()
    )


_SIMILAR = select(
    count_others(bindparam("index", type_=LargeBinary), bindparam("known", expanding=True))
)


def _number(vault: Vault, row: Row[Any]) -> str | None:
    sealed = row.document_sealed
    return vault.open(DOCUMENT, row.id, sealed) if sealed is not None else None


def get_columns(
    vault: Vault, application: UUID, draft: Draft, receipt: str | None = None
) -> dict[str, Any]:
    """The columns of a draft, the number of the document sealed to its case."""
    answers = dict(draft.answers)
    number = answers.pop("document_number", None)
    return {
        "answers": answers,
        "document_sealed": vault.seal(DOCUMENT, application, number) if number else None,
        "document_index": index_of_number(vault, number) if number else None,
        "worker_name": draft.worker_name,
        "search_text": draft.search_text,
        "search_keys": keys_of(draft.worker_name, draft.search_text, receipt or ""),
        "vacancy": draft.vacancy,
        "employer_name": draft.employer_name,
    }
