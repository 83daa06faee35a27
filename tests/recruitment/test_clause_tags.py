"""A reader's marks: against the known list, of clauses that are there, and of this very text."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from permits.people import PersonId
from recruitment.clause_tags import (
    Marks,
    Reading,
    find_faults,
    found_of,
    lines_of,
    newest_of,
    text_of,
)
from recruitment.contract_checks import judge_contract
from recruitment.ethics.words import Clause, ContractTerm
from tests.builders import NOW
from tests.recruitment.ethics.table import ON, parameters
from tests.vacancies import FAIR, OFFER

pytestmark = pytest.mark.feature("E5")

NAMED = replace(OFFER, employer_name="Finca El Cedral")
WORDED = replace(FAIR, tasks_es="Cortar café. No se pide fianza.")
LINES = lines_of(NAMED, WORDED)
OWN = {line.text: line.number for line in LINES if not line.term}
FIXED = {line.term: line.number for line in LINES if line.term}


def marks(**changes: int | None) -> Marks:
    """Every term where the form says it, the job in the tasks, and nothing that binds."""
    said: dict[ContractTerm | Clause, int | None] = {
        **{term: FIXED.get(term, OWN["Cortar café."]) for term in ContractTerm},
        **dict.fromkeys(Clause, 0),
    }
    named = {one.value.replace("-", "_"): one for one in said}
    return said | {named[name]: number for name, number in changes.items()}


def read(told: Marks, text: bytes = text_of(NAMED, WORDED)) -> Reading:
    return Reading(uuid4(), UUID(int=1), text, *found_of(told), PersonId(UUID(int=2)), NOW)


def test_clauses_are_the_fixed_terms_that_are_told_and_own_words_by_sentence() -> None:
    assert [line.number for line in LINES] == list(range(1, len(LINES) + 1))
    assert set(FIXED) == set(ContractTerm) - {ContractTerm.JOB}
    assert list(OWN)[:3] == ["Corte de café", "Cortar café.", "No se pide fianza."]
    silent = lines_of(NAMED, replace(WORDED, insurance=None))
    assert ContractTerm.INSURANCE not in {line.term for line in silent}


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({}, []),
        ({"insurance": 0}, []),  # it says it nowhere: a mark as well
        ({"insurance": None, "bond": None}, [("missing", "insurance"), ("missing", "binds_bond")]),
        ({"wage": 99}, [("no-such-clause", "wage")]),
        ({"wage": FIXED[ContractTerm.HOURS]}, [("clause-says-another", "wage")]),
        ({"penalty": FIXED[ContractTerm.WAGE]}, [("clause-says-another", "binds_penalty")]),
        ({"insurance": OWN["Cortar café."]}, []),  # own words may say any of them
    ],
)
def test_marks_are_of_the_known_list_and_of_clauses_that_may_say_it(
    changes: dict[str, int | None], found: list[tuple[str, str]]
) -> None:
    faults = find_faults(marks(**changes), LINES, list(ContractTerm))
    assert [(one.code, one.field) for one in faults] == found


def test_what_a_reader_marks_is_judged_and_words_alone_no_more() -> None:
    def judged(reading: Reading | None) -> list[tuple[str, str]]:
        found = judge_contract(NAMED, WORDED, parameters("twap-canada"), ON, reading)
        told = [(one.rule.value, one.code) for one in found]
        return [one for one in told if one[0] in {"R14", "R15"}]

    assert judged(None) == [("R14", "words-unread")]
    assert judged(read(marks())) == [("R14", "words-seen")]
    bound = read(marks(bond=OWN["No se pide fianza."], keeps_documents=OWN["Cortar café."]))
    assert judged(bound) == [("R14", "clause"), ("R15", "clause")]


def test_the_newest_reading_of_this_very_text_counts() -> None:
    first = read(marks())
    later = replace(first, id=uuid4(), read_at=NOW + timedelta(hours=1))
    other = replace(later, text=text_of(NAMED, FAIR), read_at=NOW + timedelta(hours=2))
    assert newest_of([later, first, other], first.text) == later
    assert newest_of([other], first.text) is None
