"""What is wrong with a suspension or a proposal, how long one lasts, whom a complaint shields."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from uuid import UUID

import pytest

from permits import revocations, suspensions
from permits.approvals import NOTE_LIMIT
from permits.errors import DomainError, Fault
from permits.people import Actor, Agency, PersonId, Role
from permits.retaliation import (
    AGREED_FOR,
    Codecision,
    CodecisionId,
    CodecisionState,
    Origin,
    Shield,
    ShieldId,
    Wish,
    check_answer,
    check_ask,
    check_no_retaliation,
    find_faults,
    shield_ends,
)
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


WORKER, OFFICIAL, HANDLER = (PersonId(UUID(int=n)) for n in (31, 32, 33))
WISHED = Codecision(
    CodecisionId(UUID(int=41)),
    UUID(int=42),
    WORKER,
    Agency.INM,
    Wish.SUSPEND,
    "Dice que ya no lo necesita.",
    OFFICIAL,
    NOW - timedelta(days=30),
)
AGREED = replace(
    WISHED,
    state=CodecisionState.AGREED,
    answered_by=HANDLER,
    answered_at=NOW - timedelta(days=1),
    why="No hay relación.",
)


@pytest.mark.feature("O16", "N12", "H7")
@pytest.mark.parametrize(
    ("origin", "said", "allowed"),
    [
        ("employer", [], False),
        ("employer", [WISHED], False),
        ("employer", [replace(AGREED, state=CodecisionState.REFUSED)], False),
        ("employer", [AGREED], True),
        ("employer", [WISHED, AGREED], True),
        ("employer", [replace(AGREED, wish=Wish.REVOKE)], False),
        ("employer", [replace(AGREED, agency=Agency.SETRASS)], False),
        ("employer", [replace(AGREED, answered_at=NOW - AGREED_FOR)], False),
        ("own", [], True),
        ("authority", [], True),
    ],
)
def test_what_an_employer_wishes_always_waits_for_the_second_office(
    origin: str, said: list[Codecision], allowed: bool
) -> None:
    act = partial(check_no_retaliation, Origin(origin), Wish.SUSPEND, Agency.INM, said, NOW)
    if allowed:
        act()
        return
    with pytest.raises(DomainError, match="second-office-needed"):
        act()


@pytest.mark.feature("N12")
def test_the_office_answers_once_and_nobody_answers_themselves() -> None:
    handler = Actor(HANDLER, Role.COMPLAINT_HANDLER)
    check_answer(handler, WISHED)
    for actor, found, code in (
        (handler, AGREED, "codecision-answered"),
        (replace(handler, person=WORKER), WISHED, "own-case"),
        (replace(handler, person=OFFICIAL), WISHED, "own-case"),
        (Actor(HANDLER, Role.SETRASS_SUPERVISOR), WISHED, "not-permitted"),
    ):
        with pytest.raises(DomainError, match=code):
            check_answer(actor, found)
    check_ask(Wish.SUSPEND, Agency.INM, [AGREED])
    check_ask(Wish.REVOKE, Agency.INM, [WISHED])
    with pytest.raises(DomainError, match="codecision-waits"):
        check_ask(Wish.SUSPEND, Agency.INM, [AGREED, WISHED])
    told = find_faults(" ", "why") + find_faults("a" * 1001, "why") + find_faults("a", "why")
    assert codes(told) == [("missing", "why"), ("too-long", "why")]


@pytest.mark.feature("N12")
def test_a_closed_complaint_shields_its_worker_for_ninety_days() -> None:
    ends_on = shield_ends(date(2026, 12, 30))
    assert ends_on == date(2027, 3, 30)
    open_one = Shield(ShieldId(UUID(int=51)), WORKER, date(2026, 12, 1))
    assert open_one.stands(date(2030, 1, 1))
    over = replace(open_one, ends_on=ends_on)
    assert (over.stands(ends_on), over.stands(ends_on + timedelta(days=1))) == (True, False)
