"""The table of grants and the database say the same, whatever was granted before."""

import re

import pytest
from sqlalchemy import text

from app.storage import migrations, rights
from app.storage.grants import (
    APP,
    AUDITOR,
    BACKUP,
    COMPLAINTS,
    FLOORS,
    GRANTS,
    OWNER,
    WORKER,
    DatabaseRole,
    Grant,
    read_verbs,
    rights_on,
)
from tests.databases import Database


def test_every_table_has_its_line_and_every_line_its_table(database: Database) -> None:
    known = {*migrations.known_tables().tables, "alembic_version"}
    with database.engine.connect() as connection:
        wanted = rights.read_wanted(connection)
    assert set(GRANTS) == known
    assert len(GRANTS) == sum(map(len, FLOORS)), "a table has its line on one floor"
    assert {name for name in wanted if not name.endswith("_seq")} == known


@pytest.mark.feature("D2")
def test_the_database_has_granted_what_the_table_says_and_nothing_else(database: Database) -> None:
    with database.engine.connect() as connection:
        held, wanted = rights.read_held(connection), rights.read_wanted(connection)
    assert held == wanted
    assert sum(len(grants) for grants in held.values()) > 100


def test_every_column_that_a_line_names_is_there(database: Database) -> None:
    named = {
        (table, column)
        for table, line in GRANTS.items()
        for verbs in line.values()
        for _, columns in read_verbs(verbs)
        for column in columns
    }
    tables = migrations.known_tables().tables
    assert {(t, c) for t, c in named if c not in tables[t].columns} == set()


def test_nobody_changes_or_empties_the_log() -> None:
    for table in ("audit_events", "decisions", "application_rounds"):
        for verbs in rights_on(table).values():
            told = set(read_verbs(verbs)) - {("UPDATE", ("note",))}  # an erasure empties it
            assert {verb for verb, _ in told} <= {"SELECT", "INSERT"}


def changed(table: str) -> set[str]:
    """The columns that anybody may change."""
    lines = GRANTS[table].values()
    return {c for verbs in lines for verb, cs in read_verbs(verbs) if verb == "UPDATE" for c in cs}


def test_what_a_right_was_granted_on_is_in_no_line() -> None:
    own_life = {"status", "version", "suspension", "suspended_until", "suspension_ending"}
    ends = {"revocation", "revocation_outcome", "ended_at", "ending"}
    assert changed("authorisations") == own_life | ends
    # Who proposed, on which grounds and for how long stands for ever; an erasure empties the words.
    assert changed("revocations") == {"outcome", "decided_by", "decided_at", "hearing", "note"}
    assert changed("suspensions") == {"ending", "ended_at", "ended_by", "note"}


def test_what_was_fixed_before_the_signature_is_in_no_line() -> None:
    fixed = {"id", "authorisation", "number", "kid", "status_list", "status_index"}
    fixed |= {"to_be_signed", "payload", "valid_from", "expires", "prepared_at"}
    changed = {c for v in GRANTS["credentials"].values() for _, cs in read_verbs(v) for c in cs}
    # The worker empties them to erase; a trigger refuses any other value.
    assert changed & fixed == {"payload", "to_be_signed"}
    assert "payload" not in GRANTS["credentials"][DatabaseRole.APP]


@pytest.mark.parametrize("verbs", ["TRUNCATE", "UPDATE", "ALL", "SELECT; DROP", ",", "UPDATE ()"])
def test_a_verb_that_has_no_place_is_refused(verbs: str) -> None:
    with pytest.raises(ValueError, match=re.escape(verbs)):
        read_verbs(verbs)


def test_the_content_of_complaints_is_its_role_s_alone(database: Database) -> None:
    with database.engine.begin() as connection:
        connection.execute(text("CREATE TABLE complaint_content_trial (words text)"))
        everybody = ", ".join([*DatabaseRole, "PUBLIC"])
        connection.execute(text(f"GRANT ALL ON complaint_content_trial TO {everybody}"))
    rights.apply(database.engine)
    with database.engine.connect() as connection:
        held = rights.read_held(connection)["complaint_content_trial"]
    own = {Grant(COMPLAINTS, verb) for verb in ("SELECT", "INSERT")}
    assert held == own | {Grant(BACKUP, "SELECT")}


def test_a_line_cannot_open_the_content_of_complaints() -> None:
    lines = {"complaint_content": {APP: "SELECT", COMPLAINTS: "SELECT"}}
    assert rights_on("complaint_content", lines) == {COMPLAINTS: "SELECT", BACKUP: "SELECT"}


def test_what_was_granted_beside_the_table_is_taken_and_what_is_missing_given(
    database: Database,
) -> None:
    assert rights.apply(database.engine) != []  # a copy of a database has no rights of its own
    assert rights.apply(database.engine) == []
    with database.engine.begin() as connection:
        connection.execute(text("GRANT DELETE, UPDATE ON audit_events TO vereda_app, PUBLIC"))
        connection.execute(text("GRANT UPDATE (digest) ON decisions TO vereda_worker"))
        connection.execute(text("REVOKE INSERT ON decisions FROM vereda_app"))
        connection.execute(text("REVOKE UPDATE ON credentials FROM vereda_app"))
        before = rights.read_held(connection)
        assert before != rights.read_wanted(connection)
    assert len(rights.apply(database.engine)) == 5
    with database.engine.connect() as connection:
        assert rights.read_held(connection) == rights.read_wanted(connection)


def test_a_stranger_s_rights_are_left_alone(database: Database) -> None:
    with database.engine.begin() as connection:
        connection.execute(text("GRANT SELECT ON vacancies TO vereda_tests"))
    rights.apply(database.engine)
    with database.engine.connect() as connection:
        found = connection.execute(
            text("SELECT has_table_privilege('vereda_tests', 'vacancies', 'SELECT')")
        )
        assert found.scalar() is True


@pytest.mark.parametrize("role", [APP, WORKER, AUDITOR, COMPLAINTS, BACKUP])
def test_no_role_can_do_more_than_its_line(database: Database, role: DatabaseRole) -> None:
    assert rights.find_excess(database.of(role).engine, {role}) == []


def test_excess_is_found_and_named(database: Database) -> None:
    assert rights.find_excess(database.engine, {OWNER}) == ["owns the tables"]
    beyond = rights.find_excess(database.of(APP).engine, {AUDITOR})
    assert {"DELETE on sessions", "INSERT on acceptances"} <= set(beyond)
    assert "SELECT on audit_events" not in beyond
    with database.engine.begin() as connection:
        connection.execute(text("GRANT UPDATE (facts) ON audit_events TO vereda_app"))
    assert rights.find_excess(database.of(APP).engine, {APP}) == ["UPDATE on audit_events"]


def test_no_function_runs_with_its_maker_s_rights(database: Database) -> None:
    query = "SELECT count(*) FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace"
    with database.engine.connect() as connection:
        assert connection.execute(text(query)).scalar() == 0
