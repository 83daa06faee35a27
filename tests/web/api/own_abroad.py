"""Work in Canada of the API's employer: who waits, who was chosen, and a mission that reads it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from app.services import attestations, child_care, selections
from app.storage.candidacies import list_chosen
from app.storage.vacancies import add_vacancy as add_listed
from app.storage.vacancies import find_vacancy
from permits.audit import Act
from permits.deadlines import legal_day
from permits.people import SYSTEM
from recruitment.candidacies import WhyNot
from recruitment.child_care import Arrangement, CareKind
from tests.builders import Story, add_vacancy
from tests.web.api.own_farms import add_own_farm
from tests.web.api.own_vacancies import add_own
from tests.web.api.world import FARMER, MISSION, World, keyed, now

Sent = Callable[[World, Story], Mapping[str, Any]]


def add_abroad(world: World) -> UUID:
    """An open vacancy in Canada of the API's employer."""
    add_own(world)
    own = uuid4()
    with world.database.sessions.begin() as session:
        listed = add_vacancy(session, world.ports, programme="twap-canada", now=now())
        found = find_vacancy(session, listed)
        assert found is not None
        offer = replace(found.offer, vacancy=str(own), employer=str(FARMER.employer))
        event = world.work(session, SYSTEM).event(Act.VACANCY_ADDED, own, {"programme": "x"})
        add_listed(session, replace(found, id=own, offer=offer), now(), event=event)
    return own


def choose(world: World, story: Story) -> dict[str, Any]:
    """SETRASS pre-selects the worker of a story for such work; the vacancy and the candidacy."""
    vacancy = add_abroad(world)
    with world.database.sessions.begin() as session:
        work = world.work(session, story.setrass)
        reasons = _others(work, vacancy, story)
        selections.preselect(work, vacancy, frozenset({story.id}), reasons)
        [chosen] = list_chosen(session, vacancy)
    return {"vacancy": vacancy, "candidacy": chosen.candidacy.id}


def _others(work: Any, vacancy: UUID, story: Story) -> dict[UUID, WhyNot]:  # noqa: ANN401
    """Others of the shared roster came first, and asked to wait."""
    matches = selections.read_selection(work, vacancy).matches
    return {one.application: WhyNot.ASKED_TO_WAIT for one in matches if one.application != story.id}


def on_selection(*, choosing: bool = False) -> Sent:
    """A vacancy abroad, and where `choosing` the worker of the story as who is chosen."""

    def sent(world: World, story: Story) -> Mapping[str, Any]:
        vacancy = add_abroad(world)
        ids = {"ids": {"vacancy": vacancy}, "headers": keyed()}
        if not choosing:
            return ids
        with world.database.sessions.begin() as session:
            others = _others(world.work(session, story.setrass), vacancy, story)
        reasons = {str(one): why.value for one, why in others.items()}
        return {**ids, "json": {"chosen": [str(story.id)], "reasons": reasons}}

    return sent


def on_candidate(*, inviting: bool = False) -> Sent:
    """Somebody who was pre-selected, and an invitation."""

    def sent(world: World, story: Story) -> Mapping[str, Any]:
        at = (now() + timedelta(days=1)).isoformat()
        move = {"version": 1, "action": "invite", "interview_at": at, "interview_place": "Sala 3"}
        body = {"json": move} if inviting else {}
        return {"ids": choose(world, story), "headers": keyed(), **body}

    return sent


def on_attesting(*, saying: bool = False) -> Sent:
    """A vacancy abroad before a mission, and its word."""

    def sent(world: World, story: Story) -> Mapping[str, Any]:
        told = to_attest(world)
        word = {
            "id": str(uuid4()),
            "agrees": True,
            "grounds": "LMIA 8812345, vista el 20 de noviembre.",
            "seen": told["seen"],
        }
        body = {"json": word} if saying else {}
        return {"ids": {"vacancy": told["vacancy"]}, "headers": keyed(), **body}

    return sent


def to_attest(world: World) -> dict[str, Any]:
    """A vacancy abroad, and the digest of what a mission reads of it."""
    vacancy = add_abroad(world)
    with world.database.sessions.begin() as session:
        read = attestations.read_vacancy(world.work(session, MISSION), vacancy)
    return {"vacancy": vacancy, "seen": read.looked.told.hex()}


def add_cared_farm(world: World) -> dict[str, Any]:
    """A farm of the API's employer with a place for children."""
    farm, arrangement, today = add_own_farm(world), uuid4(), legal_day(now())
    last = today + timedelta(days=60)
    told = Arrangement(arrangement, farm, CareKind.SCHOOL, 12, "Escuela La Peña", today, last)
    with world.database.sessions.begin() as session:
        child_care.arrange(world.work(session, FARMER), farm, told)
    return {"farm": farm, "arrangement": arrangement, "today": today}


def on_care(*, arranging: bool = False) -> Sent:
    """A farm with a place for children, and another such place."""

    def sent(world: World, story: Story) -> Mapping[str, Any]:
        ids, today = add_cared_farm(world), legal_day(now())
        told = {
            "id": str(uuid4()),
            "kind": "child-care",
            "places": 8,
            "where": "Casa de los niños",
            "starts_on": today.isoformat(),
            "ends_on": today.isoformat(),
        }
        body = {"json": told} if arranging else {}
        return {"ids": ids, "headers": keyed(), **body}

    return sent
