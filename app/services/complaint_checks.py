"""What a right's acts may know of its worker's complaints: whether one shields them, no more."""

from collections.abc import Collection

from app.services.work import Work
from permits.people import PersonId
from permits.retaliation import ComplaintStanding


def complaints_of(work: Work, worker: PersonId) -> Collection[ComplaintStanding]:
    """The complaints of a worker as `retaliation.check_no_retaliation` asks for them.

    Complaints have no room of their own yet, so nobody has one.
    """
    return ()
