"""How far the one who acts reaches: for reading, and for writing."""

from app.services.work import Work
from permits.reach import Reach, reach_of


def reading(work: Work) -> Reach:
    """The files that the actor may read.

    Here stands the hook of break-glass: files opened for a reason lie within for reading alone.
    """
    return reach_of(work.actor)


def writing(work: Work) -> Reach:
    """The files that the actor may act on; never one that was only opened for reading."""
    return reach_of(work.actor)
