"""Alarms and reminders of complaints: danger at once and again, what is due once a day.

Each names the case and why, goes to handlers alone, and stops when what it asks for happened. No
key and no text of it stays: by night they are forgotten, so that no hour is left of a complaint.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from app.services import complaint_groups, complaint_outside, complaint_terms, daily
from app.services.complaint_hands import Office, find_office
from app.services.complaint_letters import Line, write
from app.services.complaint_parts import list_out
from app.services.complaint_terms import shown
from app.services.complaint_wishes import list_lines
from app.services.work import Work
from app.storage import (
    complaint_clocks,
    complaint_messages,
    complaint_referrals,
    complaint_remedies,
    complaint_steps,
    complaints,
    outbox,
)
from app.storage.complaint_clocks import KeptClock
from app.storage.complaint_steps import Step
from permits.audit import Act
from permits.deadlines import ClockState, legal_day, start_of
from permits.notices import ABOUT_COMPLAINTS, NoticeKind
from permits.people import PersonId
from recruitment.complaints.clocks import ClockKind, state_of
from recruitment.complaints.filed import ComplaintId, Filed
from recruitment.complaints.handling import Ties
from recruitment.complaints.moves import UNDER_WAY, Action, move
from recruitment.complaints.telling import (
    Hand,
    is_told_daily,
    rings_outside,
    told_of_breach,
    told_of_danger,
    told_of_leavers,
)
from recruitment.complaints.words import Severity, Status

AGAIN_AFTER = timedelta(minutes=15)
"""So often danger (S1) that nobody has read is told again."""

HOUR, NIGHT = 7, 3
"""Local hours: from the first the digest goes out, from the other the night's work is done."""

BATCH = 500
WARNING = frozenset({ClockState.AMBER, ClockState.RED, ClockState.BREACHED})
_KEPT = Line(None, "key-kept", ClockState.BREACHED.value, "")
"""Somebody who left still has a share of the key."""

DIGEST, REPLIES = "complaints-digest", "complaint-replies"


def raise_alarms(work: Work) -> int:
    """The task of the minute: danger that nobody has read, and every term that has just ended.

    Whom each is told `telling` says; where nobody of the office is left, an institution outside is.
    Each person gets one message of each kind, however many cases there are.
    """
    ringing = complaint_clocks.list_alarming(work.session, work.now, BATCH)
    office, told = find_office(work), 0
    rung = {one.complaint for one in ringing}
    found = complaints.find_complaints(work.session, rung)
    out = list_out(work, found.values(), office.accounts)
    letters: dict[tuple[NoticeKind, PersonId], list[Line]] = {}
    alone: set[ComplaintId] = set()
    for kept in ringing:
        filed = found[kept.complaint]
        wanted = _alarms(work, filed, kept)
        if filed.status in UNDER_WAY and wanted > kept.alarms:
            kind, hands, line = _alarm(
                work, office, filed, replace(kept, alarms=wanted), out[kept.complaint]
            )
            for one in hands:
                letters.setdefault((kind, one.person), []).append(line)
            if not hands and rings_outside(kept.alarms, wanted):
                alone.add(kept.complaint)
            complaint_clocks.note_alarm(work.session, kept, wanted)
            told += 1
    for (kind, person), lines in letters.items():
        write(work, kind, office.accounts[person], lines)
    complaint_outside.ring(work, alone)
    return told


def tell_digest(work: Work) -> int:
    """Once a day after seven: each handler hears what is due, in one message.

    In their own cases and in what nobody handles; a supervisor of every term that ended too, of
    appeals and retaliation, and of a key that somebody who left still has. Where nothing is due
    nothing is sent. What nobody here may look at is told outside.
    """
    today = daily.due_day(work, DIGEST, HOUR)
    if today is None:
        return 0
    cases = complaints.list_complaints(work.session, sorted(UNDER_WAY), BATCH)
    lines, office = _due(work, cases), find_office(work)
    out = list_out(work, [filed for filed, _ in lines], office.accounts)
    kept = [_KEPT] if complaint_groups.list_leavers(work.session) else []
    sent, rotating = 0, told_of_leavers(office.reachable)
    for one in office.reachable:
        own = [*kept] if one in rotating else []
        own += [line for filed, line in lines if _is_told(one, office, filed, line, out[filed.id])]
        if own:
            write(work, NoticeKind.COMPLAINTS_DUE, office.accounts[one.person], own)
            sent += 1
    complaint_outside.ring(work, {one.complaint for one in complaint_outside.list_alone(work)})
    daily.mark_done(work, DIGEST, today)
    return sent


def take_replies(work: Work) -> int:
    """Once a night: who was asked and answered is read again; who stayed silent is not waited for.

    By night, so that the log tells no hour at which somebody answered. Nobody's silence closes a
    case.
    """
    today = daily.due_day(work, REPLIES, NIGHT)
    if today is None:
        return 0
    waiting = complaints.list_complaints(work.session, [Status.AWAITING_COMPLAINANT], BATCH)
    answered = complaint_messages.list_answered(work.session, [one.id for one in waiting])
    taken = 0
    for filed in waiting:
        on = answered.get(filed.id)
        if on is not None or not _may_wait(work, filed):
            _let_on(work, filed, Action.REPLY if on else Action.STOP_WAITING)
            taken += 1
    about = [one.value for one in ABOUT_COMPLAINTS]
    outbox.remove_messages(work.session, about, start_of(today))
    daily.mark_done(work, REPLIES, today)
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


def _alarm(
    work: Work, office: Office, filed: Filed, kept: KeptClock, out: frozenset[PersonId]
) -> tuple[NoticeKind, Sequence[Hand], Line]:
    """What is told of a term whose alarm rings so often now, and whom."""
    state = state_of(kept.clock, work.now, work.ports.reference.calendar)
    line = Line(filed.id, kept.clock.kind.value, state.value, "")
    ties, breached = _ties(filed, out), state is ClockState.BREACHED
    if filed.gravity is not Severity.S1:
        return NoticeKind.COMPLAINT_LATE, told_of_breach(office.reachable, ties), line
    hands = told_of_danger(office.reachable, ties, kept.alarms, breached=breached)
    return NoticeKind.COMPLAINT_DANGER, hands, line


def _is_told(
    hand: Hand, office: Office, filed: Filed, line: Line, out: frozenset[PersonId]
) -> bool:
    breached = line.state == ClockState.BREACHED.value
    return is_told_daily(hand, office.hands, _ties(filed, out), breached=breached)


def _ties(filed: Filed, out: frozenset[PersonId]) -> Ties:
    return Ties(PersonId(filed.handler) if filed.handler else None, recused=out)


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
    lines += list_lines(work)
    for silent in complaint_referrals.list_silent(work.session, today, BATCH):
        day = silent.follow_up_on.isoformat()
        lines += _line(work, ComplaintId(silent.complaint), "referral-silent", day)
    for asked in complaint_remedies.list_due_follow_ups(work.session, today, BATCH):
        lines += _line(work, asked.complaint, "follow-up", asked.due_on.isoformat())
    for case, due_on in complaint_remedies.list_overdue(work.session, today, BATCH).items():
        lines += _line(work, case, "remedy-late", due_on.isoformat())
    return lines


def _line(work: Work, complaint: ComplaintId, why: str, day: str) -> list[tuple[Filed, Line]]:
    filed = complaints.get_complaint(work.session, complaint)
    return [(filed, Line(complaint, why, ClockState.BREACHED.value, day))]
