"""Who may bar an employer, and what becomes of a case that names it."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest

from permits.applications import Status
from permits.employer_bars import (
    OPEN,
    BarReason,
    EmployerBar,
    Hindrance,
    check_bar,
    check_lift,
    come_back,
    find_hindrance,
)
from permits.errors import Conflict, Forbidden
from permits.findings import Severity
from permits.people import Actor, PersonId, Role
from tests.permits.cases import SETRASS, application

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
CHIEF = Actor(PersonId(UUID(int=40)), Role.SETRASS_SUPERVISOR)
BAR = EmployerBar(UUID(int=41), UUID(int=42), BarReason.COURT_ORDER, CHIEF.person, NOW)


def test_a_supervisor_of_setrass_bars_once_and_lifts_what_stands() -> None:
    check_bar(CHIEF, None)
    with pytest.raises(Conflict, match="already-barred"):
        check_bar(CHIEF, BAR)
    assert check_lift(CHIEF, BAR) is BAR
    with pytest.raises(Conflict, match="not-barred"):
        check_lift(CHIEF, None)


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.SETRASS_SUPERVISOR}))
def test_nobody_else_does(role: Role) -> None:
    other = replace(CHIEF, role=role)
    for act, standing in ((check_bar, None), (check_lift, BAR)):
        with pytest.raises(Forbidden, match="not-permitted"):
            act(other, standing)


@pytest.mark.parametrize("status", sorted(OPEN))
def test_an_open_case_comes_back_to_its_worker_in_nobodys_hands(status: Status) -> None:
    due = NOW.replace(month=12)
    after = come_back(application(status, held_by=SETRASS.person), NOW, due)
    assert (after.status, after.barred_at, after.due_at) == (Status.RETURNED, NOW, due)
    assert after.held_by is None


@pytest.mark.parametrize("status", sorted(set(Status) - OPEN))
def test_what_is_not_open_stays_where_it_is(status: Status) -> None:
    with pytest.raises(Conflict, match="no-such-move"):
        come_back(application(status), NOW, None)


@pytest.mark.parametrize("why", list(Hindrance))
def test_what_hinders_stands_against_an_approval_and_the_source_is_told(why: Hindrance) -> None:
    [finding] = find_hindrance(why)
    assert (finding.code, finding.severity, finding.field) == (why, Severity.BLOCK, "vacancy")
    assert finding.source
    assert not finding.confirmed
    assert find_hindrance(None) == []
