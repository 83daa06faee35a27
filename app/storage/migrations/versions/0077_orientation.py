"""Sessions of orientation, seats in them, who came, and how the tests went (decision 53)."""

import sqlalchemy as sa
from alembic import op

revision = "0077"
down_revision = "0076"
branch_labels = None
depends_on = None

SESSIONS, SEATS, TESTS = "orientation_sessions", "orientation_seats", "orientation_tests"
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        SESSIONS,
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("host", sa.UUID(), nullable=False),
        *(
            sa.Column(name, sa.Text(), nullable=False)
            for name in ("kind", "department", "municipality", "place")
        ),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("begins", sa.Time(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("cancelled_at", INSTANT),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_orientation_sessions")),
        sa.UniqueConstraint("id", "seats", name=op.f("uq_orientation_sessions_id_seats")),
        sa.CheckConstraint(
            "kind IN ('pre-departure', 'arrival')", name=op.f("ck_orientation_sessions_kind")
        ),
        sa.CheckConstraint("seats BETWEEN 1 AND 200", name=op.f("ck_orientation_sessions_seats")),
    )
    op.create_index("ix_orientation_sessions_day", SESSIONS, ["day", "id"])
    _create_seats()
    op.create_table(
        TESTS,
        sa.Column("application", sa.UUID(), nullable=False),
        sa.Column("worker", sa.UUID(), nullable=False),
        sa.Column("taken_at", INSTANT, nullable=False),
        sa.Column("correct", sa.Integer(), nullable=False),
        sa.Column("of", sa.Integer(), nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("application", "taken_at", name=op.f("pk_orientation_tests")),
        _beside(TESTS),
        sa.CheckConstraint('correct BETWEEN 0 AND "of"', name=op.f("ck_orientation_tests_correct")),
    )


def _create_seats() -> None:
    checks = {
        "seat": "seat BETWEEN 1 AND seats",
        "attended_together": "(attended_at IS NULL) = (attended_by IS NULL)",
        "attended_by_another": "attended_by <> worker",
        "came_or_gave_back": "attended_at IS NULL OR ended_at IS NULL",
    }
    op.create_table(
        SEATS,
        sa.Column("session", sa.UUID(), nullable=False),
        sa.Column("application", sa.UUID(), nullable=False),
        sa.Column("worker", sa.UUID(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("seat", sa.Integer(), nullable=False),
        sa.Column("invited", sa.Boolean(), nullable=False),
        sa.Column("taken_at", INSTANT, nullable=False),
        sa.Column("attended_at", INSTANT),
        sa.Column("attended_by", sa.UUID()),
        sa.Column("ended_at", INSTANT),
        sa.PrimaryKeyConstraint("session", "application", name=op.f("pk_orientation_seats")),
        sa.ForeignKeyConstraint(
            ["session", "seats"],
            ["orientation_sessions.id", "orientation_sessions.seats"],
            name=op.f("fk_orientation_seats_session_seats_orientation_sessions"),
        ),
        _beside(SEATS),
        *(
            sa.CheckConstraint(rule, name=op.f(f"ck_{SEATS}_{name}"))
            for name, rule in checks.items()
        ),
    )
    standing = sa.text("ended_at IS NULL")
    waiting = sa.text("ended_at IS NULL AND attended_at IS NULL")
    op.create_index(
        "uq_orientation_seats_seat",
        SEATS,
        ["session", "seat"],
        unique=True,
        postgresql_where=standing,
    )
    op.create_index(
        "uq_orientation_seats_application",
        SEATS,
        ["application"],
        unique=True,
        postgresql_where=waiting,
    )
    op.create_index("ix_orientation_seats_application", SEATS, ["application"])


def _beside(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["application", "worker"],
        ["applications.id", "applications.worker"],
        name=op.f(f"fk_{table}_application_worker_applications"),
    )


def downgrade() -> None:
    for table in (TESTS, SEATS, SESSIONS):
        op.drop_table(table)
