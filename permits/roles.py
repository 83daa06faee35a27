"""Roles, the agencies that they speak for, and what each of them may do."""

from collections.abc import Mapping
from enum import StrEnum


class Agency(StrEnum):
    """The institutions that a programme may ask before a permit; each programme says which."""

    SETRASS = "setrass"
    INM = "inm"
    CONSULATE = "consulate"
    """Of the country that the worker is a national of; bounded to that country."""


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
    INM_SECOND_LOOK = "inm-second-look"
    CONSULATE_OFFICER = "consulate-officer"
    CONSULATE_SUPERVISOR = "consulate-supervisor"
    BORDER_AGENT = "border-agent"
    POST_SUPERVISOR = "post-supervisor"
    COMPLAINT_HANDLER = "complaint-handler"
    COMPLAINT_SUPERVISOR = "complaint-supervisor"
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
    AGE_CLEAR = "age:clear"
    AGE_MARK = "age:mark"
    API_CLIENT_MANAGE = "api-client:manage"
    APPEAL_DECIDE = "appeal:decide"
    APPLICATION_ASSIGN = "application:assign"
    APPLICATION_ASSIST = "application:assist"
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
    CLAIM_INSPECT = "claim:inspect"
    CHECK_IN_ATTEND = "check-in:attend"
    COMPLAINT_CONFIRM = "complaint:confirm"
    COMPLAINT_HANDLE = "complaint:handle"
    COMPLAINT_SUPERVISE = "complaint:supervise"
    CONTRACT_LOOK = "contract:look"
    CREDENTIAL_READ = "credential:read"
    CREDENTIAL_REPLACE = "credential:replace"
    CREDENTIAL_REVOKE = "credential:revoke"
    CREDENTIAL_SIGN = "credential:sign"
    CREDENTIAL_VERIFY = "credential:verify"
    CREW_REGISTER = "crew:register"
    CREW_WITNESS = "crew:witness"
    CROSSING_LIST = "crossing:list"
    CROSSING_RECORD = "crossing:record"
    DATA_REQUEST_DECIDE = "data-request:decide"
    DEVICE_MANAGE = "device:manage"
    EMPLOYER_BAR = "employer:bar"
    EMPLOYER_VERIFY = "employer:verify"
    FARM_INSPECT = "farm:inspect"
    FARM_KEEP = "farm:keep"
    OUTBOX_READ = "outbox:read"
    RECEPTION_HOLD = "reception:hold"
    RECRUITER_JUDGE = "recruiter:judge"
    REFERENCE_CHANGE = "reference:change"
    REGISTER_IMPORT = "register:import"
    RETURN_ATTEND = "return:attend"
    ROSTER_MATCH = "roster:match"
    VACANCY_ATTEST = "vacancy:attest"
    VACANCY_NAME = "vacancy:name"
    VACANCY_REVIEW = "vacancy:review"
    VACANCY_WRITE = "vacancy:write"
    WATCH_REVIEW = "watch:review"
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
        Permission.APPLICATION_ASSIGN,
        Permission.APPLICATION_EXPORT,
        Permission.AUTHORISATION_SUSPEND,
        Permission.RECEPTION_HOLD,
        Permission.WORKER_RECOVERY_APPROVE,
    }
)

# A foreign office: it reads and decides what it is asked, and touches no permit.
_CONSULATE = frozenset(
    {Permission.APPLICATION_HOLD, Permission.APPLICATION_LIST, Permission.APPLICATION_READ}
) | {Permission.COMPLAINT_CONFIRM}

_BORDER = frozenset(
    {
        Permission.AGE_MARK,
        Permission.CREDENTIAL_VERIFY,
        Permission.CROSSING_LIST,
        Permission.CROSSING_RECORD,
    }
)

_HANDLER = frozenset({Permission.CHECK_IN_ATTEND, Permission.COMPLAINT_HANDLE})

ROLE_PERMISSIONS: Mapping[Role, frozenset[Permission]] = {
    Role.WORKER: frozenset(
        {
            Permission.APPLICATION_CREATE,
            Permission.APPLICATION_EDIT_OWN,
            Permission.APPLICATION_READ_OWN,
            Permission.CREDENTIAL_REPLACE,
        }
    ),
    Role.FACILITATOR: frozenset(
        {
            Permission.AGE_MARK,
            Permission.APPLICATION_ASSIST,
            Permission.CREW_REGISTER,
            Permission.CREW_WITNESS,
            Permission.RECEPTION_HOLD,
            Permission.WORKER_RECOVER,
        }
    ),
    Role.EMPLOYER: frozenset(
        {
            Permission.APPLICATION_LIST,
            Permission.APPLICATION_READ,
            Permission.CREW_REGISTER,
            Permission.FARM_KEEP,
            Permission.VACANCY_NAME,
            Permission.VACANCY_WRITE,
        }
    ),
    Role.RECRUITER: frozenset(),
    Role.SETRASS_ANALYST: _RECOMMENDING | {Permission.CONTRACT_LOOK, Permission.CREW_WITNESS},
    Role.SETRASS_OFFICER: _OFFICER
    | {
        Permission.CONTRACT_LOOK,
        Permission.EMPLOYER_VERIFY,
        Permission.FARM_INSPECT,
        Permission.ROSTER_MATCH,
        Permission.VACANCY_REVIEW,
    },
    Role.SETRASS_SUPERVISOR: _SUPERVISOR
    | {
        Permission.AGE_CLEAR,
        Permission.CHECK_IN_ATTEND,
        Permission.EMPLOYER_BAR,
        Permission.EMPLOYER_VERIFY,
        Permission.FARM_INSPECT,
        Permission.RECRUITER_JUDGE,
        Permission.REGISTER_IMPORT,
        Permission.RETURN_ATTEND,
        Permission.ROSTER_MATCH,
        Permission.VACANCY_REVIEW,
    },
    Role.INM_ANALYST: _RECOMMENDING | {Permission.CREW_WITNESS},
    Role.INM_OFFICER: _OFFICER,
    Role.INM_SUPERVISOR: _SUPERVISOR,
    Role.INM_SECOND_LOOK: frozenset(
        {Permission.APPLICATION_LIST, Permission.APPLICATION_READ, Permission.WATCH_REVIEW}
    ),
    Role.CONSULATE_OFFICER: _CONSULATE
    | {Permission.APPLICATION_DECIDE, Permission.APPLICATION_RECOMMEND},
    Role.CONSULATE_SUPERVISOR: _CONSULATE
    | {
        Permission.ACCOUNT_LIST,
        Permission.ACCOUNT_LOCK,
        Permission.APPEAL_DECIDE,
        Permission.APPLICATION_ASSIGN,
    },
    Role.BORDER_AGENT: _BORDER,
    Role.POST_SUPERVISOR: _BORDER
    | {Permission.ACCOUNT_LIST, Permission.ACCOUNT_LOCK, Permission.DEVICE_MANAGE},
    Role.COMPLAINT_HANDLER: _HANDLER,
    Role.COMPLAINT_SUPERVISOR: _HANDLER | {Permission.COMPLAINT_SUPERVISE},
    Role.LABOUR_INSPECTOR: frozenset(
        {
            Permission.AGE_MARK,
            Permission.CLAIM_INSPECT,
            Permission.CREDENTIAL_VERIFY,
            Permission.FARM_INSPECT,
        }
    ),
    Role.PARTNER_AUTHORITY: frozenset(
        {
            Permission.APPLICATION_LIST,
            Permission.APPLICATION_READ,
            Permission.COMPLAINT_CONFIRM,
            Permission.CREDENTIAL_VERIFY,
            Permission.VACANCY_ATTEST,
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
            Permission.REFERENCE_CHANGE,
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
