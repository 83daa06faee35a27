"""Questions to who waits in a pool, and marks of R05, as requests name them."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

from app.services import age_marks
from app.services.age_marks import Sign
from app.storage.age_marks import find_standing
from app.storage.pool_asks import add_asks
from app.storage.vacancies import add_vacancy as add_listed
from app.storage.vacancies import find_vacancy
from permits.audit import Act
from permits.deadlines import legal_day
from permits.identity_documents import cui_remainder
from permits.people import SYSTEM
from recruitment.pool_asks import ANSWERED_WITHIN, PoolAsk
from tests.builders import Story, add_vacancy
from tests.web.api.own_vacancies import add_own
from tests.web.api.world import AGENT, FARMER, World, keyed, now

Sent = Callable[[World, Story], Mapping[str, Any]]


def add_open(world: World) -> UUID:
    """An open vacancy of the API's employer, in a department that has a pool."""
    add_own(world)
    own = uuid4()
    with world.database.sessions.begin() as session:
        found = find_vacancy(session, add_vacancy(session, world.ports, now=now()))
        assert found is not None
        offer = replace(found.offer, vacancy=str(own), employer=str(FARMER.employer))
        event = world.work(session, SYSTEM).event(Act.VACANCY_ADDED, own, {"programme": "x"})
        add_listed(session, replace(found, id=own, offer=offer), now(), event=event)
    return own


def add_ask(world: World, story: Story) -> UUID:
    """The API's employer asks the worker of a story."""
    vacancy, at = add_open(world), now()
    until = legal_day(at) + ANSWERED_WITHIN
    ask = PoolAsk(uuid4(), vacancy, story.id, story.worker.person, at, until)
    with world.database.sessions.begin() as session:
        event = world.work(session, FARMER).event(Act.POOL_ASKED, vacancy, {"people": 1})
        add_asks(session, [ask], event=event)
    return ask.id


def known_mark(world: World, story: Story) -> dict[str, Any]:
    """The mark that the agent of the API put on the case of a story, and the receipt of that."""
    with world.database.sessions.begin() as session:
        found = find_standing(session, story.id, AGENT.person)
    assert found is not None
    return {"mark": found.mark.id, "receipt": found.receipt}


OTHERS_CUI = f"23456789{cui_remainder('23456789')}0101"
"""Of somebody else: a mark is of the person, and holds whoever has the same document."""


def to_mark(story: Story) -> Story:
    """Handed in by somebody whom no other story is about."""
    return story.start(document_number=OTHERS_CUI).submit()


def marked(story: Story) -> Story:
    """Handed in, and marked by the agent of the API."""
    to_mark(story)
    age_marks.mark_age(story.work(AGENT), story.application.receipt or "", Sign.LOOKS)
    return story


def on_pool(**body: Any) -> Sent:  # noqa: ANN401
    """The pool of an open vacancy of the API's employer."""

    def sent(world: World, story: Story) -> Mapping[str, Any]:
        return {"ids": {"vacancy": add_open(world)}, "headers": keyed(), **body}

    return sent


def on_ask(**body: Any) -> Sent:  # noqa: ANN401
    """A question of the API's employer to the worker of a story."""

    def sent(world: World, story: Story) -> Mapping[str, Any]:
        ids = {"application": story.id, "ask": add_ask(world, story)}
        return {"ids": ids, "headers": keyed(), **body}

    return sent


def marking(world: World, story: Story) -> Mapping[str, Any]:
    """The case of a story by its receipt."""
    with world.database.sessions.begin() as session:
        receipt = world.again(session, story).application.receipt
    return {"json": {"number": receipt, "sign": "said"}, "headers": keyed()}


def on_mark(**body: Any) -> Sent:  # noqa: ANN401
    """The mark that stands on the case of a story."""

    def sent(world: World, story: Story) -> Mapping[str, Any]:
        return {"ids": {"mark": known_mark(world, story)["mark"]}, "headers": keyed(), **body}

    return sent
