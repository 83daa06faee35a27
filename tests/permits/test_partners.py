"""Issuers of other countries: what a file may say, and which file would turn people away."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from permits import partners
from permits.errors import Conflict, Invalid
from permits.partners import Partner, StatusSource, read_partner, write_partner
from permits.signing import KeyUse
from permits.trust_list import TrustedKey, TrustState
from tests.vectors import forge

OURS = forge.ISSUER
PERMIT = forge.trusted(forge.PARTNERS, issuer=forge.PARTNER)
STATUS = forge.trusted(forge.PARTNERS_STATUS, KeyUse.STATUS, issuer=forge.PARTNER)
LIST = StatusSource(f"{forge.PARTNER}/st/1", "https://lists.partner.example/1")
PARTNER = Partner(forge.PARTNER, "Ministerio de Trabajo", ("GTM",), (PERMIT, STATUS), (LIST,))


def faults(told: dict[str, Any]) -> set[tuple[str, str]]:
    with pytest.raises(Invalid) as refused:
        read_partner(told)
    return {(fault.code, fault.field) for fault in refused.value.faults}


def bent(change: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
    told = write_partner(PARTNER)
    change(told)
    return told


def test_a_partner_is_read_as_it_was_written() -> None:
    lost = replace(PERMIT, state=TrustState.COMPROMISED, cutoff=forge.NOW)
    for partner in (PARTNER, replace(PARTNER, keys=(lost, STATUS))):
        assert read_partner(write_partner(partner)) == partner


def test_a_list_without_a_source_is_taken_from_its_own_address() -> None:
    told = bent(lambda told: told["status_lists"][0].pop("source"))
    assert read_partner(told).status_lists == (StatusSource(LIST.uri, LIST.uri),)


def test_a_private_half_is_a_fault_and_not_read_over() -> None:
    told = bent(lambda told: told["keys"][0].update(d="A" * 43))
    assert ("unknown-key", "keys.0.d") in faults(told)


BENT: dict[str, tuple[Callable[[dict[str, Any]], object], tuple[str, str]]] = {
    "an issuer without https": (
        lambda told: told.update(issuer="http://x.example"),
        ("issuer-malformed", "issuer"),
    ),
    "the same key twice": (
        lambda told: told["keys"].append({**told["keys"][0]}),
        ("key-twice", "keys"),
    ),
    "no key for status lists": (lambda told: told["keys"].pop(), ("uses-missing", "keys")),
    "a list of somebody else": (
        lambda told: told["status_lists"].append({"uri": "https://x.example/st/1"}),
        ("status-list-foreign", "status_lists"),
    ),
    "a root among the keys": (
        lambda told: told["keys"][0].update(use="trust"),
        ("unknown-value", "keys.0.use"),
    ),
    "a key that ends before it begins": (
        lambda told: told["keys"][0].update(exp=1),
        ("out-of-range", "keys.0.exp"),
    ),
    "a cutoff of a key that is not lost": (
        lambda told: told["keys"][0].update(cutoff=5),
        ("unknown-key", "keys.0.cutoff"),
    ),
    "a point off the curve": (
        lambda told: told["keys"][0].update(x="A" * 43),
        ("unknown-value", "keys.0.x"),
    ),
}


@pytest.mark.parametrize("name", BENT)
def test_a_file_is_refused_with_the_field_that_is_wrong(name: str) -> None:
    change, fault = BENT[name]
    assert fault in faults(bent(change))


@pytest.mark.parametrize(
    ("issuer", "fits"),
    [
        ("https://permisos.partner.example", True),
        ("https://partner.example/migracion", True),
        ("https://partner.example/", False),
        ("https://partner.example?x", False),
        ("https://user@partner.example", False),
        ("http://partner.example", False),
        ("https://" + "x" * 57, False),
        ("https://[", False),
        ("", False),
    ],
)
def test_what_may_stand_as_an_issuer(issuer: str, fits: bool) -> None:
    assert issuer == "" or partners.is_issuer(issuer) is fits


def check(partner: Partner, own: tuple[bytes, ...] = (), *others: Partner) -> str:
    try:
        partners.check_partner(partner, OURS, own, others)
    except Conflict as refused:
        return refused.code
    return "accepted"


def test_nobody_speaks_for_us_or_for_another() -> None:
    other = replace(PARTNER, issuer="https://other.example")
    assert check(PARTNER) == "accepted"
    assert check(PARTNER, (), PARTNER) == "accepted"
    assert check(replace(PARTNER, issuer=f"{OURS}/otro")) == "partner-is-us"
    assert check(PARTNER, (PERMIT.kid,)) == "key-of-another"
    assert check(PARTNER, (), other) == "key-of-another"


LOST = replace(PERMIT, state=TrustState.COMPROMISED)
CUT = replace(LOST, cutoff=forge.NOW - 10)


def changed(before: TrustedKey, *after: TrustedKey, now: int = forge.NOW) -> str:
    try:
        partners.check_change(
            replace(PARTNER, keys=(before, STATUS)), replace(PARTNER, keys=(*after, STATUS)), now
        )
    except Conflict as refused:
        return refused.code
    return "accepted"


def test_a_newer_file_keeps_every_key_that_still_stands() -> None:
    retired = replace(PERMIT, state=TrustState.RETIRED)
    longer = replace(PERMIT, expires=PERMIT.expires + 1, not_before=PERMIT.not_before - 1)
    for after in (PERMIT, retired, longer, LOST, CUT):
        assert changed(PERMIT, after) == "accepted"
    shorter = replace(PERMIT, expires=PERMIT.expires - 1)
    later = replace(PERMIT, not_before=PERMIT.not_before + 1)
    other = replace(PERMIT, use=KeyUse.FACE)
    for after in (shorter, later, other):
        assert changed(PERMIT, after) == "partner-lacks-key"
    assert changed(PERMIT) == "partner-lacks-key"
    assert changed(PERMIT, now=PERMIT.expires) == "accepted"


def test_a_key_that_was_given_up_never_counts_again() -> None:
    earlier, later = replace(CUT, cutoff=forge.NOW - 20), replace(CUT, cutoff=forge.NOW)
    assert {changed(LOST, LOST), changed(CUT, CUT), changed(CUT, earlier), changed(CUT, LOST)} == {
        "accepted"
    }
    back = {changed(LOST, PERMIT), changed(LOST, CUT), changed(CUT, later), changed(CUT, PERMIT)}
    assert back == {"partner-key-back"}


def test_a_newer_file_keeps_every_list() -> None:
    with pytest.raises(Conflict, match="partner-lacks-list"):
        partners.check_change(PARTNER, replace(PARTNER, status_lists=()), forge.NOW)


def test_a_partner_is_in_force_while_a_key_of_it_may_have_signed_a_permit() -> None:
    assert partners.in_force_until(PARTNER, forge.NOW) == PERMIT.expires
    assert partners.in_force_until(PARTNER, PERMIT.expires) is None
    gone = replace(PARTNER, keys=(LOST, STATUS))
    assert partners.in_force_until(gone, forge.NOW) is None
