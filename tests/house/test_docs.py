"""docs/states.md is what the law's tables say."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.adapters.reference import read_programmes
from app.cli import cli
from app.cli.states import BY, EVERY, PROGRAMMES, STATES, draw, told_by
from permits.appeals import Ruling
from permits.applications import MOVES, Action
from permits.authorisations import MOVES as RIGHT_MOVES
from permits.authorisations import AuthorisationAction
from permits.card_batches import MOVES as BATCH_MOVES
from permits.card_batches import BatchAction, BatchState
from permits.employer_changes import ChangeOutcome
from permits.identity_changes import IdentityOutcome
from permits.issuing import CREDENTIAL_MOVES, CredentialAction
from permits.revocations import Outcome
from permits.watch import CheckState

MOVES_OF_ALL = [
    *(*MOVES.items(), *RIGHT_MOVES.items(), *CREDENTIAL_MOVES.items(), *BATCH_MOVES.items()),
]
HOUSE = Path(__file__).parent.parent.parent


@pytest.mark.feature("O1")
def test_the_drawing_of_the_states_is_up_to_date() -> None:
    assert (HOUSE / STATES).read_text("utf-8") == draw(), "run: vereda states --write"


def test_the_drawing_has_every_move() -> None:
    drawn = draw().splitlines()
    for (before, action), after in MOVES_OF_ALL:
        assert f"    {before} --> {after}: {action}".replace("under-r", "under_r") in drawn
        assert f"| {before} | {action} | {after} | {told_by(action)} |" in drawn
    for kind in (Action, AuthorisationAction, CredentialAction, BatchAction):
        assert set(BY[kind]) == set(kind)


def test_every_record_that_is_settled_is_drawn_with_each_of_its_states() -> None:
    drawn = draw()
    for kind in (Ruling, Outcome, ChangeOutcome, IdentityOutcome, CheckState, BatchState):
        (moves,) = [moves for moves in EVERY.values() if isinstance(moves[0][0], kind)]
        assert {state for before, _, after in moves for state in (before, after)} == set(kind)
        for before, action, after in moves:
            assert f"| {before} | {action} | {after} | {told_by(action)} |" in drawn


def test_the_numbers_of_the_page_are_the_programmes() -> None:
    drawn = draw()
    for programme in read_programmes(PROGRAMMES).values():
        days = programme.clocks
        assert f"{days.reinstate_days.value} days" in told_by(Action.REINSTATE)
        assert f"{days.suspension_days.value} days" in told_by(AuthorisationAction.SUSPEND)
        assert f"together take {days.suspension_days.value} days at most" in drawn


def test_the_moves_can_be_had_as_json() -> None:
    done = CliRunner().invoke(cli, ["states", "--json"])
    rows = json.loads(done.stdout)
    assert (done.exit_code, len(rows)) == (0, sum(len(moves) for moves in EVERY.values()))
    submitting = {"of": "application", "from": "draft", "move": "submit", "to": "under-review"}
    assert rows[0] == submitting | {"by": "the worker"}
