"""Lists of desks over a season: stays, cards that wait, counts of check-ins and of applicants."""

import sqlalchemy as sa
from alembic import op

revision = "0203"
down_revision = "0190"
branch_labels = None
depends_on = None

ASKED = "ix_check_ins_checked_at"
ENDING = "ix_authorisations_valid_until"
NAMED = "ix_applications_vacancy"
WAITING = "ix_credentials_waiting"
STANDS = "state = 'issued' AND right_status = 'granted' AND erased_at IS NULL"


def upgrade() -> None:
    op.drop_index(NAMED, table_name="applications")
    op.create_index(NAMED, "applications", ["vacancy", "round"])
    op.drop_index(ENDING, table_name="authorisations")
    op.create_index(ENDING, "authorisations", ["valid_until", "id"])
    op.drop_index(ASKED, table_name="check_ins")
    counted = ["employer", "answered_at", "closes_at"]
    op.create_index(ASKED, "check_ins", ["checked_at"], postgresql_include=counted)
    op.create_index(
        WAITING,
        "credentials",
        ["issued_at", "id"],
        postgresql_include=["authorisation", "expires"],
        postgresql_where=sa.text(STANDS),
    )


def downgrade() -> None:
    op.drop_index(WAITING, table_name="credentials")
    op.drop_index(ASKED, table_name="check_ins")
    op.create_index(ASKED, "check_ins", ["checked_at"])
    op.drop_index(ENDING, table_name="authorisations")
    op.create_index(ENDING, "authorisations", ["valid_until"])
    op.drop_index(NAMED, table_name="applications")
    op.create_index(NAMED, "applications", ["vacancy"])
