"""The labour inspection is asked to look at a place, once: more signs join what waits."""

from collections.abc import Collection
from dataclasses import replace
from uuid import UUID

from app.services import complaint_places
from app.services.work import Work
from app.storage import inspection_proposals as kept
from permits.audit import Act
from permits.deadlines import legal_day
from recruitment.complaints.inspections import InspectionProposal
from recruitment.ethics.words import Indicator


def ask_inspection(
    work: Work, employer: UUID, indicators: Collection[Indicator], farm: UUID | None = None
) -> None:
    """Ask for it; where one of this place waits, it hears of the signs that are new.

    A farm of so few people that its name tells on them is not named: its employer is.
    """
    place = complaint_places.find_place(work, farm) if farm else None
    named = farm if place and place.may_stand_in_clear else None
    waiting = kept.lock_waiting(work.session, employer, named)
    signs = tuple(sorted({*indicators, *(waiting.indicators if waiting else ())}))
    if waiting is None:
        made = InspectionProposal(work.new_id(), employer, signs, legal_day(work.now), farm=named)
        event = work.event(Act.INSPECTION_PROPOSED, made.id)
        kept.add_proposal(work.session, made, work.actor.person, event=event)
    elif signs != waiting.indicators:
        event = work.event(Act.INSPECTION_PROPOSED, waiting.id)
        kept.save_signs(work.session, replace(waiting, indicators=signs), event=event)
