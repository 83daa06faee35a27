"""Programs of other institutions: what they may be given, and for how long two secrets count."""

import re
from collections.abc import Collection
from datetime import timedelta

from permits.errors import Fault, Forbidden, refuse_if
from permits.people import ACCOUNT_ROLES, ROLE_PERMISSIONS, SYSTEM, Actor, Permission, Role

PERSONAL = frozenset(
    {
        Permission.ACCOUNT_GRANT,
        Permission.ACCOUNT_INVITE,
        Permission.ACCOUNT_LIST,
        Permission.ACCOUNT_LOCK,
        Permission.AGE_CLEAR,
        Permission.AGE_MARK,
        Permission.API_CLIENT_MANAGE,
        Permission.APPEAL_DECIDE,
        Permission.APPLICATION_ASSIGN,
        Permission.APPLICATION_ASSIST,
        Permission.APPLICATION_BREAK_GLASS,
        Permission.APPLICATION_DECIDE,
        Permission.APPLICATION_EXPORT,
        Permission.APPLICATION_HOLD,
        Permission.APPLICATION_RECOMMEND,
        Permission.AUTHORISATION_REINSTATE,
        Permission.AUTHORISATION_REVOKE,
        Permission.AUTHORISATION_SUSPEND,
        Permission.BREAK_GLASS_REVIEW,
        Permission.CARD_HAND_OVER,
        Permission.CARD_PRINT,
        Permission.CLAIM_INSPECT,
        Permission.CHECK_IN_ATTEND,
        Permission.COMPLAINT_HANDLE,
        Permission.COMPLAINT_SUPERVISE,
        Permission.CONTRACT_LOOK,
        Permission.CREDENTIAL_REPLACE,
        Permission.CREDENTIAL_REVOKE,
        Permission.CREW_REGISTER,
        Permission.CREW_WITNESS,
        Permission.DATA_REQUEST_DECIDE,
        Permission.DEVICE_MANAGE,
        Permission.EMPLOYER_BAR,
        Permission.EMPLOYER_VERIFY,
        Permission.FARM_INSPECT,
        Permission.RECEPTION_HOLD,
        Permission.RECRUITER_JUDGE,
        Permission.REFERENCE_CHANGE,
        Permission.REGISTER_IMPORT,
        Permission.RETURN_ATTEND,
        Permission.ROSTER_MATCH,
        Permission.VACANCY_ATTEST,
        Permission.VACANCY_NAME,
        Permission.VACANCY_REVIEW,
        Permission.VACANCY_WRITE,
        Permission.WATCH_REVIEW,
        Permission.WORKER_RECOVER,
        Permission.WORKER_RECOVERY_APPROVE,
    }
)
"""What a person answers for and no program is given."""

BY_SHELL = frozenset(
    {
        Permission.ACCESS_LOG_READ,
        Permission.APPLICATION_LIST,
        Permission.APPLICATION_READ,
        Permission.AUDIT_READ,
        Permission.COMPLAINT_CONFIRM,
        Permission.CREDENTIAL_READ,
        Permission.CROSSING_LIST,
        Permission.FARM_KEEP,
    }
)
"""Who reads files, permits, crossings or the log may be no administrator (`duties.RULES`), and an
administrator sees the new secret of a program that is added on the screen."""

LONGEST_OVERLAP = timedelta(hours=72)
OVERLAP = timedelta(hours=24)
"""How long the secret before a rotation counts, unless somebody says otherwise."""

_NAME = re.compile(r"[a-z0-9](?:[a-z0-9-]{1,38})[a-z0-9]")


def givable(role: Role) -> frozenset[Permission]:
    """What a program in this role may be given at most."""
    return ROLE_PERMISSIONS[role] - PERSONAL


CLIENT_ROLES = tuple(
    role for role in ACCOUNT_ROLES if role is not Role.ADMINISTRATOR and givable(role)
)
"""The roles in which a program has something to do."""


def addable(role: Role) -> frozenset[Permission]:
    """What a program in this role may be given on the administrator's screen."""
    return givable(role) - BY_SHELL


def check_client(client: str, name: str, role: Role, permissions: Collection[Permission]) -> None:
    """Invalid with every fault of a new program; its id stands in the log and in every token."""
    faults = []
    if _NAME.fullmatch(client) is None:
        faults.append(Fault("client-malformed", "client"))
    if not name.strip():
        faults.append(Fault("missing", "name"))
    if role not in CLIENT_ROLES:
        faults.append(Fault("not-an-option", "role"))
    elif not permissions:
        faults.append(Fault("too-few", "permissions"))
    elif not set(permissions) <= givable(role):
        faults.append(Fault("beyond-the-role", "permissions"))
    refuse_if(faults)


def check_secret(actor: Actor, permissions: Collection[Permission]) -> None:
    """Forbidden where the one who acts would see the secret of a program that reads about people.

    Such a secret is given out by the service's own shell alone (domain 4.3: an administrator
    reads no content), and so is one of a program that was registered with what a person answers
    for.
    """
    if actor != SYSTEM and not (BY_SHELL | PERSONAL).isdisjoint(permissions):
        raise Forbidden("secret-by-shell")


def check_overlap(hours: int) -> timedelta:
    """The overlap of a rotation; Invalid below 0 and above 72 hours."""
    overlap = timedelta(hours=hours)
    faults = []
    if hours < 0:
        faults.append(Fault("too-small", "hours", {"limit": 0}))
    if overlap > LONGEST_OVERLAP:
        limit = int(LONGEST_OVERLAP.total_seconds() // 3600)
        faults.append(Fault("too-large", "hours", {"limit": limit}))
    refuse_if(faults)
    return overlap
