"""What a new version of a text must keep, when it counts, and who may say so."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from permits.dated_changes import (
    ChangeKind,
    ChangeState,
    DatedChange,
    decided,
    find_faults,
    in_force,
)
from permits.errors import Conflict, DomainError, Forbidden
from permits.people import Actor, Role
from permits.plain_words import find_faults as find_hard
from permits.plain_words import syllables_of
from permits.texts import TextSlot
from permits.texts import find_faults as find_text_faults
from tests.permits.cases import person

SLOT = TextSlot("Su solicitud %(receipt)s: %(link)s", "Your application %(receipt)s: %(link)s", ())
GOOD = {"es": "Mire aquí %(link)s su solicitud %(receipt)s.", "en": "Look: %(link)s, %(receipt)s"}
TODAY, AT = date(2026, 11, 23), datetime(2026, 11, 23, 15, tzinfo=UTC)
ONE, OTHER = (Actor(person(number), Role.ADMINISTRATOR) for number in (71, 72))
WAITING = DatedChange(
    UUID(int=5), ChangeKind.TEXT, SLOT.id, GOOD, "Acta 3", date(2026, 12, 1), ONE.person, AT
)
A, R, W = ChangeState.APPROVED, ChangeState.REJECTED, ChangeState.WITHDRAWN


@pytest.mark.feature("D6")
@pytest.mark.parametrize(
    ("spanish", "codes"),
    [
        (GOOD["es"], []),
        ("", ["missing"]),
        ("Mire %(link)s.", ["place-lost"]),
        ("%(link)s %(receipt)s %(phone)s", ["place-unknown"]),
        ("%(link)s %(receipt)s {{ 7 * 7 }} 100 % %s", ["stray-percent"]),
        ("%(link)s\x00 %(receipt)s", ["wrong-shape"]),
        ("%(link)s %(receipt)s " + "a" * 600, ["too-long"]),
        ("Deberá subsanar %(receipt)s en %(link)s.", ["officialese"]),
        ("Tienes que mirar %(receipt)s en %(link)s.", ["speaks-by-tu"]),
        (" ".join(["voy"] * 14) + " %(receipt)s %(link)s", ["sentence-too-long"]),
    ],
)
def test_a_version_keeps_every_place_and_no_other_and_reads_easily(
    spanish: str, codes: list[str]
) -> None:
    assert [one.code for one in find_text_faults(SLOT, {**GOOD, "es": spanish})] == codes


def test_a_long_hard_text_is_told_by_its_syllables() -> None:
    assert [syllables_of(word) for word in ("guía", "quien", "poeta", "río", "solicitud")] == [
        *(2, 1, 3, 2, 4)
    ]
    hard = "La administración institucionaliza procedimientos extraordinariamente complicados."
    assert [one.code for one in find_hard(f"{hard} {hard}", "es")] == ["hard-to-read"]


@pytest.mark.feature("D6")
@pytest.mark.parametrize(
    ("who", "state", "change", "refusal"),
    [
        (ONE, A, WAITING, Forbidden("own-proposal")),
        (ONE, R, WAITING, Forbidden("own-proposal")),
        (OTHER, W, WAITING, Forbidden("not-own-proposal")),
        (OTHER, A, replace(WAITING, state=R), Conflict("proposal-settled")),
        (OTHER, A, replace(WAITING, valid_from=TODAY), Conflict("proposal-too-late")),
    ],
)
def test_two_people_and_no_day_behind_us(
    who: Actor, state: ChangeState, change: DatedChange, refusal: DomainError
) -> None:
    with pytest.raises(type(refusal)) as refused:
        decided(change, who, state, AT, TODAY)
    assert refused.value.code == refusal.code


@pytest.mark.feature("D6")
def test_the_version_of_a_day_is_the_newest_whose_first_day_has_come() -> None:
    first = decided(WAITING, OTHER, A, AT, TODAY)
    later = replace(first, id=UUID(int=6), valid_from=date(2027, 1, 1))
    days = (date(2026, 11, 30), date(2026, 12, 1), date(2027, 1, 1))
    told = [in_force([later, first, WAITING], day).get(SLOT.id) for day in days]
    assert told == [None, first, later]
    assert [one.code for one in find_faults(" ", TODAY, TODAY)] == ["missing", "day-not-later"]
