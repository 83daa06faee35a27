"""Databases that a test used and another may use: emptied in a few milliseconds, and still warm.

A copy of the template takes ten times as long, and each of its first connections once more.
"""

from dataclasses import dataclass

import psycopg
from psycopg import sql

MOST_BYTES = 4 * 2**20
"""Of all tables together; what grew beyond that is not worth the sweeping."""
MOST_USES = 40
"""Rows that were deleted leave holes in tables and indexes."""

SCHEMA = """
SELECT max(changed), count(*), sum(estimated) FROM (
    SELECT xmin::text::bigint AS changed, reltuples AS estimated FROM pg_class
    UNION ALL SELECT xmin::text::bigint, 0 FROM pg_attribute
    UNION ALL SELECT xmin::text::bigint, 0 FROM pg_constraint
    UNION ALL SELECT xmin::text::bigint, 0 FROM pg_trigger
    UNION ALL SELECT xmin::text::bigint, 0 FROM pg_proc
    UNION ALL SELECT xmin::text::bigint, 0 FROM pg_policy
    UNION ALL SELECT xmin::text::bigint, 0 FROM pg_type
    UNION ALL SELECT xmin::text::bigint, 0 FROM pg_namespace
    UNION ALL SELECT xmin::text::bigint, 0 FROM pg_default_acl
    UNION ALL SELECT xmin::text::bigint, 0 FROM agencies
    UNION ALL SELECT xmin::text::bigint, 0 FROM agency_sets
    UNION ALL SELECT xmin::text::bigint, 0 FROM pg_database WHERE datname = current_database()
) AS catalogue
"""
"""Whatever a test makes, alters, grants or drops changes one of these rows, and ANALYZE what the
planner expects of them. The sets of agencies stand as the migrations made them, too."""

FILLED = """
SELECT tables.oid::regclass::text, pg_relation_size(tables.oid)
FROM pg_class AS tables JOIN pg_namespace AS spaces ON spaces.oid = relnamespace
WHERE relkind = 'r' AND nspname = 'public'
AND relname NOT IN ('alembic_version', 'agencies', 'agency_sets', 'set_agencies')
AND pg_relation_size(tables.oid) > 0
"""
CLIENTS = """
SELECT count(*), count(*) FILTER (WHERE state = 'idle') FROM pg_stat_activity
WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()
"""
SET_BACK = "SELECT setval(seqrelid, seqstart, false) FROM pg_sequence"


@dataclass
class Sweeper:
    """Empties one database, as the superuser: no trigger and no missing grant stands in the way."""

    connection: psycopg.Connection
    uses: int = 0

    def __post_init__(self) -> None:
        self.connection.execute("SET lock_timeout = '1s'; SET session_replication_role = replica")
        self._schema = self._read_schema()

    def sweep(self, connections: int) -> bool:
        """Delete every row and set every counter back; so many connections rest with the test.

        False where the database is not what it was: its schema was changed, somebody else is
        connected or still at work, or it grew too large.
        """
        self.uses += 1
        try:
            return self.uses < MOST_USES and self._is_left_alone(connections) and self._empty()
        except psycopg.Error:  # somebody holds a lock, or the server went down in the test
            return False

    def _is_left_alone(self, connections: int) -> bool:
        here = self.connection.execute(CLIENTS).fetchone()
        return here == (connections, connections) and self._read_schema() == self._schema

    def _empty(self) -> bool:
        filled: dict[str, int] = dict(self.connection.execute(FILLED).fetchall())
        if sum(filled.values()) > MOST_BYTES:
            return False
        deletes = [f"DELETE FROM {table}" for table in filled]
        self.connection.execute(sql.SQL("; ".join([*deletes, SET_BACK])))
        return True

    def _read_schema(self) -> tuple[object, ...] | None:
        return self.connection.execute(SCHEMA).fetchone()
