"""A worker's number for life: ten digits that say nothing, and which numbers are one person's.

It names a person across applications, programmes and seasons, and opens nothing by itself. A case
has the number that its worker had before, or a new one. Two numbers of one person are joined: the
younger leads to the older from then on, and every case is found by either. A join is undone by the
same people who may make it; nothing is ever written over.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType
from uuid import UUID

from permits.errors import Conflict, Forbidden
from permits.people import Actor, Permission, PersonId
from permits.policies import check_permission, check_review

JoinId = NewType("JoinId", UUID)

LENGTH = 10
"""Nine digits drawn by chance, the first of them no zero, and one check digit."""

CHANCES = 9 * 10 ** (LENGTH - 2)
"""How many numbers there are: of a million people one in 900 numbers is somebody's."""

MARK = "T"
"""What stands before it where it is shown, so that nobody dials it or takes it for a receipt."""

_DAMM = (
    "0317598642",
    "7092154863",
    "4206871359",
    "1750983426",
    "6123045978",
    "3674209581",
    "5869720134",
    "8945362017",
    "9438617205",
    "2581436790",
)
"""H. M. Damm, 2004: finds every wrong digit, and every two neighbours that changed places."""


class NumberGround(StrEnum):
    """Why two numbers are one person's, or why one number is not: an official's word."""

    SAME_DOCUMENT = "same-document"
    """Two verified cases name one identity document; the service joins these by itself."""
    NEW_DOCUMENT = "new-document"
    CORRECTED = "corrected"
    """Names, birth or number were mistyped in one of the two."""
    RECOGNISED = "recognised"
    """The person came, and was compared with both files."""
    OTHER_PERSON = "other-person"
    """Two people: a phone or an account was shared."""
    JOINED_WRONGLY = "joined-wrongly"


JOINING = (
    NumberGround.SAME_DOCUMENT,
    NumberGround.NEW_DOCUMENT,
    NumberGround.CORRECTED,
    NumberGround.RECOGNISED,
)
PARTING = (NumberGround.OTHER_PERSON, NumberGround.JOINED_WRONGLY)


@dataclass(frozen=True)
class GivenNumber:
    """A number, and since when it is somebody's."""

    number: str
    given_at: datetime


@dataclass(frozen=True)
class Join:
    """One number that leads to another, for as long as nobody undid it."""

    id: JoinId
    number: str
    leads_to: str
    ground: NumberGround
    made_by: PersonId
    made_at: datetime


def make(chance: int) -> str:
    """The number for a random integer, 0 ≤ chance < `CHANCES` (ValueError)."""
    if not 0 <= chance < CHANCES:
        raise ValueError("chance is out of range")
    body = str(chance + CHANCES // 9)
    return body + _check_digit(body)


def is_number(text: str) -> bool:
    """Whether `text` is a number as stored: ten digits, the last of them right."""
    shaped = len(text) == LENGTH and text.isascii() and text.isdigit() and text[0] != "0"
    return shaped and _check_digit(text) == "0"


def read(typed: str) -> str | None:
    """The number that a person typed or said, or None; the mark, blanks and dashes are forgiven."""
    text = "".join(c for c in typed.upper() if c not in " -.")
    text = text.removeprefix(MARK)
    return text if is_number(text) else None


def show(number: str) -> str:
    """The number as it is shown and read aloud: `T-482-139-0759`."""
    return f"{MARK}-{number[:3]}-{number[3:6]}-{number[6:]}"


def life_of(number: str, joins: Collection[Join]) -> str:
    """The number that stands for the whole life: the end of the joins that lead on from one."""
    return _path(number, joins)[-1]


def check_mend(actor: Actor, *, own: bool) -> None:
    """An official who decides on cases joins and parts numbers; nobody where it is their own."""
    check_review(actor)
    check_permission(actor, Permission.APPLICATION_DECIDE)
    if own:
        raise Forbidden("own-case")


def find_join(
    one: str, other: str, joins: Collection[Join], given: Mapping[str, datetime]
) -> tuple[str, str]:
    """Of two cases' numbers, which leads to which: the younger life to the older.

    Conflict("already-one-person") where both lead to one number.
    """
    lives = {life_of(one, joins), life_of(other, joins)}
    if len(lives) == 1:
        raise Conflict("already-one-person")
    older, younger = sorted(lives, key=lambda number: (given[number], number))
    return younger, older


def find_parting(one: str, other: str, joins: Collection[Join]) -> Join | None:
    """What is undone so that two cases' numbers are two people's again.

    None where both have the very number: then one of the cases needs another.
    Conflict("not-one-person") where they are two people's already.
    """
    mine, theirs = _path(one, joins), _path(other, joins)
    if mine[-1] != theirs[-1]:
        raise Conflict("not-one-person")
    if one == other:
        return None
    # Who lies below the other is cut off; else this case's own branch, which the other is not on.
    cut = other if one in theirs else one
    return next(join for join in joins if join.number == cut)


def _path(number: str, joins: Collection[Join]) -> list[str]:
    leads = {join.number: join.leads_to for join in joins}
    path = [number]
    while path[-1] in leads:
        path.append(leads[path[-1]])
        if len(path) > len(leads) + 1:
            raise ValueError("numbers lead in a circle")
    return path


def _check_digit(digits: str) -> str:
    held = 0
    for digit in digits:
        held = int(_DAMM[held][int(digit)])
    return str(held)
