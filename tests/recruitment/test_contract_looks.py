"""What only words tell of a changed contract passes by no approval before a person read it."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from permits.errors import Conflict
from permits.people import ROLE_PERMISSIONS, Permission, PersonId, Role
from recruitment.contract_acceptance import check_acceptable
from recruitment.contract_looks import REASON_LIMIT, Look, find_faults
from recruitment.contract_standing import hold
from recruitment.contracts import (
    Agreement,
    Change,
    Contract,
    Party,
    Told,
    Way,
    compare,
    content_of,
    digest_of,
)
from recruitment.ethics.words import Weighed
from tests.recruitment.test_contracts import CHANGES, OFFER, TERM_CHANGES, TERMS

pytestmark = pytest.mark.feature("W9")

CASE, WORKER, VACANCY = UUID(int=1), PersonId(UUID(int=2)), UUID(int=3)
AT = datetime(2026, 11, 2, 15, tzinfo=UTC)
YES = {Party.WORKER: Way.OWN, Party.EMPLOYER: Way.OPEN}

EVERY: Sequence[tuple[dict[str, Any], dict[str, Any]]] = (
    *((changed, {}) for _, changed, _ in CHANGES),
    *(({}, {field: value}) for field, value, _ in TERM_CHANGES),
)
"""Each change of the tables of test_contracts.py, of the offer or of the conditions."""


def drawn(number: int, offer: dict[str, Any], terms: dict[str, Any], *agreed: Party) -> Contract:
    content = content_of(CASE, WORKER, replace(OFFER, **offer), replace(TERMS, **terms))
    yes = tuple(Agreement(one, YES[one], AT) for one in agreed)
    return Contract(CASE, WORKER, number, VACANCY, digest_of(content), content, AT, yes)


def looked(base: Contract, newest: Contract, weighed: Weighed) -> Contract:
    """The newest, with what an official said of it and this base."""
    official, role = PersonId(UUID(int=9)), Role.SETRASS_ANALYST
    look = Look(base.digest, newest.digest, weighed, "Se comparó.", official, role, AT)
    return replace(newest, looks=(*newest.looks, look))


FIRST = drawn(1, {}, {}, *Party)
REWORDED = drawn(2, {}, {"tasks_es": "Cortar café, y lo que diga el caporal."}, Party.EMPLOYER)


def refused_for(*versions: Contract) -> str | None:
    """Why the worker may not accept the newest one, None where they may."""
    try:
        check_acceptable(versions, versions[-1].digest)
    except Conflict as refusal:
        return refusal.code
    return None


def test_other_words_wait_for_a_person_and_count_as_they_say() -> None:
    held = hold((FIRST, REWORDED))
    assert (set(held.others), held.unread, held.worse) == ({"tasks_es"}, True, False)
    assert refused_for(FIRST, REWORDED) == "contract-unread"
    for said, code in (
        (Weighed.SAME, None),
        (Weighed.BETTER, None),
        (Weighed.WORSE, "contract-worse"),
    ):
        assert refused_for(FIRST, looked(FIRST, REWORDED, said)) == code


def test_a_look_is_of_one_pair_and_a_newer_version_wants_another() -> None:
    read = looked(FIRST, REWORDED, Weighed.SAME)
    newer = drawn(3, {"title": "Carga"}, {"tasks_es": "Cortar café, y cargar."}, Party.EMPLOYER)
    assert refused_for(FIRST, read, newer) == "contract-unread"
    # A look at another pair, carried along, says nothing of this one.
    assert refused_for(FIRST, read, replace(newer, looks=read.looks)) == "contract-unread"
    # The text that was read comes back: it is the same text.
    again = replace(read, version=4)
    assert refused_for(FIRST, read, newer, again) is None


def test_words_are_washed_by_no_version_that_the_worker_has_not_accepted() -> None:
    raised = drawn(3, {"wage": OFFER.wage + 1}, {"tasks_es": REWORDED.told["tasks_es"]})
    held = hold((FIRST, REWORDED, raised))
    assert (held.base, held.unread) == (FIRST, True)


def test_what_is_worse_already_waits_for_nobody() -> None:
    worse = drawn(2, {"housing": False, "title": "Carga"}, {}, Party.EMPLOYER)
    held = hold((FIRST, worse))
    assert (set(held.others), held.unread, held.worse) == ({"title"}, False, True)
    assert refused_for(FIRST, worse) == "contract-worse"


@pytest.mark.parametrize(("offer", "terms"), EVERY)
@pytest.mark.parametrize("said", [None, *Weighed])
def test_no_difference_that_is_not_better_passes_unread(
    offer: dict[str, Any], terms: dict[str, Any], said: Weighed | None
) -> None:
    newest = drawn(2, offer, terms, Party.EMPLOYER)
    newest = looked(FIRST, newest, said) if said else newest
    [found] = compare(FIRST.told, newest.told)
    read = said in {Weighed.SAME, Weighed.BETTER}
    passes = found.change is Change.BETTER or (found.change is Change.OTHER and read)
    if said is not Weighed.WORSE:
        assert (refused_for(FIRST, newest) is None) is passes
    else:  # whoever reads it may call worse what the numbers call better
        assert refused_for(FIRST, newest) == "contract-worse"


@given(
    st.lists(
        st.tuples(st.lists(st.sampled_from(EVERY), max_size=3), st.sampled_from([None, *Weighed])),
        max_size=6,
    )
)
def test_whatever_is_offered_in_turn_every_step_that_was_accepted_was_better_or_read(
    offered: list[tuple[list[tuple[dict[str, Any], dict[str, Any]]], Weighed | None]],
) -> None:
    """An employer offers what they like, somebody may look, and the worker takes all they can."""
    versions: tuple[Contract, ...] = (FIRST,)
    accepted, read = [FIRST.told], set[tuple[str, str]]()
    for number, (changes, said) in enumerate(offered, start=2):
        offer = {name: value for one, _ in changes for name, value in one.items()}
        terms = {name: value for _, one in changes for name, value in one.items()}
        base = [one for one in versions if one.by(Party.WORKER)][-1]
        newest = drawn(number, offer, terms, Party.EMPLOYER)
        before = {one for each in versions for one in each.looks if one.digest == newest.digest}
        newest = replace(newest, looks=tuple(before))
        if said and hold((*versions, newest)).unread:
            newest = looked(base, newest, said)
            read |= {(base.digest, newest.digest)} if said is not Weighed.WORSE else set()
        if refused_for(*versions, newest) is None:
            yes = Agreement(Party.WORKER, Way.OWN, AT)
            newest = replace(newest, agreements=(*newest.agreements, yes))
            accepted.append(newest.told)
        versions = (*versions, newest)
    for one, next_one in pairwise(accepted):
        every = {each.change for each in compare(one, next_one)}
        assert Change.WORSE not in every
        assert Change.OTHER not in every or (_digest(one), _digest(next_one)) in read


def _digest(told: Told) -> str:
    plain = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return digest_of(plain)


def test_a_look_has_a_word_and_a_reason() -> None:
    assert [one.field for one in find_faults(None, "  ")] == ["weighed", "reason"]
    assert find_faults(Weighed.SAME, "Es el mismo corte.") == []
    assert [one.code for one in find_faults(Weighed.SAME, "x" * (REASON_LIMIT + 1))] == ["too-long"]


def test_only_who_prepares_and_decides_for_setrass_may_look() -> None:
    """The same roles as in the CHECK of the table."""
    allowed = {role for role, held in ROLE_PERMISSIONS.items() if Permission.CONTRACT_LOOK in held}
    assert allowed == {Role.SETRASS_ANALYST, Role.SETRASS_OFFICER}
