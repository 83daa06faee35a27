"""Days on which people are received, and the places on them (decision 42)."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0059"
down_revision = "0058"
branch_labels = None
depends_on = None

DAYS, PLACES = "reception_days", "appointments"
INSTANT = sa.DateTime(timezone=True)
DAY_CHECKS = (
    ("agency", "agency IN ('setrass', 'inm')"),
    ("opens_before_it_closes", "opens < closes"),
    ("places", "places BETWEEN 1 AND 50"),
    ("cancelled_together", "(cancelled_at IS NULL) = (cancelled_by IS NULL)"),
)
PLACE_CHECKS = (
    ("seat", "seat BETWEEN 1 AND places"),
    ("ended_together", "(ended_at IS NULL) = (ending IS NULL)"),
    ("ending", "ending IN ('given-back', 'changed', 'cancelled', 'past')"),
)


def upgrade() -> None:
    op.create_table(
        DAYS,
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("agency", sa.Text()),
        sa.Column("host", sa.UUID(), nullable=False),
        sa.Column("department", sa.Text(), nullable=False),
        sa.Column("municipality", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("opens", sa.Time(), nullable=False),
        sa.Column("closes", sa.Time(), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("languages", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("cancelled_at", INSTANT),
        sa.Column("cancelled_by", sa.UUID()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reception_days")),
        sa.UniqueConstraint("id", "places", name=op.f("uq_reception_days_id_places")),
        *(sa.CheckConstraint(rule, name=op.f(f"ck_{DAYS}_{name}")) for name, rule in DAY_CHECKS),
    )
    op.create_index("ix_reception_days_day", DAYS, ["day", "id"])
    _create_places()


def _create_places() -> None:
    op.create_table(
        PLACES,
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("reception_day", sa.UUID(), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("starts_at", INSTANT, nullable=False),
        sa.Column("seat", sa.Integer(), nullable=False),
        sa.Column("application", sa.UUID(), nullable=False),
        sa.Column("worker", sa.UUID(), nullable=False),
        sa.Column("taken_at", INSTANT, nullable=False),
        sa.Column("reminded_at", INSTANT),
        sa.Column("ended_at", INSTANT),
        sa.Column("ending", sa.Text()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointments")),
        sa.ForeignKeyConstraint(
            ["reception_day", "places"],
            ["reception_days.id", "reception_days.places"],
            name=op.f("fk_appointments_reception_day_places_reception_days"),
        ),
        sa.ForeignKeyConstraint(
            ["application", "worker"],
            ["applications.id", "applications.worker"],
            name=op.f("fk_appointments_application_worker_applications"),
        ),
        *(
            sa.CheckConstraint(rule, name=op.f(f"ck_{PLACES}_{name}"))
            for name, rule in PLACE_CHECKS
        ),
    )
    standing = sa.text("ended_at IS NULL")
    seat = ["reception_day", "starts_at", "seat"]
    op.create_index("uq_appointments_seat", PLACES, seat, unique=True, postgresql_where=standing)
    op.create_index(
        "uq_appointments_worker", PLACES, ["worker"], unique=True, postgresql_where=standing
    )
    op.create_index("ix_appointments_application", PLACES, ["application"])
    op.create_index("ix_appointments_starts_at", PLACES, ["starts_at"], postgresql_where=standing)


def downgrade() -> None:
    op.drop_table(PLACES)
    op.drop_table(DAYS)
