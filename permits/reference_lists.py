"""The lists that change by decree or by the day: days off, posts, places, rates, help lines.

A row is known by its key and counts from its first day; a later row with the same key takes its
place. No row goes: what was crossed, offered or answered under it keeps its name. Only a day off
and a help line may be called off.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from permits.errors import Fault


class ListName(StrEnum):
    """Which list."""

    CLOSURES = "closures"
    """Days on which the offices are closed beside the public holidays."""
    POSTS = "posts"
    MUNICIPALITIES = "municipalities"
    OCCUPATIONS = "occupations"
    EXCHANGE_RATES = "exchange-rates"
    """How many lempiras one unit of a currency was on a day."""
    HELP_LINES = "help-lines"
    """Where to call, by country of work."""


@dataclass(frozen=True)
class ListShape:
    """The columns of a list: those that make its key, those that a row must have, the others."""

    key: tuple[str, ...]
    needed: tuple[str, ...]
    free: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """All of them, in order."""
        return (*self.key, *self.needed, *self.free)


SHAPES: Mapping[ListName, ListShape] = {
    ListName.CLOSURES: ListShape(("day",), ("reason",), ("called_off",)),
    ListName.POSTS: ListShape(
        ("code",),
        ("name", "department", "neighbour"),
        ("across", "opens", "closes", "latitude", "longitude", "note"),
    ),
    ListName.MUNICIPALITIES: ListShape(("country", "code"), ("name",)),
    ListName.OCCUPATIONS: ListShape(("code",), ("name_es", "name_en")),
    ListName.EXCHANGE_RATES: ListShape(("currency", "day"), ("lempiras",)),
    ListName.HELP_LINES: ListShape(
        ("code",), ("country", "name_es", "name_en", "phone"), ("ended",)
    ),
}

CALLED_OFF = "yes"
"""Of a day off on which the offices work after all, and of a help line that nobody answers."""

VALUE_LIMIT = 200
"""Characters of a value."""

_SHAPE_OF: Mapping[str, re.Pattern[str]] = {
    "posts.code": re.compile(r"HN-[A-Z]{2}-\d{1,2}"),
    "posts.neighbour": re.compile(r"[A-Z]{3}"),
    "posts.latitude": re.compile(r"|-?\d{1,2}(\.\d{1,4})?"),
    "posts.longitude": re.compile(r"|-?\d{1,3}(\.\d{1,4})?"),
    "municipalities.code": re.compile(r"\d{4}"),
    "occupations.code": re.compile(r"\d{4}"),
    "closures.called_off": re.compile(rf"|{CALLED_OFF}"),
    # In lempiras the wage stands already; a rate of zero would make a debt vanish.
    "exchange-rates.currency": re.compile(r"(?!HNL)[A-Z]{3}"),
    "exchange-rates.lempiras": re.compile(r"(?=.*[1-9])\d{1,5}(\.\d{1,8})?"),
    "help-lines.code": re.compile(r"[a-z0-9]+(-[a-z0-9]+)*"),
    "help-lines.country": re.compile(r"[A-Z]{3}"),
    "help-lines.phone": re.compile(r"\+?\d[\d -]{1,18}\d"),
    "help-lines.ended": re.compile(rf"|{CALLED_OFF}"),
}


@dataclass(frozen=True)
class Known:
    """What a row may name: departments (ISO 3166-2), and each country's codes of them."""

    departments: Collection[str]
    prefixes: Mapping[str, Collection[str]]


def key_of(name: ListName, row: Mapping[str, str]) -> str:
    """The key of a row, as proposals and the log name it."""
    return "-".join(row.get(column, "") for column in SHAPES[name].key)


def subject_of(name: ListName, row: Mapping[str, str]) -> str:
    """What a change of this row is about."""
    return f"{name.value}:{key_of(name, row)}"


def find_faults(name: ListName, row: Mapping[str, str], known: Known) -> list[Fault]:
    """What is wrong with a row; all at once, by column."""
    shape, faults = SHAPES[name], []
    for column in shape.columns:
        value = row.get(column, "")
        if not value:
            faults += [Fault("missing", column)] if column not in shape.free else []
        elif len(value) > VALUE_LIMIT:
            faults.append(Fault("too-long", column, {"limit": VALUE_LIMIT}))
        elif not _fits(name, column, value):
            faults.append(Fault("wrong-shape", column))
    return faults or _unknown(name, row, known)


def _fits(name: ListName, column: str, value: str) -> bool:
    try:
        if column == "day":
            date.fromisoformat(value)
        if column in {"opens", "closes"} and value != "24:00":
            time.fromisoformat(value)
    except ValueError:
        return False
    pattern = _SHAPE_OF.get(f"{name.value}.{column}")
    return value.isprintable() and (pattern is None or pattern.fullmatch(value) is not None)


def _unknown(name: ListName, row: Mapping[str, str], known: Known) -> list[Fault]:
    if name is ListName.POSTS:
        wrong = [] if row["department"] in known.departments else ["department"]
        one_side = bool(row.get("latitude")) != bool(row.get("longitude"))
        return [Fault("not-an-option", field) for field in (*wrong, *["longitude"] * one_side)]
    if name is ListName.MUNICIPALITIES:
        if row["country"] not in known.prefixes:
            return [Fault("not-an-option", "country")]
        if row["code"][:2] not in known.prefixes[row["country"]]:
            return [Fault("not-an-option", "code")]
    return []
