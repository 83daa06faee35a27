"""Registries of others: what each knows, how fresh an answer is, and what it proves.

An answer that nobody gave, or an old one, proves nothing: it is `unavailable`, never "verified".
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from permits.errors import Fault, Invalid, refuse_if
from permits.folding import fold

MOST_ROWS = 50_000
NAME_LIMIT = 160


class Registry(StrEnum):
    """Whose word is asked: the tax office, SETRASS's employers, the coffee growers, licences."""

    RTN = "rtn"
    RNSP = "rnsp"
    IHCAFE = "ihcafe"
    HN_RECRUITERS = "hn-recruiters"
    GT_RECRUITERS = "gt-recruiters"


OF_RECRUITERS = (Registry.HN_RECRUITERS, Registry.GT_RECRUITERS)
"""Acuerdo STSS-141-2015 of Honduras; Acuerdo Gubernativo 50-2022 of Guatemala."""

OF_EMPLOYERS = (Registry.RTN, Registry.RNSP, Registry.IHCAFE)


class EntryState(StrEnum):
    """How the registry itself says that somebody stands there."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    ENDED = "ended"


@dataclass(frozen=True)
class RegistryInfo:
    """What is known of a registry; an answer older than `max_age_days` proves nothing."""

    registry: Registry
    name_es: str
    name_en: str
    holder: str
    max_age_days: int
    source: str


@dataclass(frozen=True)
class Entry:
    """One line of a registry; both days included, None where it tells none. `phone` is E.164."""

    number: str
    name: str
    state: EntryState
    starts_on: date | None = None
    ends_on: date | None = None
    phone: str | None = None


@dataclass(frozen=True)
class Answer:
    """What a registry said of a number as of a day; `entry` is None where it knows none."""

    entry: Entry | None
    as_of: date


class Verdict(StrEnum):
    """What an answer proves of what somebody told."""

    VERIFIED = "verified"
    OTHER_NAME = "other-name"
    NOT_ACTIVE = "not-active"
    NOT_FOUND = "not-found"
    UNAVAILABLE = "unavailable"
    NOT_TOLD = "not-told"
    """Nobody told a number to ask about."""


def normal_number(text: str) -> str:
    """A number or licence as it is compared: capital letters and digits alone."""
    return "".join(letter for letter in text.upper() if letter.isascii() and letter.isalnum())


def is_fresh(as_of: date, on: date, info: RegistryInfo) -> bool:
    """Whether what stood there on a day still counts; what claims to be of tomorrow does not."""
    return as_of <= on <= as_of + timedelta(days=info.max_age_days)


def is_active(entry: Entry, on: date) -> bool:
    """Whether it stands in force on a day, by its state and its days."""
    begun = entry.starts_on is None or entry.starts_on <= on
    over = entry.ends_on is not None and entry.ends_on < on
    return entry.state is EntryState.ACTIVE and begun and not over


def name_key(name: str) -> str:
    """A name as it is compared: its words without accents or signs, in the order of letters."""
    return " ".join(sorted(name_words(name)))


def name_words(text: str) -> list[str]:
    """The words of a text without accents or signs, in their order; "S.A." is one."""
    plain = "".join(letter if letter.isalnum() else " " for letter in fold(text).replace(".", ""))
    return plain.split()


def same_name(one: str, other: str) -> bool:
    """Whether two names have the same words; their order, accents and signs do not matter."""
    return name_key(one) == name_key(other)


def judge(answer: Answer | None, name: str, on: date, info: RegistryInfo) -> Verdict:
    """What an answer proves of somebody of this name on a day; None is what nobody answered."""
    if answer is None or not is_fresh(answer.as_of, on, info):
        return Verdict.UNAVAILABLE
    if answer.entry is None:
        return Verdict.NOT_FOUND
    if not is_active(answer.entry, on):
        return Verdict.NOT_ACTIVE
    return Verdict.VERIFIED if same_name(answer.entry.name, name) else Verdict.OTHER_NAME


COLUMNS = ("number", "name", "state", "starts_on", "ends_on", "phone")
"""Of a file; days as 2026-10-01, a phone with + and its country, empty where there is none."""


def read_entries(rows: Sequence[Mapping[str, str]]) -> list[Entry]:
    """The lines of a file; Invalid with the first lines that cannot be read, ten at most.

    A number stands once; a file without a line, or with more than MOST_ROWS, is none.
    """
    faults = [Fault("registry-empty", "file")] if not rows else []
    if len(rows) > MOST_ROWS:
        faults = [Fault("registry-too-long", "file", {"limit": MOST_ROWS})]
    refuse_if(faults)
    found: dict[str, Entry] = {}
    wrong: list[Fault] = []
    for line, row in enumerate(rows, start=2):
        entry = _entry(row)
        if entry is None or entry.number in found:
            wrong.append(Fault("registry-line", "file", {"line": line}))
        else:
            found[entry.number] = entry
    if wrong:
        raise Invalid(wrong[:10])
    return list(found.values())


def _entry(row: Mapping[str, str]) -> Entry | None:
    number, name = normal_number(row.get("number", "")), row.get("name", "").strip()
    phone = row.get("phone", "").strip()
    fit = number and len(number) <= 40 and name and len(name) <= NAME_LIMIT
    if not fit or (phone and not (phone[0] == "+" and phone[1:].isdigit() and len(phone) < 17)):
        return None
    try:
        state = EntryState(row.get("state", ""))
        starts_on, ends_on = _day(row.get("starts_on", "")), _day(row.get("ends_on", ""))
    except ValueError:
        return None
    if starts_on is not None and ends_on is not None and ends_on < starts_on:
        return None
    return Entry(number, name, state, starts_on, ends_on, phone or None)


def _day(text: str) -> date | None:
    return date.fromisoformat(text.strip()) if text.strip() else None
