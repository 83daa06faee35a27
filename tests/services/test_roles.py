"""Roles are given, confirmed by a second administrator, and taken back at once."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from app.services import roles, sign_in
from app.services.accounts import get_account
from app.services.ports import Ports
from app.storage import pending_grants
from app.storage.database import Session
from permits.errors import Conflict, Forbidden, Invalid, NotFound
from permits.people import NOBODY, Actor, Role, Scope
from tests.builders import add_official
from tests.services.keepers import Office


@pytest.fixture
def office(session: Session, ports: Ports) -> Office:
    return Office(session, ports)


@pytest.fixture
def inspector(office: Office) -> Actor:
    return add_official(office.session, office.ports, Role.LABOUR_INSPECTOR)


@pytest.mark.feature("D1")
def test_a_role_is_given_with_its_bounds_and_taken_back_at_once(
    office: Office, inspector: Actor
) -> None:
    at_once = roles.grant_role(
        office.work(), inspector.person, Role.BORDER_AGENT, Scope(post="HN-GT-1")
    )
    assert at_once
    account = get_account(office.work(), inspector.person)
    assert account.roles == {Role.LABOUR_INSPECTOR, Role.BORDER_AGENT}
    agent = next(actor for actor in account.actors if actor.role is Role.BORDER_AGENT)
    assert agent.post == "HN-GT-1"
    tokens = {
        actor.role: sign_in.open_session(office.work(), actor, "test").token
        for actor in account.actors
    }

    roles.take_back_role(office.work(), inspector.person, Role.BORDER_AGENT)

    seen = {
        role: sign_in.authenticate(office.session, token, office.now)
        for role, token in tokens.items()
    }
    assert seen[Role.BORDER_AGENT] is NOBODY
    assert seen[Role.LABOUR_INSPECTOR].person == inspector.person
    roles.grant_role(office.work(), inspector.person, Role.BORDER_AGENT, Scope(post="HN-GT-1"))
    ended = tokens[Role.BORDER_AGENT]
    assert sign_in.authenticate(office.session, ended, office.now) is NOBODY
    with pytest.raises(Conflict, match="role-not-held"):
        roles.take_back_role(office.work(), inspector.person, Role.AUDITOR)


@pytest.mark.asvs("2.3.5")
@pytest.mark.feature("D1")
def test_a_deciding_role_takes_two_administrators(office: Office, inspector: Actor) -> None:
    assert not roles.grant_role(office.work(), inspector.person, Role.INM_OFFICER, Scope())
    (pending,) = pending_grants.list_pending(office.session, inspector.person)
    assert get_account(office.work(), inspector.person).roles == {Role.LABOUR_INSPECTOR}
    with pytest.raises(Conflict, match="role-held"):
        roles.grant_role(office.work(), inspector.person, Role.INM_OFFICER, Scope())
    with pytest.raises(Forbidden, match="second-administrator-needed"):
        roles.confirm_role(office.work(), pending.id)
    roles.confirm_role(office.work(office.second), pending.id)
    assert Role.INM_OFFICER in get_account(office.work(), inspector.person).roles
    with pytest.raises(NotFound, match="no-such-proposal"):
        roles.confirm_role(office.work(office.second), pending.id)
    assert office.acts()[-2:] == ["role:grant", "role:grant"]


def test_a_proposal_is_turned_down_by_anybody_but_who_would_gain(office: Office) -> None:
    clerk = add_official(office.session, office.ports, Role.BORDER_AGENT)
    with pytest.raises(Conflict, match="roles-conflict"):
        roles.grant_role(office.work(), clerk.person, Role.ADMINISTRATOR, Scope())
    facilitator = add_official(office.session, office.ports, Role.LABOUR_INSPECTOR)
    roles.grant_role(office.work(), facilitator.person, Role.SETRASS_OFFICER, Scope())
    (pending,) = pending_grants.list_pending(office.session)
    roles.reject_role(office.work(), pending.id)
    assert pending_grants.count_pending(office.session) == 0
    assert get_account(office.work(), facilitator.person).roles == {Role.LABOUR_INSPECTOR}


@pytest.mark.promise("P3")
@pytest.mark.feature("D1")
def test_roles_that_must_not_meet_do_not_even_when_one_waits(
    office: Office, inspector: Actor
) -> None:
    roles.grant_role(office.work(), inspector.person, Role.SETRASS_OFFICER, Scope())
    with pytest.raises(Conflict, match="roles-conflict"):
        roles.grant_role(office.work(), inspector.person, Role.INM_ANALYST, Scope())


@pytest.mark.feature("D1")
def test_nobody_gives_themselves_a_role_or_takes_one_back(office: Office) -> None:
    with pytest.raises(Forbidden, match="own-account"):
        roles.grant_role(office.work(), office.first.person, Role.LABOUR_INSPECTOR, Scope())
    with pytest.raises(Forbidden, match="own-account"):
        roles.take_back_role(office.work(), office.first.person, Role.ADMINISTRATOR)
    roles.take_back_role(office.work(), office.second.person, Role.ADMINISTRATOR)
    with pytest.raises(Conflict, match="last-administrator"):
        roles.take_back_role(office.shell, office.first.person, Role.ADMINISTRATOR)


def test_bounds_that_do_not_fit_are_refused(office: Office, inspector: Actor) -> None:
    with pytest.raises(Invalid):
        roles.grant_role(office.work(), inspector.person, Role.BORDER_AGENT, Scope())
    with pytest.raises(Invalid):
        roles.grant_role(office.work(), inspector.person, Role.WORKER, Scope())


ALONE = """
INSERT INTO grants (id, person, role, asked_by, granted_by, granted_at)
VALUES (gen_random_uuid(), :person, 'inm-officer', {asked}, :administrator, now())
"""


@pytest.mark.asvs("2.3.5")
@pytest.mark.parametrize("asked", ["NULL", ":administrator", ":person"])
def test_the_database_refuses_a_deciding_role_of_one_administrator(
    office: Office, inspector: Actor, asked: str
) -> None:
    values = {"person": inspector.person, "administrator": office.first.person}
    with pytest.raises(IntegrityError, match="ck_grants_four_eyes"):
        office.session.execute(text(ALONE.format(asked=asked)), values)
