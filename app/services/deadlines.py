"""How near the end of a case's term is, as the lists and the case itself show it."""

from dataclasses import dataclass
from datetime import date, datetime

from app.services.work import Work
from app.storage import approvals, info_requests
from app.storage.queue_filters import Stretch
from permits.answer_terms import last_to_answer
from permits.applications import WITH_WORKER, Application, Status, clock_runs, risks_deemed_grant
from permits.deadlines import (
    Clock,
    ClockState,
    clock_state,
    days_left,
    end_of,
    legal_day,
    start_of,
)
from permits.programmes import Programme

Period = tuple[Programme, tuple[datetime | None, datetime | None]]
"""A programme with the values of a stretch of days, and the instants that bound it."""


@dataclass(frozen=True)
class Term:
    """`last_day` counts; `days` are working days until it, negative when late.

    A term that stands still tells neither: both would be of another day tomorrow. It tells what
    runs instead, the worker's time to answer: `answer_by` counts, `answer_days` are working days
    until it, negative when it is over and nobody has closed the case yet.
    """

    state: ClockState
    last_day: date | None = None
    days: int = 0
    answer_by: date | None = None
    answer_days: int = 0

    @property
    def is_quiet(self) -> bool:
        """Whether nobody needs to look at it: in time, or standing still."""
        return self.state in {ClockState.IN_TIME, ClockState.PAUSED}

    @property
    def risks_deemed_grant(self) -> bool:
        """Whether the case may count as granted, for nobody decided in time."""
        return self.state is ClockState.BREACHED


def term_of(
    work: Work,
    programme: str,
    status: Status,
    submitted_at: datetime | None,
    due_at: datetime | None,
    answer_from: datetime | None = None,
    paused_at: datetime | None = None,
) -> Term | None:
    """The term of a case under review; None where no clock runs.

    While the worker is asked or corrects it stands still where the programme says so, else it runs
    on; what is over by then (`paused_at`) stays over. `answer_from` is when the worker's time to
    answer began.
    """
    known = work.ports.reference.programmes.get(programme)
    clocks = known.on(legal_day(submitted_at)).clocks if known and submitted_at else None
    stands = pauses(work, programme, submitted_at)
    over = risks_deemed_grant(status, due_at, work.now, pauses=stands, paused_at=paused_at)
    if status in WITH_WORKER and stands and not over:
        return _paused(work, known, submitted_at, answer_from)
    runs = clock_runs(status, pauses=stands)
    if not (runs or over) or submitted_at is None or due_at is None or clocks is None:
        return None
    calendar = work.ports.reference.calendar
    clock = Clock(submitted_at, due_at, clocks.statutory_working_days.value)
    state = clock_state(
        clock,
        work.now,
        calendar,
        amber_percent=clocks.amber_percent.value,
        red_percent=clocks.red_percent.value,
    )
    return Term(state, clock.last_day, days_left(clock, work.now, calendar))


def _paused(
    work: Work,
    programme: Programme | None,
    submitted_at: datetime | None,
    answer_from: datetime | None,
) -> Term:
    if programme is None or submitted_at is None or answer_from is None:
        return Term(ClockState.PAUSED)
    clocks, calendar = programme.on(legal_day(submitted_at)).clocks, work.ports.reference.calendar
    last = last_to_answer(legal_day(answer_from), clocks, calendar)
    left = calendar.working_days_between(legal_day(work.now), last)
    return Term(ClockState.PAUSED, answer_by=last, answer_days=left)


def paused_since(work: Work, application: Application) -> datetime | None:
    """Since when a case waits for its worker: as it was asked, returned or sent back last."""
    if application.status not in WITH_WORKER:
        return None
    asked = info_requests.find_asked_at(work.session, application)
    decided = [one.decided_at for one in approvals.list_current(work.session, application)]
    began = [at for at in (asked, application.barred_at, *decided) if at]
    return max(began, default=None)


def pauses(work: Work, programme: str, submitted_at: datetime | None) -> bool:
    """Whether the term of a case stands still while its worker has it, by the day it was handed in.

    So it does for a programme that is known no more: nobody is told of a risk by a guess.
    """
    known = work.ports.reference.programmes.get(programme)
    if known is None or submitted_at is None:
        return True
    return bool(known.on(legal_day(submitted_at)).clocks.question_pauses.value)


def periods(work: Work) -> list[Period]:
    """Every programme in each of its stretches: a case is judged by that of its own day."""
    return [
        (programme.on(since or date.min), (_start(since), _start(until)))
        for programme in work.ports.reference.programmes.values()
        for since, until in programme.periods()
    ]


def _start(day: date | None) -> datetime | None:
    return start_of(day) if day else None


def running_with_worker(work: Work) -> tuple[Stretch, ...]:
    """The cases whose clock runs while their worker has them: the programme, and from when on and
    before when they were handed in."""
    return tuple(
        (programme.code, *submitted)
        for programme, submitted in periods(work)
        if not programme.clocks.question_pauses.value
    )


def soon_until(work: Work, programme: Programme) -> datetime:
    """Who is due until this instant is amber or worse now (domain 3.3).

    By the term of today: a list draws one line for every case, and after a change of the term it
    is near, while the mark of the case itself is exact.
    """
    programme = programme.on(legal_day(work.now))
    days = programme.clocks.statutory_working_days.value
    left = days * (100 - programme.clocks.amber_percent.value) // 100
    calendar = work.ports.reference.calendar
    return end_of(calendar.add_working_days(legal_day(work.now), left))
