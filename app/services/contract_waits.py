"""A worker hears that the contract waits for them, where SETRASS decides after their yes."""

from datetime import timedelta

from app.services import daily, notices
from app.services.case import programme_for
from app.services.work import Work
from app.storage import contract_waits
from app.storage import contracts as rows
from permits.applications import Application
from permits.notices import NoticeKind
from recruitment.contract_standing import hold
from recruitment.contracts import Contract, Party

AFTER, UNTIL = timedelta(days=1), timedelta(days=15)
"""How long after the employer's yes the worker is reminded, and until when still."""

JOB = "contracts-waiting"
BATCH = 500


def find_waiting(work: Work, application: Application) -> Contract | None:
    """The version that waits for the worker's yes alone, as SETRASS does; None where none is."""
    if not programme_for(work, application).contract_first:
        return None
    versions = rows.list_newest_work(work.session, application.id)
    if versions and hold(versions).unread:  # SETRASS reads it first
        return None
    agreed = {one.party for one in versions[-1].agreements} if versions else set()
    return versions[-1] if agreed == {Party.EMPLOYER} else None


def tell(work: Work, application: Application) -> None:
    """Where the contract waits for the worker's yes alone by what was just done, they hear it."""
    waiting = find_waiting(work, application)
    if waiting is not None:
        notices.tell_worker(work, NoticeKind.CONTRACT_WAITS, application, once=waiting.digest)


def remind(work: Work, limit: int = BATCH) -> int:
    """The task of the hour: once a day after eight, who has not answered a day later is reminded.

    Once for each version: the outbox keeps the key. Returns how many wait, who are read `limit` at
    a time: those who were reminded yesterday stand before whoever is to be reminded today.
    """
    today = daily.due_day(work, JOB)
    if today is None:
        return 0
    every = work.ports.reference.programmes.values()
    programmes = [one.code for one in every if one.contract_first]
    offered = work.now - UNTIL, work.now - AFTER
    told, after = 0, None
    while batch := contract_waits.list_waiting(work.session, programmes, offered, limit, after):
        for one in batch:
            once = f"{one.digest}:reminder"
            notices.tell_worker(work, NoticeKind.CONTRACT_WAITS, one.application, once=once)
        told, after = told + len(batch), batch[-1].place
    daily.mark_done(work, JOB, today)
    return told
