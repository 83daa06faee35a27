"""What a program may be given, and whose new secret no administrator sees."""

from collections.abc import Mapping
from uuid import UUID

import pytest

from permits.api_clients import CLIENT_ROLES, addable, check_client, check_secret, givable
from permits.errors import Forbidden, Invalid
from permits.people import (
    ACCOUNT_ROLES,
    ROLE_PERMISSIONS,
    SYSTEM,
    Actor,
    Permission,
    PersonId,
    Role,
)

ADMINISTRATOR = Actor(PersonId(UUID(int=7)), Role.ADMINISTRATOR)

ON_SCREEN, BY_SHELL, NEVER = "on screen", "by shell", "never"
PLACE: Mapping[str, str] = {
    "access-log:read": BY_SHELL,
    "account:grant": NEVER,
    "account:invite": NEVER,
    "account:list": NEVER,
    "account:lock": NEVER,
    "age:clear": NEVER,
    "age:mark": NEVER,
    "api-client:manage": NEVER,
    "application:assist": NEVER,
    "application:break-glass": NEVER,
    "application:create": NEVER,
    "application:decide": NEVER,
    "application:edit-own": NEVER,
    "application:assign": NEVER,
    "application:export": NEVER,
    "application:hold": NEVER,
    "application:recommend": NEVER,
    "application:list": BY_SHELL,
    "application:read": BY_SHELL,
    "application:read-own": NEVER,
    "audit:read": BY_SHELL,
    "authorisation:reinstate": NEVER,
    "authorisation:revoke": NEVER,
    "authorisation:suspend": NEVER,
    "break-glass:review": NEVER,
    "card:hand-over": NEVER,
    "card:print": NEVER,
    "claim:inspect": NEVER,
    "check-in:attend": NEVER,
    "complaint:confirm": BY_SHELL,
    "complaint:handle": NEVER,
    "complaint:supervise": NEVER,
    "contract:look": NEVER,
    "credential:read": BY_SHELL,
    "credential:replace": NEVER,
    "credential:revoke": NEVER,
    "credential:sign": NEVER,
    "credential:verify": ON_SCREEN,
    "crew:register": NEVER,
    "crew:witness": NEVER,
    "crossing:list": BY_SHELL,
    "crossing:record": ON_SCREEN,
    "appeal:decide": NEVER,
    "data-request:decide": NEVER,
    "device:manage": NEVER,
    "employer:bar": NEVER,
    "employer:verify": NEVER,
    "farm:inspect": NEVER,
    "farm:keep": BY_SHELL,
    "recruiter:judge": NEVER,
    "outbox:read": NEVER,
    "reception:hold": NEVER,
    "reference:change": NEVER,
    "register:import": NEVER,
    "return:attend": NEVER,
    "roster:match": NEVER,
    "vacancy:attest": NEVER,
    "vacancy:name": NEVER,
    "vacancy:review": NEVER,
    "vacancy:write": NEVER,
    "watch:review": NEVER,
    "worker:approve-recovery": NEVER,
    "worker:recover": NEVER,
}
"""Whether a program may have it, and where its secret comes from."""


def place_of(permission: Permission) -> str:
    """Where the law puts it, over all roles that carry it."""
    carrying = [role for role in CLIENT_ROLES if permission in ROLE_PERMISSIONS[role]]
    if not any(permission in givable(role) for role in carrying):
        return NEVER
    return ON_SCREEN if any(permission in addable(role) for role in carrying) else BY_SHELL


@pytest.mark.feature("D10")
@pytest.mark.promise("P15")
def test_every_permission_has_its_place() -> None:
    assert {one.value: place_of(one) for one in Permission} == PLACE


@pytest.mark.parametrize("permission", list(Permission))
def test_no_administrator_sees_a_secret_that_opens_more_than_the_screen_offers(
    permission: Permission,
) -> None:
    """Asked of the service's rules themselves, role by role, as a new program and as a rotated."""
    for role in ACCOUNT_ROLES:
        if permission not in ROLE_PERMISSIONS[role] or role is Role.ADMINISTRATOR:
            continue
        refused = None
        try:
            check_client("aduana-1", "Aduana", role, {permission})
            check_secret(ADMINISTRATOR, {permission})
        except (Invalid, Forbidden) as error:
            refused = error.code
        assert (refused is None) == (PLACE[permission] == ON_SCREEN), role


@pytest.mark.parametrize("role", ACCOUNT_ROLES)
def test_a_secret_of_a_whole_role_is_rotated_on_the_screen_only_where_all_of_it_is_offered(
    role: Role,
) -> None:
    """Programs of before, and the demonstration's, have a role without bounds."""
    offered = {one.value for one in ROLE_PERMISSIONS[role]} <= {
        name for name, place in PLACE.items() if place == ON_SCREEN
    }
    if offered:
        check_secret(ADMINISTRATOR, ROLE_PERMISSIONS[role])
        return
    with pytest.raises(Forbidden) as refused:
        check_secret(ADMINISTRATOR, ROLE_PERMISSIONS[role])
    assert refused.value.code == "secret-by-shell"


def test_the_shell_gives_what_reads_and_nothing_that_a_person_answers_for() -> None:
    check_secret(SYSTEM, {Permission.APPLICATION_READ, Permission.CREDENTIAL_READ})
    for permission in (Permission.CREDENTIAL_REVOKE, Permission.APPLICATION_HOLD):
        with pytest.raises(Invalid) as refused:
            check_client("aduana-1", "Aduana", Role.SETRASS_OFFICER, {permission})
        assert [fault.code for fault in refused.value.faults] == ["beyond-the-role"]
