"""The programmes that count: which file says so is an operator's act, and stands in the log.

The file lies in a folder and is no table, so that people can review it and its history: the event
is written first, the file inside the same transaction (as `app.services.keys` does).
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from app.services.agency_sets import AgencySet, hold_set, subject_of
from app.services.work import Work
from app.storage import programmes
from permits.audit import Act, Fact
from permits.deadlines import legal_day
from permits.errors import Fault, refuse_if
from permits.fixed_terms import FIXED_TERMS
from permits.programme_changes import (
    Change,
    Parameter,
    find_breaks,
    list_changes,
    list_parameters,
)
from permits.programmes import Programme


class Shelf(Protocol):
    """Where the files lie that stand over those of the program."""

    def put(self, code: str, text: str) -> None:
        """Let a file count from now on."""

    def drop(self, code: str) -> None:
        """Take a file away."""

    def without(self, code: str) -> Programme | None:
        """What would count without it."""

    def has_own(self, code: str) -> bool:
        """Whether such a file lies there."""


def compare(work: Work, programme: Programme) -> tuple[Change, ...]:
    """What a programme changes against the one of its code that counts now."""
    return list_changes(work.ports.reference.programmes.get(programme.code), programme)


@dataclass(frozen=True)
class Loaded:
    """What a loaded file changes, and the set of agencies that begins with it, if one does."""

    changes: tuple[Change, ...]
    asked: AgencySet | None


def load_programme(work: Work, shelf: Shelf, programme: Programme, text: str) -> Loaded:
    """Let a checked file count from now on; nothing changes where it is the same.

    Where it asks other agencies, a new set of them begins: whoever loads it is the owner of the
    tables. Invalid with everything that it would break in open cases and rights that stand.
    """
    before = work.ports.reference.programmes.get(programme.code)
    changes = list_changes(before, programme)
    if before is not None:
        _refuse_breaks(work, before, programme)
    asked = hold_set(work, programme)
    if not changes:
        return Loaded((), asked)
    _note(work, programme.code, hashlib.sha256(text.encode()).hexdigest(), len(changes))
    shelf.put(programme.code, text)
    return Loaded(changes, asked)


def remove_programme(work: Work, shelf: Shelf, code: str) -> Programme | None:
    """Take a loaded file away; returns the programme that counts in its place, None for none.

    Invalid where none was loaded under this code, or with what its end would break.
    """
    before = work.ports.reference.programmes.get(code)
    if before is None or not shelf.has_own(code):
        refuse_if([Fault("not-loaded", "code")])
        return None
    after = shelf.without(code)
    _refuse_breaks(work, before, after)
    if after is not None:
        hold_set(work, after)
    _note(work, code, None, len(list_changes(before, after)) if after else 0)
    shelf.drop(code)
    return after


class Counting(StrEnum):
    """Whether a dated value counts on a day: another follows it, it does, or it will."""

    BEFORE = "before"
    IN_FORCE = "in-force"
    LATER = "later"


def list_sheets(
    work: Work, today: date
) -> list[tuple[Programme, list[tuple[Parameter, Counting]]]]:
    """Every programme with every version of its values, in the order of the codes."""
    return [
        (programme, _counting(list_parameters(programme), today))
        for programme in work.ports.reference.programmes.values()
    ]


def list_fixed() -> list[tuple[Parameter, Counting]]:
    """The values that are the same in every programme and on every day."""
    return [(one, Counting.IN_FORCE) for one in FIXED_TERMS.values()]


def _counting(listed: Sequence[Parameter], today: date) -> list[tuple[Parameter, Counting]]:
    begun = {one.path: one for one in listed if one.since <= today}  # the last of each stands
    first = {one.path: one for one in reversed(listed)}  # before the first day the first counts
    counts = {**first, **begun}
    return [
        (one, Counting.IN_FORCE if one is counts[one.path] else _other(one, today))
        for one in listed
    ]


def _other(one: Parameter, today: date) -> Counting:
    return Counting.LATER if one.since > today else Counting.BEFORE


def _note(work: Work, code: str, sha256: str | None, changes: int) -> None:
    """The hash of the file that counts now; None where the loaded one was taken away."""
    facts: dict[str, Fact] = {"programme": code, "sha256": sha256, "changes": changes}
    event = work.event(Act.PROGRAMME_CHANGED, subject_of(code), facts)
    programmes.note_programme(work.session, event=event)


def _refuse_breaks(work: Work, before: Programme, after: Programme | None) -> None:
    today, session = legal_day(work.now), work.session
    # Whoever opens a closed file reads it by its programme, which alone may go once all are erased.
    open_ = (
        programmes.count_open(session, before.code, today)
        if after
        else programmes.count_files(session, before.code)
    )
    refuse_if(find_breaks(before, after, open_, today))
