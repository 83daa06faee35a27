"""Looking after accounts: lists within reach, locking and what it ends, the last administrator."""

import threading

import pytest

from app.services import access_tokens, account_care, sign_in
from app.services.account_care import Wanted
from app.services.ports import Ports
from app.storage.api_clients import ApiClient, add_api_client
from app.storage.database import Session
from permits.accounts import AccountState, LockReason
from permits.audit import Act
from permits.errors import Conflict, DomainError, Forbidden, NotFound
from permits.people import NOBODY, Actor, Role
from tests.builders import add_official, work_of
from tests.databases import Database
from tests.services.keepers import Office
from tests.services.test_statement_counts import counted


@pytest.fixture
def office(session: Session, ports: Ports) -> Office:
    return Office(session, ports)


def names(office: Office, actor: Actor, wanted: Wanted | None = None) -> list[str]:
    page = account_care.list_accounts(office.work(actor), wanted or Wanted())
    assert page.total == len(page.rows)
    return [account.name for account, _ in page.rows]


@pytest.mark.feature("D1")
def test_everybody_sees_the_accounts_that_are_theirs_to_look_after(office: Office) -> None:
    people = {
        role: add_official(office.session, office.ports, role, f"Zoila {role.value}")
        for role in (
            Role.SETRASS_SUPERVISOR,
            Role.SETRASS_OFFICER,
            Role.INM_SUPERVISOR,
            Role.INM_ANALYST,
            Role.POST_SUPERVISOR,
            Role.BORDER_AGENT,
            Role.AUDITOR,
        )
    }
    assert len(names(office, office.first)) == 9
    assert names(office, people[Role.SETRASS_SUPERVISOR]) == [
        "Zoila setrass-officer",
        "Zoila setrass-supervisor",
    ]
    assert names(office, people[Role.INM_SUPERVISOR]) == [
        "Zoila inm-analyst",
        "Zoila inm-supervisor",
    ]
    assert names(office, people[Role.POST_SUPERVISOR]) == ["Zoila border-agent"]
    with pytest.raises(Forbidden, match="not-permitted"):
        account_care.list_accounts(office.work(people[Role.AUDITOR]), Wanted())
    with pytest.raises(NotFound, match="no-such-account"):
        account_care.read_account(
            office.work(people[Role.SETRASS_SUPERVISOR]), people[Role.INM_ANALYST].person
        )


def test_a_list_is_searched_filtered_and_paged(office: Office) -> None:
    for number in range(30):
        role = Role.AUDITOR if number % 10 == 0 else Role.COMPLAINT_HANDLER
        add_official(office.session, office.ports, role, f"Ñusta {number:02d}")
    pages, key = [], None
    while True:
        page = account_care.list_accounts(office.work(), Wanted("nusta"), key)
        assert page.total == 30
        pages += [account.name for account, _ in page.rows]
        if (key := page.next) is None:
            break
    assert pages == [f"Ñusta {number:02d}" for number in range(30)]
    assert names(office, office.first, Wanted(role=Role.AUDITOR)) == [
        f"Ñusta {number}" for number in ("00", "10", "20")
    ]
    assert names(office, office.first, Wanted("PRIMERA ana")) == ["Ana Primera"]
    assert names(office, office.first, Wanted("%")) == []
    assert names(office, office.first, Wanted(state=AccountState.LOCKED)) == []


@pytest.mark.parametrize("rows", [1, 3])
def test_a_list_takes_the_same_statements_however_long_it_is(office: Office, rows: int) -> None:
    for _ in range(rows):
        add_official(office.session, office.ports, Role.AUDITOR)
    with counted(office.session) as sent:
        account_care.list_accounts(office.work(), Wanted(role=Role.AUDITOR))
    assert len(sent) == 4


@pytest.mark.promise("P17")
@pytest.mark.asvs("8.3.2")
@pytest.mark.feature("D1", "D10")
def test_a_lock_ends_sessions_and_tokens_at_once_and_for_good(office: Office) -> None:
    officer = add_official(office.session, office.ports, Role.INM_OFFICER)
    work = office.work(officer)
    client = ApiClient("sistema", officer, "", disabled=False)
    added = work.event(Act.API_CLIENT_ADDED, officer.person, {"client": "sistema"})
    add_api_client(office.session, client, office.now, event=added)
    bearer = access_tokens.sign_token(work, officer, "sistema")
    claims = office.ports.tokens.read_access_token(bearer, office.now)
    cookie = sign_in.open_session(work, officer, "test").token
    assert sign_in.authenticate(office.session, cookie, office.now) == officer
    assert access_tokens.authenticate(office.session, claims) == officer

    account_care.lock_account(office.work(), officer.person, LockReason.SUSPECTED_MISUSE)

    assert sign_in.authenticate(office.session, cookie, office.now) is NOBODY
    assert access_tokens.authenticate(office.session, claims) is None
    file = account_care.read_account(office.work(), officer.person)
    assert (file.state, file.sessions) == (AccountState.LOCKED, 0)
    assert file.account.lock_reason is LockReason.SUSPECTED_MISUSE
    with pytest.raises(Conflict, match="account-locked"):
        account_care.lock_account(office.work(), officer.person, LockReason.ON_LEAVE)

    account_care.unlock_account(office.work(), officer.person)

    assert sign_in.authenticate(office.session, cookie, office.now) is NOBODY
    assert access_tokens.authenticate(office.session, claims) == officer
    with pytest.raises(Conflict, match="account-not-locked"):
        account_care.unlock_account(office.work(), officer.person)


def test_who_may_not_lock_is_told_no_button_and_no_reason_to_press_it(office: Office) -> None:
    supervisor = add_official(office.session, office.ports, Role.SETRASS_SUPERVISOR)
    officer = add_official(office.session, office.ports, Role.SETRASS_OFFICER)
    file = account_care.read_account(office.work(supervisor), officer.person)
    assert (file.may_lock, file.may_grant, file.may_invite) == (True, False, False)
    own = account_care.read_account(office.work(supervisor), supervisor.person)
    assert (own.may_lock, own.may_grant, own.may_invite) == (False, False, False)
    with pytest.raises(Forbidden, match="own-account"):
        account_care.lock_account(office.work(supervisor), supervisor.person, LockReason.ON_LEAVE)


@pytest.mark.feature("D1")
def test_two_administrators_who_lock_each_other_leave_one(database: Database, ports: Ports) -> None:
    with database.sessions.begin() as session:
        first = add_official(session, ports, Role.ADMINISTRATOR)
        second = add_official(session, ports, Role.ADMINISTRATOR)
    refused: list[str] = []
    gate = threading.Barrier(2)

    def lock(actor: Actor, other: Actor) -> None:
        gate.wait()
        try:
            with database.sessions.begin() as session:
                work = work_of(session, actor, ports)
                account_care.lock_account(work, other.person, LockReason.ON_LEAVE)
        except DomainError as error:
            refused.append(error.code)

    pairs = [(first, second), (second, first)]
    threads = [threading.Thread(target=lock, args=pair) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert refused == ["last-administrator"]
