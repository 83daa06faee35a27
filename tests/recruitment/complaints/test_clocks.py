"""The clocks of a complaint: hours, working days across the year's end, pauses and departures."""

from datetime import UTC, date, datetime, timedelta

import pytest

from permits.deadlines import ClockState, WorkingCalendar, end_of, last_day, legal_day, start_of
from recruitment.complaints.clocks import (
    ClockKind,
    ComplaintClock,
    Term,
    before_departure,
    coarsened,
    judge_anew,
    may_wait,
    meet,
    pause,
    restart,
    resume,
    start_clocks,
    state_of,
)
from recruitment.complaints.words import Severity

OFFICE = WorkingCalendar(
    frozenset({date(2026, 12, 25), date(2027, 1, 1)}),
    frozenset({date(2026, 12, 24), date(2026, 12, 31)}),
)
AT = datetime(2026, 12, 22, 20, 30, tzinfo=UTC)
"""A Tuesday afternoon in Tegucigalpa, before the closing at the year's end."""

TABLE = [
    (Severity.S1, "acknowledge", AT + timedelta(hours=1)),
    (Severity.S1, "first-contact", AT + timedelta(hours=4)),
    (Severity.S1, "decision", AT + timedelta(hours=24)),
    (Severity.S2, "acknowledge", AT + timedelta(hours=24)),
    (Severity.S2, "first-contact", end_of(date(2026, 12, 28))),
    (Severity.S2, "decision", end_of(date(2027, 1, 18))),
    (Severity.S3, "acknowledge", end_of(date(2026, 12, 28))),
    (Severity.S3, "first-contact", end_of(date(2027, 1, 4))),
    (Severity.S3, "decision", end_of(date(2027, 2, 8))),
    (Severity.S4, "acknowledge", end_of(date(2026, 12, 28))),
    (Severity.S4, "decision", end_of(date(2027, 1, 11))),
]


@pytest.mark.feature("H4")
def test_each_severity_has_its_terms_and_holidays_do_not_count() -> None:
    found = [
        (severity, one.kind.value, one.due_at)
        for severity in Severity
        for one in start_clocks(severity, AT, OFFICE)
    ]
    assert found == TABLE


def _clock(severity: Severity, kind: ClockKind) -> ComplaintClock:
    return next(one for one in start_clocks(severity, AT, OFFICE) if one.kind is kind)


DECISION = _clock(Severity.S2, ClockKind.DECISION)
LATER = AT + timedelta(days=20)


def test_a_graver_judgement_counts_from_now_and_a_lesser_one_from_the_beginning() -> None:
    at = start_clocks(Severity.S3, AT, OFFICE)
    read, spoken, waits = meet(at[0], AT), meet(at[1], AT), at[2]

    def terms(clocks: list[ComplaintClock], *severities: Severity) -> dict[str, ComplaintClock]:
        before, after = severities
        found = judge_anew(clocks, (before, after), LATER, OFFICE)
        return {one.kind.value: one for one in found}

    fresh = {one.kind.value: one for one in start_clocks(Severity.S1, LATER, OFFICE)}
    danger = terms([read, spoken, meet(waits, AT)], Severity.S3, Severity.S1)
    assert danger == {**fresh, "acknowledge": read}  # spoken with anew, and a plan
    serious = terms([read, spoken, meet(waits, AT)], Severity.S3, Severity.S2)
    assert serious["decision"] == meet(waits, AT)  # decided is decided
    assert serious["first-contact"].started_at == start_of(legal_day(LATER))
    late = terms([read, spoken, waits], Severity.S3, Severity.S2)["decision"]
    assert late.due_at == min(waits.due_at, end_of(OFFICE.add_working_days(legal_day(LATER), 15)))
    lesser = terms([read, spoken, waits], Severity.S3, Severity.S4)
    assert set(lesser) == {"acknowledge", "decision"}
    assert lesser["decision"].due_at == _clock(Severity.S4, ClockKind.DECISION).due_at


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (date(2026, 12, 23), "in-time"),
        (date(2027, 1, 7), "in-time"),
        (date(2027, 1, 8), "amber"),
        (date(2027, 1, 14), "amber"),
        (date(2027, 1, 15), "red"),
        (date(2027, 1, 18), "red"),
        (date(2027, 1, 19), "breached"),
    ],
)
def test_a_term_of_days_turns_amber_red_and_breached_by_shares(day: date, state: str) -> None:
    assert state_of(DECISION, start_of(day), OFFICE) is ClockState(state)


@pytest.mark.parametrize(
    ("minutes", "state"),
    [
        (0, "in-time"),
        (143, "in-time"),
        (144, "amber"),
        (215, "amber"),
        (216, "red"),
        (239, "red"),
        (240, "breached"),
    ],
)
def test_a_term_of_hours_turns_by_the_same_shares(minutes: int, state: str) -> None:
    clock = _clock(Severity.S1, ClockKind.FIRST_CONTACT)
    assert state_of(clock, AT + timedelta(minutes=minutes), OFFICE) is ClockState(state)


@pytest.mark.feature("N1")
def test_the_decision_waits_for_the_complainant_ten_working_days_in_all() -> None:
    first = pause(DECISION, start_of(date(2026, 12, 23)))
    assert state_of(first, start_of(date(2026, 12, 28)), OFFICE) is ClockState.PAUSED
    back = resume(first, start_of(date(2026, 12, 29)), OFFICE)
    assert (back.paused_days, last_day(back.due_at)) == (2, date(2027, 1, 20))
    again = pause(back, start_of(date(2026, 12, 30)))
    assert may_wait(again, start_of(date(2027, 1, 12)), OFFICE)
    assert not may_wait(again, start_of(date(2027, 1, 13)), OFFICE)
    # Whoever forgets to resume it gains nothing: it runs on as if it had been resumed.
    assert state_of(again, start_of(date(2027, 1, 13)), OFFICE) is not ClockState.PAUSED
    late = resume(again, start_of(date(2027, 6, 1)), OFFICE)
    assert (late.paused_days, last_day(late.due_at)) == (10, date(2027, 2, 1))
    assert pause(late, start_of(date(2027, 1, 20))) == late


@pytest.mark.parametrize("severity", list(Severity))
def test_no_other_term_pauses_and_no_met_or_late_one(severity: Severity) -> None:
    for one in start_clocks(severity, AT, OFFICE):
        soon = AT + timedelta(minutes=1)
        may = one.kind is ClockKind.DECISION and severity is not Severity.S1
        assert (pause(one, soon) != one) is may
        assert pause(meet(one, soon), soon) == meet(one, soon)
        assert pause(one, one.due_at) == one


def test_another_severity_counts_from_the_same_start() -> None:
    waited = resume(
        pause(DECISION, start_of(date(2026, 12, 23))), end_of(date(2026, 12, 28)), OFFICE
    )
    lighter = restart(waited, Severity.S3, OFFICE)
    assert lighter is not None
    assert (last_day(lighter.due_at), lighter.paused_days) == (date(2027, 2, 10), 2)
    contact = meet(_clock(Severity.S2, ClockKind.FIRST_CONTACT), AT)
    assert restart(contact, Severity.S4, OFFICE) is None
    graver = restart(contact, Severity.S1, OFFICE)
    assert graver is not None
    assert (graver.met_at, graver.working_days) == (AT, 0)


@pytest.mark.feature("N1")
def test_before_the_departure_there_is_a_decision() -> None:
    clock = before_departure(date(2027, 1, 5), AT, OFFICE)
    assert (clock.due_at, clock.working_days) == (start_of(date(2027, 1, 5)), 5)
    assert state_of(clock, start_of(date(2026, 12, 29)), OFFICE) is ClockState.AMBER
    assert state_of(clock, start_of(date(2027, 1, 4)), OFFICE) is ClockState.RED
    assert state_of(clock, start_of(date(2027, 1, 5)), OFFICE) is ClockState.BREACHED
    assert restart(clock, Severity.S3, OFFICE) == clock


@pytest.mark.parametrize("severity", list(Severity))
@pytest.mark.parametrize("hours", [0, 3, 30, 2000])
def test_what_was_met_keeps_its_answer_and_loses_its_hour(severity: Severity, hours: int) -> None:
    for one in start_clocks(severity, AT, OFFICE):
        met = meet(one, AT + timedelta(hours=hours))
        coarse = coarsened(met)
        assert coarse.in_time is met.in_time
        for instant in (coarse.started_at, coarse.due_at, coarse.met_at):
            assert instant is not None
            assert instant == start_of(legal_day(instant))
        assert meet(met, AT + timedelta(days=900)) == met
        assert coarsened(one) == one


def test_a_term_is_hours_or_days_and_never_both() -> None:
    assert Term(hours=1) != Term(working_days=1)
    assert all(
        bool(one.working_days) != (one.due_at - one.started_at < timedelta(hours=25))
        for severity in Severity
        for one in start_clocks(severity, AT, OFFICE)
        if one.kind is ClockKind.DECISION
    )
