"""docs/states.md is what the law's tables say."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.cli import cli
from app.cli.states import BY, STATES, draw
from permits.applications import MOVES, Action
from permits.authorisations import MOVES as RIGHT_MOVES
from permits.authorisations import AuthorisationAction
from permits.issuing import CREDENTIAL_MOVES, CredentialAction

MOVES_OF_ALL = [*MOVES.items(), *RIGHT_MOVES.items(), *CREDENTIAL_MOVES.items()]
HOUSE = Path(__file__).parent.parent.parent


@pytest.mark.feature("O1")
def test_the_drawing_of_the_states_is_up_to_date() -> None:
    assert (HOUSE / STATES).read_text("utf-8") == draw(), "run: vereda states --write"


def test_the_drawing_has_every_move() -> None:
    drawn = draw().splitlines()
    for (before, action), after in MOVES_OF_ALL:
        assert f"    {before} --> {after}: {action}".replace("under-r", "under_r") in drawn
        assert f"| {before} | {action} | {after} | {BY[type(action)][action]} |" in drawn
    for kind in (Action, AuthorisationAction, CredentialAction):
        assert set(BY[kind]) == set(kind)


def test_the_moves_can_be_had_as_json() -> None:
    done = CliRunner().invoke(cli, ["states", "--json"])
    rows = json.loads(done.stdout)
    assert (done.exit_code, len(rows)) == (0, len(MOVES_OF_ALL))
    submitting = {"of": "application", "from": "draft", "move": "submit", "to": "under-review"}
    assert rows[0] == submitting | {"by": "the worker"}
