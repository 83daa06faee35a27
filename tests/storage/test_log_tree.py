"""The step that puts the tree over the log, walked up and down on events that stand."""

import pytest
from sqlalchemy import inspect

from app.storage import migrations
from tests import outside
from tests.databases import Database
from tests.services.logbook import Logbook

TABLES = {"audit_leaves", "audit_nodes", "audit_checkpoints", "audit_exports"}
WRITE = (
    "INSERT INTO audit_events (act, subject, person, role, at, request, facts)"
    " SELECT 'token:create', gen_random_uuid(), gen_random_uuid(), 'system', now(), 'r', '{}'"
    " FROM generate_series(1, 300)"
)


def tables(database: Database) -> set[str]:
    return TABLES & set(inspect(database.engine).get_table_names())


@pytest.mark.promise("P23")
@pytest.mark.promise("P11")
def test_events_that_stand_are_sealed_after_the_step_and_stay_after_the_way_back(
    database: Database,
) -> None:
    migrations.downgrade(database.engine, "0008")
    assert tables(database) == set()
    book = Logbook(database, outside.ports()).tamper(WRITE)
    migrations.upgrade(database.engine)
    assert tables(database) == TABLES
    assert book.tamper(WRITE).seal().count("audit_leaves") == 600
    migrations.downgrade(database.engine, "0008")
    assert (tables(database), book.count("audit_events")) == (set(), 600)
    migrations.upgrade(database.engine)
    assert book.seal().count("audit_leaves") == 600
