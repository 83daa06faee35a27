"""The tables of accounts, of the roles that each was granted, and of their agencies."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    Table,
    Text,
    text,
)
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from app.storage.database import Base
from permits.accounts import FOUR_EYES, LockReason
from permits.duties import NEEDS, POST_ROLES
from permits.people import ACCOUNT_ROLES, AGENCY_OF, SYSTEM_PERSON

_ROLES = ", ".join(f"'{role.value}'" for role in ACCOUNT_ROLES)
_AGENCY_ROLES = ", ".join(f"'{role.value}'" for role in AGENCY_OF)
_POST_ROLES = ", ".join(f"'{role.value}'" for role in sorted(POST_ROLES))
_FOREIGN = ", ".join(f"'{role.value}'" for role in sorted(NEEDS["country"]))
_FOUR_EYES = ", ".join(f"'{role.value}'" for role in sorted(FOUR_EYES))
_LOCK_REASONS = ", ".join(f"'{reason.value}'" for reason in LockReason)

SCOPE_CHECKS = (
    ("role", f"role IN ({_ROLES})"),
    ("post_of_role", f"(post IS NOT NULL) = (role IN ({_POST_ROLES}))"),
    ("employer_of_role", "(employer IS NOT NULL) = (role = 'employer')"),
    ("country_of_role", f"(country IS NOT NULL) = (role IN ({_FOREIGN}))"),
)
"""A role has the bound that it cannot do without, and no bound of another role."""

accounts = Table(
    "accounts",
    Base.metadata,
    Column("person", PG_UUID, primary_key=True),
    Column("email", Text, unique=True),
    Column("phone", Text, unique=True),
    Column("name", Text, nullable=False),
    # Keyed hash of the identity document: one natural person has one account (domain 4.3).
    Column("identity_index", LargeBinary, unique=True),
    # None until an invitation was accepted, and for who signs in at their agency's provider.
    Column("password_hash", Text),
    Column("disabled_at", DateTime(timezone=True)),
    Column("lock_reason", Text),
    # The day only: an hour would tell more about a colleague than anybody needs.
    Column("signed_in_on", Date),
    Column("opened_on", Date),
    Column("created_at", DateTime(timezone=True), nullable=False),
    CheckConstraint(f"lock_reason IN ({_LOCK_REASONS})", name="lock_reason"),
    CheckConstraint("lock_reason IS NULL OR disabled_at IS NOT NULL", name="reason_of_lock"),
    CheckConstraint("email = lower(email)", name="email_lower"),
    CheckConstraint("email IS NOT NULL OR phone IS NOT NULL", name="reachable"),
)

grants = Table(
    "grants",
    Base.metadata,
    Column("id", PG_UUID, primary_key=True),
    Column("person", PG_UUID, ForeignKey("accounts.person"), nullable=False),
    Column("role", Text, nullable=False),
    Column("post", Text),
    Column("department", Text),
    Column("employer", PG_UUID),
    Column("country", Text),
    # The administrator who proposed a role that `granted_by` confirmed.
    Column("asked_by", PG_UUID),
    Column("granted_by", PG_UUID, nullable=False),
    Column("granted_at", DateTime(timezone=True), nullable=False),
    Column("ended_by", PG_UUID),
    Column("ended_at", DateTime(timezone=True)),
    *(CheckConstraint(rule, name=name) for name, rule in SCOPE_CHECKS),
    CheckConstraint("(ended_by IS NULL) = (ended_at IS NULL)", name="ended_together"),
    CheckConstraint("granted_by <> person", name="not_by_oneself"),
    # A role that decides, audits or administers takes two people, or the service's own shell.
    CheckConstraint(
        f"role NOT IN ({_FOUR_EYES}) OR granted_by = '{SYSTEM_PERSON}'"
        " OR (asked_by IS NOT NULL AND asked_by <> granted_by AND asked_by <> person)",
        name="four_eyes",
    ),
    Index(
        "uq_grants_person_role",
        "person",
        "role",
        unique=True,
        postgresql_where=text("ended_at IS NULL"),
    ),
    # Of the roles of the agencies a person holds one at a time, whatever the service believes.
    Index(
        "uq_grants_one_agency_role",
        "person",
        unique=True,
        postgresql_where=text(f"ended_at IS NULL AND role IN ({_AGENCY_ROLES})"),
    ),
)

postings = Table(
    "postings",
    Base.metadata,
    # Rows stay when an official moves on: decisions refer to them.
    Column("person", PG_UUID, ForeignKey("accounts.person"), primary_key=True),
    Column("agency", Text, primary_key=True),
    Column("since", DateTime(timezone=True), nullable=False),
    ForeignKeyConstraint(["agency"], ["agencies.agency"]),
)
