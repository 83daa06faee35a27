"""The verdict: every case that Python and JavaScript share, and what no case can show."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given, settings
from hypothesis import strategies as st

from permits import base45, qr, scans, status_list, trust_list
from permits.signing import read_cose_key
from permits.status_list import StatusLists
from tests.vectors import make_vectors

VECTORS = json.loads((Path(__file__).parents[1] / "vectors" / "verdicts.json").read_text("utf-8"))

ROOTS: list[ec.EllipticCurvePublicKey] = [
    read_cose_key({1: 2, -1: 1, -2: bytes.fromhex(r["x"]), -3: bytes.fromhex(r["y"])})
    for r in VECTORS["roots"]
]
TRUST = {
    name: trust_list.read(bytes.fromhex(token), ROOTS)
    for name, token in VECTORS["trust_lists"].items()
}
LISTS = {
    name: status_list.read(bytes.fromhex(token), TRUST["main"])
    for name, token in VECTORS["status_lists"].items()
}
GOOD = next(case for case in VECTORS["cases"] if case["name"] == "accepted")


def judge(case: dict[str, Any]) -> scans.Verdict:
    lists = StatusLists({LISTS[name].uri: LISTS[name] for name in case["lists"]})
    trust = TRUST[case["trust"]] if case["trust"] else None
    now = datetime.fromtimestamp(case["now"], UTC)
    return scans.verdict(case["text"], trust, lists, now, case["post"])


@pytest.mark.promise("P8", "P9")
@pytest.mark.asvs("1.5.3")
def test_each_shared_case() -> None:
    told = {case["name"]: tell(judge(case)) for case in VECTORS["cases"]}
    assert told == {case["name"]: case["expected"] for case in VECTORS["cases"]}


def tell(verdict: scans.Verdict) -> dict[str, Any]:
    """A verdict in the words of the shared cases."""
    return {
        "verdict": verdict.colour.value,
        "reason": verdict.reason.value,
        "signature": verdict.signature.value,
        "time": verdict.time.value,
        "status": verdict.status.value,
        "list_age": verdict.list_age,
        "number": verdict.claims.number if verdict.claims else verdict.number,
    }


def test_the_cases_cover_every_reason_and_colour() -> None:
    told = {(case["expected"]["reason"], case["expected"]["verdict"]) for case in VECTORS["cases"]}

    of_second_scan = (scans.Reason.WRONG_FACE.value, "amber")
    expected = {(reason.value, colour.value) for reason, colour in scans.COLOURS.items()}
    assert told | {of_second_scan} == expected
    assert set(scans.COLOURS) == set(scans.Reason)


def test_the_freshness_of_the_cases_is_the_default() -> None:
    assert vars(scans.DEFAULT_FRESHNESS) == VECTORS["freshness"]


def test_the_files_are_what_the_script_writes(tmp_path: Path) -> None:
    make_vectors.write_all(tmp_path)

    stored = {path.name: path.read_text("utf-8") for path in make_vectors.FOLDER.glob("*.json")}
    assert {path.name: path.read_text("utf-8") for path in tmp_path.iterdir()} == stored


def test_a_stricter_post_has_its_own_ages() -> None:
    strict = scans.Freshness(list_fresh=60, list_usable=120, trust_grace=0)
    lists = StatusLists({LISTS["main"].uri: LISTS["main"]})
    text, issued = GOOD["text"], LISTS["main"].issued_at

    def reason(age: int) -> scans.Reason:
        now = datetime.fromtimestamp(issued + age, UTC)
        return scans.verdict(text, TRUST["main"], lists, now, freshness=strict).reason

    assert [reason(age) for age in (60, 61, 120, 121)] == [
        scans.Reason.OK,
        scans.Reason.LIST_AGING,
        scans.Reason.LIST_AGING,
        scans.Reason.LIST_TOO_OLD,
    ]


def test_what_to_compare_is_told_only_where_somebody_may_pass() -> None:
    by_reason = {judge(case).reason: judge(case).compare for case in reversed(VECTORS["cases"])}
    comparing = {reason for reason, compare in by_reason.items() if compare}

    assert comparing == {
        scans.Reason.OK,
        scans.Reason.LIST_AGING,
        scans.Reason.WRONG_POST,
        scans.Reason.LIST_TOO_OLD,
        scans.Reason.CLOCK_WRONG,
    }


def test_the_claims_come_with_the_verdict() -> None:
    claims = judge(GOOD).claims

    assert claims is not None
    assert (claims.full_name, claims.date_of_birth.isoformat(), claims.sex.value) == (
        "María Fernanda López Xitumul",
        "1990-04-11",
        "female",
    )


@pytest.mark.promise("P9")
def test_nothing_of_the_payload_is_in_a_verdict_whose_signature_fails() -> None:
    failing = [judge(c) for c in VECTORS["cases"] if c["expected"]["signature"] != "valid"]

    assert {verdict.claims for verdict in failing} == {None}
    assert {verdict.list_age for verdict in failing} == {None}


@pytest.mark.promise("P9")
@given(st.one_of(st.text(max_size=5_000), st.text(base45.ALPHABET, max_size=5_000)))
@settings(max_examples=200, deadline=None)
def test_no_text_makes_it_raise(text: str) -> None:
    now = datetime.fromtimestamp(GOOD["now"], UTC)

    verdict = scans.verdict(text, TRUST["main"], StatusLists(), now)

    assert verdict.colour is not scans.Colour.GREEN


@pytest.mark.promise("P9")
@given(st.binary(max_size=300))
@settings(max_examples=200, deadline=None)
def test_no_envelope_makes_it_raise(envelope: bytes) -> None:
    now = datetime.fromtimestamp(GOOD["now"], UTC)
    text = base45.encode(qr.deflate(b"\xd2\x84" + envelope))

    verdict = scans.verdict(text, TRUST["main"], StatusLists(), now)

    assert verdict.reason in {scans.Reason.NOT_OURS, scans.Reason.UNSUPPORTED_VERSION}
