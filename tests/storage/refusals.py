"""Running an attack, and which constraint stood in its way."""

from collections.abc import Mapping

from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.storage.attacks import Attack


def run(session: Session, sql: str, values: Mapping[str, object]) -> None:
    """Each statement of an attack, and what was deferred to the commit."""
    for statement in sql.split(";"):
        session.execute(text(statement), values)
    session.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))


def first_refusal(
    session: Session, attack: Attack, values: Mapping[str, object], without: Mapping[str, str] = {}
) -> tuple[str, str]:
    """The constraint that refused an attack, and its table; "" where it was accepted.

    `without` are constraints that are not there meanwhile, with their tables.
    """
    try:
        with session.begin_nested():
            session.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
            for name, table in without.items():
                session.execute(text(f"ALTER TABLE {table} DROP CONSTRAINT {name}"))
            run(session, attack.sql, values)
    except IntegrityError as error:
        told = error.orig.diag  # type: ignore[union-attr]
        return str(told.constraint_name), str(told.table_name)
    return "", ""


def refusal(session: Session, attack: Attack, values: Mapping[str, object]) -> str:
    """The constraint that an attack names, if that refuses it; else what does, "" for nothing.

    Where several refuse, the server names any of them first (foreign keys by the text of its
    internal numbers): those that the attack does not name are put aside until its own is seen.
    """
    aside: dict[str, str] = {}
    while True:
        name, table = first_refusal(session, attack, values, aside)
        if name in {"", attack.refused_by} or name[:3] not in {"fk_", "ck_"} or name in aside:
            return name
        aside[name] = table
