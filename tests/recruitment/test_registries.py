"""What an answer of a registry proves, and how a list is read; silence proves nothing."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from permits.errors import Invalid
from recruitment.registries import (
    COLUMNS,
    Answer,
    Entry,
    EntryState,
    Registry,
    RegistryInfo,
    judge,
    name_key,
    read_entries,
)

DAY = date(2026, 12, 1)
INFO = RegistryInfo(Registry.RTN, "RTN", "RTN", "SAR", 30, "SAR")
ENTRY = Entry("08019999000001", "Finca La Peña, S.A.", EntryState.ACTIVE)


@pytest.mark.feature("E1")
@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        (None, "unavailable"),
        (Answer(ENTRY, DAY), "verified"),
        (Answer(ENTRY, date(2026, 11, 1)), "verified"),
        (Answer(ENTRY, date(2026, 10, 31)), "unavailable"),
        (Answer(ENTRY, date(2026, 12, 2)), "unavailable"),
        (Answer(None, DAY), "not-found"),
        (Answer(None, date(2026, 1, 1)), "unavailable"),
        (Answer(replace(ENTRY, name="Otra Finca"), DAY), "other-name"),
        (Answer(replace(ENTRY, state=EntryState.ENDED), DAY), "not-active"),
        (Answer(replace(ENTRY, state=EntryState.SUSPENDED), DAY), "not-active"),
        (Answer(replace(ENTRY, starts_on=date(2026, 12, 2)), DAY), "not-active"),
        (Answer(replace(ENTRY, ends_on=date(2026, 11, 30)), DAY), "not-active"),
        (Answer(replace(ENTRY, starts_on=DAY, ends_on=DAY), DAY), "verified"),
    ],
)
def test_what_an_answer_proves(answer: Answer | None, verdict: str) -> None:
    assert judge(answer, "La pena finca SA", DAY, INFO).value == verdict


def row(**changed: str) -> dict[str, str]:
    given = {"number": "gt-12/2026", "name": "Agencia Uno", "state": "active"}
    return dict.fromkeys(COLUMNS, "") | given | changed


def test_a_list_is_read() -> None:
    (entry,) = read_entries([row(starts_on="2026-01-01", ends_on="2028-12-31", phone="+5021")])
    assert entry == Entry(
        "GT122026",
        "Agencia Uno",
        EntryState.ACTIVE,
        date(2026, 1, 1),
        date(2028, 12, 31),
        "+5021",
    )


@pytest.mark.parametrize(
    ("rows", "faults"),
    [
        ([], [("registry-empty", {})]),
        ([row(number="--")], [("registry-line", {"line": 2})]),
        ([row(name=" ")], [("registry-line", {"line": 2})]),
        ([row(state="valid")], [("registry-line", {"line": 2})]),
        ([row(starts_on="1/2/2026")], [("registry-line", {"line": 2})]),
        ([row(starts_on="2026-02-02", ends_on="2026-02-01")], [("registry-line", {"line": 2})]),
        ([row(phone="99990000")], [("registry-line", {"line": 2})]),
        ([row(), row(number="GT 12 2026")], [("registry-line", {"line": 3})]),
        ([row(state="")] * 12, [("registry-line", {"line": n}) for n in range(2, 12)]),
    ],
)
def test_a_list_that_cannot_be_read(rows: list[dict[str, str]], faults: list[Any]) -> None:
    with pytest.raises(Invalid) as refused:
        read_entries(rows)
    assert [(fault.code, fault.facts) for fault in refused.value.faults] == faults


def test_names_are_compared_by_their_words() -> None:
    assert name_key("Núñez, María S.A.") == name_key("maria nunez sa")
    assert name_key("María Núñez") != name_key("María Núñez López")
