"""docs/states.md is what the law's tables say."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.cli import cli
from app.cli.states import BY, STATES, draw
from permits.applications import MOVES, Action
from permits.issuing import CREDENTIAL_MOVES, CredentialAction

HOUSE = Path(__file__).parent.parent.parent


@pytest.mark.feature("O1")
def test_the_drawing_of_the_states_is_up_to_date() -> None:
    assert (HOUSE / STATES).read_text("utf-8") == draw(), "run: vereda states --write"


def test_the_drawing_has_every_move() -> None:
    drawn = draw().splitlines()
    for (before, action), after in [*MOVES.items(), *CREDENTIAL_MOVES.items()]:
        assert f"    {before} --> {after}: {action}".replace("under-r", "under_r") in drawn
        assert f"| {before} | {action} | {after} | {BY[action]} |" in drawn
    assert set(BY) == {*Action, *CredentialAction}


def test_the_moves_can_be_had_as_json() -> None:
    done = CliRunner().invoke(cli, ["states", "--json"])
    rows = json.loads(done.stdout)
    assert (done.exit_code, len(rows)) == (0, len(MOVES) + len(CREDENTIAL_MOVES))
    submitting = {"of": "application", "from": "draft", "move": "submit", "to": "under-review"}
    assert rows[0] == submitting | {"by": "the worker"}
