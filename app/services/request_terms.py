"""The terms of what workers ask beside the application: shown in the lists, and told when over."""

from collections.abc import Mapping
from datetime import date, datetime
from itertools import groupby

from app.services import daily
from app.services.deadlines import Term, periods
from app.services.overdue_cases import supervisors_of, write_to
from app.services.work import Work
from app.storage import accounts, case_notices, request_terms
from app.storage.accounts import Account
from app.storage.case_notices import ToldNotice
from app.storage.request_terms import Late, Stretch
from permits.audit import Act
from permits.case_notices import DATA_OFFICE
from permits.deadlines import clock_state, days_left, legal_day
from permits.notices import NoticeKind
from permits.people import Agency, Role
from permits.request_terms import OVERDUE, Asked, clock_of, overdue_before

__all__ = ["Asked", "Term", "answer_by", "tell_overdue", "term_of"]

BATCH = 500
"""Of a kind and a programme in a day; the list shows them all meanwhile."""

JOB = "overdue-requests"

LISTS: Mapping[Asked, str] = {
    Asked.RECONSIDERATION: "/recursos",
    Asked.APPEAL: "/recursos",
    Asked.EMPLOYER_CHANGE: "/cambios-de-empleador",
    Asked.IDENTITY_CHANGE: "/cambios-de-datos",
    Asked.DATA_REQUEST: "/pedidos-de-datos",
    Asked.REVOCATION: "/revocaciones",
}
"""Where each is answered."""


def term_of(work: Work, programme: str, asked: Asked, at: datetime) -> Term | None:
    """The term of what was asked at an instant, by the programme of that day.

    None where the programme is known no more.
    """
    known = work.ports.reference.programmes.get(programme)
    if known is None:
        return None
    calendar, clocks = work.ports.reference.calendar, known.on(legal_day(at)).clocks
    clock = clock_of(asked, at, clocks, calendar)
    amber, red = clocks.amber_percent.value, clocks.red_percent.value
    state = clock_state(clock, work.now, calendar, amber_percent=amber, red_percent=red)
    return Term(state, clock.last_day, days_left(clock, work.now, calendar))


def answer_by(work: Work, programme: str, asked: Asked, at: datetime) -> date | None:
    """The last day to answer what was asked at an instant, for who waits for it."""
    term = term_of(work, programme, asked, at)
    return term.last_day if term else None


def tell_overdue(work: Work, limit: int = BATCH) -> int:
    """The task of the hour: once a day after eight, each desk hears of what it left too long.

    As `overdue_cases.tell_overdue`: a count and no name, and what nobody can be told waits.
    Requests about data go to the officers of data protection. Returns how many were told.
    """
    today = daily.due_day(work, JOB)
    if today is None:
        return 0
    told = sum(_tell(work, asked, limit) for asked in Asked)
    daily.mark_done(work, JOB, today)
    return told


def _tell(work: Work, asked: Asked, limit: int) -> int:
    calendar, today, found = work.ports.reference.calendar, legal_day(work.now), list[Late]()
    for programme, (since, until) in periods(work):
        before = overdue_before(asked, today, programme.clocks, calendar)
        within = Stretch(programme.code, since, min(before, until) if until else before)
        found += request_terms.list_overdue(work.session, asked, within, limit)
    told = 0
    for desk, late in groupby(sorted(found, key=lambda one: one.desk), lambda one: one.desk):
        told += _tell_desk(work, asked, desk, list(late))
    return told


def _tell_desk(work: Work, asked: Asked, desk: str, late: list[Late]) -> int:
    people = [one for one in _people(work, desk) if one.email or one.phone]
    if not people:
        return 0
    for one in late:
        notice = ToldNotice(one.application, OVERDUE[asked], desk, one.asked_on)
        facts = {"notice": notice.notice.value, "to": notice.told}
        event = work.event(Act.APPLICATION_TOLD, one.application, facts)
        case_notices.add_notice(work.session, notice, legal_day(work.now), event=event)
    for account in people:
        write_to(work, account, (NoticeKind.REQUESTS_OVERDUE, asked.value), LISTS[asked], len(late))
    return len(late)


def _people(work: Work, desk: str) -> list[Account]:
    if desk != DATA_OFFICE:
        return supervisors_of(work, Agency(desk))
    every = accounts.list_accounts(work.session, Role.DATA_PROTECTION_OFFICER)
    return [one for one in every if not one.disabled]
