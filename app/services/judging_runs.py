"""Judging many vacancies again, batch by batch: when wages, an employer's bar or the day change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from app.services import daily, kept_findings, vacancy_judging
from app.services.work import Work
from app.storage import judging_runs, outbox, vacancies
from app.storage.judging_runs import JudgingRun, Touched
from app.storage.vacancies import ListedVacancy
from permits.audit import Act
from permits.deadlines import legal_day
from permits.people import Permission
from permits.policies import check_permission

__all__ = ["JudgingRun"]

EFFECT = "judge-vacancies"
JOB, HOUR = "judge-vacancies", 1
"""Once a local day after one in the morning: overrides end, seasons and quotas move."""

OF_CASES = ("day", "wages")
"""What touches findings of single workers too: days that pass, and values."""

BATCH = 200
SHOWN = 200
"""Vacancies in one transaction, and those that a report names."""


@dataclass(frozen=True)
class Report:
    """A run and the vacancies that fail since; `failing` has at most `SHOWN` of them."""

    run: JudgingRun
    failing: Sequence[ListedVacancy]


def start_run(
    work: Work,
    cause: str,
    employer: UUID | None = None,
    programmes: Sequence[str] | None = None,
    since: date | None = None,
    employers: Sequence[UUID] | None = None,
) -> JudgingRun:
    """Begin to judge again what is touched; the worker process does it, in batches."""
    named = tuple(programmes) if programmes is not None else None
    hiring = (employer,) if employer else (tuple(employers) if employers is not None else None)
    touched = Touched(legal_day(work.now), hiring, named, since)
    total = judging_runs.count_touched(work.session, touched)
    run = JudgingRun(work.new_id(), cause, employer, total, 0, (), work.now)
    event = work.event(Act.VACANCIES_RUN, run.id, {"cause": cause, "total": total})
    judging_runs.add_run(work.session, run, event=event)
    _leave_next(work, run.id, "first", touched)
    if cause in OF_CASES:
        kept_findings.judge_all_soon(work, run.id)
    return run


def run_batch(work: Work, payload: Mapping[str, Any]) -> None:
    """The effect: one batch is judged, and the next is left to be done."""
    run = judging_runs.find_run(work.session, UUID(payload["run"]))
    if run is None:
        return
    touched = Touched(
        date.fromisoformat(payload["today"]),
        _hiring(run, payload),
        tuple(payload["programmes"]) if payload["programmes"] is not None else None,
        date.fromisoformat(payload["since"]) if payload["since"] else None,
    )
    after = UUID(payload["after"]) if payload["after"] != "first" else None
    batch = judging_runs.list_touched(work.session, touched, BATCH, after)
    fallen = vacancy_judging.judge_vacancies(work, batch, run.cause)
    failing = [one.vacancy.id for one in fallen]
    over = len(batch) < BATCH
    ended_at = work.now if over else None
    judging_runs.note_progress(work.session, run.id, len(batch), failing, ended_at)
    if not over:
        _leave_next(work, run.id, str(batch[-1]), touched)


def judge_daily(work: Work) -> int:
    """The task of the hour: a run over everything once a day; returns how many runs began."""
    today = daily.due_day(work, JOB, HOUR)
    if today is None:
        return 0
    start_run(work, "day")
    daily.mark_done(work, JOB, today)
    return 1


def list_reports(work: Work) -> Sequence[Report]:
    """The last runs with what fails since; the newest first."""
    check_permission(work.actor, Permission.VACANCY_REVIEW)
    return read_reports(work)


def read_reports(work: Work) -> Sequence[Report]:
    """The same for the service's own shell."""
    return [_report(work, run) for run in judging_runs.list_runs(work.session)]


def _report(work: Work, run: JudgingRun) -> Report:
    return Report(run, vacancies.list_some(work.session, run.failing[:SHOWN]))


def _hiring(run: JudgingRun, payload: Mapping[str, Any]) -> tuple[UUID, ...] | None:
    """Whose vacancies; an effect that was left before runs had several employers tells none."""
    told = payload.get("employers")
    if told is not None:
        return tuple(UUID(one) for one in told)
    return (run.employer,) if run.employer else None


def _leave_next(work: Work, run: UUID, after: str, touched: Touched) -> None:
    payload = {
        "run": str(run),
        "after": after,
        "today": touched.today.isoformat(),
        "employers": [str(one) for one in touched.employers]
        if touched.employers is not None
        else None,
        "programmes": list(touched.programmes) if touched.programmes is not None else None,
        "since": touched.since.isoformat() if touched.since else None,
    }
    outbox.put(work.session, outbox.Effect(EFFECT, f"{EFFECT}:{run}:{after}", payload), work.now)
