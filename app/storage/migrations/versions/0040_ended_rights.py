"""A worker may end the own right; none of its cards stands then, and it does not come back."""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None

TRIGGER = "authorisations_stay_revoked"
STATUS, STANDS = "ck_authorisations_status", "ck_credentials_right_stands"


def upgrade() -> None:
    op.add_column("authorisations", sa.Column("ended_at", sa.DateTime(timezone=True)))
    _allow("'granted', 'suspended', 'revoked', 'ended'", "'revoked', 'ended'")
    op.create_check_constraint(
        op.f("ck_authorisations_ended_together"),
        "authorisations",
        "(status = 'ended') = (ended_at IS NOT NULL)",
    )


def downgrade() -> None:
    op.drop_constraint(op.f("ck_authorisations_ended_together"), "authorisations", type_="check")
    _allow("'granted', 'suspended', 'revoked'", "'revoked'")
    op.drop_column("authorisations", "ended_at")


def _allow(statuses: str, over: str) -> None:
    op.drop_constraint(op.f(STATUS), "authorisations", type_="check")
    op.create_check_constraint(op.f(STATUS), "authorisations", f"status IN ({statuses})")
    op.drop_constraint(op.f(STANDS), "credentials", type_="check")
    op.create_check_constraint(
        op.f(STANDS),
        "credentials",
        f"right_status NOT IN ({over}) OR state IN ('revoked', 'replaced')",
    )
    op.execute(f"DROP TRIGGER {TRIGGER} ON authorisations")
    op.execute(
        f"CREATE TRIGGER {TRIGGER} BEFORE UPDATE ON authorisations FOR EACH ROW WHEN"
        f" (OLD.status IN ({over}) AND NEW.status <> OLD.status)"
        " EXECUTE FUNCTION refuse_to_come_back()"
    )
