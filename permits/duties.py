"""Which roles one person may hold together, and how far each may be bounded."""

from collections.abc import Collection, Mapping
from itertools import combinations

from permits.errors import Conflict, Fault, refuse_if
from permits.people import AGENCY_OF, OF_COMPLAINTS, Agency, Role, Scope

_SETRASS = frozenset(role for role, agency in AGENCY_OF.items() if agency is Agency.SETRASS)
_INM = frozenset(role for role, agency in AGENCY_OF.items() if agency is Agency.INM)
_AGENCIES = _SETRASS | _INM
_FOREIGN = frozenset(
    {Role.PARTNER_AUTHORITY, *(r for r, agency in AGENCY_OF.items() if agency is Agency.CONSULATE)}
)
_INTERESTED = frozenset({Role.EMPLOYER, Role.RECRUITER})
_OFFICIALS = (
    frozenset(Role) - _INTERESTED - {Role.WORKER, Role.SYSTEM, Role.ANYONE, Role.FACILITATOR}
)
_WATCHERS = frozenset({Role.AUDITOR, Role.DATA_PROTECTION_OFFICER})

RULES: tuple[tuple[str, frozenset[Role], frozenset[Role]], ...] = (
    ("both-agencies", _SETRASS, _INM),
    ("prepares-and-decides", frozenset({Role.SETRASS_ANALYST}), _SETRASS),
    ("prepares-and-decides", frozenset({Role.INM_ANALYST}), _INM),
    ("decides-and-supervises", frozenset({Role.SETRASS_OFFICER}), _SETRASS),
    ("decides-and-supervises", frozenset({Role.INM_OFFICER}), _INM),
    ("looks-again-and-works", frozenset({Role.INM_SECOND_LOOK}), _INM),
    ("administers-and-decides", frozenset({Role.ADMINISTRATOR}), _AGENCIES),
    (
        "administers-and-reads",
        frozenset({Role.ADMINISTRATOR}),
        OF_COMPLAINTS | {Role.FACILITATOR, Role.DATA_ANALYST},
    ),
    ("handles-and-decides", OF_COMPLAINTS, _AGENCIES),
    (
        "handles-and-supervises",
        frozenset({Role.COMPLAINT_HANDLER}),
        frozenset({Role.COMPLAINT_SUPERVISOR}),
    ),
    (
        "guards-and-decides",
        frozenset({Role.BORDER_AGENT, Role.POST_SUPERVISOR}),
        _AGENCIES | {Role.ADMINISTRATOR},
    ),
    ("judges-own-agents", frozenset({Role.BORDER_AGENT}), frozenset({Role.POST_SUPERVISOR})),
    ("interested-party", _INTERESTED, _OFFICIALS | {Role.FACILITATOR}),
    ("recruits-and-employs", frozenset({Role.EMPLOYER}), frozenset({Role.RECRUITER})),
    ("recovers-and-approves", frozenset({Role.FACILITATOR}), _AGENCIES),
    ("watches-itself", _WATCHERS, frozenset(Role)),
    ("foreign-authority", _FOREIGN, frozenset(Role)),
)
"""Code, one side, other side: nobody holds a role of each (domain 4.3).

Nobody prepares and decides the same files, and who watches over the others does nothing else.
"""


def conflict_of(one: Role, other: Role) -> str | None:
    """The rule that keeps these two roles apart; None where one person may hold both."""
    if one is other:
        return None
    for code, left, right in RULES:
        if (one in left and other in right) or (other in left and one in right):
            return code
    return None


def check_grant(held: Collection[Role], wanted: Role) -> None:
    """Conflict("roles-conflict") where a held role and the wanted one must not meet."""
    for role in held:
        rule = conflict_of(role, wanted)
        if rule is not None:
            raise Conflict("roles-conflict", rule=rule, held=role.value, wanted=wanted.value)


def conflicts_among(held: Collection[Role]) -> list[tuple[Role, Role, str]]:
    """Every pair of held roles that must not meet, with its rule."""
    pairs = combinations(sorted(held), 2)
    found = [(one, other, conflict_of(one, other)) for one, other in pairs]
    return [(one, other, rule) for one, other, rule in found if rule is not None]


POST_ROLES = frozenset({Role.BORDER_AGENT, Role.POST_SUPERVISOR})
DEPARTMENT_ROLES = _AGENCIES | {
    Role.COMPLAINT_HANDLER,
    Role.FACILITATOR,
    Role.LABOUR_INSPECTOR,
}

NEEDS: Mapping[str, frozenset[Role]] = {
    "post": POST_ROLES,
    "employer": frozenset({Role.EMPLOYER}),
    "country": _FOREIGN,
}
"""The bound that a role cannot do without, and no other role has."""


def check_scope(
    role: Role, scope: Scope, posts: Collection[str], departments: Collection[str]
) -> None:
    """Invalid where a bound is missing, unknown, or not one of this role."""
    given = {"post": scope.post, "employer": scope.employer, "country": scope.country}
    faults = [
        Fault("missing" if role in roles else "not-of-this-role", field)
        for field, roles in NEEDS.items()
        if (given[field] is not None) != (role in roles)
    ]
    if scope.post is not None and role in POST_ROLES and scope.post not in posts:
        faults.append(Fault("unknown-post", "post"))
    if scope.department is not None:
        if role not in DEPARTMENT_ROLES:
            faults.append(Fault("not-of-this-role", "department"))
        elif scope.department not in departments:
            faults.append(Fault("unknown-department", "department"))
    refuse_if(faults)
