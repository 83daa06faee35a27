"""Every act of the tables of moves has a letter, or a reason why its worker needs none."""

from collections.abc import Iterator
from enum import StrEnum

import pytest

from app.adapters.texts import LETTERS
from app.cli.states import EVERY
from app.web.templating import TEMPLATES
from app.web.wording.right_letters import PAPERS
from permits.act_letters import LETTER_OF, NO_LETTER, told_by
from permits.applications import Action
from permits.authorisations import AuthorisationAction
from permits.issuing import CredentialAction
from permits.prints import Measure
from permits.programme_rules import LetterKind

FILES = {LetterKind.REFUSED: "refusal"}
"""Kinds whose paper has another name."""

BY_ITS_WORKER = frozenset({Action.SUBMIT, Action.ANSWER, Action.WITHDRAW, Action.REINSTATE})


def acts() -> Iterator[StrEnum]:
    """Each act of each table once, and what a record of its own begins with."""
    for moves in EVERY.values():
        for before, act, after in moves:
            yield act
            if type(act) is type(after) is type(before):
                yield before


@pytest.mark.feature("O18")
def test_every_act_of_the_tables_has_a_letter_or_a_reason() -> None:
    silent = [
        f"{type(act).__name__}.{act.name}"
        for act in acts()
        if (act in LETTER_OF.get(type(act), {})) is (act in NO_LETTER.get(type(act), {}))
    ]
    assert not silent, f"neither a letter nor a reason, or both: {sorted(set(silent))}"
    assert all(told_by(act).strip() for act in acts())


def test_no_act_is_named_that_no_table_has() -> None:
    known = {(type(act), act) for act in acts()}
    named = {
        (of, act) for table in (LETTER_OF, NO_LETTER) for of, told in table.items() for act in told
    }
    assert named == known


@pytest.mark.feature("O18")
def test_every_letter_of_an_act_is_a_paper_that_may_be_reworded() -> None:
    told = {letter for table in LETTER_OF.values() for letter in table.values()}
    assert told == set(LetterKind)
    papers = {f"letters/{FILES.get(kind, kind.value)}" for kind in LetterKind}
    assert papers <= set(PAPERS)
    assert papers == set(LETTERS)
    assert all((TEMPLATES / "print" / f"{one}.typ").exists() for one in papers)
    assert {one.value for one in Measure} <= {kind.value for kind in LetterKind}


def test_an_act_that_nobody_thought_of_is_not_passed_over() -> None:
    class Unheard(StrEnum):
        SOLD = "sold"

    with pytest.raises(KeyError):
        told_by(Unheard.SOLD)
    # Words of two tables may be the same, and are kept apart.
    assert Action.LAPSE.value == AuthorisationAction.LAPSE.value
    assert (told_by(Action.LAPSE), told_by(AuthorisationAction.LAPSE)) == ("`lapsed`", "`unused`")
    assert told_by(Action.REFUSE) == "`refused`"
    assert told_by(CredentialAction.REVOKE) == "`card-revoked`"


def test_only_the_worker_ends_an_application_without_a_letter() -> None:
    assert set(NO_LETTER[Action]) == BY_ITS_WORKER
