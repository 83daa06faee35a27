"""Lists that people look at end somewhere, and tell when there is more."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.services import account_care, api_clients, sessions
from app.services.ports import Ports
from app.storage import pending_grants
from app.storage.accounts import Grant
from app.storage.api_clients import ApiClient, add_api_client
from app.storage.database import Session
from app.storage.pending_grants import PendingGrant
from permits.audit import Act
from permits.people import SYSTEM, Actor, Role, Scope
from tests.builders import NOW, add_official, work_of


@pytest.fixture
def chief(session: Session, ports: Ports) -> Actor:
    return add_official(session, ports, Role.ADMINISTRATOR)


@pytest.mark.asvs("2.4.1")
def test_programs_come_by_the_hundred_and_none_is_missed(
    session: Session, ports: Ports, chief: Actor
) -> None:
    work = work_of(session, chief, ports)
    names = [f"sistema-{at:03}" for at in range(2 * api_clients.PAGE + 1)]
    agent = Actor(work.actor.person, Role.BORDER_AGENT, "Aduana", "HN-GT-1")
    for name in reversed(names):
        event = work.event(Act.API_CLIENT_ADDED, agent.person, {"client": name})
        client = ApiClient(name, replace(agent, person=work.new_id()), "x", disabled=False)  # type: ignore[arg-type]
        add_api_client(session, client, NOW, event=event)
    first = api_clients.list_clients(work)
    assert [one.client for one in first] == names[: api_clients.PAGE + 1]
    last = api_clients.list_clients(work, names[2 * api_clients.PAGE - 1])
    assert [one.client for one in last] == names[-1:]
    assert [
        one.client for one in api_clients.walk_clients(work_of(session, SYSTEM, ports))
    ] == names


@pytest.mark.asvs("2.4.1")
def test_the_oldest_proposals_are_shown_and_all_are_counted(
    session: Session, ports: Ports, chief: Actor
) -> None:
    work = work_of(session, chief, ports)
    waiting = []
    for at in range(52):
        person = add_official(session, ports, Role.LABOUR_INSPECTOR, f"Persona {at}").person
        asked = NOW - timedelta(hours=at)
        pending = PendingGrant(
            work.new_id(), person, "", Grant(Role.INM_OFFICER, Scope()), chief.person, asked
        )
        event = work.event(Act.ROLE_ASKED, person, {"role": Role.INM_OFFICER.value})
        pending_grants.add_pending(session, pending, event=event)
        waiting.append(pending.id)
    told = account_care.list_proposals(work)
    assert [one.id for one in told.oldest] == list(reversed(waiting))[:50]
    assert told.total == 52


@pytest.mark.asvs("2.4.1")
def test_of_many_sessions_the_latest_are_shown_and_one_act_ends_all(
    session: Session, ports: Ports, chief: Actor
) -> None:
    for at in range(sessions.SHOWN + 5):
        earlier = work_of(session, chief, ports, NOW - timedelta(seconds=at))
        sessions.open_session(earlier, chief, "password")
    work = work_of(session, chief, ports)
    listed = sessions.list_own(work)
    assert len(listed) == sessions.SHOWN + 1
    assert listed[0].seen_at == NOW
    assert listed == sorted(listed, key=lambda one: one.seen_at, reverse=True)
    sessions.end_all(work, chief.person)
    assert sessions.list_own(work) == []
