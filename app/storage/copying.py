"""Many rows of a table at once, by COPY: for loads of made-up cases, and nothing else."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from psycopg.types.json import Jsonb
from sqlalchemy import Table, text
from sqlalchemy.dialects.postgresql import JSONB

from app.storage.appeals import appeals
from app.storage.applications import applications
from app.storage.approvals import decisions
from app.storage.audit import audit_events, row_of
from app.storage.database import Engine, Session
from app.storage.people import workers
from app.storage.rounds import application_rounds, case_keys
from app.storage.watch_checks import watch_checks
from permits.audit import AuditEvent

Values = Mapping[str, Any]

ORDER: Sequence[Table] = (
    *(workers, applications, application_rounds, case_keys, decisions),
    *(watch_checks, appeals),
)
"""What refers to another comes after it."""


def copy_cases(
    session: Session, rows: Mapping[str, Sequence[Values]], *, events: Iterable[AuditEvent]
) -> None:
    """Add rows by the name of their table, with the events that tell of them.

    Every row of a table names the same columns. The constraints hold as for any other row.
    """
    for table in ORDER:
        _copy(session, table, rows[table.name])
    _copy(session, audit_events, [row_of(event) for event in events])


def take_stock(engine: Engine) -> None:
    """Let the planner count what came, and indexes answer alone, as autovacuum would in a while.

    VACUUM holds a row for visible to all only once its commit is on disk, which a server with
    `synchronous_commit` off (the tests') may not have done yet: one commit that waits comes first.
    """
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("SET statement_timeout = 0"))
        connection.execute(text("SET synchronous_commit = on"))
        connection.execute(text("SELECT pg_current_xact_id()"))
        for table in (*ORDER, audit_events):
            connection.execute(text(f"VACUUM (ANALYZE) {table.name}"))
        connection.execute(text("RESET synchronous_commit"))
        connection.execute(text("RESET statement_timeout"))


def _copy(session: Session, table: Table, rows: Sequence[Values]) -> None:
    if not rows:
        return
    names = list(rows[0])
    told = ", ".join(names)
    wraps = [isinstance(table.c[name].type, JSONB) for name in names]
    connection = session.connection().connection.driver_connection
    assert connection is not None  # noqa: S101  it was just asked for
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {table.name} ({told}) FROM STDIN") as stream,
    ):
        for row in rows:
            values = (row[name] for name in names)
            stream.write_row(
                [Jsonb(one) if wrap else one for one, wrap in zip(values, wraps, strict=True)]
            )
