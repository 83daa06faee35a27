"""Jobs of a day: each is done once a local day, by one of many processes, from an hour on."""

from datetime import date

from app.services.work import Work
from app.storage import daily_jobs
from permits.deadlines import LEGAL_ZONE

MORNING = 8
"""The local hour from which people are written to; nobody is woken."""

NIGHT = 2
"""The local hour from which work is done for which nobody has to be there."""


def due_day(work: Work, job: str, hour: int = MORNING) -> date | None:
    """The local day of a job whose hour has come and that is not done yet; else None.

    Two processes may be told the same day: what the job does twice has to be harmless, or held.
    """
    local = work.now.astimezone(LEGAL_ZONE)
    due = local.hour >= hour and not daily_jobs.is_done(work.session, job, local.date())
    return local.date() if due else None


def mark_done(work: Work, job: str, day: date) -> None:
    """Remember that the job of a day is done."""
    daily_jobs.mark_done(work.session, job, day)
