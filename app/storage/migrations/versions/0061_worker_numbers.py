"""Every worker has a number for life (decision 46); who has handed something in is given one."""

import secrets

import sqlalchemy as sa
from alembic import op

from permits import worker_numbers

revision = "0061"
down_revision = "0060"
branch_labels = None
depends_on = None

NUMBERS, JOINS = "worker_numbers", "number_joins"
INSTANT = sa.DateTime(timezone=True)
BATCH = 1000
KEY = "fk_applications_worker_number_worker_numbers"


def upgrade() -> None:
    op.create_table(
        NUMBERS,
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("given_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_worker_numbers")),
        sa.CheckConstraint("number ~ '^[1-9][0-9]{9}$'", name=op.f("ck_worker_numbers_ten_digits")),
    )
    _create_joins()
    op.add_column("applications", sa.Column("worker_number", sa.Text()))
    op.create_foreign_key(op.f(KEY), "applications", NUMBERS, ["worker_number"], ["number"])
    op.create_index("ix_applications_worker_number", "applications", ["worker_number"])
    _give_numbers()


def _create_joins() -> None:
    op.create_table(
        JOINS,
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("leads_to", sa.Text(), nullable=False),
        sa.Column("ground", sa.Text(), nullable=False),
        sa.Column("made_by", sa.UUID(), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("undone_ground", sa.Text()),
        sa.Column("undone_by", sa.UUID()),
        sa.Column("undone_at", INSTANT),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_number_joins")),
        *(
            sa.ForeignKeyConstraint(
                [column], ["worker_numbers.number"], name=op.f(f"fk_{JOINS}_{column}_{NUMBERS}")
            )
            for column in ("number", "leads_to")
        ),
        sa.CheckConstraint("number <> leads_to", name=op.f("ck_number_joins_two_numbers")),
        sa.CheckConstraint(
            "(undone_at IS NULL) = (undone_by IS NULL)"
            " AND (undone_at IS NULL) = (undone_ground IS NULL)",
            name=op.f("ck_number_joins_undone_together"),
        ),
    )
    standing = sa.text("undone_at IS NULL")
    op.create_index(
        "uq_number_joins_standing", JOINS, ["number"], unique=True, postgresql_where=standing
    )
    op.create_index("ix_number_joins_leads_to", JOINS, ["leads_to"])


def _give_numbers() -> None:
    """One number for each worker of before; drafts and erased files have none."""
    connection = op.get_bind()
    firsts = connection.execute(
        sa.text(
            "SELECT worker, min(submitted_at) AS first FROM applications"
            " WHERE round > 0 AND erased_at IS NULL GROUP BY worker ORDER BY worker"
        )
    ).all()
    drawn: set[str] = set()
    while len(drawn) < len(firsts):
        drawn.add(worker_numbers.make(secrets.randbelow(worker_numbers.CHANCES)))
    given = [
        {"number": number, "worker": row.worker, "first": row.first}
        for number, row in zip(drawn, firsts, strict=True)
    ]
    for at in range(0, len(given), BATCH):
        some = given[at : at + BATCH]
        connection.execute(sa.text("INSERT INTO worker_numbers VALUES (:number, :first)"), some)
        connection.execute(
            sa.text(
                "UPDATE applications SET worker_number = :number"
                " WHERE worker = :worker AND round > 0 AND erased_at IS NULL"
            ),
            some,
        )


def downgrade() -> None:
    op.drop_index("ix_applications_worker_number", "applications")
    op.drop_constraint(op.f(KEY), "applications")
    op.drop_column("applications", "worker_number")
    op.drop_table(JOINS)
    op.drop_table(NUMBERS)
