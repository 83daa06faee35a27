"""Two applications side by side: which answers are the same, alike or different (domain O6).

Nothing here decides: that two applications are of one person is for an official to say, who sees
both (ground L7).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from permits.folding import fold
from permits.submissions import Answers


class Match(StrEnum):
    """How two answers stand to each other; `alike`: but for accents, case or one slip a word."""

    SAME = "same"
    ALIKE = "alike"
    DIFFERENT = "different"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Compared:
    """One field of both applications, by the name that `Answers` gives it."""

    field: str
    mine: object
    theirs: object
    match: Match


def compare(mine: Answers, theirs: Answers) -> tuple[Compared, ...]:
    """Each field that tells persons apart, in the order of the wizard."""
    return tuple(
        Compared(name, one, other, _match(one, other, alike))
        for name, alike in FIELDS.items()
        for one, other in [(getattr(mine, name), getattr(theirs, name))]
    )


def may_be_one_person(mine: Answers, theirs: Answers) -> bool:
    """The same document; or names that are alike and a day of birth that is, too."""
    found = {one.field: one.match for one in compare(mine, theirs)}
    if found["document_number"] is Match.SAME:
        return True
    names = {found["given_names"], found["surnames"]}
    near = {Match.SAME, Match.ALIKE}
    return names <= near and found["date_of_birth"] in near


def _match(one: object, other: object, alike: Callable[[str, str], bool]) -> Match:
    if one is None or other is None or "" in {one, other}:
        return Match.UNKNOWN
    if one == other:
        return Match.SAME
    return Match.ALIKE if alike(_written(one), _written(other)) else Match.DIFFERENT


def _written(value: object) -> str:
    return value.strftime("%Y%m%d") if isinstance(value, date) else str(value)


def _words_alike(one: str, other: str) -> bool:
    """The same words but for accents and one slip in each; one list may be the longer."""
    short, long = sorted((fold(one).split(), fold(other).split()), key=len)
    return all(any(is_one_slip(word, near) for near in long) for word in short)


def is_one_slip(one: str, other: str) -> bool:
    """Whether one letter was left out, put in, changed, or two neighbours were swapped, at most."""
    if abs(len(one) - len(other)) > 1:
        return False
    at = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    if at is None:
        return True
    rest = {
        (one[at + 1 :], other[at + 1 :]),
        (one[at:], other[at + 1 :]),
        (one[at + 1 :], other[at:]),
    }
    swapped = one[at : at + 2] == other[at : at + 2][::-1] and one[at + 2 :] == other[at + 2 :]
    return swapped or any(a == b for a, b in rest)


def _dates_alike(one: str, other: str) -> bool:
    """Day and month swapped, or one digit mistaken."""
    swapped = one[:4] == other[:4] and one[4:6] == other[6:] and one[6:] == other[4:6]
    return swapped or is_one_slip(one, other)


def days_alike(day: date) -> frozenset[date]:
    """Every day that `compare` calls the same as this one, or alike: a list that an index finds."""
    written = f"{day:%Y%m%d}"
    changed = {
        written[:at] + digit + written[at + 1 :]
        for at in range(len(written))
        for digit in "0123456789"
    }
    turned = {
        written[:at] + written[at + 1] + written[at] + written[at + 2 :]
        for at in range(len(written) - 1)
    }
    swapped = written[:4] + written[6:] + written[4:6]
    return frozenset(filter(None, map(_day, changed | turned | {swapped})))


def _day(written: str) -> date | None:
    try:
        return date(int(written[:4]), int(written[4:6]), int(written[6:]))
    except ValueError:
        return None


def _never(_: str, __: str) -> bool:
    return False


FIELDS: Mapping[str, Callable[[str, str], bool]] = {
    "document_kind": _never,
    "document_number": is_one_slip,
    "given_names": _words_alike,
    "surnames": _words_alike,
    "date_of_birth": _dates_alike,
    "sex": _never,
    "nationality": _never,
    "municipality": _never,
    "phone": is_one_slip,
}
"""What is compared, and when two answers that differ are alike."""
