"""How the service logs: one line an event, only named fields, never what a person typed.

An exception is logged as its types and places: the text of an exception may quote a person's data
(PostgreSQL names the key that exists already).
"""

import logging
import sys
import traceback
from collections.abc import MutableMapping
from typing import Any, Literal, TextIO

import structlog

Format = Literal["console", "json"]

FIELDS = frozenset(
    {
        "action",
        "actor",
        "agency",
        "attempt",
        "case",
        "code",
        "count",
        "database",
        "event",
        "exception",
        "job",
        "kind",
        "level",
        "logger",
        "method",
        "milliseconds",
        "operation",
        "process",
        "programme",
        "request_id",
        "role",
        "route",
        "status",
        "timestamp",
        "version",
    }
)
"""The only fields that reach a line. Persons and cases appear by their ids, routes as templates."""

QUIET = {"sqlalchemy": "WARNING", "alembic": "WARNING", "uvicorn.access": "WARNING"}

Event = MutableMapping[str, Any]


def configure(form: Format, level: str, stream: TextIO | None = None) -> None:
    """Send structlog and the standard library's logging to `stream` (standard error) alike."""
    target = stream or sys.stderr
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        describe_exception,
        keep_named_fields,
    ]
    renderer: structlog.typing.Processor = (
        structlog.processors.JSONRenderer(sort_keys=True, ensure_ascii=False)
        if form == "json"
        else structlog.dev.ConsoleRenderer(colors=target.isatty())
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
    )
    handler = logging.StreamHandler(target)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for name, least in QUIET.items():
        logging.getLogger(name).setLevel(least)
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )


def describe_exception(_logger: object, _method: str, event: Event) -> Event:
    """Put types and places of an exception under `exception`, without its texts."""
    given = event.pop("exc_info", None)
    error = sys.exc_info()[1] if given is True else given
    if isinstance(error, tuple):
        error = error[1]
    if isinstance(error, BaseException):
        event["exception"] = " < ".join(_places(error))
    return event


def _places(error: BaseException | None) -> list[str]:
    """`Type at file:line in function`, the innermost first, then what caused it."""
    told = []
    while error is not None:
        frames = traceback.extract_tb(error.__traceback__)
        where = [f"{frame.filename}:{frame.lineno} in {frame.name}" for frame in frames[-3:]]
        told.append(f"{type(error).__name__} at {', '.join(reversed(where)) or 'nowhere'}")
        error = error.__cause__ or error.__context__
    return told


def keep_named_fields(_logger: object, _method: str, event: Event) -> Event:
    """Drop every field that has no name in `FIELDS` (keys of structlog's own begin with _)."""
    return {key: value for key, value in event.items() if key in FIELDS or key.startswith("_")}
