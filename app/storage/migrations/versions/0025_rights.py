"""Rights are suspended, given back and taken back by two people; a card is followed by another."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)

SUSPENSION_CHECKS = (
    ("reason", "reason IN ('alert', 'identity-doubtful', 'document-doubtful', 'fraud-suspected')"),
    ("origin", "origin IN ('own', 'authority', 'employer')"),
    ("fifteen_days", "until BETWEEN since AND since + 14"),
    ("ending", "ending IN ('open', 'reinstated', 'time', 'revoked')"),
    (
        "ended_together",
        "(ending = 'open') = (ended_at IS NULL)"
        " AND (ending = 'reinstated') = (ended_by IS NOT NULL)",
    ),
    ("by_another", "ended_by <> official"),
    ("not_about_oneself", "worker <> official AND worker <> ended_by"),
)
REVOCATION_CHECKS = (
    (
        "grounds",
        "cardinality(grounds) > 0 AND grounds <@ ARRAY['M1', 'M2', 'M3', 'M4', 'fraud']",
    ),
    ("grounds_of_the_agency", "agency = 'inm' OR grounds <@ ARRAY['fraud']"),
    ("origin", "origin IN ('own', 'authority', 'employer')"),
    ("heard", "heard IN ('in-person', 'in-writing', 'not-reached')"),
    ("outcome", "outcome IN ('proposed', 'confirmed', 'rejected', 'withdrawn')"),
    (
        "decided_together",
        "(outcome = 'proposed') = (decided_at IS NULL)"
        " AND (decided_at IS NULL) = (decided_by IS NULL)",
    ),
    ("two_people", "(outcome = 'withdrawn') = (decided_by = proposed_by)"),
    ("not_about_oneself", "worker <> proposed_by AND worker <> decided_by"),
)

STAY = """
CREATE FUNCTION refuse_to_come_back() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'what ended stays ended'
    USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME;
END $$
"""
ENDINGS = {
    "authorisations_stay_revoked": (
        "authorisations",
        "OLD.status = 'revoked' AND NEW.status <> 'revoked'",
    ),
    "credentials_stay_ended": (
        "credentials",
        "OLD.state IN ('revoked', 'replaced') AND NEW.state <> OLD.state",
    ),
    "revocations_stay_decided": (
        "revocations",
        "OLD.outcome <> 'proposed' AND (NEW.outcome, NEW.decided_by, NEW.decided_at)"
        " IS DISTINCT FROM (OLD.outcome, OLD.decided_by, OLD.decided_at)",
    ),
    "suspensions_stay_ended": (
        "suspensions",
        "OLD.ending <> 'open' AND (NEW.ending, NEW.ended_by, NEW.ended_at)"
        " IS DISTINCT FROM (OLD.ending, OLD.ended_by, OLD.ended_at)",
    ),
}
"""Trigger → table and when it refuses an UPDATE."""


def _right_columns() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("status", sa.Text(), server_default="granted", nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("suspension", sa.UUID()),
        sa.Column("suspended_until", sa.Date()),
        sa.Column("suspension_ending", sa.Text()),
        sa.Column("revocation", sa.UUID()),
        sa.Column("revocation_outcome", sa.Text()),
    )


RIGHT_CHECKS = (
    ("status", "status IN ('granted', 'suspended', 'revoked')"),
    (
        "suspended_together",
        "(status = 'suspended') = (suspension IS NOT NULL)"
        " AND (suspension IS NULL) = (suspended_until IS NULL)"
        " AND (suspension IS NULL) = (suspension_ending IS NULL)"
        " AND (suspension_ending IS NULL OR suspension_ending = 'open')",
    ),
    (
        "revoked_together",
        "(status = 'revoked') = (revocation IS NOT NULL)"
        " AND (revocation IS NULL) = (revocation_outcome IS NULL)"
        " AND (revocation_outcome IS NULL OR revocation_outcome = 'confirmed')",
    ),
)


def _card_columns() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("right_status", sa.Text(), server_default="granted", nullable=False),
        sa.Column("replaces", sa.UUID()),
        sa.Column("replacement", sa.Integer(), server_default="0", nullable=False),
        sa.Column("replacement_reason", sa.Text()),
    )


CARD_CHECKS = (
    ("right_stands", "right_status <> 'revoked' OR state IN ('revoked', 'replaced')"),
    (
        "replacement_together",
        "(replaces IS NULL) = (replacement = 0)"
        " AND (replaces IS NULL) = (replacement_reason IS NULL)"
        " AND replacement >= 0"
        " AND replacement_reason IN ('lost', 'stolen', 'damaged')",
    ),
)


def upgrade() -> None:
    for column in _right_columns():
        op.add_column("authorisations", column)
    _checks("authorisations", RIGHT_CHECKS)
    for told in ("status", "worker"):
        name = op.f(f"uq_authorisations_id_{told}")
        op.create_unique_constraint(name, "authorisations", ["id", told])
    _suspensions()
    _revocations()
    op.create_foreign_key(
        "fk_authorisations_running_suspension",
        "authorisations",
        "suspensions",
        ["suspension", "id", "suspended_until", "suspension_ending"],
        ["id", "authorisation", "until", "ending"],
    )
    op.create_foreign_key(
        "fk_authorisations_confirmed_revocation",
        "authorisations",
        "revocations",
        ["revocation", "id", "revocation_outcome"],
        ["id", "authorisation", "outcome"],
    )
    _cards()
    op.execute(STAY)
    for trigger, (table, when) in ENDINGS.items():
        op.execute(
            f"CREATE TRIGGER {trigger} BEFORE UPDATE ON {table} FOR EACH ROW WHEN ({when})"
            " EXECUTE FUNCTION refuse_to_come_back()"
        )


def downgrade() -> None:
    for name, (table, _) in ENDINGS.items():
        op.execute(f"DROP TRIGGER {name} ON {table}")
    op.execute("DROP FUNCTION refuse_to_come_back")
    op.drop_index("ix_credentials_not_valid", table_name="credentials")
    for name, _ in CARD_CHECKS:
        op.drop_constraint(op.f(f"ck_credentials_{name}"), "credentials", type_="check")
    for name in ("fk_credentials_card_before", "fk_credentials_right_status"):
        op.drop_constraint(name, "credentials", type_="foreignkey")
    for column in _card_columns():
        op.drop_column("credentials", column.name)
    op.drop_constraint(op.f("uq_credentials_id_authorisation"), "credentials", type_="unique")
    for name in ("running_suspension", "confirmed_revocation"):
        op.drop_constraint(f"fk_authorisations_{name}", "authorisations", type_="foreignkey")
    op.drop_table("revocations")
    op.drop_table("suspensions")
    op.drop_constraint(op.f("uq_authorisations_id_worker"), "authorisations", type_="unique")
    for column in _right_columns():
        op.drop_column("authorisations", column.name)


def _suspensions() -> None:
    op.create_table(
        "suspensions",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("authorisation", sa.UUID(), nullable=False),
        sa.Column("worker", sa.UUID(), nullable=False),
        sa.Column("agency", sa.Text(), nullable=False),
        sa.Column("official", sa.UUID(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("suspended_at", INSTANT, nullable=False),
        sa.Column("ending", sa.Text(), server_default="open", nullable=False),
        sa.Column("ended_at", INSTANT),
        sa.Column("ended_by", sa.UUID()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suspensions")),
        sa.UniqueConstraint(
            *("id", "authorisation", "until", "ending"),
            name=op.f("uq_suspensions_id_authorisation_until_ending"),
        ),
        _of_right("suspensions"),
        _by("suspensions", "official"),
        _by("suspensions", "ended_by"),
    )
    _checks("suspensions", SUSPENSION_CHECKS)
    _one_open("suspensions", "ending = 'open'")


def _revocations() -> None:
    op.create_table(
        "revocations",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("authorisation", sa.UUID(), nullable=False),
        sa.Column("worker", sa.UUID(), nullable=False),
        sa.Column("agency", sa.Text(), nullable=False),
        sa.Column("grounds", ARRAY(sa.Text()), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("heard", sa.Text(), nullable=False),
        sa.Column("hearing", sa.LargeBinary()),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("proposed_by", sa.UUID(), nullable=False),
        sa.Column("proposed_at", INSTANT, nullable=False),
        sa.Column("outcome", sa.Text(), server_default="proposed", nullable=False),
        sa.Column("decided_by", sa.UUID()),
        sa.Column("decided_at", INSTANT),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revocations")),
        sa.UniqueConstraint(
            *("id", "authorisation", "outcome"),
            name=op.f("uq_revocations_id_authorisation_outcome"),
        ),
        _of_right("revocations"),
        _by("revocations", "proposed_by"),
        _by("revocations", "decided_by"),
    )
    _checks("revocations", REVOCATION_CHECKS)
    _one_open("revocations", "outcome = 'proposed'")


def _cards() -> None:
    for column in _card_columns():
        op.add_column("credentials", column)
    _checks("credentials", CARD_CHECKS)
    for columns in (["id", "authorisation"], ["authorisation", "replacement"], ["replaces"]):
        name = op.f(f"uq_credentials_{'_'.join(columns)}")
        op.create_unique_constraint(name, "credentials", columns)
    op.create_foreign_key(
        "fk_credentials_right_status",
        "credentials",
        "authorisations",
        ["authorisation", "right_status"],
        ["id", "status"],
        onupdate="CASCADE",
    )
    op.create_foreign_key(
        "fk_credentials_card_before",
        "credentials",
        "credentials",
        ["replaces", "authorisation"],
        ["id", "authorisation"],
    )
    op.create_index(
        "ix_credentials_not_valid",
        "credentials",
        ["status_list", "status_index"],
        postgresql_where=sa.text("state IN ('revoked', 'replaced') OR right_status = 'suspended'"),
    )


def _of_right(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["authorisation", "worker"],
        ["authorisations.id", "authorisations.worker"],
        name=op.f(f"fk_{table}_authorisation_worker_authorisations"),
    )


def _by(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column, "agency"],
        ["postings.person", "postings.agency"],
        name=op.f(f"fk_{table}_{column}_agency_postings"),
    )


def _checks(table: str, rules: tuple[tuple[str, str], ...]) -> None:
    for name, rule in rules:
        op.create_check_constraint(op.f(f"ck_{table}_{name}"), table, rule)


def _one_open(table: str, condition: str) -> None:
    op.create_index(
        f"uq_{table}_open",
        table,
        ["authorisation"],
        unique=True,
        postgresql_where=sa.text(condition),
    )
    op.create_index(f"ix_{table}_authorisation", table, ["authorisation"])
