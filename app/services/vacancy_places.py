"""Nobody is approved for work that has no place left (domain 4.1: a vacancy bears a quota)."""

from collections.abc import Callable, Sequence
from uuid import UUID

from app.services.work import Work
from app.storage import vacancy_places as places
from app.storage.quotas import Found
from permits.errors import Fault, refuse_if
from permits.offers import Offer
from permits.people import PersonId
from permits.quotas import Count


def find_places(
    work: Work,
    programme: str,
    offer: Offer,
    worker: PersonId,
    counts: Callable[[], Sequence[Count]] = tuple,
) -> Sequence[Found]:
    """A place of each count, None where it is full, if the work has a place too.

    Until the transaction ends nobody takes one of either; `counts` are asked for once that is so.
    Invalid("vacancy-full") where others hold every place of the work. Whoever renews for the same
    work holds one already; the pool of a department has no number, and is not asked about.
    """
    vacancy = UUID(offer.vacancy)
    number = places.lock_places(work.session, programme, vacancy)
    room = places.find_room(work.session, counts(), vacancy, worker)
    if room.others >= number:
        refuse_if([Fault("vacancy-full", "opinion", {"places": number})])
    return room.found
