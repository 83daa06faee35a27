"""Crew lists: all that whoever registered one is told of a worker of it."""

import pytest

from permits.applications import OPEN, WITH_WORKER, Status
from permits.crews import MemberState, state_of


@pytest.mark.feature("N14")
@pytest.mark.parametrize("status", Status)
def test_a_case_is_over_where_it_ended_and_waits_where_the_worker_has_the_word(
    status: Status,
) -> None:
    told = state_of(status, handed_in=status is not Status.DRAFT)
    assert (told is MemberState.OVER) is (status not in OPEN)
    assert (told is MemberState.RETURNED) is (status in WITH_WORKER)


@pytest.mark.parametrize("status", Status)
def test_who_has_not_said_yes_looks_alike_whatever_became_of_the_draft(status: Status) -> None:
    assert state_of(status, handed_in=False) is MemberState.NOT_CONSENTED
