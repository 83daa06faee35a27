"""A shorter way in at the post (W23): who came home in time the season before is asked less.

It is told of a green permit alone, by what the posts themselves noted, and it is no verdict: photo,
document and minors are looked at as ever. Whoever is not told of it is a stranger to the posts and
nothing worse: most come for the first time, and a crossing may lie on a device still.
"""

from dataclasses import dataclass
from datetime import date

from permits.pathway import Passages
from permits.programmes import Programme
from permits.return_surveys import came_home_in_time
from permits.scans import Colour


@dataclass(frozen=True)
class Stay:
    """The stay before this one under the same programme: its right's last day, and what was noted.

    `lost`: a right was taken back from the person since, and no recourse gave it back.
    """

    last_day: date
    passages: Passages
    lost: bool = False


def goes_short(colour: Colour, programme: Programme, before: Stay | None) -> bool:
    """Whether the post may leave out its questions about the journey."""
    if colour is not Colour.GREEN or before is None or before.lost or not programme.posts:
        return False
    return came_home_in_time(programme, before.passages, before.last_day)
