"""Alarms and reminders of complaints: danger at once and again, what is due once a day.

Each names the case and why, goes to handlers alone, and stops when what it asks for happened. No
key and no text of it stays: by night they are forgotten, so that no hour is left of a complaint.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from app.services import complaint_terms, notices
from app.services.complaint_terms import shown
from app.services.work import Work
from app.storage import (
    accounts,
    complaint_clocks,
    complaint_messages,
    complaint_referrals,
    complaint_remedies,
    complaint_steps,
    complaints,
    daily_jobs,
    outbox,
)
from app.storage.accounts import Account
from app.storage.complaint_clocks import KeptClock
from app.storage.complaint_steps import Step
from permits.audit import Act
from permits.deadlines import LEGAL_ZONE, ClockState, legal_day, start_of
from permits.notices import ABOUT_COMPLAINTS, Notice, NoticeKind
from permits.people import Role
from recruitment.complaints.clocks import ClockKind, state_of
from recruitment.complaints.filed import ComplaintId, Filed
from recruitment.complaints.handling import reference_of
from recruitment.complaints.moves import UNDER_WAY, Action, move
from recruitment.complaints.words import Severity, Status

AGAIN_AFTER = timedelta(minutes=15)
"""So often danger (S1) that nobody has read is told again."""

HOUR, NIGHT = 7, 3
"""Local hours: from the first the digest goes out, from the other the night's work is done."""

BATCH = 500
WARNING = frozenset({ClockState.AMBER, ClockState.RED, ClockState.BREACHED})
DIGEST, REPLIES = "complaints-digest", "complaint-replies"


@dataclass(frozen=True)
class Line:
    """One reason to look at a case: what, how near its end is, and until when."""

    complaint: ComplaintId
    why: str
    state: str
    day: str

    @property
    def text(self) -> str:
        """As the message carries it: codes, which its template turns into words."""
        return "|".join((reference_of(self.complaint), self.why, self.state, self.day))


def raise_alarms(work: Work) -> int:
    """The task of the minute: danger that nobody has read, and every term that has just ended.

    Danger goes to all handlers every quarter of an hour until somebody reads it; a breach once.
    """
    running = complaint_clocks.list_running(work.session, BATCH)
    told = 0
    for kept in running:
        filed = complaints.get_complaint(work.session, kept.complaint)
        wanted = _alarms(work, filed, kept)
        if filed.status in UNDER_WAY and wanted > kept.alarms:
            _alarm(work, filed, kept)
            complaint_clocks.note_alarm(work.session, kept, wanted)
            told += 1
    return told


def tell_digest(work: Work) -> int:
    """Once a day after seven: each handler hears what is due in their cases, in one message.

    What nobody handles yet goes to everybody. Where nothing is due nothing is sent.
    """
    local = work.now.astimezone(LEGAL_ZONE)
    if local.hour < HOUR or daily_jobs.is_done(work.session, DIGEST, local.date()):
        return 0
    cases = complaints.list_complaints(work.session, sorted(UNDER_WAY), BATCH)
    lines = _due(work, cases)
    sent = 0
    for one in _handlers(work):
        own = [line for filed, line in lines if filed.handler in {None, one.person}]
        if own:
            _write(work, NoticeKind.COMPLAINTS_DUE, one, own)
            sent += 1
    daily_jobs.mark_done(work.session, DIGEST, local.date())
    return sent


def take_replies(work: Work) -> int:
    """Once a night: who was asked and answered is read again; who stayed silent is not waited for.

    By night, so that the log tells no hour at which somebody answered. Nobody's silence closes a
    case.
    """
    local = work.now.astimezone(LEGAL_ZONE)
    if local.hour < NIGHT or daily_jobs.is_done(work.session, REPLIES, local.date()):
        return 0
    waiting = complaints.list_complaints(work.session, [Status.AWAITING_COMPLAINANT], BATCH)
    answered = complaint_messages.list_answered(work.session, [one.id for one in waiting])
    taken = 0
    for filed in waiting:
        on = answered.get(filed.id)
        if on is not None or not _may_wait(work, filed):
            _let_on(work, filed, Action.REPLY if on else Action.STOP_WAITING)
            taken += 1
    today = start_of(local.date())
    outbox.remove_messages(work.session, [one.value for one in ABOUT_COMPLAINTS], today)
    daily_jobs.mark_done(work.session, REPLIES, local.date())
    return taken


def _let_on(work: Work, filed: Filed, action: Action) -> None:
    held = complaints.get_complaint(work.session, filed.id, hold=True)
    if held.status is not Status.AWAITING_COMPLAINANT:
        return
    after = replace(held, status=move(held.status, action), version=held.version + 1)
    after = complaint_terms.resume_decision(work, after)
    place = complaint_steps.count_steps(work.session, held.id) + 1
    person, today = work.actor.person, legal_day(work.now)
    complaint_steps.add_step(
        work.session, Step(work.new_id(), held.id, place, action.value, person, today)
    )
    facts = {"deed": action.value, "status": after.status.value}
    event = work.event(Act.COMPLAINT_MOVED, held.id, facts)
    complaints.save_complaint(work.session, after, event=event)


def _may_wait(work: Work, filed: Filed) -> bool:
    clocks = complaint_terms.list_clocks(work, filed.id)
    calendar = work.ports.reference.calendar
    return any(state_of(one, work.now, calendar) is ClockState.PAUSED for one in clocks)


def _alarms(work: Work, filed: Filed, kept: KeptClock) -> int:
    """How often the alarm of a term should have gone by now."""
    breached = state_of(kept.clock, work.now, work.ports.reference.calendar) is ClockState.BREACHED
    danger = filed.gravity is Severity.S1 and kept.clock.kind is ClockKind.ACKNOWLEDGE
    if danger:
        return int((work.now - kept.clock.started_at) / AGAIN_AFTER) + 1
    return int(breached)


def _alarm(work: Work, filed: Filed, kept: KeptClock) -> None:
    state = state_of(kept.clock, work.now, work.ports.reference.calendar)
    danger = filed.gravity is Severity.S1
    kind = NoticeKind.COMPLAINT_DANGER if danger else NoticeKind.COMPLAINT_LATE
    line = Line(filed.id, kept.clock.kind.value, state.value, "")
    for one in _handlers(work):
        _write(work, kind, one, [line])


def _due(work: Work, cases: Sequence[Filed]) -> list[tuple[Filed, Line]]:
    known = {one.id: one for one in cases}
    clocks = complaint_clocks.list_clocks(work.session, list(known))
    today = legal_day(work.now)
    lines = [
        (filed, Line(filed.id, one.kind.value, one.state.value, one.last_day.isoformat()))
        for filed in cases
        for one in shown(work, [kept.clock for kept in clocks[filed.id]])
        if one.state in WARNING
    ]
    for silent in complaint_referrals.list_silent(work.session, today, BATCH):
        day = silent.follow_up_on.isoformat()
        lines += _line(work, ComplaintId(silent.complaint), "referral-silent", day)
    for asked in complaint_remedies.list_due_follow_ups(work.session, today, BATCH):
        lines += _line(work, asked.complaint, "follow-up", asked.due_on.isoformat())
    return lines


def _line(work: Work, complaint: ComplaintId, why: str, day: str) -> list[tuple[Filed, Line]]:
    filed = complaints.get_complaint(work.session, complaint)
    return [(filed, Line(complaint, why, ClockState.BREACHED.value, day))]


def _handlers(work: Work) -> list[Account]:
    every = accounts.list_accounts(work.session, Role.COMPLAINT_HANDLER)
    return [one for one in every if not one.disabled and (one.email or one.phone)]


def _write(work: Work, kind: NoticeKind, account: Account, lines: Sequence[Line]) -> None:
    """The key is drawn by chance: none of it leads to a case, or tells when it came."""
    phone = None if account.email else account.phone
    facts = {
        "lines": "\n".join(one.text for one in lines),
        "link": f"{work.ports.public_url}/quejas",
    }
    key = f"{kind.value}:{work.new_id()}"
    notices.leave(work, Notice(kind, "es", key, phone, account.email, facts))
