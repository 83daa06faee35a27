"""The rows of a crew list: cells as a spreadsheet holds them, read into answers and faults."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from permits.answer_checks import CHECKS, Setting, find_faults
from permits.crews import MOST_PEOPLE
from permits.errors import Fault
from permits.identity_documents import normalise
from permits.sheet_rows import (
    Cell,
    Row,
    RowFault,
    find_columns,
    first_faults,
    full_rows,
    in_order,
    plain,
    read_cell,
    read_day,
)
from permits.submissions import Answers, Sex

HOUSEHOLD = 6
"""So many may share a phone, over all lists; on a foreman's phone nobody would consent alone."""


class Column(StrEnum):
    """What a list tells of each worker, in the order of the template."""

    NUMBER = "document_number"
    GIVEN_NAMES = "given_names"
    SURNAMES = "surnames"
    BORN = "date_of_birth"
    SEX = "sex"
    MUNICIPALITY = "municipality"
    PHONE = "phone"
    LANGUAGES = "languages_spoken"
    READS = "languages_read"


OPTIONAL = frozenset({Column.READS})
"""What may be left out: the worker, or an official, says it later."""


@dataclass(frozen=True)
class Person:
    """One worker as the list tells of them."""

    row: int
    answers: Answers


@dataclass(frozen=True)
class ReadList:
    """What became of a list: the people whose rows are right, and every fault, by row."""

    people: tuple[Person, ...] = ()
    faults: tuple[RowFault, ...] = ()
    rows: int = 0


@dataclass(frozen=True)
class Lists:
    """What cells are compared with: places and languages by code, and how a phone is read.

    `read_phone` gives E.164, or None where the text is no phone number. `foreign_phones` are those
    of whoever hires: on them no worker can consent.
    """

    municipalities: Mapping[str, str]
    languages: Mapping[str, str]
    read_phone: Callable[[str], str | None]
    foreign_phones: frozenset[str] = field(default_factory=frozenset)


NAMES: Mapping[Column, tuple[str, ...]] = {
    Column.NUMBER: ("numero de documento", "document number", "dpi", "cui", "documento"),
    Column.GIVEN_NAMES: ("nombres", "given names"),
    Column.SURNAMES: ("apellidos", "surnames"),
    Column.BORN: ("fecha de nacimiento", "date of birth"),
    Column.SEX: ("sexo", "sex"),
    Column.MUNICIPALITY: ("municipio", "municipality"),
    Column.PHONE: ("telefono", "phone"),
    Column.LANGUAGES: ("idiomas", "languages"),
    Column.READS: ("idiomas que lee", "languages read", "lee"),
}
"""How a column may be headed, accents and capitals aside; the first is the template's, in each."""

_SEXES: Mapping[str, Sex] = {
    **dict.fromkeys(("mujer", "femenino", "f", "female", "woman"), Sex.FEMALE),
    **dict.fromkeys(("hombre", "masculino", "m", "h", "male", "man"), Sex.MALE),
    **dict.fromkeys(("otro", "otra", "x", "other"), Sex.OTHER),
}

_NONE = frozenset({"no", "ninguno", "none"})
"""Somebody who does not read."""


def read_list(rows: Sequence[Row], setting: Setting, lists: Lists) -> ReadList:
    """Read a list whose first row heads the columns; lines without any text are passed over.

    Where a column is missing or the list is too long no row is looked at.
    """
    full = full_rows(rows)
    if not full:
        return _refused(Fault("crew-empty"))
    head, body = full[0], full[1:]
    columns, faults = find_columns(head, NAMES, OPTIONAL)
    if not body and not faults:
        faults.append(Fault("crew-empty"))
    if len(body) > MOST_PEOPLE:
        faults.append(Fault("crew-too-long", "", {"most": MOST_PEOPLE}))
    if faults:
        return _refused(*faults)
    read = [_read(row, columns, setting, lists) for row in body]
    found = [fault for _, own in read for fault in own]
    found += _twice([person for person, _ in read])
    found += _shared_phones([person for person, _ in read], lists)
    wrong = {one.row for one in found}
    people = tuple(person for person, _ in read if person.row not in wrong)
    return ReadList(people, in_order(found, [*Column]), len(body))


def _refused(*faults: Fault) -> ReadList:
    return ReadList(faults=tuple(RowFault(0, fault) for fault in faults))


def _read(
    row: Row, columns: Mapping[Column, int], setting: Setting, lists: Lists
) -> tuple[Person, list[RowFault]]:
    values: dict[str, object] = {}
    faults: list[Fault] = []
    for column, at in columns.items():
        value = _value(column, row.cell(at), lists)
        if isinstance(value, Fault):
            faults.append(value)
        else:
            values[column.value] = value
    programme = setting.programme
    fixed = {"document_kind": programme.identity_kinds[0].value}
    fixed["nationality"] = programme.nationalities[0]
    answers = Answers(**{**values, **fixed})  # type: ignore[arg-type]
    faults += find_faults(CHECKS.keys() & values.keys(), answers, setting)
    return Person(row.number, answers), [RowFault(row.number, one) for one in first_faults(faults)]


def _value(column: Column, cell: Cell, lists: Lists) -> object:
    """The answer in a cell, or the fault."""
    readers: Mapping[Column, Callable[[str], object]] = {
        Column.NUMBER: normalise,
        Column.GIVEN_NAMES: str,
        Column.SURNAMES: str,
        Column.BORN: _day,
        Column.SEX: lambda one: _SEXES.get(plain(one)) or Fault("crew-sex", Column.SEX.value),
        Column.MUNICIPALITY: lambda one: _place(one, lists.municipalities),
        Column.PHONE: lambda one: _phone(one, lists),
        Column.LANGUAGES: lambda one: _languages(one, lists.languages, column),
        Column.READS: lambda one: (
            () if plain(one) in _NONE else _languages(one, lists.languages, column)
        ),
    }
    return read_cell(cell, column, OPTIONAL, readers[column])


def _day(text: str) -> date | Fault:
    return read_day(text) or Fault("crew-date", Column.BORN.value)


def _place(text: str, known: Mapping[str, str]) -> str | Fault:
    """A municipality by its code or by its name, where only one is called so."""
    code = text.zfill(4) if text.isdigit() else text
    if code in known:
        return code
    found = [code for code, name in known.items() if plain(name) == plain(text)]
    if len(found) == 1:
        return found[0]
    fault = "crew-place-twice" if found else "crew-place"
    return Fault(fault, Column.MUNICIPALITY.value, {"codes": ", ".join(sorted(found))})


def _phone(text: str, lists: Lists) -> str | Fault:
    number = lists.read_phone(text.lstrip("'"))
    if number is None:
        return Fault("phone-malformed", Column.PHONE.value)
    if number in lists.foreign_phones:
        return Fault("crew-phone-of-employer", Column.PHONE.value)
    return number


def _languages(text: str, known: Mapping[str, str], column: Column) -> tuple[str, ...] | Fault:
    codes = {plain(name): code for code, name in known.items()} | {code: code for code in known}
    words = [plain(word) for word in re.split(r"[,;/]", text) if word.strip()]
    if not words or not all(word in codes for word in words):
        return Fault("crew-language", column.value)
    return tuple(dict.fromkeys(codes[word] for word in words))


def _twice(people: Sequence[Person]) -> Iterator[RowFault]:
    """A document that stood in an earlier row, and a person who did under another document."""
    by_number: dict[str, int] = {}
    by_name: dict[tuple[str, date], int] = {}
    for person in people:
        said = person.answers
        number = said.document_number
        if number and number in by_number:
            facts: dict[str, str | int] = {"first": by_number[number]}
            yield RowFault(person.row, Fault("crew-row-twice", Column.NUMBER.value, facts))
        elif said.full_name and said.date_of_birth:
            first = by_name.setdefault((plain(said.full_name), said.date_of_birth), person.row)
            if first != person.row:
                fault = Fault("crew-person-twice", Column.GIVEN_NAMES.value, {"first": first})
                yield RowFault(person.row, fault)
        if number:
            by_number.setdefault(number, person.row)


def _shared_phones(people: Sequence[Person], lists: Lists) -> Iterator[RowFault]:
    sharing: dict[str, list[int]] = {}
    for person in people:
        if person.answers.phone:
            sharing.setdefault(person.answers.phone, []).append(person.row)
    for rows in sharing.values():
        for row in rows[HOUSEHOLD:]:
            fault = Fault("crew-phone-shared", Column.PHONE.value, {"most": HOUSEHOLD})
            yield RowFault(row, fault)


def shared_with_others(people: Sequence[Person], before: Mapping[str, int]) -> Iterator[RowFault]:
    """Who would share a phone with too many, as so many of other lists have it by now."""
    sharing = Counter(before)
    for person in people:
        phone = person.answers.phone
        if phone and before.get(phone):
            sharing[phone] += 1
            if sharing[phone] > HOUSEHOLD:
                fault = Fault("crew-phone-shared", Column.PHONE.value, {"most": HOUSEHOLD})
                yield RowFault(person.row, fault)
