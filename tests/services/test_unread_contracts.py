"""Contracts that wait: the list, those that changed alike, and what the database holds."""

from copy import copy
from dataclasses import replace
from decimal import Decimal

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from app.services import contract_looks
from app.services.contract_looks import Said
from app.storage.contracts import contracts as table
from permits.errors import Conflict, Forbidden
from permits.people import Actor, Role
from recruitment.ethics.words import Weighed
from tests.builders import Story
from tests.crew_lists import cui
from tests.services.test_contract_looks import OTHER_WORDS, REASON, held, look, waiting
from tests.services.test_contracts import accept, offer_anew, own

pytestmark = pytest.mark.feature("W9", "E4")


@pytest.fixture
def accepted(story: Story) -> Story:
    """Under review, with the worker's yes to the first version."""
    story.start().submit()
    accept(story)
    return story


def beside(story: Story, document: str) -> Story:
    """Another worker of the same vacancy, who agreed, before the same officials."""
    other = copy(story)
    other.start(vacancy=own(story).offer.vacancy, document_number=cui(int(document)))
    other.submit()
    accept(other)
    return other


def test_what_was_changed_alike_for_many_is_read_once_with_a_look_of_each(
    accepted: Story,
) -> None:
    """The reader is one of the workers, and one stands on a better text by now: both wait."""
    same, tied, late = (beside(accepted, str(at)) for at in range(3))
    offer_anew(accepted, wage=Decimal("380.00"))
    accept(late)
    offer_anew(accepted, title=OTHER_WORDS, wage=Decimal("390.00"))
    assert {one for one, _, _ in waiting(accepted)} == {accepted.id, same.id, tied.id, late.id}
    reader = Actor(tied.worker.person, Role.SETRASS_ANALYST, "Ana")
    now, work = held(accepted), accepted.work(reader)
    seen = contract_looks.read_contract(work, accepted.id, now.newest.version)
    alike = contract_looks.list_alike(work, seen)
    assert {one for one, _ in alike} == {same.id, tied.id}
    said = Said(now.base.digest, now.newest.digest, Weighed.WORSE, REASON)
    other = replace(said, digest="0" * 64)
    with pytest.raises(Conflict, match="contract-changed"), accepted.session.begin_nested():
        contract_looks.look_at_alike(work, accepted.id, now.newest.version, other)
    with pytest.raises(Forbidden):
        contract_looks.look_at_alike(accepted.work(accepted.inm), accepted.id, 3, said)
    assert contract_looks.look_at_alike(work, accepted.id, now.newest.version, said) == 1
    assert {one for one, _, _ in waiting(accepted)} == {tied.id, late.id}
    for one in (accepted, same):
        given = held(one).look
        assert given is not None
        assert (given.digest, given.official) == (held(one).newest.digest, reader.person)
        assert held(one).worse


def test_the_list_knows_of_a_version_what_the_comparison_finds(accepted: Story) -> None:
    """Whatever is changed, what is drawn with a mark is what is unread."""
    for changes in (
        {"wage": Decimal("380.00")},
        {"wage": Decimal("380.00"), "title": OTHER_WORDS},
        {"wage": Decimal("300.00"), "title": OTHER_WORDS},
        {"title": OTHER_WORDS},
        {"title": "Corte de café"},
        {"food": True, "hours_per_day": Decimal(13), "title": OTHER_WORDS},
    ):
        offer_anew(accepted, **changes)
        now = held(accepted)
        marked = (now.newest.asks_look, len(waiting(accepted)) == 1)
        unread = now.unread and not now.newest.blocked
        assert marked == (unread, unread), changes


def test_the_database_takes_one_look_of_a_pair_and_of_setrass_alone(accepted: Story) -> None:
    offer_anew(accepted, title=OTHER_WORDS)
    look(accepted, Weighed.SAME)
    offer_anew(accepted, title="Carga de café")
    pair = (
        "INSERT INTO contract_looks SELECT n.application, b.digest, n.digest, b.version,"
        " n.version, '{}', '{}', n.worker, '{}', n.drawn_at FROM contracts b, contracts n"
        f" WHERE b.application = '{accepted.id}' AND n.application = b.application"
        " AND b.version = {} AND n.version = {}"
    )
    for told in (
        ("same", "Igual.", "setrass-officer", 1, 2),  # there is one
        ("same", "Igual.", "employer", 1, 3),
        ("same", "Igual.", "inm-officer", 1, 3),
        ("fine", "Igual.", "setrass-officer", 1, 3),
        ("same", "", "setrass-officer", 1, 3),
        ("same", "Igual.", "setrass-officer", 3, 2),
    ):
        with pytest.raises(IntegrityError), accepted.session.begin_nested():
            accepted.session.execute(text(pair.format(*told)))
    accepted.session.execute(text(pair.format("same", "Igual.", "setrass-officer", 1, 3)))
    drawers = accepted.session.scalars(select(table.c.drawn_by).where(table.c.version > 1))
    assert None not in set(drawers)
