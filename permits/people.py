"""Who acts: persons, their roles, the agencies they speak for and what each role may do."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NewType
from uuid import UUID

PersonId = NewType("PersonId", UUID)

SYSTEM_PERSON = PersonId(UUID(int=0))
"""The service itself, when the worker process acts without a person."""


class Agency(StrEnum):
    """The two institutions that approve a permit."""

    SETRASS = "setrass"
    INM = "inm"


class Role(StrEnum):
    """In what quality a person acts; one at a time."""

    WORKER = "worker"
    SETRASS_OFFICER = "setrass-officer"
    INM_OFFICER = "inm-officer"
    BORDER_AGENT = "border-agent"
    ADMINISTRATOR = "administrator"
    SYSTEM = "system"
    ANYONE = "anyone"


class Permission(StrEnum):
    """noun:verb, alphabetical; what a route or a service may ask for."""

    APPLICATION_CREATE = "application:create"
    APPLICATION_DECIDE = "application:decide"
    APPLICATION_EDIT_OWN = "application:edit-own"
    APPLICATION_HOLD = "application:hold"
    APPLICATION_LIST = "application:list"
    APPLICATION_READ = "application:read"
    APPLICATION_READ_OWN = "application:read-own"
    CREDENTIAL_READ = "credential:read"
    CREDENTIAL_REVOKE = "credential:revoke"
    CREDENTIAL_SIGN = "credential:sign"
    CREDENTIAL_VERIFY = "credential:verify"
    CROSSING_LIST = "crossing:list"
    CROSSING_RECORD = "crossing:record"
    OUTBOX_READ = "outbox:read"


_OFFICER = frozenset(
    {
        Permission.APPLICATION_DECIDE,
        Permission.APPLICATION_HOLD,
        Permission.APPLICATION_LIST,
        Permission.APPLICATION_READ,
        Permission.CREDENTIAL_READ,
        Permission.CREDENTIAL_REVOKE,
        Permission.CREDENTIAL_VERIFY,
        Permission.CROSSING_LIST,
    }
)

ROLE_PERMISSIONS: Mapping[Role, frozenset[Permission]] = {
    Role.WORKER: frozenset(
        {
            Permission.APPLICATION_CREATE,
            Permission.APPLICATION_EDIT_OWN,
            Permission.APPLICATION_READ_OWN,
        }
    ),
    Role.SETRASS_OFFICER: _OFFICER,
    Role.INM_OFFICER: _OFFICER,
    Role.BORDER_AGENT: frozenset(
        {Permission.CREDENTIAL_VERIFY, Permission.CROSSING_LIST, Permission.CROSSING_RECORD}
    ),
    Role.ADMINISTRATOR: frozenset({Permission.OUTBOX_READ}),
    Role.SYSTEM: frozenset({Permission.CREDENTIAL_SIGN}),
    Role.ANYONE: frozenset(),
}

AGENCY_OF: Mapping[Role, Agency] = {
    Role.SETRASS_OFFICER: Agency.SETRASS,
    Role.INM_OFFICER: Agency.INM,
}


@dataclass(frozen=True)
class Actor:
    """A person in a role; `post` is the border post of an agent, by code of the reference data."""

    person: PersonId
    role: Role
    name: str = ""
    post: str | None = None

    def can(self, permission: Permission) -> bool:
        """Whether the role carries this permission (rows are another question)."""
        return permission in ROLE_PERMISSIONS[self.role]

    @property
    def agency(self) -> Agency | None:
        """The agency that this actor decides for, if any."""
        return AGENCY_OF.get(self.role)


NOBODY = Actor(PersonId(UUID(int=1)), Role.ANYONE)
"""A visitor who has not signed in."""

SYSTEM = Actor(SYSTEM_PERSON, Role.SYSTEM, "Vereda")
