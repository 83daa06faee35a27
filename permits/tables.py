"""Plain data (of TOML, CSV or JSON) read strictly: every fault is noted, none is guessed away."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import TypedDict, TypeVar

from permits.errors import Fault

_ANY = re.compile(r".*\S.*", re.DOTALL)
_NO_DAY = date(1, 1, 1)
_LEAP_YEAR = 2024

Kind = TypeVar("Kind", int, str, bool, date, list[object], dict[str, object])
Word = TypeVar("Word", bound=StrEnum)


class Clause(TypedDict):
    """What every value of law or policy carries, as in `programmes.Threshold`."""

    source: str
    valid_from: date
    note: str
    confirmed: bool


class Table:
    """One mapping being read.

    Each method returns the value, or notes a fault (`missing`, `wrong-type`, `unknown-value`,
    `out-of-range`, `twice`, `unknown-key`) and returns a stand-in, so that all faults show at once.
    The caller refuses when `faults` is not empty, and never uses a stand-in. The field of a fault
    is the path of the key, with dots.
    """

    def __init__(self, values: Mapping[str, object], faults: list[Fault], path: str = "") -> None:
        self._values, self._faults, self._path = values, faults, path
        self._left = set(values)

    def fault(self, code: str, key: str) -> None:
        """Note a fault of this table's key."""
        self._faults.append(Fault(code, f"{self._path}{key}"))

    def has(self, key: str) -> bool:
        """Whether the key is there, for what may be left out."""
        return key in self._values

    def close(self) -> None:
        """Whatever was not asked for is not known."""
        for key in sorted(self._left):
            self.fault("unknown-key", key)

    def number(self, key: str, least: int, most: int) -> int:
        """A whole number within its bounds, both included."""
        value = self._take(key, int)
        if value is not None and not least <= value <= most:
            self.fault("out-of-range", key)
        return value or 0

    def flag(self, key: str) -> bool:
        """True or false."""
        return self._take(key, bool) or False

    def text(self, key: str, pattern: re.Pattern[str] = _ANY) -> str:
        """A text of the pattern; by default anything but white space alone."""
        value = self._take(key, str)
        if value is not None and not pattern.fullmatch(value):
            self.fault("unknown-value", key)
        return value or ""

    def texts(
        self, key: str, pattern: re.Pattern[str], *, may_be_empty: bool = False
    ) -> tuple[str, ...]:
        """A list of texts of the pattern, none twice."""
        values = self._take(key, list)
        if values is None:
            return ()
        if not values and not may_be_empty:
            self.fault("missing", key)
        texts = tuple(value for value in values if isinstance(value, str))
        if len(texts) != len(values):
            self.fault("wrong-type", key)
        if not all(map(pattern.fullmatch, texts)):
            self.fault("unknown-value", key)
        if len(set(texts)) != len(texts):
            self.fault("twice", key)
        return texts

    def entries(self, key: str, most: int) -> list[object]:
        """A list of anything, at least one and at most so many, for the caller to read on."""
        values = self._take(key, list)
        if values is not None and not 0 < len(values) <= most:
            self.fault("out-of-range", key)
        return (values or [])[:most]

    def choice(self, key: str, words: type[Word]) -> Word:
        """One word of the list."""
        word = self._take(key, str)
        if word is not None and word not in set(words):
            self.fault("unknown-value", key)
        return words(word) if word in set(words) else next(iter(words))

    def choices(self, key: str, words: type[Word]) -> tuple[Word, ...]:
        """Words of the list, at least one, none twice, in the order given."""
        known = re.compile("|".join(map(re.escape, words)))
        return tuple(words(word) for word in self.texts(key, known) if word in set(words))

    def day(self, key: str) -> date:
        """A date without a time."""
        return self._take(key, date) or _NO_DAY

    def month_and_day(self, key: str) -> tuple[int, int]:
        """A day of any year as `MM-DD`; 29 February is one."""
        value = self._take(key, str)
        if value is None:
            return 1, 1
        try:
            day = datetime.strptime(f"{_LEAP_YEAR}-{value}", "%Y-%m-%d")  # noqa: DTZ007  (no zone)
        except ValueError:
            self.fault("unknown-value", key)
            return 1, 1
        return day.month, day.day

    def table(self, key: str) -> "Table":
        """A table within; an empty one (whose keys are then missing) where there is none."""
        value = self._take(key, dict)
        return Table(value or {}, self._faults, f"{self._path}{key}.")

    def clause(self) -> Clause:
        """Where a value stands, since when, and whether counsel has confirmed it."""
        return {
            "source": self.text("source"),
            "valid_from": self.day("valid_from"),
            "note": self.text("note"),
            "confirmed": self.flag("confirmed"),
        }

    def versions(self, key: str) -> "list[Table]":
        """Tables in a list, or one that stands alone; an empty one where there is none."""
        value = self._values.get(key)
        if type(value) is not list:
            return [self.table(key)]
        self._left.discard(key)
        if not value:
            self.fault("missing", key)
        found = [(at, one) for at, one in enumerate(value) if type(one) is dict]
        if len(found) != len(value):
            self.fault("wrong-type", key)
        return [Table(one, self._faults, f"{self._path}{key}.{at}.") for at, one in found]

    def tables(self, key: str, most: int) -> list["Table"]:
        """A list of tables, each by its place from 0; an empty one for what is none."""
        return [
            Table(row if isinstance(row, dict) else {}, self._faults, f"{self._path}{key}.{place}.")
            for place, row in enumerate(self.entries(key, most))
        ]

    def _take(self, key: str, kind: type[Kind]) -> Kind | None:
        self._left.discard(key)
        if key not in self._values:
            self.fault("missing", key)
            return None
        value = self._values[key]
        if type(value) is not kind:  # a bool is no number here, nor an instant a day
            self.fault("wrong-type", key)
            return None
        return value
