"""Raw SQL as the users that serve people: the database itself refuses what no service does."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app.storage import rights
from app.storage.grants import APP, AUDITOR, BACKUP, COMPLAINTS, OWNER, WORKER, DatabaseRole
from tests import outside
from tests.builders import Story
from tests.databases import Database, Server
from tests.proofs import record

NEITHER = (APP, WORKER)


@dataclass(frozen=True)
class Attempt:
    """What is tried, as whom; each must end in SQLSTATE 42501, insufficient privilege.

    PostgreSQL tells a name or a verb that does not exist by other codes,
    before it looks at rights.
    """

    what: str
    sql: str
    roles: tuple[DatabaseRole, ...] = NEITHER


ATTEMPTS = (
    Attempt("an event changed", "UPDATE audit_events SET facts = '{}'"),
    Attempt("an event deleted", "DELETE FROM audit_events"),
    Attempt("the log emptied", "TRUNCATE audit_events"),
    Attempt("the log replaced", "DROP TABLE audit_events"),
    Attempt("the log passed on", "ALTER TABLE audit_events OWNER TO vereda_app"),
    Attempt("triggers of the log switched off", "ALTER TABLE audit_events DISABLE TRIGGER ALL"),
    Attempt("a rule that swallows events", "CREATE RULE r AS ON INSERT TO audit_events DO NOTHING"),
    Attempt("row security on the log", "ALTER TABLE audit_events ENABLE ROW LEVEL SECURITY"),
    Attempt("an event of another transaction", "INSERT INTO audit_events (xid) VALUES (1)"),
    Attempt("a leaf of the log changed", "UPDATE audit_leaves SET hash = hash"),
    Attempt("a leaf of the log deleted", "DELETE FROM audit_leaves"),
    Attempt("a checkpoint changed", "UPDATE audit_checkpoints SET note = ''"),
    Attempt("a checkpoint made", "INSERT INTO audit_checkpoints DEFAULT VALUES", (APP, AUDITOR)),
    Attempt("a decision changed", "UPDATE decisions SET opinion = 'approve'"),
    Attempt("a decision deleted", "DELETE FROM decisions"),
    Attempt("what was handed in changed", "UPDATE application_rounds SET content = ''"),
    Attempt("what was handed in deleted", "DELETE FROM application_rounds"),
    Attempt("a look at a contract changed", "UPDATE contract_looks SET weighed = 'same'"),
    Attempt("a look at a contract taken back", "DELETE FROM contract_looks", (APP,)),
    Attempt("a contract marked as read", "UPDATE contracts SET asks_look = false"),
    Attempt("a look of the worker process", "INSERT INTO contract_looks DEFAULT VALUES", (WORKER,)),
    Attempt("a case deleted", "DELETE FROM applications"),
    Attempt("a case passed to another worker", "UPDATE applications SET worker = worker"),
    Attempt("a right prolonged", "UPDATE authorisations SET valid_until = valid_until + 30"),
    Attempt("a right deleted", "DELETE FROM authorisations"),
    Attempt("a set of agencies made", "INSERT INTO agency_sets DEFAULT VALUES"),
    Attempt("an agency put into a set", "INSERT INTO set_agencies DEFAULT VALUES"),
    Attempt("an agency of a set replaced", "UPDATE set_agencies SET agency = 'inm'"),
    Attempt("a set of agencies forgotten", "DELETE FROM agency_sets"),
    Attempt("an approval under a right changed", "UPDATE right_approvals SET official = official"),
    Attempt("an approval under a right deleted", "DELETE FROM right_approvals"),
    Attempt("a round's agencies changed", "UPDATE application_rounds SET agency_set = 1"),
    Attempt("the bytes of a permit changed", "UPDATE credentials SET to_be_signed = ''"),
    Attempt("the payload of a permit changed", "UPDATE credentials SET payload = ''"),
    Attempt("the number of a permit changed", "UPDATE credentials SET number = 'X'"),
    Attempt("its place in the list changed", "UPDATE credentials SET status_index = 1"),
    Attempt("the days of a permit changed", "UPDATE credentials SET expires = now()"),
    Attempt("a permit forgotten", "DELETE FROM credentials"),
    Attempt("a permit without a signer", "UPDATE credentials SET text = 'forged'", (APP,)),
    Attempt("a list that hides revocations", "UPDATE published_status_lists SET jwt = ''", (APP,)),
    Attempt("a list deleted", "DELETE FROM published_status_lists"),
    Attempt("a letter that was not sent", "INSERT INTO messages DEFAULT VALUES", (APP,)),
    Attempt("a sent letter changed", "UPDATE messages SET body = ''"),
    Attempt("an official's agency changed", "UPDATE postings SET agency = 'inm'"),
    Attempt("a crossing forgotten", "DELETE FROM crossings", (APP,)),
    Attempt("a crossing changed", "UPDATE crossings SET verdict = 'green'"),
    Attempt(
        "a worker made to say that nothing was paid",
        "INSERT INTO nothing_paid DEFAULT VALUES",
        (WORKER, AUDITOR, COMPLAINTS),
    ),
    Attempt("the day on which it was said changed", "UPDATE nothing_paid SET said_at = now()"),
    Attempt("that nothing was paid read", "SELECT * FROM nothing_paid", (AUDITOR, COMPLAINTS)),
    Attempt("a file's hash changed", "UPDATE documents SET sha256 = ''"),
    Attempt("a session opened by the worker", "INSERT INTO sessions DEFAULT VALUES", (WORKER,)),
    Attempt("a decision by the worker", "INSERT INTO decisions DEFAULT VALUES", (WORKER,)),
    Attempt("a right by the worker", "INSERT INTO authorisations DEFAULT VALUES", (WORKER,)),
    Attempt("a complaint read", "SELECT * FROM complaint_content_trial", (APP, WORKER, AUDITOR)),
    Attempt("a complaint written", "INSERT INTO complaint_content_trial VALUES ('x')", NEITHER),
    Attempt("a complaint changed by the copier", "DELETE FROM complaint_content_trial", (BACKUP,)),
    Attempt("a case read with the complaints", "SELECT * FROM applications", (COMPLAINTS,)),
    Attempt("a case read with the log", "SELECT * FROM workers", (AUDITOR,)),
    Attempt(
        "an event written by who audits", "INSERT INTO audit_events DEFAULT VALUES", (AUDITOR,)
    ),
    Attempt("a copy that writes", "UPDATE accounts SET name = ''", (BACKUP,)),
    Attempt("a program on the machine", "COPY accounts TO PROGRAM 'cat'"),
    Attempt("a file on the machine written", "COPY accounts TO '/tmp/x'"),
    Attempt("a file on the machine read", "SELECT pg_read_file('/etc/passwd')"),
    Attempt(
        "a function made",
        "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        (APP, WORKER, AUDITOR, COMPLAINTS, BACKUP),
    ),
    Attempt("a table made", "CREATE TABLE t (n int)", (APP, WORKER, AUDITOR, COMPLAINTS, BACKUP)),
    Attempt("a temporary table made", "CREATE TEMP TABLE t (n int)"),
    Attempt("a schema made", "CREATE SCHEMA s"),
    Attempt("a user made", "CREATE ROLE mighty SUPERUSER"),
    Attempt("the owner's place taken", "SET ROLE vereda_owner"),
    Attempt("the superuser's place taken", "SET ROLE vereda"),
    Attempt("the worker's place taken", "SET ROLE vereda_worker", (APP,)),
    Attempt("the complaints' place taken", "SET ROLE vereda_complaints"),
    Attempt("constraints not looked at", "SET session_replication_role = replica"),
    Attempt("the log of the server changed", "ALTER SYSTEM SET log_statement = 'none'"),
    Attempt("the version of the tables changed", "UPDATE alembic_version SET version_num = '0'"),
    Attempt("an index made", "CREATE INDEX i ON accounts (name)"),
    Attempt("a database made", "CREATE DATABASE d"),
)
RUNS = [(attempt, role) for attempt in ATTEMPTS for role in attempt.roles]


@pytest.fixture(scope="module")
def stage(database_server: Server) -> Iterator[Database]:
    """One database with a case that was led to its permit, and a complaint."""
    with database_server.clone() as database:
        owner = database.of(OWNER)
        with owner.sessions.begin() as session:
            session.execute(text("CREATE TABLE complaint_content_trial (words text)"))
            Story(session, outside.ports()).start().submit().approve().sign()
        rights.apply(owner.engine)
        yield database


@pytest.mark.feature("D2", "O2")
@pytest.mark.asvs("16.4.2")
@pytest.mark.parametrize(("attempt", "role"), RUNS, ids=lambda part: getattr(part, "what", part))
def test_every_attempt_is_refused(stage: Database, attempt: Attempt, role: DatabaseRole) -> None:
    engine = stage.of(role).engine.execution_options(isolation_level="AUTOCOMMIT")
    with engine.connect() as connection, pytest.raises(DBAPIError) as refused:
        connection.exec_driver_sql(attempt.sql)
    assert refused.value.orig.sqlstate == "42501", refused.value.orig  # type: ignore[union-attr]


def test_there_are_enough_attempts() -> None:
    assert len({attempt.what for attempt in ATTEMPTS}) == len(ATTEMPTS) >= 50
    record(
        "rights",
        "raw SQL of the site's and the worker's own users that the database refuses",
        len(RUNS),
        refused=len(RUNS),
        kinds=len(ATTEMPTS),
    )


def test_without_its_grants_taken_an_attempt_passes(database: Database) -> None:
    """Sabotage: one grant too many, and the log can be emptied."""
    with database.engine.begin() as connection:
        connection.exec_driver_sql("GRANT TRUNCATE ON audit_events TO vereda_app")
    with database.of(APP).engine.begin() as connection:
        connection.exec_driver_sql("TRUNCATE audit_events")
