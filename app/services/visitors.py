"""Who comes on the coming days of an office or a brigade, found by who is asked at its counter."""

from dataclasses import dataclass

from app.services.appointments import list_held, note_look
from app.services.seeking import seek
from app.services.work import Work
from app.storage import appointments
from app.storage.appointments import Expected
from permits.appointments import ReceptionDay

FOUND = 50
"""So many people one search tells of."""


@dataclass(frozen=True)
class Visitor:
    """Somebody who comes, and when."""

    day: ReceptionDay
    expected: Expected


def find_visitors(work: Work, text: str) -> list[Visitor]:
    """Who comes on a coming day of the actor's and is like `text`, the next first; 50 at most.

    By name, document, receipt or phone; nobody for no text. Each of them can read who looked.
    """
    days = {one.day.id: one.day for one in list_held(work)}
    if not text.strip() or not days:
        return []
    found = appointments.find_expected(work.session, days, seek(work, text), FOUND)
    note_look(work, [one for _, one in found])
    return [Visitor(days[day], one) for day, one in found]
