"""Whether a row is what somebody searches by a text."""

from collections.abc import Mapping
from typing import Protocol

from sqlalchemy import ColumnElement, and_, func, or_
from sqlalchemy.sql.base import ReadOnlyColumnCollection

from app.storage.search_keys import SHORTEST, parts_of, slips_of

Columns = ReadOnlyColumnCollection[str, ColumnElement[object]]


class Sought(Protocol):
    """What is searched, folded; see `QueueFilter`."""

    @property
    def text(self) -> str:
        """Words, each of which must be found."""

    @property
    def documents(self) -> Mapping[str, bytes]:
        """Words, and the whole, that may be a document number, by its keyed hash."""

    @property
    def forgiving(self) -> bool:
        """Whether a name may have one slip."""

    @property
    def common(self) -> bool:
        """Whether the keys are left alone: they would find too many."""


def mentions(columns: Columns, sought: Sought) -> ColumnElement[bool]:
    """Whether every word is part of what is searched, or the whole is a document's number."""
    words = [_mentions(columns, word, sought) for word in sought.text.split()]
    return or_(and_(*words), *_names(columns, sought.text, sought))


def _mentions(columns: Columns, word: str, sought: Sought) -> ColumnElement[bool]:
    """Whether a word is part of a name, the phone, the employer or the receipt, or the whole
    number of the document; or a name but for a slip, where that is forgiven.

    The index finds the rows that have all its threes of letters; that they stand in one word is
    looked at then.
    """
    keys, receipt = columns["search_keys"], func.lower(func.replace(columns["receipt"], "-", ""))
    conditions: list[ColumnElement[bool]] = []
    if len(word) < SHORTEST or not sought.common:
        conditions.append(keys.contains(parts_of(word)))
    if len(word) >= SHORTEST:
        written = columns["search_text"].contains(word, autoescape=True)
        conditions.append(or_(written, receipt.contains(word, autoescape=True)))
    slips = slips_of(word) if sought.forgiving else []
    alike = [keys.overlap(slips)] if slips else []
    return or_(and_(*conditions), *alike, *_names(columns, word, sought))


def _names(columns: Columns, words: str, sought: Sought) -> list[ColumnElement[bool]]:
    hashed = sought.documents.get(words)
    return [] if hashed is None else [columns["document_index"] == hashed]
