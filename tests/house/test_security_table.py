"""docs/security-table.md tells what the tests show, no more and no less."""

import tomllib
from pathlib import Path

import pytest

from tests.house.marks import collect
from tests.house.security_table import LIST, PAGE, Row, draw, read

ROWS = tomllib.loads(LIST.read_text("utf-8"))


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text("utf-8") == draw(), "run: python -m tests.house.security_table"


def test_every_promise_is_listed_once() -> None:
    # There is no P27: the numbers are those of the design and stay for ever.
    assert list(ROWS["promises"]) == [f"P{n}" for n in range(1, 31) if n != 27]


def test_rows_of_asvs_stand_in_order_under_their_chapter_with_level_and_words() -> None:
    numbers = [tuple(map(int, key.split("."))) for key in ROWS["asvs"]]
    assert numbers == sorted(set(numbers))
    assert {str(number[0]) for number in numbers} == set(ROWS["chapters"])
    for told in ROWS["asvs"].values():
        assert told["level"] in {1, 2, 3}
        assert told["says"]
        assert set(told) <= {"level", "says", "lacks"}


def test_each_row_begins_with_its_id() -> None:
    drawn = draw().splitlines()
    ids = [*ROWS["promises"], *(f"V{key}" for key in ROWS["asvs"])]
    assert [sum(line.startswith(f"| {key} |") for line in drawn) for key in ids] == [1] * len(ids)


def test_a_row_of_each_state() -> None:
    listed = {"P1": {"says": "Never lost"}, "P2": {"says": "Two", "lacks": "load"}}
    assert [row.state for row in read(listed, {})] == ["no test yet", "no test yet: load"]
    tests = {"P1": {"tests/test_a.py::test_one"}, "P2": {"tests/test_a.py::test_one"}}
    assert read(listed, tests) == [
        Row("P1", 0, "Never lost", "", ("tests/test_a.py::test_one",)),
        Row("P2", 0, "Two", "load", ("tests/test_a.py::test_one",)),
    ]
    assert [row.state for row in read(listed, tests)] == ["shown", "partly: load"]


def test_a_mark_of_no_row_is_refused() -> None:
    with pytest.raises(ValueError, match=r"no such id: 9\.9\.9"):
        read({"1.1.1": {"says": "x", "level": 1}}, {"9.9.9": {"a::b"}})


def test_marks_of_one_kind_are_not_those_of_another(tmp_path: Path) -> None:
    (tmp_path / "tests").mkdir()
    source = """
@pytest.mark.asvs("3.4.3", "3.4.4")
@pytest.mark.promise("P20")
def test_one(): ...
"""
    (tmp_path / "tests" / "test_a.py").write_text(source)
    name = "tests/test_a.py::test_one"
    assert collect("asvs", tmp_path) == {"3.4.3": {name}, "3.4.4": {name}}
    assert collect("promise", tmp_path) == {"P20": {name}}
