"""Licences on a day, mandates of employers, and the chain to the last agent."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from permits.errors import Conflict, Invalid
from recruitment.recruiters import (
    LicenceKey,
    LicenceState,
    Mandate,
    chain_of,
    check_new,
    is_mandated,
    state_of,
)
from recruitment.registries import Entry, EntryState, Registry

DAY = date(2026, 12, 1)
ENTRY = Entry("HN1", "Agencia", EntryState.ACTIVE, date(2026, 1, 1), date(2026, 12, 31))
VALID, NONE = LicenceState.VALID, LicenceState.NONE


@pytest.mark.feature("E2")
@pytest.mark.parametrize(
    ("changed", "state"),
    [
        ({}, "valid"),
        ({"ends_on": DAY}, "valid"),
        ({"ends_on": date(2026, 11, 30)}, "expired"),
        ({"starts_on": date(2026, 12, 2)}, "not-yet"),
        ({"starts_on": date(2026, 12, 2), "state": EntryState.ENDED}, "expired"),
        ({"state": EntryState.SUSPENDED}, "suspended"),
        ({"state": EntryState.ENDED}, "expired"),
        ({"starts_on": None, "ends_on": None}, "valid"),
    ],
)
def test_a_licence(changed: dict[str, Any], state: str) -> None:
    assert state_of(replace(ENTRY, **changed), DAY).value == state


def test_no_line_is_no_licence() -> None:
    assert state_of(None, DAY) is NONE


def mandate(number: int, under: int | None = None, **changed: Any) -> Mandate:  # noqa: ANN401
    key = LicenceKey(Registry.HN_RECRUITERS, f"HN{number}")
    made = Mandate(UUID(int=number), key, date(2026, 11, 1), date(2027, 1, 31))
    return replace(made, under=UUID(int=under) if under else None, **changed)


TOP, AGENT, LAST = mandate(1), mandate(2, 1), mandate(3, 2)


@pytest.mark.feature("E2")
def test_an_agent_has_no_more_than_who_named_them() -> None:
    given = [TOP, AGENT, LAST]
    assert chain_of(LAST, given) == (TOP, AGENT, LAST)
    assert is_mandated(LAST, given, DAY)
    ended = [replace(TOP, ended_on=DAY), AGENT, LAST]
    assert not is_mandated(LAST, ended, DAY)
    assert is_mandated(ended[0], ended, date(2026, 11, 30))
    assert not is_mandated(TOP, given, date(2027, 2, 1))


@pytest.mark.parametrize(
    "given",
    [
        [LAST, AGENT],
        [mandate(3, 2), mandate(2, 3)],
        [LAST, AGENT, mandate(1, 4), mandate(4, 5), mandate(5, 6), mandate(6)],
    ],
)
def test_a_broken_chain_is_no_chain(given: list[Mandate]) -> None:
    with pytest.raises(Conflict, match="chain-broken"):
        chain_of(given[0], given)


@pytest.mark.parametrize(
    ("new", "state", "code"),
    [
        (mandate(2, 1), LicenceState.EXPIRED, "licence-expired"),
        (mandate(2, 1), LicenceState.UNKNOWN, "licence-unknown"),
        (mandate(2, 1), NONE, "licence-none"),
        (mandate(2, 1, ends_on=date(2026, 10, 1)), VALID, "ends-before-it-begins"),
        (mandate(2, 1, ends_on=date(2027, 2, 1)), VALID, "mandate-longer"),
        (mandate(1), VALID, "mandate-twice"),
    ],
)
def test_a_mandate_that_is_refused(new: Mandate, state: LicenceState, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        check_new(new, [TOP], state)
    assert [fault.code for fault in refused.value.faults] == [code]


def test_a_mandate_that_is_given() -> None:
    check_new(mandate(2, 1), [TOP], VALID)
    check_new(replace(mandate(1), id=UUID(int=9)), [replace(TOP, ended_on=DAY)], VALID)
    with pytest.raises(Conflict, match="chain-broken"):
        check_new(replace(mandate(1, 1), id=UUID(int=9)), [TOP], VALID)
