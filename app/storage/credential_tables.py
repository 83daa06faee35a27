"""The table of the carriers: one of a right stands at a time, and none under a revoked right."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from app.storage.database import Base

credentials = Table(
    "credentials",
    Base.metadata,
    Column("id", PG_UUID, primary_key=True),
    Column("authorisation", PG_UUID, ForeignKey("authorisations.id"), nullable=False),
    Column("number", Text, nullable=False, unique=True),
    Column("state", Text, nullable=False),
    Column("kid", LargeBinary, nullable=False),
    Column("status_list", Integer, nullable=False),
    Column("status_index", Integer, nullable=False),
    Column("to_be_signed", LargeBinary),
    Column("payload", LargeBinary),
    Column("text", LargeBinary),
    Column("valid_from", DateTime(timezone=True), nullable=False),
    Column("expires", DateTime(timezone=True), nullable=False),
    Column("version", Integer, nullable=False),
    Column("prepared_at", DateTime(timezone=True), nullable=False),
    Column("issued_at", DateTime(timezone=True)),
    Column("revoked_at", DateTime(timezone=True)),
    Column("revocation_reason", Text),
    # What it said is gone; its number and its place in the status list are never given again.
    Column("erased_at", DateTime(timezone=True)),
    # The status of the right as it stands there, kept in step by the foreign key: no card stands
    # under a revoked or ended right, and the lists are read from here alone.
    Column("right_status", Text, nullable=False, server_default="granted"),
    # The card before, of the same right; one card is followed by one.
    Column("replaces", PG_UUID, unique=True),
    Column("replacement", Integer, nullable=False, server_default="0"),
    Column("replacement_reason", Text),
    UniqueConstraint("status_list", "status_index"),
    CheckConstraint("state IN ('pending', 'issued', 'replaced', 'revoked')", name="state"),
    CheckConstraint(
        "erased_at IS NOT NULL OR (text IS NULL) = (issued_at IS NULL)", name="issued_together"
    ),
    CheckConstraint("state <> 'pending' OR text IS NULL", name="pending_unsigned"),
    CheckConstraint(
        "state NOT IN ('issued', 'replaced') OR text IS NOT NULL OR erased_at IS NOT NULL",
        name="issued_text",
    ),
    CheckConstraint(
        "(payload IS NULL) = (erased_at IS NOT NULL)"
        " AND (to_be_signed IS NULL) = (erased_at IS NOT NULL)"
        " AND (erased_at IS NULL OR text IS NULL)",
        name="erased",
    ),
    CheckConstraint(
        "(state = 'revoked') = (revoked_at IS NOT NULL)"
        " AND (revoked_at IS NULL) = (revocation_reason IS NULL)",
        name="revoked_together",
    ),
    CheckConstraint("valid_from < expires", name="validity"),
    ForeignKeyConstraint(
        ["authorisation", "right_status"],
        ["authorisations.id", "authorisations.status"],
        name="fk_credentials_right_status",
        onupdate="CASCADE",
    ),
    CheckConstraint(
        "right_status NOT IN ('revoked', 'ended') OR state IN ('revoked', 'replaced')",
        name="right_stands",
    ),
    ForeignKeyConstraint(
        ["replaces", "authorisation"],
        ["credentials.id", "credentials.authorisation"],
        name="fk_credentials_card_before",
    ),
    UniqueConstraint("id", "authorisation"),
    UniqueConstraint("authorisation", "replacement"),
    CheckConstraint(
        "(replaces IS NULL) = (replacement = 0)"
        " AND (replaces IS NULL) = (replacement_reason IS NULL)"
        " AND replacement >= 0"
        " AND replacement_reason IN ('lost', 'stolen', 'damaged', 'key-compromised',"
        " 'employer-changed', 'identity-changed', 'wrong-data')",
        name="replacement_together",
    ),
    # One standing credential for each right, whoever asks at the same instant.
    Index(
        "uq_credentials_standing",
        "authorisation",
        unique=True,
        postgresql_where=text("state IN ('pending', 'issued')"),
    ),
    Index("ix_credentials_state", "state"),
    # What may be printed, in the order in which it waits.
    Index(
        "ix_credentials_waiting",
        "expires",
        "issued_at",
        "id",
        postgresql_include=["authorisation"],
        postgresql_where=text(
            "state = 'issued' AND right_status = 'granted' AND erased_at IS NULL"
        ),
    ),
    # What a status list has to tell: few of the many on it.
    Index(
        "ix_credentials_not_valid",
        "status_list",
        "status_index",
        postgresql_where=text("state IN ('revoked', 'replaced') OR right_status = 'suspended'"),
    ),
)
