"""Invitations and resets: a link that works once, a password that only its owner knows."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from app.services import account_care, invitations, roles, sign_in
from app.services.accounts import Newcomer, get_account
from app.services.ports import Ports
from app.storage.account_tables import accounts
from app.storage.database import Session
from app.storage.invitations import Purpose
from permits.accounts import AccountState, LockReason
from permits.errors import Conflict, Forbidden, Invalid, NotFound
from permits.notices import NoticeKind
from permits.people import NOBODY, Actor, PersonId, Role, Scope
from tests.builders import add_official
from tests.services.keepers import PASSWORD, Office, newcomer


@pytest.fixture
def office(session: Session, ports: Ports) -> Office:
    return Office(session, ports)


@pytest.mark.feature("D1", "D3")
def test_a_person_is_invited_sets_a_password_and_is_let_in(office: Office) -> None:
    person = invitations.invite_person(office.work(), newcomer())
    (notice,) = office.told(NoticeKind.ACCOUNT_INVITED)
    assert (notice.email, notice.phone) == ("nueva@demo.example", None)
    invited = invitations.read_invitation(office.work(NOBODY), office.token())
    assert (invited.name, invited.address) == ("Nueva Persona", "nueva@demo.example")
    assert account_care.read_account(office.work(), person).state is AccountState.INVITED

    done = invitations.accept_invitation(office.work(NOBODY), office.token(), PASSWORD)

    assert done.refusal is None
    assert (done.token or done.step) != ""
    hashed = get_account(office.work(), person).password_hash
    assert office.ports.passwords.verify(PASSWORD, hashed)
    assert account_care.read_account(office.work(), person).state is AccountState.OPEN


@pytest.mark.asvs("6.4.1")
def test_a_link_works_once_and_for_72_hours(office: Office) -> None:
    invitations.invite_person(office.work(), newcomer())
    office.now += timedelta(hours=72)
    with pytest.raises(NotFound, match="no-such-invitation"):
        invitations.read_invitation(office.work(NOBODY), office.token())
    office.now -= timedelta(seconds=1)
    invitations.accept_invitation(office.work(NOBODY), office.token(), PASSWORD)
    with pytest.raises(NotFound, match="no-such-invitation"):
        invitations.accept_invitation(office.work(NOBODY), office.token(), PASSWORD)


def test_a_weak_password_leaves_the_link_and_a_new_link_ends_the_old_one(office: Office) -> None:
    person = invitations.invite_person(office.work(), newcomer())
    old = office.token()
    with pytest.raises(Invalid):
        invitations.accept_invitation(office.work(NOBODY), old, "nueva persona1")
    invitations.invite_again(office.work(), person)
    assert office.token() != old
    with pytest.raises(NotFound):
        invitations.read_invitation(office.work(NOBODY), old)
    invitations.accept_invitation(office.work(NOBODY), office.token(), PASSWORD)


@pytest.mark.asvs("6.4.6")
@pytest.mark.feature("D3")
def test_a_reset_ends_password_and_sessions_and_tells_the_starter_nothing(office: Office) -> None:
    person = invitations.invite_person(office.work(), newcomer())
    invitations.accept_invitation(office.work(NOBODY), office.token(), PASSWORD)
    account = get_account(office.work(), person)
    session = sign_in.open_session(office.work(), account.actors[0], "test")
    assert sign_in.authenticate(office.session, session.token, office.now).person == person

    invitations.invite_again(office.work(), person)

    assert sign_in.authenticate(office.session, session.token, office.now) is NOBODY
    assert get_account(office.work(), person).password_hash is None
    invited = invitations.read_invitation(
        office.work(NOBODY), office.token(NoticeKind.ACCOUNT_RESET)
    )
    assert invited.purpose is Purpose.RESET
    invitations.invite_again(office.work(), person)  # the letter was lost: it is a reset still
    assert len(office.told(NoticeKind.ACCOUNT_RESET)) == 2


@pytest.mark.asvs("2.3.5")
def test_a_role_of_four_eyes_waits_though_the_person_came(office: Office) -> None:
    person = invitations.invite_person(office.work(), newcomer(Role.INM_OFFICER))
    done = invitations.accept_invitation(office.work(NOBODY), office.token(), PASSWORD)
    assert (done.token, done.step, done.refusal) == ("", "", None)
    file = account_care.read_account(office.work(), person)
    assert (file.state, file.account.roles) == (AccountState.WITHOUT_ROLE, frozenset())
    (pending,) = file.pending
    with pytest.raises(Forbidden, match="second-administrator-needed"):
        roles.confirm_role(office.work(), pending.id)
    roles.confirm_role(office.work(office.second), pending.id)
    assert get_account(office.work(), person).roles == {Role.INM_OFFICER}


def test_the_shell_invites_the_first_administrator_alone(office: Office) -> None:
    person = invitations.invite_person(office.shell, newcomer(Role.ADMINISTRATOR))
    assert get_account(office.work(), person).roles == {Role.ADMINISTRATOR}


@pytest.mark.feature("D1")
def test_one_natural_person_has_one_account(office: Office) -> None:
    first = replace(newcomer(), document="0801-1990-12345")
    invitations.invite_person(office.work(), first)
    again = replace(first, email="otra@demo.example", document="0801 1990 12345")
    with pytest.raises(Conflict, match="person-has-account"):
        invitations.invite_person(office.work(), again)
    with pytest.raises(Conflict, match="account-exists"):
        invitations.invite_person(office.work(), replace(newcomer(), email="NUEVA@demo.example"))
    kept = [bytes(one) for one in office.session.scalars(select(accounts.c.identity_index)) if one]
    assert [len(one) for one in kept] == [32]
    assert b"0801" not in kept[0]


def test_whoever_has_a_phone_alone_gets_a_short_message(office: Office) -> None:
    employer = Newcomer("Finca Dueña", Role.EMPLOYER, None, "+50499990000", Scope(employer=uuid4()))
    invitations.invite_person(office.work(), employer)
    (notice,) = office.told(NoticeKind.ACCOUNT_INVITED)
    assert (notice.email, notice.phone) == (None, "+50499990000")


def test_every_fault_is_told_at_once(office: Office) -> None:
    wrong = Newcomer(" ".strip(), Role.BORDER_AGENT, "nobody", scope=Scope(department="XX"))
    with pytest.raises(Invalid) as refused:
        invitations.invite_person(office.work(), wrong)
    assert {(fault.code, fault.field) for fault in refused.value.faults} == {
        ("email-malformed", "email"),
        ("missing", "name"),
        ("missing", "post"),
        ("not-of-this-role", "department"),
    }
    with pytest.raises(Invalid) as refused:
        invitations.invite_person(office.work(), replace(newcomer(), email=None))
    assert [(fault.code, fault.field) for fault in refused.value.faults] == [("missing", "email")]


@pytest.mark.parametrize("role", [Role.SETRASS_SUPERVISOR, Role.AUDITOR, Role.SETRASS_OFFICER])
def test_nobody_but_an_administrator_invites(office: Office, role: Role) -> None:
    actor = Actor(PersonId(uuid4()), role)
    with pytest.raises(Forbidden, match="not-permitted"):
        invitations.invite_person(office.work(actor), newcomer())
    with pytest.raises(Forbidden, match="not-permitted"):
        invitations.invite_again(office.work(actor), office.second.person)


def test_a_locked_account_is_not_invited_and_its_link_is_dead(office: Office) -> None:
    person = invitations.invite_person(office.work(), newcomer())
    token = office.token()
    account_care.lock_account(office.work(), person, LockReason.LEFT_SERVICE)
    with pytest.raises(NotFound, match="no-such-invitation"):
        invitations.accept_invitation(office.work(NOBODY), token, PASSWORD)
    with pytest.raises(Conflict, match="account-locked"):
        invitations.invite_again(office.work(), person)
    with pytest.raises(Forbidden, match="own-account"):
        invitations.invite_again(office.work(), office.first.person)


def test_neither_password_nor_link_stands_in_the_log(office: Office, session: Session) -> None:
    add_official(session, office.ports, Role.AUDITOR)
    invitations.invite_person(office.work(), newcomer())
    token = office.token()
    invitations.accept_invitation(office.work(NOBODY), token, PASSWORD)
    assert {"account:add", "account:invite", "invitation:accept"} <= set(office.acts())
    logged = str(session.execute(select(accounts)).all())
    assert PASSWORD not in logged
    assert token not in logged
