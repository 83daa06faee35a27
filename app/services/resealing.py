"""Bringing every sealed field under the newest key, batch by batch."""

from collections.abc import Sequence
from uuid import UUID

from app.services.work import Work
from app.storage import resealing
from app.storage.resealing import FIRST, SEALED, SealedColumn

__all__ = ["FIRST", "columns", "reseal_batch"]

BATCH = 500


def columns() -> Sequence[SealedColumn]:
    """Every sealed column, in the order in which they are sealed again."""
    return SEALED


def reseal_batch(
    work: Work, sealed: SealedColumn, after: UUID, limit: int = BATCH
) -> tuple[int, UUID | None]:
    """Seal some rows of a column again; how many, and the id to go on after, None at the end."""
    return resealing.reseal_batch(work.session, work.ports.vault, sealed, after, limit)
