"""When the worker of a case leaves, as their right tells: its last day, told by the week alone."""

from dataclasses import replace
from datetime import date

from app.services.complaint_terms import has_departure, set_departure
from app.services.work import Work
from app.storage import authorisations, own_applications
from permits.authorisations import AuthorisationStatus
from permits.deadlines import legal_day
from permits.people import PersonId
from recruitment.complaints.departures import is_soon, leaves_in_week
from recruitment.complaints.filed import Filed
from recruitment.complaints.words import Flag

STANDING = frozenset({AuthorisationStatus.GRANTED, AuthorisationStatus.SUSPENDED})


def leave_with_right(work: Work, filed: Filed, worker: PersonId) -> Filed:
    """The case, with a decision due before the worker's right ends; the caller saves it.

    A day that a handler wrote stays. Nothing changes where no right stands.
    """
    last = _last_day(work, worker)
    if last is None or has_departure(work, filed):
        return filed
    today = legal_day(work.now)
    flags = filed.flags | ({Flag.DEPARTURE_SOON} if is_soon(last, today) else set())
    leaving = replace(filed, flags=flags)
    return set_departure(work, leaving, leaves_in_week(last, today))


def _last_day(work: Work, worker: PersonId) -> date | None:
    """The last day of those rights of a worker that stand now."""
    today, days = legal_day(work.now), []
    for one in own_applications.list_of_worker(work.session, worker):
        right = authorisations.find_of_application(work.session, one.id)
        if right is not None and right.stored in STANDING and right.valid_until >= today:
            days.append(right.valid_until)
    return max(days, default=None)
