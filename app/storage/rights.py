"""Gives the database's users what the table of grants says, and finds what is in excess."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping

from sqlalchemy import Connection, Engine, text

from app.storage.grants import BACKUP, OWNER, DatabaseRole, Grant, grants_on
from app.storage.roles import be_alone, find_missing, quoted

Held = Mapping[str, frozenset[Grant]]
"""By table: what each of our roles, or PUBLIC, may do there."""


def apply(owner: Engine) -> list[str]:
    """Give and take until the rights are those of the table of grants; as the tables' owner.

    Returns what was run; nothing where all was well. It is one transaction, so nobody loses for
    a moment what stays theirs. Rights of other users are left alone, except those of PUBLIC.
    """
    with owner.begin() as connection:
        be_alone(connection)
        run = [*_of_database(connection)]
        wanted, held = read_wanted(connection), read_held(connection)
        run += _statements("REVOKE", "FROM", _less(held, wanted))
        for statement in run:
            connection.exec_driver_sql(statement)
        # Taking a verb from a table takes it from each column too, so look again.
        missing = list(_statements("GRANT", "TO", _less(wanted, read_held(connection))))
        for statement in missing:
            connection.exec_driver_sql(statement)
    return [*run, *missing]


def read_wanted(connection: Connection) -> Held:
    """What the table of grants says of the tables and roles that are there."""
    roles = {role.value for role in DatabaseRole} - set(find_missing(connection, DatabaseRole))
    wanted = {
        table: frozenset(g for g in grants_on(table, columns) if g.role in roles)
        for table, columns in _columns(connection).items()
    }
    sequences = connection.execute(text(_SEQUENCES)).scalars()
    copied = frozenset({Grant(BACKUP.value, "SELECT")} if BACKUP in roles else ())
    return wanted | dict.fromkeys(sequences, copied)


def read_held(connection: Connection) -> Held:
    """What our roles and PUBLIC may do by grant; what an owner may do is not told."""
    ours = {role.value for role in DatabaseRole} | {"public"}
    held: dict[str, set[Grant]] = defaultdict(set)
    for row in connection.execute(text(_HELD)):
        if row.grantee in ours:
            held[row.relname].add(Grant(row.grantee, row.verb, row.attname))
    return {table: frozenset(grants) for table, grants in held.items()}


def may_make_tables(engine: Engine) -> bool:
    """Whether this user may migrate."""
    with engine.connect() as connection:
        return bool(connection.execute(text(_MAY_MAKE_TABLES)).scalar())


def find_powers(engine: Engine) -> list[str]:
    """What makes this user unfit to serve people: superuser, owner and their like."""
    with engine.connect() as connection:
        row = connection.execute(text(_POWERS)).one()
        powers = [name for name, has in row._mapping.items() if has]
        owns = bool(connection.execute(text(_OWNS)).scalar())
    return [*powers, *(["owns the tables"] if owns else [])]


def find_excess(engine: Engine, roles: Collection[DatabaseRole]) -> list[str]:
    """What this user can do beyond these roles, in a few words each; the gravest first."""
    powers = find_powers(engine)
    if powers:
        return powers
    with engine.connect() as connection:
        wanted = read_wanted(connection)
        can = {(row.relname, row.verb, row.attname) for row in connection.execute(text(_CAN))}
    may = {
        (table, grant.verb, grant.column)
        for table, grants in wanted.items()
        for grant in grants
        if grant.role in roles
    }
    return sorted({f"{verb} on {table}" for table, verb, _ in can - may})


_OWNS = """
SELECT bool_or(pg_has_role(current_user, relowner, 'USAGE')) FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
"""
_POWERS = """
SELECT bool_or(rolsuper) AS "is superuser", bool_or(rolcreaterole) AS "makes roles",
  bool_or(rolcreatedb) AS "makes databases", bool_or(rolreplication) AS "replicates",
  bool_or(rolbypassrls) AS "passes row security",
  bool_or(rolname IN ('pg_execute_server_program', 'pg_read_server_files',
    'pg_write_server_files', 'pg_write_all_data')) AS "reaches past the tables"
FROM pg_roles WHERE pg_has_role(current_user, oid, 'MEMBER')
"""
_MAY_MAKE_TABLES = "SELECT has_schema_privilege('public', 'CREATE')"
_SEQUENCES = """
SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'S'
"""
_COLUMNS = """
SELECT relname, array_agg(attname::text) AS columns FROM pg_class
JOIN pg_attribute ON attrelid = pg_class.oid AND attnum > 0 AND NOT attisdropped
WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm') GROUP BY relname
"""
_HELD = """
SELECT relname, coalesce(rolname, 'public') AS grantee, privilege_type AS verb, attname
FROM (
  SELECT relname, relowner, '' AS attname, (aclexplode(relacl)).* FROM pg_class
  WHERE relnamespace = 'public'::regnamespace
  UNION ALL
  SELECT relname, relowner, attname, (aclexplode(attacl)).* FROM pg_attribute
  JOIN pg_class ON pg_class.oid = attrelid WHERE relnamespace = 'public'::regnamespace
) AS held LEFT JOIN pg_roles ON pg_roles.oid = grantee WHERE grantee <> relowner
"""
_CAN = """
SELECT relname, verb, '' AS attname FROM pg_class,
  unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'TRIGGER']) AS verb
WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
  AND has_table_privilege(pg_class.oid, verb)
UNION ALL
SELECT relname, 'UPDATE', attname FROM pg_class
JOIN pg_attribute ON attrelid = pg_class.oid AND attnum > 0 AND NOT attisdropped
WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
  AND has_column_privilege(pg_class.oid, attnum, 'UPDATE')
"""
_OF_DATABASE = """
SELECT coalesce(rolname, 'public') AS grantee, privilege_type AS verb
FROM pg_database, aclexplode(coalesce(datacl, acldefault('d', datdba)))
LEFT JOIN pg_roles ON pg_roles.oid = grantee
WHERE datname = current_database() AND grantee <> datdba
UNION ALL
SELECT coalesce(rolname, 'public'), 'SCHEMA ' || privilege_type
FROM pg_namespace, aclexplode(coalesce(nspacl, acldefault('n', nspowner)))
LEFT JOIN pg_roles ON pg_roles.oid = grantee WHERE nspname = 'public' AND grantee <> nspowner
"""
_IS_DATABASES_OWNER = """
SELECT pg_has_role(current_user, datdba, 'USAGE') FROM pg_database
WHERE datname = current_database()
"""


def _of_database(connection: Connection) -> Iterator[str]:
    """Nothing for PUBLIC, the door for each role; only the database's owner can see to it."""
    if not connection.execute(text(_IS_DATABASES_OWNER)).scalar():
        return
    name = str(connection.execute(text("SELECT current_database()")).scalar_one())
    held = {(row.grantee, row.verb) for row in connection.execute(text(_OF_DATABASE))}
    if any(grantee == "public" for grantee, _ in held):
        yield quoted("REVOKE ALL ON DATABASE {} FROM PUBLIC", name)
        yield "REVOKE ALL ON SCHEMA public FROM PUBLIC"
    there = {role.value for role in DatabaseRole} - set(find_missing(connection, DatabaseRole))
    for role in sorted(there - {OWNER.value}):
        if (role, "CONNECT") not in held:
            yield quoted("GRANT CONNECT ON DATABASE {} TO {}", name, role)
        if (role, "SCHEMA USAGE") not in held:
            yield quoted("GRANT USAGE ON SCHEMA public TO {}", role)


def _statements(verb: str, towards: str, held: Held) -> Iterator[str]:
    """One statement for each table and role."""
    for table, grants in sorted(held.items()):
        for role in sorted({grant.role for grant in grants}):
            what = ", ".join(
                f"{grant.verb} ({quoted('{}', grant.column)})" if grant.column else grant.verb
                for grant in sorted(grants)
                if grant.role == role
            )
            whom = "PUBLIC" if role == "public" else quoted("{}", role)
            yield f"{verb} {what} ON {quoted('{}', table)} {towards} {whom}"


def _less(more: Held, fewer: Held) -> Held:
    """What the one has and the other has not."""
    return {table: grants - fewer.get(table, frozenset()) for table, grants in more.items()}


def _columns(connection: Connection) -> dict[str, frozenset[str]]:
    return {row.relname: frozenset(row.columns) for row in connection.execute(text(_COLUMNS))}
