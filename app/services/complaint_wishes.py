"""What complainants write and ask for, told to the office: by the day, retaliation in three hours.

Of what somebody writes under their number nothing leaves in that minute: who reads a handler's
messages would know when.
"""

from collections.abc import Mapping
from datetime import date, timedelta

from app.services import complaint_outside
from app.services.complaint_hands import find_office
from app.services.complaint_letters import Line, write
from app.services.complaint_parts import list_out
from app.services.work import Work
from app.storage import complaint_wishes, complaints, daily_jobs
from permits.deadlines import LEGAL_ZONE, ClockState, legal_day
from permits.notices import NoticeKind
from permits.people import PersonId
from recruitment.complaints.filed import ComplaintId, Filed
from recruitment.complaints.handling import Ties
from recruitment.complaints.moves import UNDER_WAY
from recruitment.complaints.waiting import (
    RETALIATION_EVERY,
    Waiting,
    find_waiting,
    told_of_retaliation,
)

MOST = 2000
"""Messages that wait, of all cases together."""

HOURS = RETALIATION_EVERY // timedelta(hours=1)

STATES: Mapping[Waiting, ClockState] = {
    Waiting.RETALIATION: ClockState.BREACHED,
    Waiting.APPEAL: ClockState.BREACHED,
    Waiting.MESSAGE: ClockState.AMBER,
}
"""What supervisors hear of too is late from the first day; a message is its handler's."""


def list_waiting(work: Work, before: date) -> list[tuple[Filed, Mapping[Waiting, date]]]:
    """The cases in which something waits that was written before a day, closed ones too."""
    asked = complaint_wishes.list_all_asked(work.session, MOST)
    cared = complaint_wishes.list_cared(work.session, list(asked))
    filed = complaints.find_complaints(work.session, list(asked))
    found = (
        (one, find_waiting(one.status, one.closed_on, asked[one.id], cared.get(one.id), before))
        for one in filed.values()
    )
    return [(one, waits) for one, waits in found if waits]


def list_lines(work: Work) -> list[tuple[Filed, Line]]:
    """The day's lines of what waits; of today nothing, for the digest goes out at an hour."""
    return [
        (filed, Line(filed.id, one.value, STATES[one].value, since.isoformat()))
        for filed, waits in list_waiting(work, legal_day(work.now))
        for one, since in waits.items()
    ]


def alarm_retaliation(work: Work) -> int:
    """Every three hours: the office hears of each word of retaliation once.

    The hours are the clock's own, not the message's.
    """
    local = work.now.astimezone(LEGAL_ZONE)
    job = f"complaint-retaliation-{local.hour // HOURS}"
    if daily_jobs.is_done(work.session, job, local.date()):
        return 0
    untold = complaint_wishes.list_unalarmed(work.session, MOST)
    cases = {case for _, case in untold}
    if cases:
        tell_danger(work, cases, Waiting.RETALIATION.value)
        complaint_wishes.note_alarmed(work.session, [message for message, _ in untold])
    daily_jobs.mark_done(work.session, job, local.date())
    return len(cases)


def tell_danger(work: Work, cases: set[ComplaintId], why: str) -> None:
    """Tell the duty list, supervisors and holders of these cases at once; who does it knows it.

    Where everybody of the office has a part, an institution outside.
    """
    office = find_office(work)
    found = complaints.find_complaints(work.session, cases)
    out = list_out(work, found.values(), office.accounts)
    letters: dict[PersonId, list[Line]] = {}
    alone: set[ComplaintId] = set()
    for filed in found.values():
        ties = Ties(PersonId(filed.handler) if filed.handler else None, recused=out[filed.id])
        line = Line(filed.id, why, ClockState.BREACHED.value, "")
        hands = told_of_retaliation(office.reachable, ties)
        if not hands and filed.status in UNDER_WAY:
            alone.add(filed.id)
        for one in hands:
            if one.person != work.actor.person:
                letters.setdefault(one.person, []).append(line)
    for person, lines in letters.items():
        write(work, NoticeKind.COMPLAINT_DANGER, office.accounts[person], lines)
    complaint_outside.ring(work, alone)
