"""What is wrong with a suspension or a proposal, how long one lasts, whom a complaint shields."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from permits import revocations, suspensions
from permits.approvals import NOTE_LIMIT
from permits.errors import DomainError, Fault
from permits.people import Agency
from permits.retaliation import PROTECTED_FOR, ComplaintStanding, Origin, check_no_retaliation
from permits.revocations import RevocationGround
from tests.permits.cases import NOW
from tests.permits.test_authorisations import FIRST, LAST
from tests.permits.test_right_acts import PAUSED


def codes(faults: Sequence[Fault]) -> list[tuple[str, str]]:
    return [(fault.code, fault.field) for fault in faults]


@pytest.mark.parametrize(
    ("days", "left", "note", "expected"),
    [
        (1, 15, "x", []),
        (15, 15, "x", []),
        (16, 15, "x", [("suspension-too-long", "days")]),
        (0, 15, "x", [("suspension-too-long", "days")]),
        (1, 0, "x", [("suspension-too-long", "days")]),
        (3, 2, " ", [("note-missing", "note"), ("suspension-too-long", "days")]),
        (1, 15, "x" * (NOTE_LIMIT + 1), [("too-long", "note")]),
        (1, 15, "x\0", [("wrong-shape", "note")]),
    ],
)
def test_a_suspension_is_well_formed(
    days: int, left: int, note: str, expected: list[tuple[str, str]]
) -> None:
    assert codes(suspensions.find_faults(days, left, note)) == expected


def test_the_days_of_all_suspensions_count_together() -> None:
    ended_early = PAUSED.days_taken(date(2026, 12, 7))
    assert (ended_early, PAUSED.days_taken(None)) == (3, 10)
    assert PAUSED.days_taken(date(2027, 1, 1)) == 10  # written down late is not longer
    assert suspensions.days_left(15, [ended_early, 10]) == 2
    assert suspensions.days_left(15, [10, 10]) == 0


def test_a_right_is_not_suspended_beyond_its_own_end() -> None:
    assert suspensions.last_day_of(FIRST, 1, LAST) == FIRST
    assert suspensions.last_day_of(FIRST, 15, LAST) == date(2026, 12, 15)
    assert suspensions.last_day_of(LAST, 15, LAST) == LAST


G = RevocationGround


@pytest.mark.parametrize(
    ("agency", "grounds", "hearing", "note", "expected"),
    [
        ("inm", list(G), "a", "b", []),
        ("setrass", [G.FRAUD], "a", "b", []),
        ("setrass", [G.FRAUD, G.ALERT], "a", "b", [("grounds-of-other-agency", "grounds")]),
        (
            "inm",
            [],
            " ",
            "",
            [
                ("grounds-missing", "grounds"),
                ("hearing-missing", "hearing"),
                ("note-missing", "note"),
            ],
        ),
        ("inm", [G.FRAUD], "x\0", "y" * 2001, [("wrong-shape", "hearing"), ("too-long", "note")]),
    ],
)
def test_a_proposal_is_well_formed(
    agency: str, grounds: list[G], hearing: str, note: str, expected: list[tuple[str, str]]
) -> None:
    told = revocations.find_faults(Agency(agency), grounds, hearing, note)
    assert codes(told) == expected


JUST, LATE = NOW - PROTECTED_FOR, NOW - PROTECTED_FOR - timedelta(seconds=1)
OPEN, CLOSED_LATE = ComplaintStanding(), ComplaintStanding(closed_at=LATE)


@pytest.mark.feature("O16")
@pytest.mark.parametrize(
    ("origin", "complaints", "shielded"),
    [
        ("employer", [], False),
        ("employer", [OPEN], True),
        ("employer", [ComplaintStanding(closed_at=JUST)], True),
        ("employer", [CLOSED_LATE], False),
        ("employer", [CLOSED_LATE, OPEN], True),
        ("employer", [ComplaintStanding(handler_agrees=True)], False),
        ("employer", [ComplaintStanding(handler_agrees=True), OPEN], True),
        ("own", [OPEN], False),
        ("authority", [OPEN], False),
    ],
)
def test_who_complained_loses_no_permit_at_the_employers_asking(
    origin: str, complaints: list[ComplaintStanding], shielded: bool
) -> None:
    if not shielded:
        check_no_retaliation(Origin(origin), complaints, NOW)
        return
    with pytest.raises(DomainError) as refused:
        check_no_retaliation(Origin(origin), complaints, NOW)
    assert refused.value.code == "second-office-needed"
