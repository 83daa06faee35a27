"""People at work who are asked how it goes."""

import re
from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import select

from app.services import check_ins, notices
from app.storage import daily_jobs
from app.storage.outbox import outbox
from permits.deadlines import legal_day, start_of
from permits.people import SYSTEM
from permits.programmes import Hiring
from recruitment.check_ins import CheckIn
from tests.builders import Story

WELL = {
    "paid": "yes",
    "rest": "yes",
    "document": "no",
    "free": "yes",
    "living": "yes",
    "safe": "no",
}


def at_work(story: Story, **answers: str) -> Story:
    """A permit; nobody noted a crossing, so its first day counts."""
    return story.start(Hiring.OPEN, **answers).submit().approve().sign()


def ask_all(story: Story, days: int = 15) -> int:
    """Nine in the morning, so many days later: the worker process asks; how many were asked."""
    day = legal_day(story.now) + timedelta(days=days)
    story.now = start_of(day) + timedelta(hours=9)
    return check_ins.ask_due(story.work(SYSTEM))


def ask_now(story: Story, day: date) -> None:
    """Ask whoever is due on a day, whatever was done of it before."""
    daily_jobs.mark_done(story.session, check_ins.JOB, date(2026, 1, 1))
    morning = start_of(day) + timedelta(hours=9)
    check_ins.ask_due(replace(story.work(SYSTEM), now=morning))


def asked(story: Story) -> CheckIn:
    """What this worker was asked last."""
    return check_ins.list_own(story.work(story.worker), story.id)[-1]


def answer(story: Story, *, act: bool = False, **changes: str) -> CheckIn:
    """This worker answers what was asked last, signed in; well but for the changes."""
    work = story.work(story.worker)
    return check_ins.answer_own(work, story.id, asked(story).id, WELL | changes, act=act)


def token_of(story: Story) -> str:
    """The token in the link of the newest SMS about this worker's job."""
    rows = story.session.execute(
        select(outbox.c.payload)
        .where(outbox.c.key.contains(f"check-in:{story.id}:"))
        .order_by(outbox.c.id.desc())
    )
    notice = notices.read(rows.first()[0])  # type: ignore[index]
    return re.sub(r".*/como-esta/", "", notice.facts["link"])
