"""The registered farm that a complaint is about: who finds it, and when it may stand in clear."""

from dataclasses import dataclass
from uuid import UUID

from permits.errors import Fault
from permits.folding import fold

FEWEST_PEOPLE = 5
"""On a farm of fewer a day and a kind of complaint name their teller: it stays sealed there."""

LEAST_LETTERS, MOST_SHOWN = 4, 6
"""Of a name that is looked for: nobody reads through the register of farms."""


@dataclass(frozen=True)
class Place:
    """A registered farm as somebody chooses it: its name, where it lies, and whose it is.

    `people` are those inside by the farm's own register, else the beds that it has.
    """

    farm: UUID
    name: str
    town: str
    employer: UUID
    employer_name: str
    people: int

    @property
    def may_stand_in_clear(self) -> bool:
        """Whether naming the farm names nobody."""
        return self.people >= FEWEST_PEOPLE

    @property
    def text(self) -> str:
        """As it stands sealed beside what was told."""
        return " · ".join(one for one in (self.name, self.town, self.employer_name) if one)


def read_name(typed: str) -> str | None:
    """A name as farms are looked for; None where it is too short to look for."""
    folded = fold(typed)
    return folded if len(folded) >= LEAST_LETTERS else None


def find_place_faults(
    place: Place | None, employer: UUID | None, *, stands: bool = False
) -> list[Fault]:
    """What keeps a handler from naming a farm beside this employer; none where it is theirs.

    `stands`: it stands in clear already, of a day on which more people were there.
    """
    if place is None:
        return [Fault("not-an-option", "farm")]
    if employer is not None and place.employer != employer:
        return [Fault("farm-of-another", "farm")]
    if not stands and not place.may_stand_in_clear:
        return [Fault("farm-too-small", "farm", {"limit": FEWEST_PEOPLE})]
    return []
