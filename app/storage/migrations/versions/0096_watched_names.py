"""The watch list is asked about a name that is asked for; INM approves none that it found."""

import sqlalchemy as sa
from alembic import op

revision = "0096"
down_revision = "0095"
branch_labels = None
depends_on = None

TABLE = "watch_checks"
WAIT = """
CREATE FUNCTION identity_waits_for_check() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.agency = 'inm' AND EXISTS (
        SELECT FROM watch_checks w WHERE w.change = NEW.change
        AND (
            w.state IN ('pending', 'hit', 'upheld')
            OR w.reviewed_by = NEW.official OR NEW.official = ANY (w.cleared_by)
        )
    ) THEN
        RAISE EXCEPTION 'an approval of migration waits for the check of the new data'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'identity_waits_for_check';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER identity_waits_for_check BEFORE INSERT ON identity_approvals
    FOR EACH ROW EXECUTE FUNCTION identity_waits_for_check();
"""


def upgrade() -> None:
    op.alter_column(TABLE, "round", nullable=True)
    op.add_column(TABLE, sa.Column("change", sa.UUID()))
    op.create_foreign_key(
        op.f("fk_watch_checks_change_identity_changes"),
        TABLE,
        "identity_changes",
        ["change"],
        ["id"],
    )
    op.create_unique_constraint(op.f("uq_watch_checks_change"), TABLE, ["change"])
    op.create_check_constraint(
        op.f("ck_watch_checks_round_or_change"), TABLE, "(round IS NULL) <> (change IS NULL)"
    )
    op.execute(WAIT)


def downgrade() -> None:
    op.execute("DROP TRIGGER identity_waits_for_check ON identity_approvals")
    op.execute("DROP FUNCTION identity_waits_for_check()")
    op.execute("DELETE FROM watch_checks WHERE change IS NOT NULL")
    op.drop_constraint(op.f("ck_watch_checks_round_or_change"), TABLE, type_="check")
    op.drop_column(TABLE, "change")
    op.alter_column(TABLE, "round", nullable=False)
