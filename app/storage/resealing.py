"""Sealing again with the newest key: every sealed column, in batches by the id of its row."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Column, Table, select, update

from app.storage.appeals import appeals
from app.storage.applications import applications
from app.storage.case_judgements import case_judgements
from app.storage.case_notes import case_notes
from app.storage.check_ins import check_ins
from app.storage.codecisions import codecisions
from app.storage.companions import companions
from app.storage.cost_cases import cost_cases
from app.storage.cost_entries import cost_entries
from app.storage.cost_parts import cost_parts
from app.storage.credentials import credentials
from app.storage.data_requests import data_requests
from app.storage.database import Session
from app.storage.faces import faces
from app.storage.factors import factors
from app.storage.identity_tables import identity_changes
from app.storage.info_requests import info_items
from app.storage.offer_reports import offer_reports
from app.storage.openings import openings
from app.storage.past_permits import past_permits
from app.storage.ratings import employer_ratings
from app.storage.read_zones import read_zones
from app.storage.return_counts import return_counts
from app.storage.return_surveys import return_surveys
from app.storage.revocations import revocations
from app.storage.rounds import case_keys
from app.storage.sealed import Vault
from app.storage.wanted_cases import wanted_cases
from app.storage.watch_checks import watch_checks
from app.storage.welfare_claims import welfare_claims


@dataclass(frozen=True)
class SealedColumn:
    """A column that the vault sealed to `table.column` and to the id in `row`."""

    table: Table
    row: Column[UUID]
    column: Column[bytes]

    @property
    def place(self) -> str:
        """The place that its values are sealed to."""
        return f"{self.table.name}.{self.column.name}"


def _sealed(table: Table, row: str, *names: str) -> tuple[SealedColumn, ...]:
    return tuple(SealedColumn(table, table.c[row], table.c[name]) for name in names)


SEALED: tuple[SealedColumn, ...] = (
    *_sealed(appeals, "id", "words", "answer"),
    *_sealed(applications, "id", "document_sealed"),
    *_sealed(case_judgements, "id", "findings"),
    *_sealed(case_keys, "application", "sealed"),
    *_sealed(case_notes, "id", "words"),
    *_sealed(check_ins, "id", "answers", "findings", "added"),
    *_sealed(codecisions, "id", "words", "why"),
    *_sealed(companions, "id", "document"),
    *_sealed(cost_cases, "id", "told"),
    *_sealed(cost_entries, "id", "told", "voice_sealed"),
    *_sealed(cost_parts, "id", "told"),
    *_sealed(credentials, "id", "to_be_signed", "payload", "text"),
    *_sealed(data_requests, "id", "words", "answer"),
    *_sealed(employer_ratings, "employer", "waiting"),
    *_sealed(faces, "credential", "text"),
    *_sealed(factors, "id", "secret_sealed"),
    *_sealed(identity_changes, "id", "content"),
    *_sealed(info_items, "id", "question", "answer"),
    *_sealed(offer_reports, "id", "told"),
    *_sealed(openings, "id", "reason", "note"),
    *_sealed(past_permits, "id", "told"),
    *_sealed(read_zones, "application", "text"),
    *_sealed(return_counts, "id", "waiting"),
    *_sealed(return_surveys, "authorisation", "answers"),
    *_sealed(revocations, "id", "hearing"),
    *_sealed(wanted_cases, "id", "reasons"),
    *_sealed(watch_checks, "id", "found", "note"),
    *_sealed(welfare_claims, "id", "told", "steps"),
)
"""Every column that is sealed by the vault itself; content of rounds is under its case's key."""

FIRST = UUID(int=0)


def reseal_batch(
    session: Session, vault: Vault, sealed: SealedColumn, after: UUID, limit: int
) -> tuple[int, UUID | None]:
    """Seal the next rows with the newest key; how many there were, and where to go on, or None.

    What the newest key sealed already is left; a row that somebody writes meanwhile waits.
    """
    rows = session.execute(
        select(sealed.row, sealed.column)
        .where(sealed.row > after, sealed.column.is_not(None))
        .order_by(sealed.row)
        .limit(limit)
        .with_for_update()
    ).all()
    changed = 0
    for row, value in rows:
        if vault.is_current(value):
            continue
        text = vault.open(sealed.place, row, value)
        session.execute(
            update(sealed.table)
            .where(sealed.row == row)
            .values({sealed.column: vault.seal(sealed.place, row, text)})
        )
        changed += 1
    return changed, rows[-1][0] if len(rows) == limit else None
