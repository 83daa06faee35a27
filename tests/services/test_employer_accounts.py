"""A verified employer comes in by the code of its telephone, without an office and a password."""

from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from app.services import (
    account_care,
    account_reviews,
    assessments,
    employer_accounts,
    recruiters,
    registered_phones,
    registrations,
    sessions,
    vacancy_writing,
)
from app.services.accounts import add
from app.services.employer_accounts import WayIn
from app.services.ports import Ports
from app.services.second_factors import add_totp
from app.services.sessions import Stage
from app.storage import accounts
from app.storage.accounts import Account
from app.storage.database import Session
from app.storage.vacancies import Employer, add_employer
from permits.accounts import UNUSED_BY_PHONE_FOR, UNUSED_FOR, Concern, LockReason
from permits.audit import Act
from permits.errors import Conflict, NotFound
from permits.people import NOBODY, SYSTEM, Actor, PersonId, Role
from permits.wages import EmployerSize
from recruitment.assessments import Criterion
from recruitment.registrations import EmployerKind, Evidence
from tests.builders import NOW, add_official, work_of
from tests.registered import FARM_PHONE, NAME, RTN, come_in, some_phone, verified


def account_of(session: Session, employer: UUID) -> Account:
    """The only account that acts for an employer."""
    held = accounts.list_accounts(session, Role.EMPLOYER)
    (own,) = [one for one in held if employer in {grant.scope.employer for grant in one.grants}]
    return own


@pytest.mark.feature("E1")
def test_the_code_of_a_verified_cooperative_opens_its_account_until_the_phone_is_another(
    session: Session, ports: Ports
) -> None:
    mine, employer = verified(session, ports, kind=EmployerKind.COOPERATIVE)
    assert mine.signed_in is None  # it was not verified when its browser came in
    account = account_of(session, employer)
    assert (account.phone, account.email, account.password_hash) == (FARM_PHONE, None, None)
    assert employer_accounts.way_in(mine.work, mine.registration) is WayIn.CODE
    again = come_in(session, ports)
    assert again.signed_in is not None
    actor = again.signed_in.actor
    assert (actor.person, actor.role, actor.employer) == (account.person, Role.EMPLOYER, employer)
    work = work_of(session, actor, ports)
    assert employer_accounts.way_in(work, again.registration) is WayIn.OPEN
    assert vacancy_writing.own_place(work).id == employer
    # Signed in, it needs no token of a telephone for what it declares of itself.
    assert assessments.declare_own(work, "", Criterion.LAWS, "Recibos").evidence == "Recibos"
    officer = work_of(session, add_official(session, ports, Role.SETRASS_OFFICER), ports)
    new, own = some_phone(), again.registration
    paper = Evidence.TAX_CERTIFICATE
    other = some_phone()
    add(officer.as_system(), replace(account, person=PersonId(UUID(int=9)), phone=other, grants=()))
    with pytest.raises(Conflict, match="phone-registered"):
        registered_phones.change_at_office(officer, own.id, other, paper, own.version)
    registered_phones.change_at_office(officer, own.id, new, paper, own.version)
    token = again.signed_in.token
    assert sessions.authenticate(session, token, NOW, ports.session_limits) is NOBODY
    moved = come_in(session, ports, new)
    assert moved.signed_in is not None
    assert moved.signed_in.actor.person == account.person
    assert come_in(session, ports, FARM_PHONE).signed_in is None
    employer_accounts.leave(work)
    assert registrations.find_mine(moved.work, moved.token) is None


@pytest.mark.feature("E1")
def test_a_second_factor_is_asked_of_who_has_one_and_a_lock_or_a_year_keeps_the_code_out(
    session: Session, ports: Ports
) -> None:
    _, employer = verified(session, ports)
    person = account_of(session, employer).person
    shell = work_of(session, SYSTEM, ports)
    add_totp(shell, person, "A" * 32, "Teléfono")
    waiting = come_in(session, ports).signed_in
    assert waiting is not None
    assert (waiting.stage, waiting.token) == (Stage.FACTOR, "")
    _a_code_alone_opens_no_other_door(session, ports, person, employer)

    def unused(days: Any) -> bool:  # noqa: ANN401
        found = account_reviews.review_accounts(replace(shell, now=NOW + days)).found
        return person in found[Concern.LONG_UNUSED]

    assert not unused(UNUSED_FOR * 2)  # a grower comes for a harvest, once a year
    account_care.close(shell, person, LockReason.SUSPECTED_MISUSE)
    mine = come_in(session, ports)
    assert mine.signed_in is None
    assert employer_accounts.way_in(mine.work, mine.registration) is WayIn.CLOSED
    with pytest.raises(Conflict, match="employer-account-closed"):
        assessments.declare_own(mine.work, mine.token, Criterion.LAWS, "Recibos")
    account_care.unlock_account(shell_of_administrator(session, ports), person)
    assert unused(UNUSED_BY_PHONE_FOR * 2)


def _a_code_alone_opens_no_other_door(
    session: Session, ports: Ports, person: PersonId, employer: UUID
) -> None:
    """Who took the SIM over gives no mandate, declares nothing, and moves the account nowhere."""
    thief = come_in(session, ports)
    with pytest.raises(NotFound, match="no-such-registration"):
        assessments.declare_own(thief.work, thief.token, Criterion.LAWS, "Recibos")
    with pytest.raises(NotFound, match="no-such-registration"):
        recruiters.list_mandates(thief.work, thief.token)
    with pytest.raises(NotFound, match="no-such-registration"):
        registered_phones.ask_codes(thief.work, thief.token, some_phone(), "es", "192.0.2.8")
    owner = Actor(person, Role.EMPLOYER, employer=employer)
    signed_in = work_of(session, owner, ports)
    assert registrations.read_mine(signed_in, thief.token).registration.employer == employer
    other = work_of(session, Actor(person, Role.EMPLOYER, employer=uuid4()), ports)
    assert registrations.find_mine(other, thief.token) is None
    registrations.leave(thief.work, thief.token)
    assert registrations.find_mine(signed_in, thief.token) is None


def shell_of_administrator(session: Session, ports: Ports) -> Any:  # noqa: ANN401
    return work_of(session, add_official(session, ports, Role.ADMINISTRATOR), ports)


@pytest.mark.feature("E1")
def test_whom_an_administrator_invited_gets_no_second_account(
    session: Session, ports: Ports
) -> None:
    shell, told = work_of(session, SYSTEM, ports), EmployerSize.TO_10
    known = Employer(uuid4(), NAME, RTN, told, "HN-CP", "0404", some_phone())
    event = shell.event(Act.EMPLOYER_ADDED, known.id)
    assert add_employer(session, known, NOW, event=event)
    actor = Actor(PersonId(uuid4()), Role.EMPLOYER, "Dueña", employer=known.id)
    add(shell, Account.of(actor, "duena@demo.example", None))
    mine, employer = verified(session, ports)
    assert (employer, account_of(session, employer).person) == (known.id, actor.person)
    again = come_in(session, ports)
    assert again.signed_in is None
    assert employer_accounts.way_in(mine.work, again.registration) is WayIn.OTHER
    # Locked, it acts for nobody: the telephone's code makes the way in.
    account_care.close(shell, actor.person, LockReason.LEFT_SERVICE)
    late = come_in(session, ports).signed_in
    assert late is not None
    assert late.actor.employer == employer
    assert late.actor.person != actor.person


@pytest.mark.feature("E1")
def test_the_phone_of_somebody_elses_account_is_told_before_anything_is_verified(
    session: Session, ports: Ports
) -> None:
    official = add_official(session, ports, Role.LABOUR_INSPECTOR)
    taken = some_phone()
    session.execute(
        text("UPDATE accounts SET phone = :phone WHERE person = :it"),
        {"phone": taken, "it": official.person},
    )
    with pytest.raises(Conflict, match="phone-of-an-account"):
        verified(session, ports, taken)
