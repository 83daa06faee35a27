"""Applications: the present state of each; what stands in the form is in `drafts`."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Column,
    ColumnElement,
    DateTime,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    Row,
    Select,
    Table,
    Text,
    UniqueConstraint,
    bindparam,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from app.storage import audit
from app.storage.columns import OPERATIONAL, PERSONAL, PSEUDONYMOUS
from app.storage.database import Base, Session
from app.storage.reaching import Shape, shape_of, told_by, within
from app.storage.search_keys import keys_of
from app.storage.statements import given, later
from permits.applications import Application, ApplicationId, Status
from permits.audit import AuditEvent
from permits.errors import Hidden, NotFound, Stale
from permits.reach import Reach

LISTED = text("round > 0 AND erased_at IS NULL")
PASSED_OVER_BY = ["programme", "round", "agency_set", "vacancy", "submitted_at", "version"]
"""What lists look up in the index itself: no row is opened to be passed over."""

applications = Table(
    "applications",
    Base.metadata,
    Column("id", PG_UUID, primary_key=True),
    Column("worker", PG_UUID, nullable=False),
    Column("programme", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("round", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("digest", Text),
    Column("receipt", Text, unique=True),
    # Without the number of the identity document, which stands sealed in the columns below.
    Column("answers", JSONB, nullable=False),
    Column("document_sealed", LargeBinary),
    Column("document_index", LargeBinary),
    Column("worker_name", Text, nullable=False),
    Column("search_text", Text, nullable=False),
    Column("search_keys", ARRAY(Text), nullable=False),
    Column("vacancy", PG_UUID),
    Column("employer_name", Text, nullable=False),
    Column("submitted_at", DateTime(timezone=True)),
    Column("due_at", DateTime(timezone=True)),
    Column("held_by", PG_UUID),
    Column("held_by_name", Text, nullable=False),
    Column("held_since", DateTime(timezone=True)),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("updated_at", DateTime(timezone=True), nullable=False),
    # The file was erased; what stands are pseudonyms, days and the decisions.
    Column("erased_at", DateTime(timezone=True)),
    # The right that a renewal goes on from: the worker's own, and once for each right.
    Column("renews", PG_UUID),
    # The right that was taken back and is decided on anew: the worker's own, and once.
    Column("restores", PG_UUID, unique=True, info=PSEUDONYMOUS),
    Column("lapsed_at", DateTime(timezone=True)),
    Column("reinstated_at", DateTime(timezone=True)),
    # The facilitator who began it; they reach it as long as it is a draft.
    Column("assisted_by", PG_UUID),
    Column("barred_at", DateTime(timezone=True), info=PERSONAL),
    Column("worker_number", Text, ForeignKey("worker_numbers.number"), index=True),
    Column("agency_set", Integer, info=OPERATIONAL),
    ForeignKeyConstraint(
        ["renews", "worker"],
        ["authorisations.id", "authorisations.worker"],
        name="fk_applications_renewed_right",
        use_alter=True,
    ),
    ForeignKeyConstraint(
        ["restores", "worker"],
        ["authorisations.id", "authorisations.worker"],
        name="fk_applications_restored_right",
        use_alter=True,
    ),
    CheckConstraint("renews IS NULL OR restores IS NULL", name="goes_on_from_one"),
    Index(
        "uq_applications_renewal",
        "renews",
        unique=True,
        postgresql_where=text("status NOT IN ('refused', 'lapsed', 'withdrawn')"),
    ),
    UniqueConstraint("id", "worker"),
    UniqueConstraint("id", "status", "round", "digest"),
    ForeignKeyConstraint(
        ["id", "round", "digest", "worker"],
        [f"application_rounds.{name}" for name in ("application", "round", "digest", "worker")],
        name="fk_applications_current_round",
        deferrable=True,
        initially="DEFERRED",
        use_alter=True,
    ),
    ForeignKeyConstraint(
        ["id", "round", "agency_set"],
        [f"application_rounds.{name}" for name in ("application", "round", "agency_set")],
        name="fk_applications_set_of_round",
        deferrable=True,
        initially="DEFERRED",
        use_alter=True,
    ),
    ForeignKeyConstraint(
        ["programme", "agency_set"],
        ["agency_sets.programme", "agency_sets.id"],
        name="fk_applications_set_of_programme",
    ),
    CheckConstraint(
        "status IN ('draft', 'under-review', 'asked', 'returned', 'approved', 'refused',"
        " 'lapsed', 'withdrawn')",
        name="status",
    ),
    CheckConstraint("round >= 0 AND version >= 1", name="counts"),
    CheckConstraint("(round = 0) = (digest IS NULL)", name="round_has_digest"),
    CheckConstraint("(round = 0) = (agency_set IS NULL)", name="round_has_set"),
    CheckConstraint(
        "(round = 0) = (submitted_at IS NULL) AND (round = 0) = (receipt IS NULL)"
        " AND (round = 0) = (due_at IS NULL)",
        name="submitted_together",
    ),
    CheckConstraint("(held_by IS NULL) = (held_since IS NULL)", name="held_together"),
    CheckConstraint("held_by IS NULL OR status = 'under-review'", name="held_in_review"),
    CheckConstraint("status <> 'draft' OR round = 0", name="draft_has_no_round"),
    CheckConstraint(
        "(document_sealed IS NULL) = (document_index IS NULL)", name="document_together"
    ),
    CheckConstraint("NOT answers ? 'document_number'", name="no_number_in_clear"),
    CheckConstraint(
        "erased_at IS NULL OR (document_sealed IS NULL AND answers = '{}' AND worker_name = ''"
        " AND search_text = '' AND search_keys = '{}')",
        name="erased",
    ),
    Index("ix_applications_worker", "worker"),
    Index("ix_applications_vacancy", "vacancy", "round"),
    Index(
        "ix_applications_assisted_by",
        "assisted_by",
        postgresql_where=text("assisted_by IS NOT NULL AND status = 'draft'"),
    ),
    Index("ix_applications_search_keys", "search_keys", postgresql_using="gin"),
    # What the lists are read from: alone what was handed in and stands.
    Index(
        "ix_applications_status_due_at",
        *("status", "due_at", "id"),
        postgresql_include=PASSED_OVER_BY,
        postgresql_where=LISTED,
    ),
    Index(
        "ix_applications_due_at",
        *("due_at", "id"),
        postgresql_include=["status", *PASSED_OVER_BY],
        postgresql_where=LISTED,
    ),
    Index(
        "ix_applications_submitted_at",
        "submitted_at",
        postgresql_include=["due_at", "id", "status", "programme", "round", "agency_set"],
        postgresql_where=LISTED,
    ),
    Index("ix_applications_held_by", "held_by", postgresql_where=text("held_by IS NOT NULL")),
    Index("ix_applications_document_index", "document_index", postgresql_where=text("round > 0")),
)

_FIELDS = tuple(field.name for field in fields(Application))
"""What is read of a row: each field is a column of its name."""


def get_application(session: Session, application: ApplicationId, *, reach: Reach) -> Application:
    """Read one application; NotFound where there is none within reach."""
    return read_row(read_within(session, application, reach))


def lock(session: Session, application: ApplicationId, *, reach: Reach) -> Application:
    """Read one application and hold its row until the transaction ends."""
    return read_row(read_within(session, application, reach, hold=True))


def save(
    session: Session,
    before: Application,
    after: Application,
    now: datetime,
    *,
    event: AuditEvent,
) -> Application:
    """Write the new state over the one that was read; Stale where somebody was faster.

    Returns `after` with the next version. The comparison is by version, so that a caller who
    forgot to lock loses loudly instead of overwriting.
    """
    changed: dict[str, Any] = {
        "status": after.status.value,
        "round": after.round,
        "digest": after.digest,
        "receipt": after.receipt,
        "submitted_at": after.submitted_at,
        "due_at": after.due_at,
        "held_by": after.held_by,
        "held_by_name": after.held_by_name,
        "held_since": after.held_since,
        "lapsed_at": after.lapsed_at,
        "reinstated_at": after.reinstated_at,
        "barred_at": after.barred_at,
        "worker_number": after.worker_number,
        "agency_set": after.agency_set,
        "version": before.version + 1,
        "updated_at": now,
    }
    more = keys_of("", after.receipt or "") if after.receipt != before.receipt else []
    return write(session, before, changed, event=event, more_keys=more)


def write(
    session: Session,
    before: Application,
    changed: dict[str, Any],
    *,
    event: AuditEvent,
    more_keys: Sequence[str] = (),
) -> Application:
    """Write columns over the version that was read; Stale where somebody was faster.

    `more_keys` are added to what the case is found by.
    """
    told = {"id_read": before.id, "version_read": before.version, "more_keys": list(more_keys)}
    statement = _writing(tuple(changed), adds_keys=bool(more_keys))
    row = session.execute(statement, given(changed) | told | audit.told_by(event)).one_or_none()
    if row is None:
        raise Stale("changed-meanwhile")
    return read_row(row)


@cache
def _writing(names: Sequence[str], *, adds_keys: bool) -> Select[Any]:
    """The statement that writes these columns; made once, for building it is half of its cost."""
    own = applications.c
    values: dict[str, ColumnElement[Any]] = {**later(applications, names)}
    if adds_keys:
        values["search_keys"] = own.search_keys + bindparam("more_keys", type_=ARRAY(Text))
    changing = (
        update(applications)
        .where(own.id == bindparam("id_read"), own.version == bindparam("version_read"))
        .values(values)
        .returning(*(own[name] for name in _FIELDS))
    )
    return audit.telling(changing, None)


def list_reached(reach: Reach | Shape) -> Select[Any]:
    """The ids of the applications within reach, for queries over what belongs to them."""
    return select(applications.c.id).where(within(reach, applications))


def read_within(
    session: Session, application: ApplicationId, reach: Reach, *, hold: bool = False
) -> Row[Any]:
    """The whole row; what lies beyond is Hidden, and looks as if there were none."""
    reading = _reading(shape_of(reach), hold=hold)
    row = session.execute(reading, {"id_read": application, **told_by(reach)}).one_or_none()
    if row is not None:
        return row
    here = applications.c.id == application
    known = session.execute(select(applications.c.id).where(here)).first() is not None
    raise (Hidden if known else NotFound)("no-such-application")


@cache
def _reading(reach: Shape, *, hold: bool) -> Select[Any]:
    """Made once for each kind of reach, for building it is half of its cost."""
    here = applications.c.id == bindparam("id_read")
    query = select(applications).where(here, within(reach, applications))
    return query.with_for_update() if hold else query


def read_row(row: Row[Any]) -> Application:
    """The value of a row of the table: each field is a column of its name."""
    told = row._mapping
    values = {name: told[name] for name in _FIELDS}
    return Application(**{**values, "status": Status(row.status)})
