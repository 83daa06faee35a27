"""Writes the JSON files that both test suites read; README.md tells their shape."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from permits import status_list, trust_list
from permits.devices import enrolment_fragment
from permits.scans import DEFAULT_FRESHNESS
from permits.signing import KeyUse
from permits.trust_list import TrustState
from tests.vectors import forge
from tests.vectors.case import LISTS
from tests.vectors.face_cases import face_vectors
from tests.vectors.list_cases import base45_cases, list_vectors, number_cases
from tests.vectors.verdict_cases import all_cases

FOLDER = Path(__file__).parent


def make_all() -> dict[str, Any]:
    """Every file by name."""
    return {
        "verdicts.json": verdict_vectors(),
        "lists.json": {"roots": roots(), "fragment": fragment(), **list_vectors()},
        "base45.json": base45_cases(),
        "permit_numbers.json": number_cases(),
        "faces.json": {**face_keys(), **face_vectors()},
    }


def verdict_vectors() -> dict[str, Any]:
    trust = trust_list.sign(forge.make_trust(), forge.ROOT)
    return {
        "roots": roots(),
        "trust_lists": {"main": trust.hex()},
        "status_lists": {
            name: status_list.sign(
                statuses, forge.PARTNERS_STATUS if name == "partner" else forge.STATUS
            ).hex()
            for name, statuses in LISTS.items()
        },
        "freshness": {
            "list_fresh": DEFAULT_FRESHNESS.list_fresh,
            "list_usable": DEFAULT_FRESHNESS.list_usable,
            "trust_grace": DEFAULT_FRESHNESS.trust_grace,
        },
        "cases": all_cases(),
    }


def face_keys() -> dict[str, Any]:
    """The roots, and a trust list that knows faces' keys in every state."""
    keys = (
        *forge.TRUSTED_KEYS,
        forge.trusted(forge.LOST_FACE, KeyUse.FACE, state=TrustState.COMPROMISED),
        forge.trusted(
            forge.LEAKED_FACE, KeyUse.FACE, state=TrustState.COMPROMISED, cutoff=forge.CUTOFF
        ),
    )
    trust = replace(forge.make_trust(), keys={key.kid: key for key in keys})
    return {"roots": roots(), "trust_list": trust_list.sign(trust, forge.ROOT).hex()}


def fragment() -> str:
    """What stands behind the # of an enrolment symbol of these roots."""
    return enrolment_fragment("ABCDEFGH2345", (forge.ROOT.public, forge.STANDBY_ROOT.public))


def roots() -> list[dict[str, str]]:
    """The active and the standby root."""
    return [
        {"kid": root.kid.hex(), "x": f"{point.x:064x}", "y": f"{point.y:064x}"}
        for root in (forge.ROOT, forge.STANDBY_ROOT)
        for point in [root.public.public_numbers()]
    ]


def write_all(folder: Path = FOLDER) -> None:
    """Write every file into `folder`."""
    for name, content in make_all().items():
        text = json.dumps(content, ensure_ascii=False, indent=1)
        (folder / name).write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    write_all()
