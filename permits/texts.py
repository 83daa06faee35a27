"""The words of letters and messages that may be changed, and what a new version must keep.

A text is filled, never run: its places `%(name)s` are all that it may have, and a new version has
the very same ones, so that no link, number or day is lost and nothing else can be asked for.
"""

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from permits import plain_words
from permits.errors import Fault
from permits.plain_words import PLACE

Said = Mapping[str, Mapping[str, str]]
"""Versions that count: language → the house's Spanish text → what is said in its place."""

LANGUAGES = ("es", "en")
TEXT_LIMIT = 600
"""Characters of one text."""

_STRAY = re.compile(r"%(?!\(\w+\)s)")


@dataclass(frozen=True)
class TextSlot:
    """A text of the house: `spanish` is what it says there, `english` its translation.

    `stands_in` names the notices (`notices/<kind>/<part>`) and the papers (`letters/<paper>`).
    """

    spanish: str
    english: str
    stands_in: tuple[str, ...]

    @property
    def id(self) -> str:
        """Stable as long as the house's Spanish text is: twelve hex digits of its SHA-256."""
        return slot_id(self.spanish)

    @property
    def places(self) -> frozenset[str]:
        """The names of its places."""
        return frozenset(PLACE.findall(self.spanish))


def slot_id(spanish: str) -> str:
    """The id of the slot with this text of the house."""
    return hashlib.sha256(spanish.encode()).hexdigest()[:12]


def find_faults(slot: TextSlot, texts: Mapping[str, str]) -> list[Fault]:
    """What is wrong with a version in both languages; all at once, by language."""
    faults = [fault for code in LANGUAGES for fault in _faults_of(slot, texts.get(code, ""), code)]
    return faults + plain_words.find_faults(texts.get("es", ""), "es")


def _faults_of(slot: TextSlot, text: str, field: str) -> list[Fault]:
    if not text.strip():
        return [Fault("missing", field)]
    found = PLACE.findall(text)
    lost, foreign = slot.places - set(found), set(found) - slot.places
    checks: tuple[tuple[bool, str, dict[str, str | int]], ...] = (
        (len(text) > TEXT_LIMIT, "too-long", {"limit": TEXT_LIMIT}),
        (bool(lost), "place-lost", {"places": _named(lost)}),
        (bool(foreign), "place-unknown", {"places": _named(foreign)}),
        (_STRAY.search(text) is not None, "stray-percent", {}),
        (any(unicodedata.category(c) in {"Cc", "Cs"} for c in text), "wrong-shape", {}),
    )
    return [Fault(code, field, facts) for wrong, code, facts in checks if wrong]


def _named(places: frozenset[str] | set[str]) -> str:
    return ", ".join(f"%({name})s" for name in sorted(places))
