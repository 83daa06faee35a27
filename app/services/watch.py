"""Asking the watch list about what comes to INM, and each day again until INM has decided.

A name that a worker asks for under a standing right is asked about as a round is (O15).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from app.services import daily
from app.services.case import Case, load_case
from app.services.ports import WatchList
from app.services.queues import orders_of
from app.services.work import Work
from app.storage import identity_changes, identity_watch, outbox, watch_checks
from app.storage.database import Session
from permits.applications import ApplicationId, Status
from permits.audit import Act
from permits.deadlines import start_of
from permits.identity_changes import IdentityOutcome, applied
from permits.people import SYSTEM_PERSON
from permits.submissions import Answers
from permits.watch import CheckState, WatchCheck, WatchQuery, asked_again

EFFECT = "ask-watch-list"
PATIENCE = timedelta(minutes=15)
"""Until then an answer may be on its way: the worker process asks every minute."""
AT_ONCE = 500
"""So many cases are noted in one run; the rest waits for the next minute."""

JOB = "watch-again"

AGAIN_AT_ONCE = 100
"""So many cases are asked about again in one run."""


def ask_new(work: Work) -> int:
    """Note every case and every new name that has come to INM since; returns how many.

    None where there is no list.

    The asking itself waits in the outbox, each case by itself and for as long as the list is away.
    """
    if work.ports.watch is None:
        return 0
    rounds = watch_checks.list_unasked(work.session, orders_of(work), AT_ONCE)
    names = identity_watch.list_unasked(work.session, AT_ONCE)
    for application, round_ in rounds:
        _note(work, application, round_=round_)
    for application, change in names:
        _note(work, application, change=change)
    return len(rounds) + len(names)


def _note(
    work: Work, application: UUID, *, round_: int | None = None, change: UUID | None = None
) -> None:
    identity, pending = work.new_id(), CheckState.PENDING
    check = WatchCheck(
        identity, ApplicationId(application), round_, pending, work.now, change=change
    )
    if watch_checks.add_check(work.session, check, event=work.event(Act.WATCH_ASKED, identity)):
        effect = outbox.Effect(EFFECT, f"{EFFECT}:{identity}", {"id": str(identity)})
        outbox.put(work.session, effect, work.now)


def ask_again(work: Work) -> int:
    """The task of the minute, from two in the morning: ask about what waits for INM still.

    Somebody may have been put on the list since. Each case is asked about once a local day, some
    in a run; returns how many. A case goes on as it stood while the list is away: only what the
    list names anew makes it wait, for a second look, as at first.
    """
    today = daily.due_day(work, JOB, daily.NIGHT)
    if work.ports.watch is None or today is None:
        return 0
    vault, before = work.ports.vault, start_of(today)
    orders = orders_of(work)
    checks = [
        *watch_checks.lock_answered(work.session, vault, orders, before, AGAIN_AT_ONCE),
        *identity_watch.lock_answered(work.session, vault, before, AGAIN_AT_ONCE),
    ]
    if not checks:
        daily.mark_done(work, JOB, today)
        return 0
    answered = list(_answered_again(work, work.ports.watch, checks))
    same = [one.id for one in answered if one.state is not CheckState.HIT]
    if same:
        event = work.event(Act.WATCH_ASKED_AGAIN, SYSTEM_PERSON, {"checks": len(same)})
        watch_checks.note_asked_again(work.session, same, work.now, event=event)
    for one in answered:
        if one.state is CheckState.HIT:
            event = work.event(Act.WATCH_ANSWERED, one.id)
            watch_checks.save_found_again(work.session, vault, one, event=event)
    return len(answered)


def _answered_again(
    work: Work, watch: WatchList, checks: Sequence[WatchCheck]
) -> Iterator[WatchCheck]:
    """Each check with what the list says now, until it says nothing; the rest waits a minute."""
    for check in checks:
        said = _answers(work, check, load_case(work, check.application))
        try:
            found = watch.ask(_query(said)) if said else ()
        except OSError:
            return
        yield asked_again(check, found, work.now)


def count_unanswered(session: Session, now: datetime) -> int:
    """Cases and new names that wait for the list's answer for longer than `PATIENCE`."""
    before = now - PATIENCE
    return watch_checks.count_waiting(session, before) + identity_watch.count_waiting(
        session, before
    )


def ask_list(work: Work, payload: Mapping[str, Any]) -> None:
    """Ask the list about one case and keep its answer; OSError where it gave none.

    What was settled or taken back meanwhile is not asked about any more.
    """
    vault, watch = work.ports.vault, work.ports.watch
    check = watch_checks.lock_check(work.session, vault, UUID(payload["id"]))
    if watch is None or check.state is not CheckState.PENDING:
        return
    said = _answers(work, check, load_case(work, check.application))
    if said is None:
        return
    found = tuple(watch.ask(_query(said)))
    state = CheckState.HIT if found else CheckState.CLEAR
    answered = replace(check, state=state, answered_at=work.now, references=found)
    event = work.event(Act.WATCH_ANSWERED, check.id)
    watch_checks.answer_check(work.session, vault, answered, event=event)


def _answers(work: Work, check: WatchCheck, case: Case) -> Answers | None:
    """What the list is told of the person; None where nobody waits for its answer any more."""
    if check.change is None:
        application = case.application
        waits = application.status is Status.UNDER_REVIEW and application.round == check.round
        return case.answers if waits else None
    change = identity_changes.find_change(work.session, work.ports.vault, check.change)
    if change is None or change.outcome is not IdentityOutcome.ASKED:
        return None
    return applied(case.answers, change.after)


def _query(said: Answers) -> WatchQuery:
    return WatchQuery(
        said.document_kind or "",
        said.document_number or "",
        said.given_names or "",
        said.surnames or "",
        said.date_of_birth,
        said.nationality or "",
    )
