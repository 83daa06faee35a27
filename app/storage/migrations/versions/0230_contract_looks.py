"""What no order weighs in a changed contract waits for a look by SETRASS (decision 121)."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import UUID

revision = "0230"
down_revision = "0238"
branch_labels = None
depends_on = None

TABLE, DRAWN = "contract_looks", "contracts"

# The newest version of each work, where its words are others than those of the version that it is
# held against: the newest before it that the worker accepted, else the first.
WAITING = """
UPDATE contracts c SET asks_look = true
FROM contracts base
WHERE NOT c.blocked
  AND NOT EXISTS (
    SELECT FROM contracts n WHERE n.application = c.application AND n.vacancy = c.vacancy
      AND n.version > c.version
  )
  AND base.application = c.application AND base.version = coalesce(
    (SELECT max(b.version) FROM contracts b JOIN contract_agreements a
       ON a.application = b.application AND a.version = b.version AND a.party = 'worker'
     WHERE b.application = c.application AND b.vacancy = c.vacancy AND b.version < c.version),
    (SELECT min(b.version) FROM contracts b
     WHERE b.application = c.application AND b.vacancy = c.vacancy)
  )
  AND (base.content::jsonb -> 'title', base.content::jsonb -> 'tasks_es',
       base.content::jsonb -> 'tasks_en', base.content::jsonb -> 'employer_name',
       base.content::jsonb -> 'grievance')
   IS DISTINCT FROM (c.content::jsonb -> 'title', c.content::jsonb -> 'tasks_es',
       c.content::jsonb -> 'tasks_en', c.content::jsonb -> 'employer_name',
       c.content::jsonb -> 'grievance')
"""


def upgrade() -> None:
    op.add_column(
        DRAWN, sa.Column("asks_look", sa.Boolean(), server_default="false", nullable=False)
    )
    op.add_column(DRAWN, sa.Column("drawn_by", UUID(), nullable=True))
    op.execute(WAITING)
    op.create_check_constraint(
        op.f("ck_contracts_look_at_what_counts"), DRAWN, "NOT (blocked AND asks_look)"
    )
    op.create_index(
        "ix_contracts_asks_look", DRAWN, ["drawn_at"], postgresql_where=sa.text("asks_look")
    )
    op.create_table(
        TABLE,
        sa.Column("application", UUID(), nullable=False),
        sa.Column("base_digest", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("base_version", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("weighed", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("official", UUID(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("looked_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "weighed IN ('same', 'better', 'worse')", name=op.f("ck_contract_looks_weighed")
        ),
        sa.CheckConstraint(
            "role IN ('setrass-analyst', 'setrass-officer')",
            name=op.f("ck_contract_looks_role_of_setrass"),
        ),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_contract_looks_reasoned")),
        sa.CheckConstraint(
            "base_version < version AND base_digest <> digest",
            name=op.f("ck_contract_looks_of_a_newer_text"),
        ),
        *(
            sa.ForeignKeyConstraint(
                ["application", version, digest],
                ["contracts.application", "contracts.version", "contracts.digest"],
                name=op.f(f"fk_contract_looks_{digest}"),
            )
            for version, digest in (("base_version", "base_digest"), ("version", "digest"))
        ),
        sa.PrimaryKeyConstraint(
            "application", "base_digest", "digest", name=op.f("pk_contract_looks")
        ),
    )


def downgrade() -> None:
    op.drop_table(TABLE)
    op.drop_index("ix_contracts_asks_look", DRAWN)
    op.drop_constraint(op.f("ck_contracts_look_at_what_counts"), DRAWN)
    op.drop_column(DRAWN, "drawn_by")
    op.drop_column(DRAWN, "asks_look")
