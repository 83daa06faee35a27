"""SETRASS bars an employer, or a rule blocks its work: open cases come back to choose another.

Permits that stand go on.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.services import info_requests, judging_runs, notices, quotas
from app.services.case import programme_for
from app.services.searching import fold
from app.services.work import Work
from app.storage import accounts, applications, barred_cases, employers, outbox
from app.storage import employer_bars as bars
from app.storage import info_requests as asked
from app.storage.barred_cases import BarredCase
from permits.answer_terms import answer_by
from permits.applications import Action, Application, Status
from permits.audit import Act, Fact
from permits.deadlines import legal_day, start_of
from permits.employer_bars import (
    COMES_BACK_AFTER,
    BarReason,
    EmployerBar,
    check_bar,
    check_lift,
    come_back,
)
from permits.errors import Conflict, NotFound
from permits.notices import AFTER, NoticeKind
from permits.people import Permission
from permits.policies import check_permission

__all__ = ["BarReason", "EmployerBar"]

RETURN, TELL = "return-barred", "tell-barred"
"""The two effects of a bar: for whoever waits, and for whoever holds a permit."""

BATCH = 50
"""So many cases in one transaction."""

SHOWN = 50
LISTED = 20_000


@dataclass(frozen=True)
class EmployerFile:
    """An employer as a supervisor sees it before and after; `bars` are the newest first.

    `open_cases` come back where it is barred, `permits` stand and go on; `barred_by` is the name
    of the official behind the bar that stands.
    """

    id: UUID
    name: str
    bars: tuple[EmployerBar, ...]
    open_cases: int
    permits: int
    barred_by: str = ""

    @property
    def standing(self) -> EmployerBar | None:
        """The bar that stands."""
        return next((one for one in self.bars if one.lifted_at is None), None)


def find_employers(work: Work, text: str) -> list[tuple[UUID, str]]:
    """Employers with every word of `text` in their name, without accents; 50 at most."""
    check_permission(work.actor, Permission.EMPLOYER_BAR)
    words = fold(text).split()
    if not words:
        return []
    known = employers.list_names(work.session, LISTED)
    return [one for one in known if all(word in fold(one[1]) for word in words)][:SHOWN]


def read_employer(work: Work, employer: UUID) -> EmployerFile:
    """What a bar would do now, or has done; NotFound where there is no such employer."""
    check_permission(work.actor, Permission.EMPLOYER_BAR)
    name = employers.find_name(work.session, employer)
    if name is None:
        raise NotFound("no-such-employer")
    found = tuple(bars.list_bars(work.session, employer))
    standing = next((one for one in found if one.lifted_at is None), None)
    account = accounts.find_account_of(work.session, standing.barred_by) if standing else None
    return EmployerFile(
        employer,
        name,
        found,
        barred_cases.count_open(work.session, employer),
        barred_cases.count_standing(work.session, employer, legal_day(work.now)),
        account.name if account else "",
    )


def bar_employer(work: Work, employer: UUID, reason: BarReason) -> EmployerBar:
    """Bar an employer; what follows is done by the worker process, in batches.

    From this moment nobody chooses, sends or is approved for its work. Conflict where it is barred.
    """
    check_bar(work.actor, read_employer(work, employer).standing)
    bar = EmployerBar(work.new_id(), employer, reason, work.actor.person, work.now)
    event = work.event(Act.EMPLOYER_BARRED, employer, {"reason": reason.value})
    if not bars.add_bar(work.session, bar, event=event):
        raise Conflict("already-barred")
    for kind in (RETURN, TELL):
        _leave_next(work, kind, bar.id, "first")
    judging_runs.start_run(work, "employer", employer)
    return bar


def lift_bar(work: Work, employer: UUID) -> EmployerBar:
    """Let an employer hire again, and judge its vacancies. Conflict where it is not barred."""
    standing = check_lift(work.actor, read_employer(work, employer).standing)
    event = work.event(Act.EMPLOYER_BAR_LIFTED, employer)
    if not bars.lift_bar(work.session, standing, work.actor.person, work.now, event=event):
        raise Conflict("not-barred")
    judging_runs.start_run(work, "employer", employer)
    return standing


def return_barred(work: Work, payload: Mapping[str, Any]) -> None:
    """The effect: one batch of open cases comes back, and the next is left to be done."""
    bar = UUID(payload["bar"])
    cases = barred_cases.lock_open(work.session, BATCH, bar)
    for case in cases:
        _return(work, case)
    if len(cases) == BATCH:
        _leave_next(work, RETURN, bar, str(cases[-1].application.id))


def return_late(work: Work, limit: int = BATCH) -> int:
    """What time asks for: open cases that a bar has not reached; returns how many.

    One that somebody held just then, that was being sent, or that a recourse opened again.
    """
    cases = barred_cases.lock_open(work.session, limit)
    for case in cases:
        _return(work, case)
    return len(cases)


def return_blocked(work: Work, limit: int = BATCH) -> int:
    """What time asks for: who waits for a work that a rule stands against chooses another, once it
    has stood for `COMES_BACK_AFTER` working days; returns how many."""
    days, today = work.ports.reference.calendar.add_working_days, legal_day(work.now)
    before = start_of(days(today, -COMES_BACK_AFTER))
    cases = barred_cases.lock_blocked(work.session, before, limit)
    for case in cases:
        _return(work, case)
    return len(cases)


def tell_standing(work: Work, payload: Mapping[str, Any]) -> None:
    """The effect: who holds a permit hears that it stands, and that they may change employer."""
    bar = bars.find_bar(work.session, UUID(payload["bar"]))
    if bar is None or bar.lifted_at is not None:
        return
    after = UUID(payload["after"]) if payload["after"] != "first" else None
    today = legal_day(work.now)
    found = barred_cases.list_standing(work.session, bar.employer, today, BATCH, after)
    for application in found:
        kind = NoticeKind.EMPLOYER_BARRED_PERMIT
        notices.tell_worker(work, kind, application, once=f"bar-{bar.id}")
    if len(found) == BATCH:
        _leave_next(work, TELL, bar.id, str(found[-1].id))


def _leave_next(work: Work, kind: str, bar: UUID, after: str) -> None:
    payload = {"bar": str(bar), "after": after}
    outbox.put(work.session, outbox.Effect(kind, f"{kind}:{bar}:{after}", payload), work.now)


def _return(work: Work, case: BarredCase) -> Application:
    """One case in its worker's hands: its places are free, its clock stands, its worker is told."""
    before = case.application
    quotas.give_back(work, before.id)
    clocks, calendar = programme_for(work, before).clocks, work.ports.reference.calendar
    due_at = before.due_at
    asked_at = asked.find_asked_at(work.session, before)
    if before.status is Status.ASKED and asked_at is not None:
        due_at = info_requests.resumed(work, before, clocks, asked_at)
    after = come_back(before, work.now, due_at)
    facts: dict[str, Fact] = {"round": before.round}
    facts |= {"bar": str(case.bar)} if case.bar else {"vacancy": str(case.vacancy)}
    event = work.event(Act.APPLICATION_CAME_BACK, before.id, facts)
    after = applications.save(work.session, before, after, work.now, event=event)
    last = answer_by(after, work.now, clocks, calendar)
    told = {"employer": case.employer_name, "day": last.isoformat()}
    notices.tell_worker(work, AFTER[Action.BAR], after, told)
    return after
