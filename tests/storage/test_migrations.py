import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect

from app.storage import migrations
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
