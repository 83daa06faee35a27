"""Taking a farm away: what hangs on it, and what ends with it; its history stays where it is."""

from uuid import UUID

from app.services import farm_register
from app.services.work import Work
from app.storage import child_care, farm_hands, farm_uses, farms, foreman_links
from permits.audit import Act
from permits.deadlines import legal_day
from recruitment.farm_closings import Closing, Hanging


def look(work: Work, farm: UUID) -> Hanging:
    """What must end before a farm is taken away; the caller has checked who may know it."""
    found = farm_hands.find_farm(work.session, farm)
    if found is None:
        return Hanging()
    since = work.now - farm_register.INSIDE
    return farm_uses.count_hanging(work.session, found, legal_day(work.now), since)


def close(work: Work, registration: UUID, farm: UUID, closing: Closing) -> None:
    """It stands no more: the foremen's links and what was arranged for children end with it.

    Its register, inspections and points of improvement are read as before. Twice is once.
    """
    event = work.event(Act.FARM_CLOSED, registration, {"farm": str(farm)})
    if not farms.close_farm(work.session, registration, farm, closing.closed_on, event=event):
        return
    today = legal_day(work.now)
    for link in foreman_links.list_links(work.session, farm, today):
        ended = work.event(Act.FOREMAN_LINK_ENDED, link.id)
        foreman_links.end_link(work.session, link.id, work.now, event=ended)
    for one in child_care.list_of_farm(work.session, farm, today):
        ended = work.event(Act.CARE_ENDED, one.id)
        child_care.end_arrangement(work.session, farm, one.id, today, event=ended)
