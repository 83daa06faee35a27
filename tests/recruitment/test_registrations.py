"""Registering as an employer: what is asked, what an official may say, on what it stands."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from itertools import product
from typing import Any
from uuid import UUID

import pytest

from permits.errors import Conflict, Forbidden, Invalid
from permits.people import Actor, PersonId, Role
from permits.wages import EmployerSize
from recruitment.registrations import (
    REGISTRATION_MOVES,
    EmployerKind,
    Evidence,
    Farm,
    Judgement,
    Registration,
    RegistrationAction,
    RegistrationStatus,
    Told,
    check_editable,
    find_farm_faults,
    find_faults,
    find_missing,
    hand_in,
    judge_registration,
    move_registration,
    number_for,
    warnings_of,
)
from recruitment.registries import Registry, Verdict
from recruitment.tax_numbers import read_tax_number

NOW = datetime(2026, 12, 1, 15, tzinfo=UTC)
TOLD = Told(
    EmployerKind.SMALL_GROWER, "Finca La Peña", "04041990123456", EmployerSize.TO_10, "Ana", ""
)
FARM = Farm(UUID(int=2), "La Peña", "0404", 0)
DRAFT = Registration(UUID(int=1), "+50499990000", RegistrationStatus.DRAFT, TOLD, 3, NOW)
TOWNS = {"0404": "Copán Ruinas"}
OFFICER = Actor(PersonId(UUID(int=9)), Role.SETRASS_OFFICER)
VERIFY, RETURN = RegistrationAction.VERIFY, RegistrationAction.RETURN


def test_every_move_is_in_the_table_or_refused() -> None:
    for status, action in product(RegistrationStatus, RegistrationAction):
        if (status, action) in REGISTRATION_MOVES:
            assert move_registration(status, action) is REGISTRATION_MOVES[status, action]
        else:
            with pytest.raises(Conflict, match="no-such-registration-move"):
                move_registration(status, action)


@pytest.mark.feature("E1")
@pytest.mark.parametrize(
    ("number", "holder", "known"),
    [
        ("0404-1990-123456", "person", True),
        ("08019995123456", "firm", True),
        ("08012001123456", "person", True),
        ("99011990123456", "unknown", False),
        ("99019990123456", "firm", False),
        ("04043990123456", "unknown", True),
    ],
)
def test_what_a_tax_number_looks_like(number: str, holder: str, known: bool) -> None:
    found = read_tax_number(number)
    assert (found.holder.value, found.known_place) == (holder, known)
    assert len(found.number) == 14


@pytest.mark.parametrize(
    ("changed", "codes"),
    [
        ({}, ()),
        ({"tax_number": "08019995123456"}, ("tax-number-holder",)),
        ({"tax_number": "99019990123456"}, ("tax-number-place", "tax-number-holder")),
        ({"kind": EmployerKind.COMPANY}, ("tax-number-holder",)),
        ({"kind": EmployerKind.COMPANY, "tax_number": "04043990123456"}, ()),
        ({"tax_number": None}, ()),
    ],
)
def test_a_number_that_looks_odd_only_warns(
    changed: dict[str, Any], codes: tuple[str, ...]
) -> None:
    told = replace(TOLD, **changed)
    assert warnings_of(told) == codes
    assert find_faults(told) == []


@pytest.mark.parametrize(
    ("changed", "faults"),
    [
        ({"name": " "}, [("missing", "name")]),
        ({"name": "x" * 121}, [("too-long", "name")]),
        ({"contact": ""}, [("missing", "contact")]),
        ({"coffee_key": "x" * 41}, [("too-long", "coffee_key")]),
        ({"tax_number": "0404"}, [("rtn-length", "tax_number")]),
    ],
)
def test_what_is_told_wrongly(changed: dict[str, Any], faults: list[tuple[str, str]]) -> None:
    found = find_faults(replace(TOLD, **changed))
    assert [(fault.code, fault.field) for fault in found] == faults


@pytest.mark.feature("E8")
@pytest.mark.parametrize(
    ("changed", "kind", "faults"),
    [
        ({}, "small-grower", []),
        ({"latitude": Decimal("14.8"), "longitude": Decimal("-89.1")}, "company", []),
        ({"latitude": Decimal("14.8"), "longitude": Decimal("89.1")}, "company", ["point-outside"]),
        ({"name": ""}, "company", ["missing"]),
        (
            {"municipality": "9999", "housed": -1},
            None,
            ["municipality-unknown", "housed-out-of-range"],
        ),
        ({"housed": 2001}, "company", ["housed-out-of-range"]),
        ({}, "cooperative", ["missing"]),
        ({"grower": "Juan"}, "association", []),
    ],
)
def test_a_farm(changed: dict[str, Any], kind: str | None, faults: list[str]) -> None:
    whose = EmployerKind(kind) if kind else None
    found = find_farm_faults(replace(FARM, **changed), whose, TOWNS)
    assert [fault.code for fault in found] == faults


def test_what_is_missing_is_told_all_at_once() -> None:
    names = ["kind", "name", "tax_number", "size", "contact", "coffee_key", "farms"]
    assert [fault.field for fault in find_missing(Told(), [])] == names
    cooperative = replace(TOLD, kind=EmployerKind.COOPERATIVE)
    assert [fault.field for fault in find_missing(cooperative, [FARM])] == ["grower"]
    with pytest.raises(Invalid):
        hand_in(DRAFT, [], NOW)


def test_handed_in_it_is_with_setrass_and_cannot_be_changed() -> None:
    sent = hand_in(DRAFT, [FARM], NOW)
    assert (sent.status, sent.handed_in_at) == (RegistrationStatus.UNDER_REVIEW, NOW)
    check_editable(DRAFT)
    with pytest.raises(Conflict, match="registration-not-editable"):
        check_editable(sent)


SENT = replace(DRAFT, status=RegistrationStatus.UNDER_REVIEW, handed_in_at=NOW)


@pytest.mark.feature("E1")
@pytest.mark.parametrize(
    ("verdict", "evidence", "code"),
    [
        (Verdict.VERIFIED, (), None),
        (Verdict.UNAVAILABLE, (), "tax-number-not-verified"),
        (None, (Evidence.LAND_TITLE, Evidence.VISIT), "tax-number-not-verified"),
        (Verdict.UNAVAILABLE, (Evidence.TAX_CERTIFICATE,), None),
        (Verdict.NOT_FOUND, (Evidence.TAX_CERTIFICATE,), None),
        (Verdict.OTHER_NAME, (Evidence.COFFEE_CARD,), "tax-number-not-verified"),
        (Verdict.NOT_ACTIVE, (Evidence.TAX_CERTIFICATE,), "tax-number-not-active"),
    ],
)
def test_nobody_is_verified_without_evidence(
    verdict: Verdict | None, evidence: tuple[Evidence, ...], code: str | None
) -> None:
    answers = {Registry.RTN: verdict} if verdict else {}
    judgement = Judgement(VERIFY, evidence=evidence)
    if code is None:
        judged = judge_registration(OFFICER, SENT, judgement, answers, NOW)
        assert (judged.status.value, judged.decided_by) == ("verified", OFFICER.person)
        return
    with pytest.raises(Conflict, match=code):
        judge_registration(OFFICER, SENT, judgement, answers, NOW)


def test_who_is_sent_back_hears_why_and_only_setrass_says_it() -> None:
    with pytest.raises(Invalid):
        judge_registration(OFFICER, SENT, Judgement(RETURN, "  "), {}, NOW)
    with pytest.raises(Invalid):
        judge_registration(OFFICER, SENT, Judgement(RETURN, "x" * 601), {}, NOW)
    judged = judge_registration(OFFICER, SENT, Judgement(RETURN, " Falta la finca. "), {}, NOW)
    assert (judged.status.value, judged.note) == ("returned", "Falta la finca.")
    with pytest.raises(Conflict, match="no-such-registration-move"):
        judge_registration(OFFICER, judged, Judgement(RETURN, "Otra vez."), {}, NOW)
    stranger = Actor(PersonId(UUID(int=8)), Role.INM_OFFICER)
    with pytest.raises(Forbidden):
        judge_registration(stranger, SENT, Judgement(RETURN, "No."), {}, NOW)


def test_each_registry_is_asked_by_its_number() -> None:
    told = replace(TOLD, coffee_key="IHC-1")
    found = [number_for(one, told) for one in (Registry.RTN, Registry.RNSP, Registry.IHCAFE)]
    assert found == ["04041990123456", "04041990123456", "IHC-1"]
    assert number_for(Registry.IHCAFE, TOLD) == ""
