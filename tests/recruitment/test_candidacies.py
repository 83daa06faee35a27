"""Every move of a candidacy and no other; what each needs; a reason for every no."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from permits.errors import Conflict, DomainError, Invalid
from permits.people import PersonId
from recruitment.candidacies import (
    EMPLOYERS_REASONS,
    SKIPPING,
    Candidacy,
    CandidacyAction,
    CandidacyStatus,
    Move,
    Outcome,
    WhyNot,
    check_answer,
    check_move,
    check_skipped,
    moved_status,
    next_actions,
)

pytestmark = pytest.mark.feature("E6")

A, S = CandidacyAction, CandidacyStatus
NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)
TOMORROW = NOW + timedelta(days=1)
ONE = Candidacy(
    UUID(int=1), UUID(int=2), UUID(int=3), PersonId(UUID(int=4)), S.PRESELECTED, NOW, NOW
)
LISTED = {
    ("not-chosen", "preselect", "preselected"),
    ("preselected", "invite", "invited"),
    ("invited", "invite", "invited"),
    ("no-show", "invite", "invited"),
    ("invited", "meet", "interviewed"),
    ("invited", "miss", "no-show"),
    ("interviewed", "offer", "offered"),
    *(
        (status, "pass-over", "not-chosen")
        for status in ("preselected", "invited", "interviewed", "no-show")
    ),
    ("offered", "accept", "accepted"),
    ("offered", "decline", "declined"),
    ("offered", "expire", "expired"),
    *(
        (status, "withdraw", "withdrawn")
        for status in ("preselected", "invited", "interviewed", "no-show")
    ),
}


def test_only_the_listed_moves_exist() -> None:
    found = set()
    for status in S:
        for action in A:
            try:
                found.add((status.value, action.value, moved_status(status, action).value))
            except Conflict:
                continue
    assert found == LISTED


@pytest.mark.parametrize(
    ("status", "move", "code"),
    [
        (S.PRESELECTED, Move(A.INVITE, TOMORROW, "SETRASS"), None),
        (S.PRESELECTED, Move(A.INVITE, None, "SETRASS"), "missing"),
        (S.PRESELECTED, Move(A.INVITE, TOMORROW, ""), "missing"),
        (S.PRESELECTED, Move(A.INVITE, NOW, "SETRASS"), "interview-day-out"),
        (S.PRESELECTED, Move(A.INVITE, NOW + timedelta(days=61), "x"), "interview-day-out"),
        (S.PRESELECTED, Move(A.INVITE, TOMORROW, "x" * 121), "interview-place-long"),
        (S.PRESELECTED, Move(A.PASS_OVER), "missing"),
        (S.PRESELECTED, Move(A.PASS_OVER, why=WhyNot.LIST_FULL), "unknown-value"),
        (S.PRESELECTED, Move(A.PASS_OVER, why=WhyNot.LANGUAGE), None),
        (S.INTERVIEWED, Move(A.OFFER, offer_until=date(2026, 11, 24)), "offer-days-out"),
        (S.INTERVIEWED, Move(A.OFFER, offer_until=date(2026, 11, 25)), None),
        (S.INTERVIEWED, Move(A.OFFER, offer_until=date(2026, 12, 24)), "offer-days-out"),
        (S.INTERVIEWED, Move(A.OFFER), "missing"),
        (S.INVITED, Move(A.MEET), "missing"),
        (S.INVITED, Move(A.MEET, outcome=Outcome.SUITABLE), None),
        (S.PRESELECTED, Move(A.OFFER), "no-such-candidacy-move"),
    ],
)
def test_what_each_act_needs(status: CandidacyStatus, move: Move, code: str | None) -> None:
    before = replace(ONE, status=status)
    if code is None:
        check_move(before, move, 2, 1, NOW)
        return
    with pytest.raises(DomainError) as refused:
        check_move(before, move, 2, 1, NOW)
    error = refused.value
    assert code == (error.faults[0].code if isinstance(error, Invalid) else error.code)


def test_nobody_was_met_or_missed_before_the_hour() -> None:
    invited = replace(ONE, status=S.INVITED, interview_at=TOMORROW, interview_place="x")
    assert next_actions(invited, NOW) == [A.INVITE, A.PASS_OVER]
    assert next_actions(invited, TOMORROW) == [A.INVITE, A.MEET, A.MISS, A.PASS_OVER]


def test_an_offer_is_one_place_for_somebody_who_suits() -> None:
    offer = Move(A.OFFER, offer_until=date(2026, 11, 30))
    met = replace(ONE, status=S.INTERVIEWED, outcome=Outcome.UNSUITABLE)
    with pytest.raises(Conflict, match="offer-to-unsuitable"):
        check_move(met, offer, 2, 0, NOW)
    with pytest.raises(Conflict, match="places-promised"):
        check_move(replace(met, outcome=Outcome.RESERVE), offer, 2, 2, NOW)


def test_an_offer_is_accepted_to_the_end_of_its_last_day_and_declined_after_it() -> None:
    made = replace(ONE, status=S.OFFERED, offer_until=date(2026, 11, 23))
    check_answer(made, A.ACCEPT, NOW)
    later = NOW + timedelta(days=1)
    with pytest.raises(Conflict, match="offer-over"):
        check_answer(made, A.ACCEPT, later)
    check_answer(made, A.DECLINE, later)
    with pytest.raises(Conflict, match="no-such-candidacy-move"):
        check_answer(made, A.OFFER, NOW)


def test_a_turn_is_passed_over_for_a_reason_of_setrass_alone() -> None:
    person = UUID(int=7)
    for why in WhyNot:
        if why in SKIPPING:
            check_skipped([person], {person: why})
            continue
        with pytest.raises(Invalid):
            check_skipped([person], {person: why})
    assert not set(SKIPPING) & set(EMPLOYERS_REASONS)
