"""Nobody is approved for work that has no place left (domain 4.1: a vacancy bears a quota)."""

from uuid import UUID

from app.services.case import Case
from app.services.work import Work
from app.storage import vacancy_places as places
from permits.approvals import Opinion, takes_places
from permits.errors import Fault
from permits.offers import Offer
from permits.people import Agency


def find_faults(work: Work, case: Case, agency: Agency, opinion: Opinion) -> list[Fault]:
    """What stands against an approval that takes a place."""
    taking = opinion is Opinion.APPROVE and agency is takes_places(case.agencies)
    return find_full(work, case, case.offer) if taking and case.offer else []


def find_full(work: Work, case: Case, offer: Offer) -> list[Fault]:
    """Whether others hold every place of this work; nobody takes one until the transaction ends.

    The pool of a department has no number. Whoever renews for the same work holds one already.
    """
    if offer.is_pool:
        return []
    vacancy = UUID(offer.vacancy)
    number = places.lock_places(work.session, vacancy)
    if places.count_others(work.session, vacancy, case.application.worker) < number:
        return []
    return [Fault("vacancy-full", "opinion", {"places": number})]
