"""Document numbers and what was handed in stand sealed; a case has a key of its own.

What stands in the clear is sealed on the way up and opened on the way down, so both need the
vault where there are rows. Not safe with the code before it: that cannot open what is sealed.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

from app.storage.migrations.sealing import check, fill, rows_of, vault_of_the_walk

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

DOCUMENT, CASE_KEY = "applications.document_sealed", "case_keys.sealed"
UNCHANGED = """
CREATE FUNCTION application_rounds_never_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a round is never written again'
    USING ERRCODE = 'integrity_constraint_violation',
          CONSTRAINT = 'application_rounds_never_change';
END $$
"""
TRIGGER = """
CREATE TRIGGER application_rounds_never_change BEFORE UPDATE ON application_rounds
  FOR EACH ROW EXECUTE FUNCTION application_rounds_never_change()
"""


def upgrade() -> None:
    op.execute("SET CONSTRAINTS ALL IMMEDIATE")  # else the tables cannot be altered after an UPDATE
    _seal_numbers()
    _seal_rounds()
    for row in rows_of("SELECT vacancy, document_hash FROM nominations", "document_hash"):
        keyed = vault_of_the_walk().index("nominations.document_hash", row.document_hash.hex())
        op.get_bind().execute(
            sa.text(
                "UPDATE nominations SET document_hash = :keyed"
                " WHERE vacancy = :vacancy AND document_hash = :document_hash"
            ),
            {"keyed": keyed, **row._mapping},
        )
    op.execute("DELETE FROM idempotency_keys")  # answers in clear; they live for a day


def downgrade() -> None:
    op.execute("SET CONSTRAINTS ALL IMMEDIATE")
    op.execute("DELETE FROM idempotency_keys")
    op.execute("DELETE FROM nominations")  # a keyed hash has no way back: the employer is asked
    _open_rounds()
    _open_numbers()


def _seal_numbers() -> None:
    op.add_column("applications", sa.Column("document_sealed", sa.LargeBinary()))
    op.add_column("applications", sa.Column("document_index", sa.LargeBinary()))
    op.add_column("applications", sa.Column("erased_at", sa.DateTime(timezone=True)))

    def seal(row: sa.Row[Any]) -> tuple[bytes, bytes]:
        vault = vault_of_the_walk()
        return vault.seal(DOCUMENT, row.id, row.number), vault.index(
            "applications.document_index", row.number
        )

    fill(
        "applications",
        ("document_sealed", "document_index"),
        "SELECT id, answers ->> 'document_number' AS number FROM applications"
        " WHERE answers ->> 'document_number' <> ''",
        seal,
    )
    op.execute(
        "UPDATE applications SET answers = answers - 'document_number', search_text ="
        " btrim(replace(' ' || search_text || ' ',"
        " ' ' || lower(coalesce(answers ->> 'document_number', '')) || ' ', ' '))"
        " WHERE answers ? 'document_number'"
    )
    op.drop_index("ix_applications_document_number", table_name="applications")
    op.create_index(
        "ix_applications_document_index",
        "applications",
        ["document_index"],
        postgresql_where=sa.text("round > 0"),
    )
    check(
        "applications", "document_together", "(document_sealed IS NULL) = (document_index IS NULL)"
    )
    check("applications", "no_number_in_clear", "NOT answers ? 'document_number'")
    check(
        "applications",
        "erased",
        "erased_at IS NULL OR (document_sealed IS NULL AND answers = '{}' AND worker_name = ''"
        " AND search_text = '')",
    )


def _open_numbers() -> None:
    for name in ("erased", "no_number_in_clear", "document_together"):
        op.drop_constraint(op.f(f"ck_applications_{name}"), "applications", type_="check")
    op.drop_index("ix_applications_document_index", table_name="applications")
    op.add_column("applications", sa.Column("document_opened", sa.LargeBinary()))
    fill(
        "applications",
        ("document_opened",),
        "SELECT id, document_sealed FROM applications WHERE document_sealed IS NOT NULL",
        lambda row: (vault_of_the_walk().open(DOCUMENT, row.id, row.document_sealed).encode(),),
    )
    op.execute(
        "UPDATE applications SET"
        " answers = answers || jsonb_build_object('document_number', convert_from(document_opened, 'UTF8')),"
        " search_text = btrim(replace(' ' || search_text || ' ', ' ' || (answers ->> 'phone') || ' ',"
        " ' ' || coalesce(lower(convert_from(document_opened, 'UTF8')) || ' ', '')"
        " || (answers ->> 'phone') || ' '))"
        " WHERE answers <> '{}' AND answers ->> 'phone' IS NOT NULL"
    )
    op.execute(
        "UPDATE applications SET"
        " answers = answers || jsonb_build_object('document_number', convert_from(document_opened, 'UTF8')),"
        " search_text = btrim(search_text || coalesce(' ' || lower(convert_from(document_opened, 'UTF8')), ''))"
        " WHERE answers <> '{}' AND answers ->> 'phone' IS NULL"
    )
    op.create_index(
        "ix_applications_document_number",
        "applications",
        [sa.text("(answers ->> 'document_number')")],
        postgresql_where=sa.text("round > 0"),
    )
    for name in ("document_opened", "erased_at", "document_index", "document_sealed"):
        op.drop_column("applications", name)


def _seal_rounds() -> None:
    op.create_table(
        "case_keys",
        sa.Column("application", sa.UUID(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["application"],
            ["applications.id"],
            name=op.f("fk_case_keys_application_applications"),
        ),
        sa.PrimaryKeyConstraint("application", name=op.f("pk_case_keys")),
    )
    op.drop_constraint(op.f("ck_application_rounds_digest"), "application_rounds", type_="check")
    op.alter_column("application_rounds", "content", new_column_name="content_clear")
    op.add_column("application_rounds", sa.Column("content", sa.LargeBinary()))
    bind, keys = op.get_bind(), {}
    for row in rows_of(
        "SELECT application, round, digest, content_clear, submitted_at FROM application_rounds",
        "application, round",
    ):
        if row.application not in keys:
            keys = {row.application: vault_of_the_walk().make_key(CASE_KEY, row.application)}
            bind.execute(
                sa.text("INSERT INTO case_keys VALUES (:case, :sealed, :made_at)"),
                {
                    "case": row.application,
                    "sealed": keys[row.application],
                    "made_at": row.submitted_at,
                },
            )
        _write_round(
            row,
            vault_of_the_walk().seal_under(
                keys[row.application], _place(row), row.application, row.content_clear
            ),
        )
    op.drop_column("application_rounds", "content_clear")
    op.alter_column("application_rounds", "content", nullable=False)
    op.execute(UNCHANGED)
    op.execute(TRIGGER)


def _open_rounds() -> None:
    op.execute("DROP TRIGGER application_rounds_never_change ON application_rounds")
    op.execute("DROP FUNCTION application_rounds_never_change")
    op.alter_column("application_rounds", "content", new_column_name="content_sealed")
    op.add_column("application_rounds", sa.Column("content", sa.Text()))
    for row in rows_of(
        "SELECT r.application, r.round, r.digest, r.content_sealed, k.sealed AS key"
        " FROM application_rounds r LEFT JOIN case_keys k USING (application)",
        "r.application, r.round",
    ):
        opened = ""  # its key was destroyed: the content is gone
        if row.key is not None:
            opened = vault_of_the_walk().open_under(
                row.key, _place(row), row.application, row.content_sealed
            )
        _write_round(row, opened)
    op.drop_column("application_rounds", "content_sealed")
    op.alter_column("application_rounds", "content", nullable=False)
    op.execute(  # NOT VALID: rounds whose key was destroyed have nothing that fits their digest
        "ALTER TABLE application_rounds ADD CONSTRAINT ck_application_rounds_digest CHECK"
        " (digest = encode(sha256(convert_to(content, 'UTF8')), 'hex')) NOT VALID"
    )
    op.drop_table("case_keys")


def _place(row: sa.Row[Any]) -> str:
    return f"{CASE_KEY}/{row.round}/{row.digest}"


def _write_round(row: sa.Row[Any], content: bytes | str) -> None:
    op.get_bind().execute(
        sa.text(
            "UPDATE application_rounds SET content = :content"
            " WHERE application = :application AND round = :round"
        ),
        {"content": content, "application": row.application, "round": row.round},
    )
