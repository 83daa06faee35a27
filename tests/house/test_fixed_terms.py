"""A threshold of people's rights in the code stands among those that officials read."""

import importlib
from datetime import timedelta
from pathlib import Path
from pkgutil import iter_modules

import permits
from permits.fixed_terms import FIXED_TERMS

TECHNICAL = {
    "accounts.UNUSED_BY_PHONE_FOR": "how long a way to sign in stays open unused",
    "accounts.UNUSED_FOR": "how long a way to sign in stays open unused",
    "appointments.FARTHEST": "how far ahead a calendar goes",
    "card_batches.KEPT": "how long a printed file is kept",
    "crossings.OLDEST": "how old a device's note may be",
    "deadlines._DAY": "a day",
    "journeys.ASK_AFTER": "when a friendly question is sent",
    "journeys.ASK_UNTIL": "when a friendly question is sent",
    "journeys.EARLIEST": "a day that may be typed",
    "keys.KEPT": "the life of a signing key",
    "keys.LONGEST_PERMIT": "the life of a signing key",
    "keys.PUBLISHED_AHEAD": "the life of a signing key",
    "keys.SETTLES": "the life of a signing key",
    "keys.VERIFIES": "the life of a signing key",
    "generations.KNOWN_AFTER": "when every device knows of a change",
    "keys.SIGNS": "the life of a signing key",
    "orientation.FARTHEST": "how far ahead a calendar goes",
    "pools.DAY": "a day",
    "recoveries.OBJECTION": "how long a way back to an account waits",
    "renewals.DAY": "a day",
    "return_referrals.FARTHEST": "how far ahead a calendar goes",
    "return_surveys.COME_IN": "when a friendly question is sent",
    "stays.ASK_AFTER": "when a friendly question is sent",
    "stays.SHOWN": "how long a list shows a line",
    "api_clients.LONGEST_OVERLAP": "the life of a program's secret",
    "api_clients.OVERLAP": "the life of a program's secret",
    "devices.ONE_TIME_PIN_HOLDS": "the life of a device's PIN",
}
"""Constants of a day and longer that give nobody a right and take none."""


def constants() -> dict[str, timedelta]:
    found: dict[str, timedelta] = {}
    for module in iter_modules([str(Path(permits.__file__).parent)]):
        names = vars(importlib.import_module(f"permits.{module.name}"))
        found |= {
            f"{module.name}.{name}": value
            for name, value in names.items()
            if isinstance(value, timedelta) and value >= timedelta(days=1)
        }
    return found


def told() -> dict[str, int]:
    return {
        where.removeprefix("permits."): int(one.facts["value"])
        for where, one in FIXED_TERMS.items()
    }


def test_every_term_is_told_or_is_no_right_of_people() -> None:
    values = constants()
    own = {where: value for where, value in values.items() if not _borrowed(where)}
    assert own.keys() - TECHNICAL.keys() - told().keys() == set()
    assert TECHNICAL.keys() - own.keys() == set()


def _borrowed(where: str) -> bool:
    """Whether another module defines it, and this one only reads it."""
    module, _, name = where.partition(".")
    text = (Path(permits.__file__).parent / f"{module}.py").read_text("utf-8")
    return f"\n{name} = " not in text


def test_what_is_told_is_what_counts() -> None:
    for where, value in told().items():
        module, _, name = where.partition(".")
        counts = vars(importlib.import_module(f"permits.{module}"))[name]
        assert value == (counts.days if isinstance(counts, timedelta) else counts)
