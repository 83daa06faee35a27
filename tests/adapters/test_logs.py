"""The log: one line an event, named fields only, no words of a person."""

import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from app.adapters import logs


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    handlers, level = logging.root.handlers[:], logging.root.level
    target = io.StringIO()
    logs.configure("json", "info", target)
    yield target
    logging.root.handlers[:] = handlers
    logging.root.setLevel(level)
    structlog.reset_defaults()


def lines(stream: io.StringIO) -> list[dict[str, str]]:
    told = [json.loads(line) for line in stream.getvalue().splitlines()]
    for line in told:
        del line["timestamp"]
    return told


@pytest.mark.asvs("16.2.5")
def test_only_named_fields_reach_the_line(stream: io.StringIO) -> None:
    structlog.get_logger("app").info("request-done", status=200, phone="+50411111111")
    assert lines(stream) == [
        {"event": "request-done", "level": "info", "logger": "app", "status": 200}
    ]


def test_the_standard_library_writes_the_same_lines(stream: io.StringIO) -> None:
    logging.getLogger("uvicorn.error").warning("Started on %s", 1)
    assert lines(stream) == [
        {"event": "Started on 1", "level": "warning", "logger": "uvicorn.error"}
    ]


@pytest.mark.asvs("16.2.5")
def test_an_exception_leaves_its_places_and_not_its_words(stream: io.StringIO) -> None:
    try:
        try:
            raise KeyError("0801-1990-12345")
        except KeyError as cause:
            raise ValueError("María López") from cause
    except ValueError:
        structlog.get_logger("app").exception("job-failed")
        logging.getLogger("library").exception("failed")
    text = stream.getvalue()
    assert "0801" not in text
    assert "López" not in text
    for line in lines(stream):
        assert line["exception"].startswith("ValueError at ")
        assert " < KeyError at " in line["exception"]
        assert "test_logs.py" in line["exception"]


def test_lines_below_the_level_are_left_out(stream: io.StringIO) -> None:
    structlog.get_logger("app").debug("detail")
    assert lines(stream) == []


@pytest.mark.asvs("16.2.5")
def test_statements_of_the_database_are_not_logged(stream: io.StringIO) -> None:
    logging.getLogger("sqlalchemy.engine").info("SELECT 'María'")
    assert lines(stream) == []
