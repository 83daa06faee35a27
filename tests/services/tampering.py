"""What a superuser of the database may do to a log, and what the check must say of it.

In these logs event n + 1 is leaf n. An attack gets the number of a leaf, and of another after it.
"""

from collections.abc import Callable
from dataclasses import dataclass

from permits.damages import Damage, Kind, Teller

Attack = Callable[[int, int], tuple[str, ...]]
Expected = Callable[[int, int], Damage]

COLUMNS = (
    "facts = overlay(facts::text placing 'X' from 3 for 1)::jsonb",
    "facts = facts || '{\"note\": 1}'",
    "act = 'application:reaD'",
    "subject = '00000000-0000-0000-0000-000000000001'",
    "person = gen_random_uuid()",
    "role = 'inm-officer'",
    "at = at + interval '1 microsecond'",
    "request = request || ' '",
)
INSERT = (
    "INSERT INTO audit_events (id, act, subject, person, role, at, request, facts, xid)"
    " OVERRIDING SYSTEM VALUE SELECT {id}, act, subject, person, role, at, request, facts, {xid}"
    " FROM audit_events WHERE id = {like}"
)
FAR = 1_000_000_000


def swap(table: str, key: str, a: int, b: int) -> tuple[str, ...]:
    """Exchange the keys of two rows, by way of a number that nobody has."""
    step = "UPDATE {} SET {} = {} WHERE {} = {}"
    moves = (step.format(table, key, to, key, old) for old, to in ((a, FAR), (b, a), (FAR, b)))
    free = f"ALTER TABLE {table} ALTER COLUMN {key} DROP IDENTITY IF EXISTS"
    return free, *moves


def cut(leaf: int) -> tuple[str, ...]:
    """Cut the log off and everything that stands beside it, as if it had never been longer."""
    return (
        f"DELETE FROM audit_events WHERE id > (SELECT max(size) FROM audit_checkpoints"
        f" WHERE size <= {leaf})",
        f"DELETE FROM audit_checkpoints WHERE size > {leaf}",
        "DELETE FROM audit_leaves WHERE leaf >= coalesce("
        "(SELECT max(size) FROM audit_checkpoints), 0)",
        "DELETE FROM audit_nodes WHERE (node + 1) * power(256, level) > coalesce("
        "(SELECT max(size) FROM audit_checkpoints), 0)",
    )


def one(kind: Kind, teller: Teller = Teller.EVENT) -> Expected:
    return lambda leaf, other: Damage(kind, teller, leaf, leaf, leaf + 1)


@dataclass(frozen=True)
class Case:
    """An attack, and the damage that must be told first."""

    attack: Attack
    expected: Expected


EXACT: dict[str, Case] = {
    **{
        f"edit {column.split(' ')[0]} {number}": Case(
            lambda leaf, other, column=column: (  # type: ignore[misc]
                f"UPDATE audit_events SET {column} WHERE id = {leaf + 1}",
            ),
            one(Kind.ALTERED),
        )
        for number, column in enumerate(COLUMNS)
    },
    "edit a leaf": Case(
        lambda leaf, other: (f"UPDATE audit_leaves SET hash = sha256(hash) WHERE leaf = {leaf}",),
        one(Kind.ALTERED),
    ),
    "delete an event": Case(
        lambda leaf, other: (f"DELETE FROM audit_events WHERE id = {leaf + 1}",),
        one(Kind.REMOVED),
    ),
    "delete an event and its leaf": Case(
        lambda leaf, other: (
            f"DELETE FROM audit_events WHERE id = {leaf + 1}",
            f"DELETE FROM audit_leaves WHERE leaf = {leaf}",
        ),
        lambda leaf, other: Damage(Kind.REMOVED, Teller.LEAF, leaf, leaf),
    ),
    "delete the tail": Case(
        lambda leaf, other: (f"DELETE FROM audit_events WHERE id > {leaf}",),
        one(Kind.REMOVED),
    ),
    "delete the tail and its leaves": Case(
        lambda leaf, other: (
            f"DELETE FROM audit_events WHERE id > {leaf}",
            f"DELETE FROM audit_leaves WHERE leaf >= {leaf}",
        ),
        lambda leaf, other: Damage(Kind.REMOVED, Teller.CHECKPOINT, leaf),
    ),
    "insert an event": Case(
        lambda leaf, other: (INSERT.format(id=FAR, xid=1, like=leaf + 1),),
        lambda leaf, other: Damage(Kind.INSERTED, Teller.EVENT, event=FAR),
    ),
    "insert an event with a leaf of no place": Case(
        lambda leaf, other: (
            INSERT.format(id=FAR, xid=1, like=leaf + 1),
            "ALTER TABLE audit_leaves DROP CONSTRAINT IF EXISTS ck_audit_leaves_leaf",
            f"INSERT INTO audit_leaves SELECT -1, {FAR}, hash FROM audit_leaves WHERE leaf = 0",
        ),
        lambda leaf, other: Damage(Kind.INSERTED, Teller.LEAF, event=FAR),
    ),
    "swap two events": Case(
        lambda leaf, other: swap("audit_events", "id", leaf + 1, other + 1),
        one(Kind.REORDERED),
    ),
    "swap two leaves' events": Case(
        lambda leaf, other: swap("audit_leaves", "event", leaf + 1, other + 1),
        lambda leaf, other: Damage(Kind.REORDERED, Teller.EVENT, leaf, leaf, other + 1),
    ),
    "empty the events": Case(
        lambda leaf, other: ("TRUNCATE audit_events",),
        lambda leaf, other: Damage(Kind.REMOVED, Teller.EVENT, 0, 0, 1),
    ),
    "empty the leaves": Case(
        lambda leaf, other: ("TRUNCATE audit_leaves",),
        lambda leaf, other: Damage(Kind.REMOVED, Teller.CHECKPOINT, 0),
    ),
}
"""Attacks upon what is sealed, by somebody who cannot sign."""

RANGED: dict[str, Attack] = {
    "swap two leaves whole": lambda leaf, other: swap("audit_leaves", "leaf", leaf, other),
    "insert an event with a leaf, shifting the others": lambda leaf, other: (
        INSERT.format(id=FAR, xid=1, like=leaf + 1),
        f"UPDATE audit_leaves SET leaf = -leaf - 2 WHERE leaf >= {leaf}",
        "UPDATE audit_leaves SET leaf = -leaf - 1 WHERE leaf < 0",
        f"INSERT INTO audit_leaves SELECT {leaf}, {FAR}, hash FROM audit_leaves"
        f" WHERE leaf = {leaf + 1}",
    ),
    "remove an event and its leaf, shifting the others": lambda leaf, other: (
        f"DELETE FROM audit_events WHERE id = {leaf + 1}",
        f"DELETE FROM audit_leaves WHERE leaf = {leaf}",
        f"UPDATE audit_leaves SET leaf = -leaf WHERE leaf > {leaf}",
        "UPDATE audit_leaves SET leaf = -leaf - 1 WHERE leaf < 0",
    ),
}
"""Attacks after which events and leaves agree: the tree tells within which leaves."""
