"""Programmes of the tests that ask other agencies than the program's own do."""

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from app.services.ports import Ports
from permits.people import Agency
from permits.programme_files import read
from permits.programme_rules import STEP_OF
from permits.programmes import Programme

BOTH = (Agency.SETRASS, Agency.INM)
COFFEE = Path("app/reference/programmes/coffee-hn-gt.toml")
LABOUR, ENTRY, CONSULAR = "coffee-labour", "coffee-entry", "coffee-consular"

SETS: Mapping[str, tuple[Agency, ...]] = {
    "coffee-hn-sv": BOTH,
    "coffee-sealed": BOTH,
    LABOUR: (Agency.SETRASS,),
    ENTRY: (Agency.INM,),
    CONSULAR: tuple(Agency),
}
"""What the programmes of the tests ask; every database of the tests holds it."""


def mapping_of(code: str, agencies: tuple[Agency, ...]) -> dict[str, Any]:
    """The coffee harvest, as its file says it, under another code and with these agencies."""
    coffee = tomllib.loads(COFFEE.read_text("utf-8"))
    theirs = [STEP_OF[agency].value for agency in agencies]
    every = {step.value for step in STEP_OF.values()}
    others = [step for step in coffee["pathway"] if step not in every]
    at = others.index("permit")
    return coffee | {
        "code": code,
        "agencies": [agency.value for agency in agencies],
        "pathway": [*others[:at], *theirs, *others[at:]],
    }


def coffee_of(code: str) -> Programme:
    """One of the programmes above that are the coffee harvest but for their agencies."""
    return read(mapping_of(code, SETS[code]))


def knowing(ports: Ports, *programmes: Programme) -> Ports:
    """The outside world with these programmes beside the others."""
    known = {**ports.reference.programmes, **{one.code: one for one in programmes}}
    return replace(ports, reference=replace(ports.reference, programmes=known))
