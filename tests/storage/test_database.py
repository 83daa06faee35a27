"""The engine, its sessions and its limits, on a real server."""

import threading

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from app.storage import migrations
from app.storage.database import make_engine
from tests.databases import Database


def test_the_server_sorts_by_code_point_and_tells_time_in_utc(session: Session) -> None:
    row = session.execute(
        text(
            "SELECT current_setting('TimeZone'),"
            " current_setting('server_version_num')::int / 10000,"
            " (SELECT string_agg(w, '' ORDER BY w) FROM unnest(ARRAY['ñ', 'o', 'n', 'Z']) w),"
            " upper('ñandú')"
        )
    ).one()
    assert tuple(row) == ("UTC", 18, "Znoñ", "ÑANDÚ")


@pytest.mark.parametrize("turn", [1, 2])
def test_a_commit_in_a_test_is_gone_in_the_next(session: Session, turn: int) -> None:
    session.execute(text("CREATE TABLE IF NOT EXISTS left_behind (turn int)"))
    session.execute(text("INSERT INTO left_behind VALUES (:turn)"), {"turn": turn})
    session.commit()
    assert session.scalars(text("SELECT turn FROM left_behind")).all() == [turn]


def test_a_database_of_its_own_keeps_what_is_committed(database: Database) -> None:
    with database.sessions.begin() as session:
        session.execute(text("CREATE TABLE kept (n int)"))
        session.execute(text("INSERT INTO kept VALUES (1)"))
    with database.sessions() as other:
        assert other.scalars(text("SELECT n FROM kept")).all() == [1]


def test_a_read_session_holds_no_transaction(database: Database) -> None:
    with database.read_sessions() as reads:
        first = reads.scalar(select(func.now()))
        second = reads.scalar(select(func.now()))
    assert first is not None
    assert second is not None
    assert first < second  # now() stands still inside a transaction


def test_a_write_session_after_a_read_session_has_its_transaction(database: Database) -> None:
    with database.read_sessions() as reads:
        reads.scalar(select(func.now()))
    with database.sessions() as writes:
        assert writes.scalar(select(func.now())) == writes.scalar(select(func.now()))


@pytest.mark.promise("P24")
def test_a_statement_and_a_wait_for_a_lock_end_at_their_limits(database: Database) -> None:
    engine = make_engine(database.url, statement_timeout_ms=50, lock_timeout_ms=20)
    with engine.connect() as connection, pytest.raises(OperationalError, match="statement timeout"):
        connection.execute(text("SELECT pg_sleep(5)"))
    with engine.begin() as holder:
        holder.execute(text("SELECT pg_advisory_xact_lock(1)"))
        with engine.begin() as other, pytest.raises(OperationalError, match="lock timeout"):
            other.execute(text("SELECT pg_advisory_xact_lock(1)"))
    engine.dispose()


@pytest.mark.promise("P24")
@pytest.mark.asvs("16.5.2")
def test_a_server_that_drops_a_connection_costs_no_request(database: Database) -> None:
    with database.sessions() as session:
        pid = session.scalar(text("SELECT pg_backend_pid()"))
    other = make_engine(database.url)
    with other.begin() as connection:
        connection.execute(text("SELECT pg_terminate_backend(:pid, 2000)"), {"pid": pid})
    other.dispose()
    with database.sessions() as session:
        assert session.scalar(text("SELECT 1")) == 1


def test_a_template_stands_at_the_newest_migration(database: Database) -> None:
    assert migrations.current(database.engine) == migrations.head()


@pytest.mark.promise("P23")
def test_two_processes_that_migrate_at_once_both_succeed(database: Database) -> None:
    if migrations.head():
        migrations.downgrade(database.engine)
    failures: list[BaseException] = []

    def walk() -> None:
        engine = make_engine(database.url)
        try:
            migrations.upgrade(engine)
        except Exception as error:  # noqa: BLE001 whatever it is, the test tells it
            failures.append(error)
        finally:
            engine.dispose()

    threads = [threading.Thread(target=walk) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert migrations.current(database.engine) == migrations.head()


def test_connections_that_the_server_ended_cost_no_request(database: Database) -> None:
    pid = func.pg_backend_pid()
    with database.sessions() as one, database.sessions() as another:
        ended = {one.scalar(select(pid)), another.scalar(select(pid))}
    admin = make_engine(database.url, pool_size=1)
    with admin.connect() as line:
        for each in ended:
            line.execute(select(func.pg_terminate_backend(each, 5_000)))
    admin.dispose()
    with database.sessions.begin() as one, database.read_sessions() as another:
        assert {one.scalar(select(pid)), another.scalar(select(pid))}.isdisjoint(ended)
