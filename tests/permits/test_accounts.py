"""Who looks after whose account: a table of roles and accounts, and the rules beside it."""

from uuid import uuid4

import pytest

from permits import accounts
from permits.errors import Conflict, Forbidden, NotFound
from permits.people import ACCOUNT_ROLES, AGENCY_OF, Actor, PersonId, Role

PERSON = PersonId(uuid4())
POST, OTHER_POST = "HN-GT-1", "HN-GT-2"


def someone(role: Role, post: str | None = None) -> Actor:
    return Actor(PersonId(uuid4()), role, post=post)


KEEPERS: dict[Role, set[Role]] = {
    Role.ADMINISTRATOR: set(ACCOUNT_ROLES),
    Role.SETRASS_SUPERVISOR: {role for role, agency in AGENCY_OF.items() if agency == "setrass"},
    Role.INM_SUPERVISOR: {role for role, agency in AGENCY_OF.items() if agency == "inm"},
    Role.CONSULATE_SUPERVISOR: {Role.CONSULATE_OFFICER, Role.CONSULATE_SUPERVISOR},
    Role.POST_SUPERVISOR: {Role.BORDER_AGENT},
}


@pytest.mark.feature("D1")
@pytest.mark.parametrize("keeper", list(Role))
def test_who_may_lock_whose_account(keeper: Role) -> None:
    actor = someone(keeper, POST if keeper is Role.POST_SUPERVISOR else None)
    for held in ACCOUNT_ROLES:
        account = [someone(held, POST)]
        if keeper not in KEEPERS:
            with pytest.raises(Forbidden, match="not-permitted"):
                accounts.check_lock(actor, PERSON, account)
        elif held in KEEPERS[keeper]:
            accounts.check_lock(actor, PERSON, account)
        else:
            with pytest.raises(NotFound, match="no-such-account"):
                accounts.check_lock(actor, PERSON, account)


def test_an_agent_of_another_post_is_nobody_to_a_posts_supervisor() -> None:
    supervisor = someone(Role.POST_SUPERVISOR, POST)
    with pytest.raises(NotFound):
        accounts.check_see(supervisor, [someone(Role.BORDER_AGENT, OTHER_POST)])
    with pytest.raises(NotFound):
        accounts.check_see(supervisor, [])


@pytest.mark.feature("D1")
def test_nobody_locks_themselves() -> None:
    administrator = someone(Role.ADMINISTRATOR)
    with pytest.raises(Forbidden, match="own-account"):
        accounts.check_lock(administrator, administrator.person, [administrator])


def test_the_last_administrator_stays() -> None:
    other = PersonId(uuid4())
    accounts.check_not_last(PERSON, {PERSON, other})
    accounts.check_not_last(PERSON, {other})
    with pytest.raises(Conflict, match="last-administrator"):
        accounts.check_not_last(PERSON, {PERSON})


@pytest.mark.asvs("2.3.5")
@pytest.mark.feature("D1")
def test_a_role_of_four_eyes_is_confirmed_by_a_second_administrator() -> None:
    first, second = someone(Role.ADMINISTRATOR), someone(Role.ADMINISTRATOR)
    accounts.check_confirm(second, PERSON, first.person)
    with pytest.raises(Forbidden, match="second-administrator-needed"):
        accounts.check_confirm(first, PERSON, first.person)
    with pytest.raises(Forbidden, match="own-account"):
        accounts.check_confirm(second, second.person, first.person)
    with pytest.raises(Forbidden, match="not-permitted"):
        accounts.check_confirm(someone(Role.AUDITOR), PERSON, first.person)
