"""The users of the database: made where they are missing, and let in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from psycopg import pq, sql
from sqlalchemy import Connection, Engine, make_url, text

from app.storage.grants import OWNER, DatabaseRole

LOCK = 5_783_371  # beside the migrations' own


@dataclass(frozen=True)
class Login:
    """Who signs in: a user of the database, and its password where it has one."""

    user: str
    password: str | None = None


class RolesMissing(Exception):
    """Roles that are not there and that this user may not make; the text says what helps."""


def login_of(url: str) -> Login:
    """The user that an address names."""
    parts = make_url(url)
    password = parts.password
    return Login(parts.username or "", str(password) if password is not None else None)


def signed_in_as(url: str, role: DatabaseRole) -> str:
    """The same address with another user."""
    return make_url(url).set(username=role.value).render_as_string(hide_password=False)


def url_as(url: str, role: DatabaseRole) -> str:
    """The same database as another role, where the kernel proves who asks (our own server).

    An address with a password, or of another user, stays as it is: whoever gave it chose.
    """
    parts = make_url(url)
    if parts.password is not None or parts.username not in set(DatabaseRole):
        return url
    return signed_in_as(url, role)


def prepare(admin: Engine) -> None:
    """Make every role, able to sign in, and pass all that stands on to the owner.

    For a server of our own, as its superuser; done twice, the second changes nothing. What an
    older version made belongs to the superuser until then.
    """
    with admin.begin() as connection:
        if not find_missing(connection, DatabaseRole) and not _strangers(connection):
            return
        be_alone(connection)
        for role in find_missing(connection, DatabaseRole):
            _run(connection, "CREATE ROLE {} LOGIN", role)
        for kind, name in _strangers(connection):
            _run(connection, f"ALTER {kind} {{}} OWNER TO {{}}", name, OWNER)


def admit(owner: Engine, logins: Mapping[DatabaseRole, Login]) -> None:
    """Make the roles that are missing on a server that others keep, and let these users in.

    A user that is a role itself signs in as it; any other becomes its member. A password is set
    only where its user is made. RolesMissing where this user may make none.
    """
    given = {login.user: login for login in logins.values()}
    with owner.begin() as connection:
        be_alone(connection)
        missing = find_missing(connection, [role for role in DatabaseRole if role is not OWNER])
        missing += find_missing(connection, given.keys() - set(missing))
        if missing and not _may_make_roles(connection):
            told = " ".join(f"CREATE ROLE {name} LOGIN;" for name in missing)
            raise RolesMissing(f"The database's administrator must run: {told}")
        for name in missing:
            _make(connection, name, given.get(name))
        for role, login in logins.items():
            if not _is_member(connection, login.user, role):
                _run(connection, "GRANT {} TO {}", role, login.user)


def find_missing(connection: Connection, names: Iterable[str]) -> list[str]:
    """Those of these names that no user of this server has."""
    standing = set(connection.execute(text("SELECT rolname FROM pg_roles")).scalars())
    return [str(name) for name in names if str(name) not in standing]


def _strangers(connection: Connection) -> list[tuple[str, str]]:
    rows = connection.execute(text(_STRANGERS), {"owner": OWNER.value})
    return [(row.kind, row.name) for row in rows]


def _may_make_roles(connection: Connection) -> bool:
    return bool(connection.execute(text(_MAY_MAKE)).scalar())


def _is_member(connection: Connection, user: str, role: DatabaseRole) -> bool:
    asked = text("SELECT pg_has_role(:user, :role, 'MEMBER')")
    return bool(connection.execute(asked, {"user": user, "role": role.value}).scalar())


def _make(connection: Connection, name: str, login: Login | None) -> None:
    """A user with its password as a verifier (the server's log never sees it), or a bare role."""
    if login is None:
        _run(connection, "CREATE ROLE {}", name)
        return
    _run(connection, "CREATE ROLE {} LOGIN", name)
    if login.password is not None:
        driver: pq.abc.PGconn = connection.connection.driver_connection.pgconn  # type: ignore[union-attr]
        verifier = driver.encrypt_password(
            login.password.encode(), name.encode(), b"scram-sha-256"
        ).decode()
        connection.exec_driver_sql(f"{quoted('ALTER ROLE {} PASSWORD', name)} '{verifier}'")


def be_alone(connection: Connection) -> None:
    """Wait for other processes that do the like; nobody else does until the transaction ends."""
    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})


def _run(connection: Connection, statement: str, *names: str) -> None:
    connection.exec_driver_sql(quoted(statement, *names))


def quoted(statement: str, *names: str) -> str:
    """A statement with names in its braces, quoted."""
    return sql.SQL(statement).format(*(sql.Identifier(str(name)) for name in names)).as_string()


_STRANGERS = """
SELECT 'DATABASE' AS kind, datname AS name FROM pg_database JOIN pg_roles r ON r.oid = datdba
WHERE datname = current_database() AND rolname <> :owner
UNION ALL
SELECT 'TABLE', relname FROM pg_class JOIN pg_roles r ON r.oid = relowner
WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND rolname <> :owner
"""
_MAY_MAKE = "SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = current_user"
