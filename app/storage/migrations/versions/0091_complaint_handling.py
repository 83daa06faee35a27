"""What handlers do in a case: steps, notes, clocks, hand-overs, remedies (decision 57)."""

import sqlalchemy as sa
from alembic import op

revision = "0091"
down_revision = "0090"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _create_clocks()
    _create_follow_ups()
    _create_notes()
    _create_referrals()
    _create_remedies()
    _create_steps()


def _create_clocks() -> None:
    op.create_table(
        "complaint_clocks",
        sa.Column("complaint", sa.UUID(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("working_days", sa.Integer(), nullable=False),
        sa.Column("paused_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("paused_days", sa.Integer(), nullable=False),
        sa.Column("met_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("alarms", sa.Integer(), server_default="0", nullable=False),
        sa.CheckConstraint(
            "kind IN ('acknowledge', 'first-contact', 'decision', 'before-departure')",
            name=op.f("ck_complaint_clocks_kind"),
        ),
        sa.CheckConstraint(
            "paused_at IS NULL OR (kind = 'decision' AND met_at IS NULL)",
            name=op.f("ck_complaint_clocks_pauses"),
        ),
        sa.CheckConstraint(
            "paused_days BETWEEN 0 AND 10", name=op.f("ck_complaint_clocks_ten_days")
        ),
        sa.ForeignKeyConstraint(
            ["complaint"], ["complaints.id"], name=op.f("fk_complaint_clocks_complaint_complaints")
        ),
        sa.PrimaryKeyConstraint("complaint", "kind", name=op.f("pk_complaint_clocks")),
    )


def _create_follow_ups() -> None:
    op.create_table(
        "complaint_follow_ups",
        sa.Column("complaint", sa.UUID(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("done_by", sa.UUID(), nullable=True),
        sa.Column("retaliation", sa.Boolean(), nullable=True),
        sa.CheckConstraint(
            "(done_on IS NULL) = (done_by IS NULL) AND (done_on IS NULL) = (retaliation IS NULL)",
            name=op.f("ck_complaint_follow_ups_done_together"),
        ),
        sa.ForeignKeyConstraint(
            ["complaint"],
            ["complaints.id"],
            name=op.f("fk_complaint_follow_ups_complaint_complaints"),
        ),
        sa.PrimaryKeyConstraint("complaint", "due_on", name=op.f("pk_complaint_follow_ups")),
    )
    op.create_index(
        "ix_complaint_follow_ups_due",
        "complaint_follow_ups",
        ["due_on"],
        unique=False,
        postgresql_where=sa.text("done_on IS NULL"),
    )


def _create_notes() -> None:
    op.create_table(
        "complaint_notes",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("complaint", sa.UUID(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("author", sa.UUID(), nullable=False),
        sa.Column("written_on", sa.Date(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('internal', 'personal', 'shield')", name=op.f("ck_complaint_notes_kind")
        ),
        sa.ForeignKeyConstraint(
            ["complaint"], ["complaints.id"], name=op.f("fk_complaint_notes_complaint_complaints")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint_notes")),
    )
    op.create_index(
        "ix_complaint_notes_complaint", "complaint_notes", ["complaint", "written_on"], unique=False
    )


def _create_referrals() -> None:
    op.create_table(
        "complaint_referrals",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("complaint", sa.UUID(), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("follow_up_on", sa.Date(), nullable=False),
        sa.Column("confirmed_on", sa.Date(), nullable=True),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("package", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint(
            "(state = 'sent') = (confirmed_on IS NULL)",
            name=op.f("ck_complaint_referrals_confirmed_together"),
        ),
        sa.CheckConstraint(
            "channel IN ('email', 'webhook', 'letter')", name=op.f("ck_complaint_referrals_channel")
        ),
        sa.CheckConstraint(
            "state IN ('sent', 'confirmed', 'declined', 'reported')",
            name=op.f("ck_complaint_referrals_state"),
        ),
        sa.CheckConstraint(
            "target IN ('labour-inspection', 'cicesct', 'senaf', 'public-prosecutor', 'conadeh', 'inm-supervisor', 'consulate-gt', 'mintrab-gt', 'assistance', 'returnees', 'abroad')",
            name=op.f("ck_complaint_referrals_target"),
        ),
        sa.ForeignKeyConstraint(
            ["complaint"],
            ["complaints.id"],
            name=op.f("fk_complaint_referrals_complaint_complaints"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint_referrals")),
    )
    op.create_index(
        "ix_complaint_referrals_complaint", "complaint_referrals", ["complaint"], unique=False
    )
    op.create_index(
        "ix_complaint_referrals_waiting",
        "complaint_referrals",
        ["follow_up_on"],
        unique=False,
        postgresql_where=sa.text("state = 'sent'"),
    )


def _create_remedies() -> None:
    op.create_table(
        "complaint_remedies",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("complaint", sa.UUID(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("verifier", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint(
            "(state = 'verified') = (verifier IS NOT NULL)",
            name=op.f("ck_complaint_remedies_verified_by"),
        ),
        sa.CheckConstraint(
            "kind IN ('wages-paid', 'repayment', 'compensation', 'documents-returned', 'employer-change', 'conditions-mended', 'sanction', 'permit-action', 'service-mended')",
            name=op.f("ck_complaint_remedies_kind"),
        ),
        sa.CheckConstraint(
            "state IN ('planned', 'done', 'verified', 'disputed', 'dropped')",
            name=op.f("ck_complaint_remedies_state"),
        ),
        sa.CheckConstraint(
            "verifier <> 'inspection' OR kind NOT IN ('wages-paid', 'repayment', 'compensation')",
            name=op.f("ck_complaint_remedies_money_by_its_receiver"),
        ),
        sa.ForeignKeyConstraint(
            ["complaint"],
            ["complaints.id"],
            name=op.f("fk_complaint_remedies_complaint_complaints"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint_remedies")),
    )
    op.create_index(
        "ix_complaint_remedies_complaint",
        "complaint_remedies",
        ["complaint", "due_on"],
        unique=False,
    )


def _create_steps() -> None:
    op.create_table(
        "complaint_steps",
        sa.Column("id", sa.UUID(), nullable=False),
        sa.Column("complaint", sa.UUID(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("deed", sa.Text(), nullable=False),
        sa.Column("person", sa.UUID(), nullable=False),
        sa.Column("taken_on", sa.Date(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint("place >= 1", name=op.f("ck_complaint_steps_place")),
        sa.ForeignKeyConstraint(
            ["complaint"], ["complaints.id"], name=op.f("fk_complaint_steps_complaint_complaints")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint_steps")),
        sa.UniqueConstraint("complaint", "place", name=op.f("uq_complaint_steps_complaint_place")),
    )


def downgrade() -> None:
    op.drop_table("complaint_clocks")
    op.drop_table("complaint_follow_ups")
    op.drop_table("complaint_notes")
    op.drop_table("complaint_referrals")
    op.drop_table("complaint_remedies")
    op.drop_table("complaint_steps")
