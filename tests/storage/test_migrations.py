import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text

from app.services import submissions
from app.services.ports import Ports
from app.storage import migrations
from tests.builders import Story, work_of
from tests.databases import Database


@pytest.mark.promise("P23")
def test_the_steps_make_the_tables_that_the_code_names(database: Database) -> None:
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, migrations.known_tables()) == []


@pytest.mark.promise("P23")
def test_every_step_can_be_walked_down_and_up_again(database: Database) -> None:
    before = sorted(inspect(database.engine).get_table_names())
    migrations.downgrade(database.engine, "base")
    assert sorted(inspect(database.engine).get_table_names()) == ["alembic_version"]
    migrations.upgrade(database.engine)
    assert sorted(inspect(database.engine).get_table_names()) == before
    assert migrations.current(database.engine) == migrations.head()


@pytest.mark.promise("P23")
def test_a_right_keeps_its_two_approvals_on_the_way_down_and_up(
    database: Database, ports: Ports
) -> None:
    with database.sessions.begin() as session:
        story = Story(session, ports).start().submit().approve()
        draft = Story(session, ports).start()
    tables = ("right_approvals", "authorisations", "quota_places", "decisions", "applications")
    before = {table: rows_of(database, table) for table in tables}
    migrations.downgrade(database.engine, "0059", ports.vault)
    columns = {column["name"] for column in inspect(database.engine).get_columns("authorisations")}
    assert columns >= {"labour_official", "migration_official"}
    migrations.upgrade(database.engine, vault=ports.vault)
    assert {table: rows_of(database, table) for table in tables} == before
    with database.sessions.begin() as session:  # and what follows goes on as before
        work = work_of(session, draft.worker, ports)
        submissions.submit_application(work, draft.id)
    assert story.id != draft.id


def rows_of(database: Database, table: str) -> list[dict[str, object]]:
    """Every row but for the number of a person's life, which a way down and up draws anew."""
    with database.engine.connect() as connection:
        found = connection.execute(text(f"SELECT * FROM {table}")).mappings()
        rows = [{**row, "worker_number": bool(row.get("worker_number"))} for row in found]
        return sorted(rows, key=str)
