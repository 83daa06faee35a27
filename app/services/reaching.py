"""How far the one who acts reaches: for reading, and for writing."""

from app.services.work import Work
from permits.reach import Reach, opening, reach_of


def reading(work: Work) -> Reach:
    """The files that the actor may read, the one that was opened for a reason among them."""
    return opening(reach_of(work.actor), work.opened)


def writing(work: Work) -> Reach:
    """The files that the actor may act on; never one that was only opened for reading."""
    return reach_of(work.actor)
