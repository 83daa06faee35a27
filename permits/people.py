"""Who acts: persons, their roles, the agencies they speak for and what each role may do."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
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
    FACILITATOR = "facilitator"
    EMPLOYER = "employer"
    RECRUITER = "recruiter"
    SETRASS_ANALYST = "setrass-analyst"
    SETRASS_OFFICER = "setrass-officer"
    SETRASS_SUPERVISOR = "setrass-supervisor"
    INM_ANALYST = "inm-analyst"
    INM_OFFICER = "inm-officer"
    INM_SUPERVISOR = "inm-supervisor"
    BORDER_AGENT = "border-agent"
    POST_SUPERVISOR = "post-supervisor"
    COMPLAINT_HANDLER = "complaint-handler"
    LABOUR_INSPECTOR = "labour-inspector"
    PARTNER_AUTHORITY = "partner-authority"
    DATA_ANALYST = "data-analyst"
    ADMINISTRATOR = "administrator"
    DATA_PROTECTION_OFFICER = "data-protection-officer"
    AUDITOR = "auditor"
    SYSTEM = "system"
    ANYONE = "anyone"


class Permission(StrEnum):
    """noun:verb, alphabetical; what a route or a service may ask for."""

    ACCESS_LOG_READ = "access-log:read"
    ACCOUNT_GRANT = "account:grant"
    ACCOUNT_INVITE = "account:invite"
    ACCOUNT_LIST = "account:list"
    ACCOUNT_LOCK = "account:lock"
    API_CLIENT_MANAGE = "api-client:manage"
    APPEAL_DECIDE = "appeal:decide"
    APPLICATION_BREAK_GLASS = "application:break-glass"
    APPLICATION_CREATE = "application:create"
    APPLICATION_DECIDE = "application:decide"
    APPLICATION_EDIT_OWN = "application:edit-own"
    APPLICATION_EXPORT = "application:export"
    APPLICATION_HOLD = "application:hold"
    APPLICATION_LIST = "application:list"
    APPLICATION_READ = "application:read"
    APPLICATION_READ_OWN = "application:read-own"
    APPLICATION_RECOMMEND = "application:recommend"
    AUDIT_READ = "audit:read"
    AUTHORISATION_REINSTATE = "authorisation:reinstate"
    AUTHORISATION_REVOKE = "authorisation:revoke"
    AUTHORISATION_SUSPEND = "authorisation:suspend"
    BREAK_GLASS_REVIEW = "break-glass:review"
    CARD_HAND_OVER = "card:hand-over"
    CARD_PRINT = "card:print"
    CREDENTIAL_READ = "credential:read"
    CREDENTIAL_REPLACE = "credential:replace"
    CREDENTIAL_REVOKE = "credential:revoke"
    CREDENTIAL_SIGN = "credential:sign"
    CREDENTIAL_VERIFY = "credential:verify"
    CROSSING_LIST = "crossing:list"
    CROSSING_RECORD = "crossing:record"
    DATA_REQUEST_DECIDE = "data-request:decide"
    DEVICE_MANAGE = "device:manage"
    OUTBOX_READ = "outbox:read"
    VACANCY_NAME = "vacancy:name"
    WORKER_RECOVER = "worker:recover"
    WORKER_RECOVERY_APPROVE = "worker:approve-recovery"


_ANALYST = frozenset(
    {
        Permission.APPLICATION_BREAK_GLASS,
        Permission.APPLICATION_HOLD,
        Permission.APPLICATION_LIST,
        Permission.APPLICATION_READ,
        Permission.CARD_HAND_OVER,
        Permission.CREDENTIAL_READ,
        Permission.CREDENTIAL_VERIFY,
        Permission.CROSSING_LIST,
    }
)

_RIGHTS_AND_CARDS = frozenset(
    {
        Permission.AUTHORISATION_REINSTATE,
        Permission.AUTHORISATION_REVOKE,
        Permission.CARD_PRINT,
        Permission.CREDENTIAL_REPLACE,
        Permission.CREDENTIAL_REVOKE,
    }
)

_RECOMMENDING = _ANALYST | {Permission.APPLICATION_RECOMMEND}

_OFFICER = _RECOMMENDING | _RIGHTS_AND_CARDS | {Permission.APPLICATION_DECIDE}

_SUPERVISOR = (
    _ANALYST
    | _RIGHTS_AND_CARDS
    | {
        Permission.ACCOUNT_LIST,
        Permission.ACCOUNT_LOCK,
        Permission.APPEAL_DECIDE,
        Permission.APPLICATION_EXPORT,
        Permission.AUTHORISATION_SUSPEND,
        Permission.WORKER_RECOVERY_APPROVE,
    }
)

_BORDER = frozenset(
    {Permission.CREDENTIAL_VERIFY, Permission.CROSSING_LIST, Permission.CROSSING_RECORD}
)

ROLE_PERMISSIONS: Mapping[Role, frozenset[Permission]] = {
    Role.WORKER: frozenset(
        {
            Permission.APPLICATION_CREATE,
            Permission.APPLICATION_EDIT_OWN,
            Permission.APPLICATION_READ_OWN,
            Permission.CREDENTIAL_REPLACE,
        }
    ),
    Role.FACILITATOR: frozenset({Permission.WORKER_RECOVER}),
    Role.EMPLOYER: frozenset(
        {Permission.APPLICATION_LIST, Permission.APPLICATION_READ, Permission.VACANCY_NAME}
    ),
    Role.RECRUITER: frozenset(),
    Role.SETRASS_ANALYST: _RECOMMENDING,
    Role.SETRASS_OFFICER: _OFFICER,
    Role.SETRASS_SUPERVISOR: _SUPERVISOR,
    Role.INM_ANALYST: _RECOMMENDING,
    Role.INM_OFFICER: _OFFICER,
    Role.INM_SUPERVISOR: _SUPERVISOR,
    Role.BORDER_AGENT: _BORDER,
    Role.POST_SUPERVISOR: _BORDER
    | {Permission.ACCOUNT_LIST, Permission.ACCOUNT_LOCK, Permission.DEVICE_MANAGE},
    Role.COMPLAINT_HANDLER: frozenset(),
    Role.LABOUR_INSPECTOR: frozenset({Permission.CREDENTIAL_VERIFY}),
    Role.PARTNER_AUTHORITY: frozenset(
        {
            Permission.APPLICATION_LIST,
            Permission.APPLICATION_READ,
            Permission.CREDENTIAL_VERIFY,
        }
    ),
    Role.DATA_ANALYST: frozenset(),
    Role.ADMINISTRATOR: frozenset(
        {
            Permission.ACCOUNT_GRANT,
            Permission.ACCOUNT_INVITE,
            Permission.ACCOUNT_LIST,
            Permission.ACCOUNT_LOCK,
            Permission.API_CLIENT_MANAGE,
            Permission.DEVICE_MANAGE,
            Permission.OUTBOX_READ,
        }
    ),
    Role.DATA_PROTECTION_OFFICER: frozenset(
        {
            Permission.ACCESS_LOG_READ,
            Permission.BREAK_GLASS_REVIEW,
            Permission.DATA_REQUEST_DECIDE,
        }
    ),
    Role.AUDITOR: frozenset({Permission.ACCESS_LOG_READ, Permission.AUDIT_READ}),
    Role.SYSTEM: frozenset({Permission.CREDENTIAL_SIGN}),
    Role.ANYONE: frozenset(),
}

AGENCY_OF: Mapping[Role, Agency] = {
    Role.SETRASS_ANALYST: Agency.SETRASS,
    Role.SETRASS_OFFICER: Agency.SETRASS,
    Role.SETRASS_SUPERVISOR: Agency.SETRASS,
    Role.INM_ANALYST: Agency.INM,
    Role.INM_OFFICER: Agency.INM,
    Role.INM_SUPERVISOR: Agency.INM,
}
"""The agency that a role speaks for; a border agent records and judges nobody's application."""

SUPERVISOR_OF: Mapping[Agency, Role] = {
    Agency.SETRASS: Role.SETRASS_SUPERVISOR,
    Agency.INM: Role.INM_SUPERVISOR,
}
"""Who answers for the desk of an agency."""

ACCOUNT_ROLES = tuple(role for role in Role if role not in {Role.WORKER, Role.SYSTEM, Role.ANYONE})
"""The roles that an account can be granted; a worker needs none."""


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
