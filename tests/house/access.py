"""docs/access.md: who may do what, on which files, seeing which fields, drawn from the tables.

    .venv/bin/python -m tests.house.access        writes docs/access.md anew

The tables are the law itself (permits/roles.py, reach.py, visibility.py, duties.py); the matrix
in tests/web/api/matrix asks every route by them.
"""

from collections.abc import Callable, Iterable, Sequence

from permits.duties import DEPARTMENT_ROLES, NEEDS, RULES
from permits.people import ROLE_PERMISSIONS, Permission, Role
from permits.reach import POSTS, ROWS, Whose
from permits.visibility import ANSWERS, FILTERS, SEES, Group
from tests.house.marks import HOUSE

PAGE = HOUSE / "docs" / "access.md"
SHOWN = tuple(role for role in Role if role not in {Role.SYSTEM, Role.ANYONE})

FILES = {
    Whose.EVERYTHING: "all, also drafts",
    Whose.OWN: "their own",
    Whose.ASSISTED: "drafts that they fill in for a worker beside them",
    Whose.SUBMITTED: "all that were handed in",
    Whose.EMPLOYER: "handed in for the employer's vacancies",
    Whose.COUNTRY: "of the country's nationals, once decided (approved or refused)",
    Whose.ASKED: "of the country's nationals, where the agency is asked",
    Whose.NONE: "none",
}


def draw() -> str:
    """The whole page."""
    return "\n".join([*_head(), *_rows(), *_permissions(), *_fields(), *_conflicts()]) + "\n"


def _head() -> list[str]:
    return [
        "# Who may do what",
        "",
        "Drawn by `python -m tests.house.access` from the tables of the law. A request is asked",
        "three things: does the role carry the permission (403), does the file lie within reach",
        "(404, with the very words of a file that is not there; the log alone knows), and which",
        "fields does the role see (null). The matrix of role × route × owner",
        "(`tests/web/api/matrix`) asks every route so; a route without a row fails.",
    ]


def _rows() -> list[str]:
    lines = ["", "## Files", "", "| Role | Knows of files | Bound by | Crossings |"]
    lines += ["|---|---|---|---|"]
    return lines + [f"| {_row(role)} |" for role in SHOWN]


def _row(role: Role) -> str:
    bounds = [name for name, roles in NEEDS.items() if role in roles]
    if role in DEPARTMENT_ROLES:
        bounds.append("department of the work, where granted")
    crossings = "own post" if role in POSTS else "all" if ROWS[role] is Whose.SUBMITTED else "none"
    return f"{role.value} | {FILES[ROWS[role]]} | {', '.join(bounds) or '–'} | {crossings}"


def _permissions() -> list[str]:
    lines = ["", "## Permissions", "", "| Permission | Roles |", "|---|---|"]
    for permission in Permission:
        holders = [role.value for role in Role if permission in ROLE_PERMISSIONS[role]]
        lines.append(f"| {permission.value} | {', '.join(holders) or '–'} |")
    return lines


def _fields() -> list[str]:
    columns = [role for role in SHOWN if SEES[role]]
    lines = [
        "",
        "## Fields",
        "",
        "Of a file within reach. Roles that are not named see no field of any file.",
        "",
    ]
    lines += _table([role.value for role in columns], Group, lambda g, at: g in SEES[columns[at]])
    lines += ["", "Answers by group:", ""]
    for group in Group:
        named = [f"`{name}`" for name, one in ANSWERS.items() if one is group]
        if named:
            lines.append(f"- {group.value}: {', '.join(named)}")
    asked = ", ".join(f"`{name}` ({group.value})" for name, group in FILTERS.items())
    return [*lines, "", f"A list may be asked by a field that its reader sees: {asked}."]


def _table(
    columns: Sequence[str], groups: Iterable[Group], holds: Callable[[Group, int], bool]
) -> list[str]:
    lines = [f"| Group | {' | '.join(columns)} |", "|---" * (len(columns) + 1) + "|"]
    for group in groups:
        marks = ["yes" if holds(group, at) else "" for at in range(len(columns))]
        lines.append(f"| {group.value} | {' | '.join(marks)} |")
    return lines


def _conflicts() -> list[str]:
    lines = [
        "",
        "## Roles that never meet in one person",
        "",
        "Checked when a role is granted, and every night.",
        "",
        "| Rule | One side | Other side |",
        "|---|---|---|",
    ]
    for code, left, right in RULES:
        lines.append(f"| {code} | {_named(left)} | {_named(right)} |")
    return lines


def _named(roles: frozenset[Role]) -> str:
    if roles == frozenset(Role):
        return "every other role"
    return ", ".join(role.value for role in Role if role in roles)


if __name__ == "__main__":
    PAGE.write_text(draw(), encoding="utf-8")
