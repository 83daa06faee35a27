"""The OpenAPI document and its examples stand as the code does.

`VEREDA_WRITE_EXAMPLES=1 pytest tests/web/api/test_document.py` records the replies anew.
"""

import json
import os

import pytest
from openapi_spec_validator import validate
from typer.testing import CliRunner

from app.cli import cli
from tests.web.api.examples import FOLDER, replay, write
from tests.web.api.operations import OPERATIONS
from tests.web.api.world import World, the_document

NAMES = sorted({row.id for row in OPERATIONS})

COUNTING = {
    "listEmployerRegistrations",
    "getRecruitmentCosts",
    "findEmployers",
    "listCrews",
    "listFarms",
    "listAgeMarks",
    "listUnreadContracts",
    "readPool",
    "askPool",
    "listJudgingRuns",
    "listSelections",
    "getSelection",
    "preselectCandidates",
    "listVacanciesToAttest",
    "changeVacancy",
    "draftVacancy",
    "getVacancyFindings",
    "moveVacancy",
    "recordVacancyStep",
    "listOrientationSessions",
    "listReceptionDays",
    "listVacancies",
    "listStatusLists",
    "getApplication",
    "getHealth",
    "proveLogInclusion",
    "proveLogConsistency",
}
"""Their replies tell of everything that is there: they want a world of their own."""


def test_the_document_is_that_of_the_code() -> None:
    done = CliRunner().invoke(cli, ["openapi", "--check"])
    assert done.exit_code == 0, done.output


def test_the_document_is_valid_openapi() -> None:
    validate(the_document())


def test_every_refusal_is_a_problem_but_those_of_the_token_endpoint() -> None:
    for path, methods in the_document()["paths"].items():
        for operation in methods.values():
            for status, reply in operation["responses"].items():
                if status.startswith("4"):
                    types = set(reply["content"])
                    oauth = path == "/api/v1/token" and status != "422"
                    assert types == {"application/json" if oauth else "application/problem+json"}


def test_no_model_of_the_framework_is_left_in_the_document() -> None:
    text = json.dumps(the_document())
    assert "HTTPValidationError" not in text
    schemas = the_document()["components"]["schemas"]
    unused = {name for name in schemas if f'"#/components/schemas/{name}"' not in text}
    assert unused == set()


def test_there_is_one_example_for_each_operation() -> None:
    assert sorted(path.stem for path in FOLDER.glob("*.json")) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_an_example_works_as_it_stands(request: pytest.FixtureRequest, name: str) -> None:
    world: World = request.getfixturevalue("world" if name in COUNTING else "shared")
    path = FOLDER / f"{name}.json"
    example = json.loads(path.read_text(encoding="utf-8"))
    reply = replay(world, example)
    if "VEREDA_WRITE_EXAMPLES" in os.environ:
        write(path, {**example, "reply": reply})
    assert example["reply"] == reply
