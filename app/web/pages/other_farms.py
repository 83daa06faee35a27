"""From where to where a change of work leads, in names that a reader can tell apart."""

from dataclasses import dataclass
from uuid import UUID

from app.services.employer_changes import SeenChange
from app.services.farm_names import name_farm
from app.services.work import Work
from app.web.pages.answered import work_place
from permits.offers import Offer


@dataclass(frozen=True)
class Move:
    """`now` is "" where nobody hires yet; `same`: both are farms of one employer."""

    now: str
    other: str
    same: bool = False


def move_of(work: Work, now: Offer | None, other: Offer) -> Move:
    """The employers; of one employer its farms, or the jobs where even these are alike."""
    if now is None or now.is_pool or now.employer != other.employer:
        return Move(now.employer_name if now else "", other.employer_name)
    here, there = (_place(work, one) for one in (now, other))
    if here == there:
        here, there = f"{now.title} ({here})", f"{other.title} ({there})"
    return Move(here, there, same=True)


def wish_of(work: Work, now: Offer | None, seen: SeenChange | None) -> Move | None:
    """Of the newest wish under a right; what it leads from is told while it was not granted."""
    if seen is None:
        return None
    offer = seen.change.offer
    granted = now is not None and now.vacancy == offer.vacancy
    return move_of(work, None if granted else now, offer)


def _place(work: Work, offer: Offer) -> str:
    town = work_place(work.ports.reference, offer.department, offer.municipality)
    return name_farm(work, UUID(offer.employer), offer.municipality) or town
