"""The verdict: every case that Python and JavaScript share, and what no case can show."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from permits import scans, status_list, trust_list
from permits.signing import read_cose_key
from permits.status_list import StatusLists

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


def judge(case: dict[str, Any]) -> scans.Verdict:
    lists = StatusLists({LISTS[name].uri: LISTS[name] for name in case["lists"]})
    trust = TRUST[case["trust"]] if case["trust"] else None
    now = datetime.fromtimestamp(case["now"], UTC)
    return scans.verdict(case["text"], trust, lists, now, case["post"])


@pytest.mark.parametrize("case", VECTORS["cases"], ids=lambda case: case["name"])
def test_shared_case(case: dict[str, Any]) -> None:
    verdict = judge(case)

    shown = verdict.claims.number if verdict.claims else verdict.number
    assert {
        "verdict": verdict.colour.value,
        "reason": verdict.reason.value,
        "signature": verdict.signature.value,
        "time": verdict.time.value,
        "status": verdict.status.value,
        "list_age": verdict.list_age,
        "number": shown,
    } == case["expected"]
