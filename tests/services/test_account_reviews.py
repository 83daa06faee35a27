"""The nightly look at the accounts: what raw SQL forced in is found and told."""

from datetime import timedelta

import pytest
from sqlalchemy import select, text, update

from app.services import account_reviews, effects, invitations
from app.services.accounts import get_account
from app.services.ports import Ports
from app.services.second_factors import add_totp
from app.storage import outbox
from app.storage.account_tables import accounts
from app.storage.audit import audit_events
from app.storage.database import Session
from app.storage.grants import WORKER
from permits.accounts import Concern, LockReason
from permits.deadlines import legal_day
from permits.notices import NoticeKind
from permits.people import NOBODY, SYSTEM, Actor, Role
from tests.builders import add_official, work_of
from tests.databases import Database
from tests.services.keepers import PASSWORD, Office, newcomer

FORCED = """
INSERT INTO grants (id, person, role, granted_by, granted_at)
VALUES (gen_random_uuid(), :person, 'facilitator', '00000000-0000-0000-0000-000000000000', now())
"""


@pytest.fixture
def office(session: Session, ports: Ports) -> Office:
    return Office(session, ports)


def last_used(office: Office, days_ago: int, *people: Actor) -> None:
    """Let these people have signed in for the last time so long ago."""
    long_ago = office.now - timedelta(days=days_ago)
    office.session.execute(
        update(accounts)
        .where(accounts.c.person.in_([one.person for one in people]))
        .values(signed_in_on=legal_day(long_ago))
    )


@pytest.mark.asvs("8.2.1")
@pytest.mark.feature("D1")
def test_roles_that_must_not_meet_are_found_and_told(office: Office) -> None:
    officer = add_official(office.session, office.ports, Role.SETRASS_OFFICER)
    judge = add_official(office.session, office.ports, Role.DATA_PROTECTION_OFFICER)
    office.session.execute(text(FORCED), {"person": officer.person})

    review = account_reviews.review_accounts(office.shell)

    assert review.found[Concern.ROLES_CONFLICT] == (officer.person,)
    told = office.told(NoticeKind.ACCOUNTS_REVIEWED)
    addresses = {f"{one.person.hex}@demo.example" for one in (office.first, office.second, judge)}
    assert {notice.email for notice in told} == addresses
    assert told[0].facts["roles_conflict"] == "1"
    logged = select(audit_events.c.facts).where(audit_events.c.act == "accounts:review")
    assert office.session.scalars(logged).one()["roles-conflict"] == 1


@pytest.mark.asvs("6.3.3")
@pytest.mark.feature("D3")
def test_who_has_a_password_and_no_second_factor_is_found(office: Office) -> None:
    person = invitations.invite_person(office.work(), newcomer())
    assert account_reviews.review_accounts(office.shell).found[Concern.NO_SECOND_FACTOR] == ()
    invitations.accept_invitation(office.work(NOBODY), office.token(), PASSWORD)
    found = account_reviews.review_accounts(office.shell).found
    assert found[Concern.NO_SECOND_FACTOR] == (person,)
    add_totp(office.work(), person, "A" * 32, "Teléfono")
    assert account_reviews.review_accounts(office.shell).found[Concern.NO_SECOND_FACTOR] == ()


@pytest.mark.feature("D1")
def test_an_account_unused_for_90_days_is_locked(office: Office) -> None:
    just, over = (add_official(office.session, office.ports, Role.AUDITOR) for _ in range(2))
    office.now += timedelta(days=400)
    last_used(office, 0, office.first, office.second)
    last_used(office, 90, just)
    last_used(office, 91, over)
    review = account_reviews.review_accounts(office.shell)
    assert review.found[Concern.LONG_UNUSED] == (over.person,)
    locked = get_account(office.work(), over.person)
    assert (locked.disabled, locked.lock_reason) == (True, LockReason.LONG_UNUSED)
    assert not get_account(office.work(), just.person).disabled
    assert account_reviews.review_accounts(office.shell).found[Concern.LONG_UNUSED] == ()


def test_one_administrator_stays_though_nobody_came_for_a_year(office: Office) -> None:
    office.now += timedelta(days=400)
    last_used(office, 365, office.first, office.second)
    account_reviews.review_accounts(office.shell)
    states = [
        get_account(office.work(), one.person).disabled for one in (office.first, office.second)
    ]
    assert sorted(states) == [False, True]


def test_a_day_is_looked_at_once(office: Office) -> None:
    for _ in range(3):
        account_reviews.plan_review(office.shell)
    planned = select(outbox.outbox).where(outbox.outbox.c.kind == account_reviews.EFFECT)
    assert len(office.session.execute(planned).all()) == 1
    effects.run_past_effects(office.shell)
    assert "accounts:review" in office.acts()
    office.now += timedelta(days=1)
    account_reviews.plan_review(office.shell)
    assert len(office.session.execute(planned).all()) == 2


@pytest.mark.feature("D1")
def test_the_workers_own_user_of_the_database_may_do_all_of_it(
    database: Database, ports: Ports
) -> None:
    with database.sessions.begin() as session:
        office = Office(session, ports)
        office.now += timedelta(days=400)
        last_used(office, 0, office.first)
        second = office.second
    with database.of(WORKER).sessions.begin() as session:
        work = work_of(session, SYSTEM, ports, office.now)
        account_reviews.plan_review(work)
        effects.run_past_effects(work)
    with database.sessions.begin() as session:
        locked = get_account(work_of(session, SYSTEM, ports), second.person)
    assert locked.lock_reason is LockReason.LONG_UNUSED
