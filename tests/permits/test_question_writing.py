"""A question that an administrator writes: what the file makes of it, and what is refused."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from permits.errors import Fault
from permits.programme_changes import find_breaks
from permits.programme_files import examine
from permits.question_writing import ENDS, Written, find_faults, of_form, with_written
from tests.permits.test_programme_questions import asked
from tests.permits.test_programmes import given_mapping

pytestmark = pytest.mark.feature("D5")

DAY = date(2027, 1, 10)
BOOTS = {
    "id": "boots",
    "kind": "choice",
    "label_es": "¿Qué botas trae?",
    "label_en": "Which boots do you bring?",
    "options": "none | Ninguna | None\n\nrubber | De hule | Rubber",
    "required": "no",
    "pictogram": "farm",
    "after": "phone",
    "seen_by": "setrass inm",
    "only_if": "licence",
    "only_if_values": "yes no",
}
ASKS = Written("coffee", BOOTS, "acta 12", DAY)
FILE = given_mapping() | {"questions": [asked(seen_by=["setrass", "inm"])]}


def ends(name: str, day: date = DAY) -> Written:
    return Written("coffee", {"id": name, ENDS: "yes"}, "acta 13", day)


def test_what_is_written_is_a_question_of_the_file_from_its_day_until_its_end() -> None:
    over = [ASKS, ends("boots", date(2027, 3, 1)), ends("unheard-of")]
    programme, faults = examine(with_written(FILE, over))
    assert faults == []
    boots = programme.versions.questions[1]
    assert boots.choices("en") == {"none": "None", "rubber": "Rubber"}
    days = [date(2027, 1, 9), DAY, date(2027, 2, 28), date(2027, 3, 1)]
    assert [len(programme.on(day).questions) for day in days] == [1, 2, 2, 1]
    # Where the file says the same question or its end, the file counts.
    own = {**FILE, "questions": [asked("boots"), asked(ended_from=DAY)]}
    kept = examine(with_written(own, [ASKS, ends("licence", date(2028, 1, 1))]))[0]
    assert [one.ended_from for one in kept.versions.questions] == [None, DAY]
    assert with_written(given_mapping(), [ends("boots")]) == given_mapping()


WRONG: list[tuple[dict[str, str], list[tuple[str, str]]]] = [
    ({"kind": "", "label_en": ""}, [("missing", "kind"), ("unknown-key", "options"),
                                    ("missing", "label_en")]),
    ({"options": "rubber | De hule"}, [("missing", "options"), ("out-of-range", "options")]),
    ({"options": "a|b|c|d\ne|f|g"}, [("unknown-key", "options")]),
    ({"kind": "number", "least": "two", "options": ""}, [("wrong-type", "least"),
                                                         ("missing", "most")]),
    ({"only_if": "nothing"}, [("not-asked-before", "only_if")]),
    ({"only_if_values": ""}, [("missing", "only_if"), ("unknown-value", "only_if")]),
    ({"seen_by": "consulate"}, [("not-asked", "seen_by")]),
]  # fmt: skip


@pytest.mark.parametrize(("changed", "told"), WRONG)
def test_what_the_file_refuses_is_told_by_the_fields_of_the_form(
    changed: dict[str, str], told: list[tuple[str, str]]
) -> None:
    _, wrong = examine(with_written(FILE, [replace(ASKS, content=BOOTS | changed)]))
    found = {(one.code, one.field) for one in of_form(wrong, 1)}
    assert set(told) <= found


def test_more_than_ten_on_one_day_and_an_end_before_what_depends_on_it() -> None:
    ten: list[Any] = [asked(f"q{n}", ended_from=DAY if n == 9 else None) for n in range(10)]
    alone = replace(ASKS, content={**BOOTS, "only_if": "q1"})
    _, wrong = examine(with_written(FILE | {"questions": ten}, [alone]))
    assert "questions-full" not in {one.code for one in of_form(wrong, 10)}
    ten[9] = asked("q9")
    _, wrong = examine(with_written(FILE | {"questions": ten}, [alone]))
    assert Fault("questions-full", "id", {"limit": 10}) in of_form(wrong, 10)
    _, wrong = examine(with_written(FILE, [ASKS, ends("licence", date(2027, 6, 1))]))
    assert [*of_form(wrong, 0)] == [Fault("base-ends", "id")]


def test_a_name_is_used_once_an_end_is_said_once_and_spanish_is_plain() -> None:
    programme, _ = examine(with_written(FILE, [ASKS]))
    questions = programme.versions.questions

    def codes(one: Written) -> list[str]:
        return [fault.code for fault in find_faults(one, questions)]

    assert (codes(ASKS), codes(ends("boots")), codes(ends("hat"))) == (
        ["twice"], ["ends-before-it-begins"], ["nothing-to-end"],
    )  # fmt: skip
    over = (replace(questions[0], ended_from=DAY),)
    assert [one.code for one in find_faults(ends("licence"), over)] == ["ended-already"]
    tu = replace(ASKS, content={**BOOTS, "id": "hat", "options": "a | Tu hule | Your rubber\n"})
    assert codes(tu) == ["speaks-by-tu"]


def test_an_end_moves_only_while_its_day_is_still_to_come() -> None:
    def broken(before: date | None, after: date | None) -> set[str]:
        was, now = (
            examine(given_mapping() | {"questions": [asked(ended_from=day)]})[0]
            for day in (before, after)
        )
        return {one.code for one in find_breaks(was, now, 1, DAY)}

    past, later = date(2027, 1, 9), date(2027, 1, 11)
    assert broken(None, later) == broken(later, None) == set()
    assert broken(None, past) == broken(past, later) == broken(None, DAY) == {"past-changed"}
