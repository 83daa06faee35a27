"""The nightly job that lets go of what is due, in bounded batches, and tells what it did."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.services import daily
from app.services.erasing import EFFECT, erase
from app.services.work import Work
from app.storage import (
    child_alerts,
    closed_accounts,
    consents,
    crossing_counts,
    data_requests,
    erasures,
    handed_in,
    offer_reports,
    outbox,
    past_permits,
    registration_drafts,
    sessions,
)
from permits.audit import Act
from permits.deadlines import legal_day
from permits.erasure import Cause
from permits.notices import CARRIES_A_CODE, SHORT_LIVED, NoticeKind
from permits.people import SYSTEM_PERSON
from permits.retention_terms import (
    ACCOUNT_KEPT,
    CLOSED_KEPT,
    CODE_KEPT,
    CROSSING_KEPT,
    DRAFT_KEPT,
    HANDED_IN_KEPT,
    MESSAGE_KEPT,
    PERMIT_KEPT,
    REPORT_KEPT,
    REQUEST_KEPT,
)

BATCH = 200
"""Files that one transaction erases at most; the next minute goes on."""

JOB = "retention"
Counts = Mapping[str, int]


@dataclass(frozen=True)
class Report:
    """What went, by rule, or would go in a dry run; `more` says that a batch was full.

    `consents_over`: consents whose time is over while their file stands, held back or under way.
    Nobody is asked anew by itself: the data-protection officer looks into each.
    """

    counts: Counts
    more: bool
    consents_over: int = 0

    @property
    def total(self) -> int:
        """Of every rule together."""
        return sum(self.counts.values())


def run_daily(work: Work) -> int:
    """The task of the hour: once a local day after two in the morning, batch by batch."""
    today = daily.due_day(work, JOB, daily.NIGHT)
    if today is None:
        return 0
    report = run_retention(work)
    if not report.more:
        daily.mark_done(work, JOB, today)
    return report.total


def run_retention(work: Work, limit: int = BATCH) -> Report:
    """Let go of what is due, at most `limit` of each kind; one event tells the counts."""
    cases = _erase_cases(work, limit)
    counts = {**cases, **{name: forget(work, limit) for name, forget in _FORGET.items()}}
    over = consents.count_over(work.session, work.now)
    if over or any(counts.values()):
        event = work.event(Act.RETENTION_RUN, SYSTEM_PERSON, {**counts, "consents_over": over})
        sessions.note_event(work.session, event=event)
    full = sum(cases.values()) >= limit or any(counts[name] >= limit for name in _FORGET)
    return Report(counts, full, over)


def plan_retention(work: Work) -> Report:
    """What a run would let go of now; nothing is changed."""
    counts = {name: count(work) for name, count in _COUNT.items()}
    due = erasures.count_due(work.session, _limits(work.now))
    over = consents.count_over(work.session, work.now)
    return Report({**due, **counts}, False, over)


def _limits(now: datetime) -> erasures.Limits:
    return erasures.Limits(
        DRAFT_KEPT.before(now), CLOSED_KEPT.before(now), legal_day(PERMIT_KEPT.before(now))
    )


def _erase_cases(work: Work, limit: int) -> dict[str, int]:
    counts = {"drafts": 0, "closed": 0, "permits": 0}
    for kept in erasures.lock_due(work.session, _limits(work.now), limit):
        erase(work, kept, Cause.TIME)
        approved = kept.valid_until is not None
        kind = "drafts" if kept.application.round == 0 else "permits" if approved else "closed"
        counts[kind] += 1
    return counts


def _forget_messages(work: Work, _limit: int) -> int:
    """What was sent, and what could not be; codes before the rest."""
    session = work.session
    return sum(
        outbox.remove_messages(session, kinds, before)
        + outbox.forget_given_up(session, kinds, before)
        for kinds, before in _messages_due(work)
    )


def _messages_due(work: Work) -> Sequence[tuple[frozenset[NoticeKind], datetime]]:
    codes = CARRIES_A_CODE | SHORT_LIVED
    return (
        (codes, CODE_KEPT.before(work.now)),
        (frozenset(NoticeKind) - codes, MESSAGE_KEPT.before(work.now)),
    )


def _forget_registrations(work: Work, limit: int) -> int:
    """Drafts of employers; their papers go from the object store after the commit."""
    due = DRAFT_KEPT.before(work.now)
    count, papers = registration_drafts.remove_drafts_before(work.session, due, limit)
    for key in papers:
        outbox.put(work.session, outbox.Effect(EFFECT, f"delete:{key}", {"key": key}), work.now)
    return count


def _count_messages(work: Work) -> int:
    session = work.session
    return sum(
        outbox.count_messages(session, kinds, before)
        + outbox.count_forgettable(session, kinds, before)
        for kinds, before in _messages_due(work)
    )


_FORGET: Mapping[str, Callable[[Work, int], int]] = {
    "accounts": lambda work, limit: closed_accounts.anonymise_closed_before(
        work.session, ACCOUNT_KEPT.before(work.now), limit
    ),
    "child_alerts": lambda work, limit: child_alerts.remove_before(
        work.session, CROSSING_KEPT.before(work.now), 10 * limit
    ),
    "crossings": lambda work, limit: crossing_counts.fold_crossings_before(
        work.session, CROSSING_KEPT.before(work.now), 10 * limit
    ),
    "handed_in": lambda work, limit: handed_in.remove_before(
        work.session, HANDED_IN_KEPT.before(work.now), 10 * limit
    ),
    "messages": _forget_messages,
    "offer_reports": lambda work, limit: offer_reports.remove_dismissed_before(
        work.session, REPORT_KEPT.before(work.now), limit
    ),
    "past_permits": lambda work, limit: past_permits.remove_ended_before(
        work.session, legal_day(PERMIT_KEPT.before(work.now)), limit
    ),
    "registrations": _forget_registrations,
    "requests": lambda work, limit: data_requests.forget_words_before(
        work.session, REQUEST_KEPT.before(work.now), limit
    ),
}

_COUNT: Mapping[str, Callable[[Work], int]] = {
    "accounts": lambda work: closed_accounts.count_closed_before(
        work.session, ACCOUNT_KEPT.before(work.now)
    ),
    "child_alerts": lambda work: child_alerts.count_before(
        work.session, CROSSING_KEPT.before(work.now)
    ),
    "crossings": lambda work: crossing_counts.count_crossings_before(
        work.session, CROSSING_KEPT.before(work.now)
    ),
    "handed_in": lambda work: handed_in.count_before(work.session, HANDED_IN_KEPT.before(work.now)),
    "messages": _count_messages,
    "offer_reports": lambda work: offer_reports.count_dismissed_before(
        work.session, REPORT_KEPT.before(work.now)
    ),
    "past_permits": lambda work: past_permits.count_ended_before(
        work.session, legal_day(PERMIT_KEPT.before(work.now))
    ),
    "registrations": lambda work: registration_drafts.count_drafts_before(
        work.session, DRAFT_KEPT.before(work.now)
    ),
    "requests": lambda work: data_requests.count_answered_before(
        work.session, REQUEST_KEPT.before(work.now)
    ),
}
