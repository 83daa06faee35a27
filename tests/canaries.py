"""What people of the tests type or are: none of it may ever stand in a log."""

import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager

import structlog

from app.adapters import logs
from tests.builders import CUI, PHONE

CANARIES = {
    "document number": CUI,
    "document number as it is printed": "1234 56789 2004",
    "phone": PHONE,
    "phone without the plus": PHONE[1:],
    "given names": "María Ángela",
    "a part of the name": "Gutiérrez",
    "folded": "gutierrez",
    "words of an official": "segundo apellido",
    "e-mail": "cedral@demo.example",
    "typed into a form": "CANARIO-8841",
    "resume code": "48151623",
}


def named_in(told: str) -> dict[str, str]:
    """Which canaries stand in a text."""
    return {what: canary for what, canary in CANARIES.items() if canary in told}


@contextmanager
def overheard() -> Iterator[io.StringIO]:
    """What the service logs meanwhile, down to the least important line."""
    handlers, level = logging.root.handlers[:], logging.root.level
    target = io.StringIO()
    logs.configure("json", "debug", target)
    try:
        yield target
    finally:
        logging.root.handlers[:] = handlers
        logging.root.setLevel(level)
        structlog.reset_defaults()
