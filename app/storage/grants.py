"""Who may do what in the database: one table, from which the grants are made and tested.

A new table needs a line in the file of its floor (`grants_of_*.py`): what stands in no line
nobody may touch, except its owner. The verbs are written as in SQL's GRANT; UPDATE names the
columns that a service changes, DELETE stands where a service deletes, and TRUNCATE, REFERENCES and
TRIGGER stand nowhere.
"""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from app.storage.database_roles import (
    ADD,
    APP,
    AUDITOR,
    BACKUP,
    COMPLAINTS,
    OWNER,
    READ,
    WORKER,
    DatabaseRole,
)
from app.storage.grants_of_complaints import COMPLAINTS_DESK
from app.storage.grants_of_machine import MACHINE
from app.storage.grants_of_permits import PERMITS
from app.storage.grants_of_recruitment import RECRUITMENT

__all__ = [
    "APP",
    "AUDITOR",
    "BACKUP",
    "COMPLAINTS",
    "CONTENT_OF_COMPLAINTS",
    "FLOORS",
    "GRANTS",
    "OWNER",
    "WORKER",
    "DatabaseRole",
    "Grant",
    "grants_on",
    "read_verbs",
    "rights_on",
]

FLOORS = (PERMITS, RECRUITMENT, COMPLAINTS_DESK, MACHINE)
GRANTS: Mapping[str, Mapping[DatabaseRole, str]] = {
    table: line for floor in FLOORS for table, line in floor.items()
}

CONTENT_OF_COMPLAINTS = "complaint_content"
"""A table whose name begins so is its role's alone; a copy of everything holds it too."""


class Grant(NamedTuple):
    """One right: the role, the verb in capitals, and the column, or "" for the whole table."""

    role: str
    verb: str
    column: str = ""


def rights_on(
    table: str, lines: Mapping[str, Mapping[DatabaseRole, str]] = GRANTS
) -> Mapping[DatabaseRole, str]:
    """The line of a table; no line, no rights, and of complaints' content only its role's."""
    line = lines.get(table, {})
    if table.startswith(CONTENT_OF_COMPLAINTS):
        line = {COMPLAINTS: line.get(COMPLAINTS, ADD)}
    return {**line, BACKUP: READ}


def grants_on(table: str, columns: frozenset[str]) -> Iterator[Grant]:
    """The rights on a table one by one; a column that it does not have (yet) is left out."""
    for role, verbs in rights_on(table).items():
        for verb, named in read_verbs(verbs):
            for column in named or ("",):
                if not column or column in columns:
                    yield Grant(role.value, verb, column)


_VERBS = r"(?:SELECT|DELETE|INSERT(?! \()|(?:INSERT|UPDATE) \(([a-z_0-9, ]+)\))"


def read_verbs(text: str) -> list[tuple[str, tuple[str, ...]]]:
    """The verbs of one cell, each with its columns; ValueError for one that has no place here."""
    if not re.fullmatch(rf"{_VERBS}(?:, {_VERBS})*", text):
        raise ValueError(text)
    found = re.finditer(_VERBS, text)
    return [
        (match[0].split(" ")[0], tuple(match[1].split(", ")) if match[1] else ()) for match in found
    ]
