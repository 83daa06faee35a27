"""Who may work on a case, who takes it over, and who may be given one."""

from dataclasses import replace

import pytest

from permits.applications import Status
from permits.errors import Conflict, Forbidden, Invalid
from permits.holds import TakeOver, check_assign, check_take_over
from permits.people import Actor, Role
from permits.policies import NO_TIES, Ties
from tests.permits.cases import INM, SETRASS, SETRASS_TOO, WORKER, application

SUPERVISOR = Actor(SETRASS_TOO.person, Role.SETRASS_SUPERVISOR, "Supervisión")
CASE = application(Status.UNDER_REVIEW)
HELD = replace(CASE, held_by=SETRASS.person, held_by_name="Lucía Mejía")

pytestmark = pytest.mark.feature("O4")


def test_a_case_in_nobodys_hands_or_in_mine_is_taken_without_a_word() -> None:
    check_take_over(SETRASS, CASE, None)
    check_take_over(SETRASS, HELD, None)


def test_a_colleagues_case_is_taken_for_a_reason_alone() -> None:
    with pytest.raises(Invalid) as refused:
        check_take_over(SETRASS_TOO, HELD, None)
    assert [(one.code, one.field) for one in refused.value.faults] == [
        ("take-over-reason-missing", "reason")
    ]
    for reason in TakeOver:
        check_take_over(SETRASS_TOO, HELD, reason)


def test_a_supervisor_gives_cases_to_officials_of_the_own_agency_alone() -> None:
    check_assign(SUPERVISOR, SETRASS, CASE, NO_TIES)
    with pytest.raises(Forbidden, match="not-of-your-agency"):
        check_assign(SUPERVISOR, INM, CASE, NO_TIES)


def test_an_officer_takes_cases_and_gives_none_to_colleagues() -> None:
    check_assign(SETRASS, SETRASS, CASE, NO_TIES)
    with pytest.raises(Forbidden, match="not-permitted"):
        check_assign(SETRASS, SUPERVISOR, CASE, NO_TIES)


def test_what_somebody_holds_is_never_given_away() -> None:
    with pytest.raises(Conflict, match="held-by-other") as refused:
        check_assign(SUPERVISOR, SUPERVISOR, HELD, NO_TIES)
    assert refused.value.facts == {"holder": "Lucía Mejía"}
    check_assign(SUPERVISOR, SETRASS, HELD, NO_TIES)  # whose it is already


def test_nobody_is_given_their_own_case() -> None:
    with pytest.raises(Forbidden, match="own-case"):
        check_assign(SUPERVISOR, SETRASS, CASE, Ties(own=True))
    own = replace(CASE, worker=SETRASS.person)
    with pytest.raises(Forbidden, match="own-case"):
        check_assign(SUPERVISOR, SETRASS, own, NO_TIES)


@pytest.mark.parametrize("status", [s for s in Status if s is not Status.UNDER_REVIEW])
def test_only_a_case_under_review_is_given(status: Status) -> None:
    if status is Status.DRAFT:
        return
    with pytest.raises(Conflict, match="not-under-review"):
        check_assign(SUPERVISOR, SETRASS, replace(CASE, status=status), NO_TIES)


def test_who_works_for_no_agency_gives_nothing() -> None:
    worker = Actor(WORKER.person, Role.WORKER)
    with pytest.raises(Forbidden, match="not-permitted"):
        check_assign(worker, worker, CASE, NO_TIES)
