"""Everything that is stored has a class and an end, and docs/data.md says so."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from sqlalchemy import LargeBinary, Table
from typer.testing import CliRunner

from app.cli import cli
from app.cli.data import DATA, draw
from app.storage.data_classes import CLASSES, list_columns
from app.storage.migrations import known_tables
from permits.data_classes import MEANING, DataClass
from permits.retention import RULES

HOUSE = Path(__file__).parent.parent.parent
COLUMNS = list(list_columns())


@pytest.mark.asvs("14.1.1")
@pytest.mark.feature("H8")
def test_every_column_has_a_class() -> None:
    missing = [f"{table}.{column}" for table, column, kind in COLUMNS if kind is None]
    assert missing == [], "say it in app/storage/data_classes.py or in the column's info"
    assert len(COLUMNS) > 200


def test_the_table_of_classes_names_nothing_that_is_not_there() -> None:
    known = {(table, column) for table, column, _ in COLUMNS}
    told = [
        (table, name)
        for table, kinds in CLASSES.items()
        for names in kinds.values()
        for name in names.split()
    ]
    assert [entry for entry in told if entry not in known] == []
    assert len(told) == len(set(told))


def test_what_is_a_name_a_number_or_a_way_to_reach_somebody_is_personal() -> None:
    """A slip of the pen in the table above would show here."""
    about = {"phone", "email", "worker_name", "answers", "recipient", "body", "note", "words"}
    kinds = {column: kind for _, column, kind in COLUMNS if column in about}
    assert set(kinds.values()) <= {DataClass.PERSONAL, DataClass.SENSITIVE}
    hashes = {kind for _, column, kind in COLUMNS if column.endswith(("_hash", "hash_of"))}
    assert hashes <= {DataClass.SECRET, DataClass.PSEUDONYMOUS}
    assert set(MEANING) == set(DataClass)


IN_CLEAR = {
    "employer_papers.object_key": "the name of a file, which nobody guesses; the file is apart",
    "complaint_files.object_key": "the name of a file, which nobody guesses; the file is sealed",
    "cost_entries.voice_key": "the name of a file, which nobody guesses; the file is sealed",
    "cost_entries.receipt_key": "the name of a file, which nobody guesses; the file is apart",
    "documents.object_key": "the name of a file, which nobody guesses; the file is apart",
    "messages.body": "what was sent, for thirty days; a code for ten minutes",
    "outbox.payload": "what is to be sent, for seconds",
}
"""What is sensitive and not sealed in its row, each with why."""

BY_WHAT_LETS_IN = {"nonce", "verifier", "credential", "public_key", "holder"}
"""Secrets that are no hash: of a sign-in elsewhere, for ten minutes; public halves of passkeys."""


@pytest.mark.asvs("14.2.4")
def test_what_is_sensitive_stands_sealed_and_what_lets_in_stands_as_a_hash() -> None:
    tables = known_tables().tables
    sensitive = {f"{table}.{c}" for table, c, kind in COLUMNS if kind is DataClass.SENSITIVE}
    bytes_ = {name for name in sensitive if _is_bytes(tables, name)}
    assert sensitive - bytes_ == set(IN_CLEAR)
    secret = [(table, c) for table, c, kind in COLUMNS if kind is DataClass.SECRET]
    kept = ("hash", "_index", "sealed")
    assert {c for _, c in secret if not c.endswith(kept)} == BY_WHAT_LETS_IN
    assert len(sensitive) > 10
    assert len(secret) > 20


def _is_bytes(tables: Mapping[str, Table], name: str) -> bool:
    table, _, column = name.partition(".")
    return isinstance(tables[table].c[column].type, LargeBinary)


@pytest.mark.asvs("14.2.7")
@pytest.mark.feature("H8")
def test_every_table_has_a_line_of_retention_and_every_line_its_tables() -> None:
    tables = {table.name for table in known_tables().sorted_tables}
    ruled = {table for rule in RULES for table in rule.tables}
    assert tables - ruled == set(), "say it in permits/retention.py"
    assert ruled - tables == set()


def test_the_page_is_up_to_date() -> None:
    assert (HOUSE / DATA).read_text("utf-8") == draw(), "run: vereda data --write"


def test_a_drift_is_told() -> None:
    assert CliRunner().invoke(cli, ["data", "--check"]).exit_code == 0
    printed = CliRunner().invoke(cli, ["data"]).stdout
    assert printed == draw()
    assert json.dumps("application_rounds")[1:-1] in printed
