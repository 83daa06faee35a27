"""Who acts: persons in their roles; what each role may do stands in permits/roles.py."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import NewType
from uuid import UUID

from permits.role_groups import ACCOUNT_ROLES as ACCOUNT_ROLES
from permits.role_groups import AGENCY_OF as AGENCY_OF
from permits.role_groups import OF_COMPLAINTS as OF_COMPLAINTS
from permits.role_groups import OF_HONDURAS as OF_HONDURAS
from permits.role_groups import SUPERVISOR_OF as SUPERVISOR_OF
from permits.roles import ROLE_PERMISSIONS as ROLE_PERMISSIONS
from permits.roles import Agency as Agency
from permits.roles import Permission as Permission
from permits.roles import Role as Role

PersonId = NewType("PersonId", UUID)

SYSTEM_PERSON = PersonId(UUID(int=0))
"""The service itself, when the worker process acts without a person."""


@dataclass(frozen=True)
class Scope:
    """How far a role reaches; None where the role knows no such bound, or all of it.

    `post` is a border post and `department` a department of Honduras by code of the reference
    data, `employer` an employer's id, `country` an ISO 3166-1 alpha-3 code.
    """

    post: str | None = None
    department: str | None = None
    employer: UUID | None = None
    country: str | None = None


@dataclass(frozen=True)
class Actor:
    """A person in a role; `post` is the border post of an agent, by code of the reference data.

    `department`, `employer` and `country` bound the role as `Scope` says. `proven_until` tells
    how long the last proof of who this is counts for acts that ask for a fresh one; None: never.
    `device` is the enrolled device of a border post where this person signed in by PIN.
    `permissions` is the part of the role that a program was given; None: all of it.
    """

    person: PersonId
    role: Role
    name: str = ""
    post: str | None = None
    department: str | None = None
    employer: UUID | None = None
    country: str | None = None
    proven_until: datetime | None = field(default=None, compare=False)
    device: UUID | None = field(default=None, compare=False)
    permissions: frozenset[Permission] | None = field(default=None, compare=False)

    def can(self, permission: Permission) -> bool:
        """Whether the role carries this permission (rows are another question)."""
        return permission in self.allowed

    @property
    def is_program(self) -> bool:
        """Whether a program acts in this quality, by a token, and no person in a session."""
        return self.permissions is not None

    @property
    def allowed(self) -> frozenset[Permission]:
        """What this actor may do at most: what the role permits, or the part a program has."""
        whole = ROLE_PERMISSIONS[self.role]
        return whole if self.permissions is None else whole & self.permissions

    def bounded(self, permissions: Collection[Permission]) -> "Actor":
        """The same actor with these permissions at most; bounds of before stay."""
        return replace(self, permissions=self.allowed & frozenset(permissions))

    @property
    def agency(self) -> Agency | None:
        """The agency that this actor speaks for, if any."""
        return AGENCY_OF.get(self.role)

    @property
    def scope(self) -> Scope:
        """How far this actor's role reaches."""
        return Scope(self.post, self.department, self.employer, self.country)


def actor_in(
    person: PersonId, role: Role, name: str, scope: Scope, proven_until: datetime | None = None
) -> Actor:
    """The actor of a granted role."""
    return Actor(
        person,
        role,
        name,
        scope.post,
        scope.department,
        scope.employer,
        scope.country,
        proven_until,
    )


NOBODY = Actor(PersonId(UUID(int=1)), Role.ANYONE)
"""A visitor who has not signed in."""

SYSTEM = Actor(SYSTEM_PERSON, Role.SYSTEM, "Vereda")
