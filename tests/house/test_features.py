"""docs/features.md tells what the tests show, no more and no less."""

import ast
import tomllib
from pathlib import Path

import pytest

from tests.house import features
from tests.house.features import PAGE, Feature, collect, draw, read


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text("utf-8") == draw(), "run: python -m tests.house.features"


def test_every_feature_of_the_domain_is_listed_once() -> None:
    listed = tomllib.loads(features.LIST.read_text("utf-8"))
    ids = [key for section in listed.values() for key in section["features"]]
    ends = {"W": 29, "C": 6, "O": 18, "B": 10, "E": 10, "H": 9, "A": 6, "D": 10, "N": 16}
    assert ids == [f"{letter}{n}" for letter, end in ends.items() for n in range(1, end + 1)]


def test_markers_are_found_on_functions_classes_and_whole_modules(tmp_path: Path) -> None:
    (tmp_path / "tests").mkdir()
    source = """
import pytest
pytestmark = [pytest.mark.feature("W1"), pytest.mark.journey]

@pytest.mark.parametrize("x", [1])
@pytest.mark.feature("W2", "W3")
def test_one(x): ...

class TestSome:
    async def test_two(self): ...

def not_a_test(): ...
"""
    (tmp_path / "tests" / "test_a.py").write_text(source)
    assert collect(tmp_path) == {
        "W1": {"tests/test_a.py::test_one", "tests/test_a.py::test_two"},
        "W2": {"tests/test_a.py::test_one"},
        "W3": {"tests/test_a.py::test_one"},
    }


def one(**told: str) -> dict[str, object]:
    return {"worker": {"title": "Worker", "features": {"W1": {"name": "Register"} | told}}}


def test_a_row_of_each_state() -> None:
    shown = {"W1": {"tests/test_a.py::test_one"}}
    tests = ("tests/test_a.py::test_one",)
    assert read(one(), {}) == [Feature("W1", "Register", "not yet", "", ())]
    assert read(one(state="works"), shown) == [Feature("W1", "Register", "works", "", tests)]
    partly = read(one(state="partly", lacks="a number"), shown)
    assert partly == [Feature("W1", "Register", "partly", "a number", tests)]


@pytest.mark.parametrize(
    ("told", "tests", "said"),
    [
        ({"state": "works"}, {}, "no test shows it"),
        ({}, {"W1": {"a::b"}}, "needs state"),
        ({"state": "nearly"}, {"W1": {"a::b"}}, "needs state"),
        ({"state": "partly"}, {"W1": {"a::b"}}, "what it lacks"),
        ({"state": "works", "lacks": "all"}, {"W1": {"a::b"}}, "what it lacks"),
        ({}, {"X9": {"a::b"}}, "no such id"),
    ],
)
def test_list_and_tests_have_to_agree(
    told: dict[str, str], tests: dict[str, set[str]], said: str
) -> None:
    with pytest.raises(ValueError, match=said):
        read(one(**told), tests)


def test_the_collector_reads_the_markers_that_pytest_would() -> None:
    """This very house has marked tests on each floor, and the collector sees them."""
    floors = {test.split("/")[1] for tests in collect().values() for test in tests}
    assert {"permits", "services", "storage", "web", "properties", "house"} <= floors
    assert ast.parse(Path(features.__file__).read_text("utf-8"))
