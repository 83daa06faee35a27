"""Whether a row is what somebody searches by a text, whatever list it stands in.

A case is searched by `mentions`, or `of_cases` where the list is of something that hangs on a case;
what has a name and no keys (an employer, a farm, an account) by `says`; sealed names by `is_named`.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from sqlalchemy import ColumnElement, and_, false, func, or_, true
from sqlalchemy.sql.base import ReadOnlyColumnCollection

from app.storage.search_keys import SHORTEST, parts_of, slips_of
from permits.searches import SearchField, read_search

Columns = ReadOnlyColumnCollection[str, ColumnElement[object]]


FORGIVING = frozenset({SearchField.ANYWHERE, SearchField.NAME})
"""Where a slip in a word is forgiven."""

LOOKED_PAST = "áéíóúüñ-'", "aeiouun"
"""Signs and what `permits.folding.fold` makes of each; the last ones are left out."""


class Sought(Protocol):
    """What is searched, folded; see `QueueFilter`."""

    @property
    def text(self) -> str:
        """Words, each of which must be found, some of them in one field (`permits.searches`)."""

    @property
    def documents(self) -> Mapping[str, bytes]:
        """Words, and the whole, that may be a document number, by its keyed hash."""

    @property
    def workers(self) -> Mapping[str, Collection[str]]:
        """Words, and the whole, that are a worker's number, by all numbers of that person."""

    @property
    def forgiving(self) -> bool:
        """Whether a name may have one slip."""

    @property
    def common(self) -> bool:
        """Whether the keys are left alone: they would find too many."""


@dataclass(frozen=True)
class Search:
    """What somebody typed, as a list of cases understands it (`Sought`); nothing finds all."""

    text: str = ""
    documents: Mapping[str, bytes] = field(default_factory=dict)
    workers: Mapping[str, Collection[str]] = field(default_factory=dict)
    forgiving: bool = False
    common: bool = False


EVERY = Search()


def folded(column: ColumnElement[Any]) -> ColumnElement[str]:
    """A short text as it is searched: lower case and without accents."""
    return func.translate(func.lower(column), *LOOKED_PAST)


def says(text: str, *columns: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether each word of a folded text is part of one of these; true where there is no word.

    It reads every row of the list: for tables of employers, farms and accounts, not of people.
    """
    places = [folded(column) for column in columns]
    words = (
        or_(*(place.contains(word, autoescape=True) for place in places)) for word in text.split()
    )
    return and_(true(), *words)


def is_named(columns: Columns, text: str) -> ColumnElement[bool]:
    """Whether the keys have each word of a folded text, where the name itself stands sealed."""
    keys = columns["search_keys"]
    return and_(true(), *(keys.contains(parts_of(word)) for word in text.split()))


def of_cases(cases: Columns, sought: Sought) -> list[ColumnElement[bool]]:
    """The condition on the cases of a list; none where nothing is searched."""
    return [mentions(cases, sought)] if sought.text else []


def mentions(columns: Columns, sought: Sought) -> ColumnElement[bool]:
    """Whether all that is asked for is found, each where it was asked for."""
    asked = [_FOUND_IN[field](columns, words, sought) for field, words in read_search(sought.text)]
    return and_(true() if asked else false(), *asked)


def _anywhere(columns: Columns, words: str, sought: Sought) -> ColumnElement[bool]:
    """Whether every word is part of what is searched, or the whole is a document's number."""
    found = [_mentions(columns, word, sought) for word in words.split()]
    return or_(and_(*found), *_numbered(columns, words, sought))


def _mentions(columns: Columns, word: str, sought: Sought) -> ColumnElement[bool]:
    """Whether a word is part of a name, the phone, the employer or the receipt, or the whole
    number of the document or of the worker; or a name but for a slip, where that is forgiven.
    """
    alike = _alike(columns, word, sought)
    if alike and _slips_alone(sought):
        return or_(*alike)
    part = _part_of(columns, word, sought, columns["search_text"], _receipt(columns))
    return or_(part, *alike, *_numbered(columns, word, sought))


def _part_of(
    columns: Columns, word: str, sought: Sought, *texts: ColumnElement[Any]
) -> ColumnElement[bool]:
    """Whether a word is part of one of the texts.

    The index finds the rows that have all its threes of letters; that they stand in one word is
    looked at then. What is shorter begins a name.
    """
    keys, conditions = columns["search_keys"], list[ColumnElement[bool]]()
    if len(word) < SHORTEST or not sought.common:
        conditions.append(keys.contains(parts_of(word)))
    if len(word) >= SHORTEST:
        conditions.append(or_(*(text.contains(word, autoescape=True) for text in texts)))
    return and_(*conditions)


def _alike(columns: Columns, word: str, sought: Sought) -> list[ColumnElement[bool]]:
    slips = slips_of(word) if sought.forgiving else []
    return [columns["search_keys"].overlap(slips)] if slips else []


def _slips_alone(sought: Sought) -> bool:
    """Whether this is the one word that can be forgiven: as it is written it was not found, and
    the index alone tells what is alike."""
    asked = [words for field, words in read_search(sought.text) if field in FORGIVING]
    return sum(bool(slips_of(word)) for words in asked for word in words.split()) == 1


def _numbered(columns: Columns, words: str, sought: Sought) -> list[ColumnElement[bool]]:
    numbers = sought.workers.get(words, ())
    worker = [columns["worker_number"].in_(numbers)] if numbers else []
    return [*_names(columns, words, sought), *worker]


def _names(columns: Columns, words: str, sought: Sought) -> list[ColumnElement[bool]]:
    hashed = sought.documents.get(words)
    return [] if hashed is None else [columns["document_index"] == hashed]


def _receipt(columns: Columns) -> ColumnElement[Any]:
    return func.lower(func.replace(columns["receipt"], "-", ""))


def _in_name(columns: Columns, words: str, sought: Sought) -> ColumnElement[bool]:
    """What is searched begins with the name, and what was handed in has a phone behind it."""
    return and_(*(_names_so(columns, word, sought) for word in words.split()))


def _names_so(columns: Columns, word: str, sought: Sought) -> ColumnElement[bool]:
    alike = _alike(columns, word, sought)
    if alike and _slips_alone(sought):
        return or_(*alike)
    name = func.split_part(columns["search_text"], " +", 1)
    return or_(_part_of(columns, word, sought, name), *alike)


def _in_phone(columns: Columns, words: str, sought: Sought) -> ColumnElement[bool]:
    behind = func.split_part(columns["search_text"], " +", 2)
    return _in_number(columns, words, sought, func.split_part(behind, " ", 1))


def _in_receipt(columns: Columns, words: str, sought: Sought) -> ColumnElement[bool]:
    return _in_number(columns, words, sought, _receipt(columns))


def _in_number(
    columns: Columns, words: str, sought: Sought, number: ColumnElement[Any]
) -> ColumnElement[bool]:
    """Whether every word, three signs at least, is part of the number; as written, without +."""
    parts = words.replace("+", "").split()
    if any(len(part) < SHORTEST for part in parts):
        return false()
    return and_(true(), *(_part_of(columns, part, sought, number) for part in parts))


def _is_document(columns: Columns, words: str, sought: Sought) -> ColumnElement[bool]:
    return or_(false(), *_names(columns, words, sought))


_FOUND_IN: Mapping[SearchField, Callable[[Columns, str, Sought], ColumnElement[bool]]] = {
    SearchField.ANYWHERE: _anywhere,
    SearchField.NAME: _in_name,
    SearchField.DOCUMENT: _is_document,
    SearchField.PHONE: _in_phone,
    SearchField.RECEIPT: _in_receipt,
}
