"""Permits of an older register: history of a person, never a right and never a credential.

A row of the register is matched to a person where that is certain, and by nobody but an official
where it is not. What was matched shows on the person's cases and in their own data. It gives no
priority: only who answered after a season of ours, came home in time by the posts' own crossings
and wants to come back goes before others (`permits/return_surveys.py`).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from permits.duplicates import Match, compare, may_be_one_person
from permits.errors import Conflict
from permits.people import PersonId
from permits.submissions import Answers

UNDO_FOR = timedelta(days=30)
"""So long a whole import may be undone; afterwards people may have relied on it. To be
confirmed."""


class Standing(StrEnum):
    """How a row of the register stands: not compared yet, of somebody, unsure, or of nobody."""

    WAITING = "waiting"
    MATCHED = "matched"
    UNSURE = "unsure"
    ALONE = "alone"


@dataclass(frozen=True)
class PastPermit:
    """What the register says of one permit.

    `person` has the document, the names and the day of birth, each as far as it was written down;
    `left_on` is when the holder went home, if that was. The last day is over, always.
    """

    row: int
    person: Answers
    employer: str
    starts_on: date
    ends_on: date
    number: str = ""
    left_on: date | None = None


@dataclass(frozen=True)
class Import:
    """One register that was taken in; `undone_at` where all of it was taken out again."""

    id: UUID
    programme: str
    source: str
    rows: int
    imported_by: PersonId
    imported_at: datetime
    undone_at: datetime | None = None

    def may_undo(self, now: datetime) -> bool:
        """Whether it can still be taken out."""
        return self.undone_at is None and now < self.imported_at + UNDO_FOR


def check_undo(found: Import, now: datetime) -> None:
    """Conflict where it was undone before, or is too old."""
    if found.undone_at is not None:
        raise Conflict("import-undone")
    if not found.may_undo(now):
        raise Conflict("import-too-old", days=UNDO_FOR.days)


def is_certain(mine: Answers, theirs: Answers) -> bool:
    """The same document, and neither names nor birth that speak against it.

    A number that was copied wrongly may be somebody else's: the names must be alike, and the day
    of birth the same where both tell one.
    """
    found = {one.field: one.match for one in compare(mine, theirs)}
    names = {found["given_names"], found["surnames"]}
    return (
        found["document_number"] is Match.SAME
        and names <= {Match.SAME, Match.ALIKE}
        and found["date_of_birth"] in {Match.SAME, Match.UNKNOWN}
    )


def find_person(
    past: Answers, others: Iterable[tuple[PersonId, Answers]]
) -> tuple[Standing, PersonId | None]:
    """Whose permit it was, among people with their answers.

    Matched where exactly one person may be meant and is certainly. Unsure where several may be, or
    one only perhaps; alone where nobody may.
    """
    known = list(others)
    may_be = {person for person, said in known if may_be_one_person(past, said)}
    certain = {person for person, said in known if is_certain(past, said)}
    if len(may_be) == 1 and certain == may_be:
        return Standing.MATCHED, may_be.pop()
    return (Standing.UNSURE if may_be else Standing.ALONE), None


def check_settle(standing: Standing, seen: Standing) -> None:
    """An official decides what they saw, even against the comparison; Conflict where it changed.

    What was not compared yet waits for that.
    """
    if standing is Standing.WAITING:
        raise Conflict("past-waiting")
    if standing is not seen:
        raise Conflict("past-settled")
