"""Asking the watch list about what comes to INM, until it has answered."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from app.services.case import load_case
from app.services.queues import orders_of
from app.services.work import Work
from app.storage import outbox, watch_checks
from app.storage.database import Session
from permits.applications import ApplicationId, Status
from permits.audit import Act
from permits.watch import CheckState, WatchCheck, WatchQuery

EFFECT = "ask-watch-list"
PATIENCE = timedelta(minutes=15)
"""Until then an answer may be on its way: the worker process asks every minute."""
AT_ONCE = 500
"""So many cases are noted in one run; the rest waits for the next minute."""


def ask_new(work: Work) -> int:
    """Note every case that has come to INM since; returns how many. None where there is no list.

    The asking itself waits in the outbox, each case by itself and for as long as the list is away.
    """
    if work.ports.watch is None:
        return 0
    found = watch_checks.list_unasked(work.session, orders_of(work), AT_ONCE)
    for application, round_ in found:
        identity = work.new_id()
        check = WatchCheck(
            identity, ApplicationId(application), round_, CheckState.PENDING, work.now
        )
        if watch_checks.add_check(work.session, check, event=work.event(Act.WATCH_ASKED, identity)):
            effect = outbox.Effect(EFFECT, f"{EFFECT}:{identity}", {"id": str(identity)})
            outbox.put(work.session, effect, work.now)
    return len(found)


def count_unanswered(session: Session, now: datetime) -> int:
    """Cases that wait for the list's answer for longer than `PATIENCE`."""
    return watch_checks.count_waiting(session, now - PATIENCE)


def ask_list(work: Work, payload: Mapping[str, Any]) -> None:
    """Ask the list about one case and keep its answer; OSError where it gave none.

    A case that was settled or taken back meanwhile is not asked about any more.
    """
    vault, watch = work.ports.vault, work.ports.watch
    check = watch_checks.lock_check(work.session, vault, UUID(payload["id"]))
    if watch is None or check.state is not CheckState.PENDING:
        return
    case = load_case(work, check.application)
    if case.application.status is not Status.UNDER_REVIEW or case.application.round != check.round:
        return
    said = case.answers
    query = WatchQuery(
        said.document_kind or "",
        said.document_number or "",
        said.given_names or "",
        said.surnames or "",
        said.date_of_birth,
        said.nationality or "",
    )
    found = tuple(watch.ask(query))
    state = CheckState.HIT if found else CheckState.CLEAR
    answered = replace(check, state=state, answered_at=work.now, references=found)
    event = work.event(Act.WATCH_ANSWERED, check.id)
    watch_checks.answer_check(work.session, vault, answered, event=event)
