"""The bytes and the text of permits stand sealed, for they name a person and their document."""

import base64
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

from app.storage.migrations.sealing import check, fill, vault_of_the_walk

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

CREDENTIAL_CHECKS = {
    "issued_together": (
        "erased_at IS NOT NULL OR (text IS NULL) = (issued_at IS NULL)",
        "(text IS NULL) = (issued_at IS NULL)",
    ),
    "pending_unsigned": ("state <> 'pending' OR text IS NULL",) * 2,
    "issued_text": (
        "state NOT IN ('issued', 'replaced') OR text IS NOT NULL OR erased_at IS NOT NULL",
        "state NOT IN ('issued', 'replaced') OR text IS NOT NULL",
    ),
}


def upgrade() -> None:
    op.execute("SET CONSTRAINTS ALL IMMEDIATE")
    _seal_credentials()


def downgrade() -> None:
    op.execute("SET CONSTRAINTS ALL IMMEDIATE")
    _open_credentials()


def _seal_credentials() -> None:
    names = ("to_be_signed", "payload", "text")
    op.add_column("credentials", sa.Column("erased_at", sa.DateTime(timezone=True)))
    _swap("credentials", names, sa.LargeBinary())

    def seal(row: sa.Row[Any]) -> tuple[bytes, bytes, bytes | None]:
        vault = vault_of_the_walk()

        def sealed(name: str) -> bytes:
            data = base64.b64encode(getattr(row, f"{name}_before")).decode()
            return vault.seal(f"credentials.{name}", row.id, data)

        text = row.text_before
        return (
            sealed("to_be_signed"),
            sealed("payload"),
            None if text is None else vault.seal("credentials.text", row.id, text),
        )

    fill("credentials", names, _before("credentials", names), seal)
    _settle(names, 0)
    check(
        "credentials",
        "erased",
        "(payload IS NULL) = (erased_at IS NOT NULL)"
        " AND (to_be_signed IS NULL) = (erased_at IS NOT NULL)"
        " AND (erased_at IS NULL OR text IS NULL)",
    )


def _open_credentials() -> None:
    names = ("to_be_signed", "payload", "text")
    op.drop_constraint(op.f("ck_credentials_erased"), "credentials", type_="check")
    _swap("credentials", names, sa.LargeBinary())

    def opened(row: sa.Row[Any]) -> tuple[bytes, bytes, bytes | None]:
        if row.payload_before is None:
            return b"", b"", b"" if row.issued_at is not None else None
        vault, text = vault_of_the_walk(), row.text_before
        parts = [
            base64.b64decode(
                vault.open(f"credentials.{name}", row.id, getattr(row, f"{name}_before"))
            )
            for name in names[:2]
        ]
        read = None if text is None else vault.open("credentials.text", row.id, text).encode()
        return parts[0], parts[1], read

    fill("credentials", names, _before("credentials", (*names, "issued_at")), opened)
    op.execute(
        "ALTER TABLE credentials ALTER COLUMN text TYPE text USING convert_from(text, 'UTF8')"
    )
    _settle(names, 1)
    for name in names[:2]:
        op.alter_column("credentials", name, nullable=False)
    op.drop_column("credentials", "erased_at")


def _before(table: str, names: Sequence[str]) -> str:
    old = ", ".join(f"{n}_before" if n != "issued_at" else n for n in names)
    return f"SELECT id, {old} FROM {table} WHERE true"  # noqa: S608


def _swap(table: str, names: Sequence[str], kind: sa.types.TypeEngine[Any]) -> None:
    """Set the columns aside and put empty ones in their place; their checks fall."""
    for name in CREDENTIAL_CHECKS:
        op.drop_constraint(op.f(f"ck_{table}_{name}"), table, type_="check")
    for name in names:
        op.alter_column(table, name, new_column_name=f"{name}_before")
        op.add_column(table, sa.Column(name, kind))


def _settle(names: Sequence[str], way: int) -> None:
    for name in names:
        op.drop_column("credentials", f"{name}_before")
    for name, texts in CREDENTIAL_CHECKS.items():
        check("credentials", name, texts[way])
