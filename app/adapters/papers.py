"""PDFs that people send, made anew by a program of its own, which may break without harm."""

import subprocess
import sys
from pathlib import Path
from threading import BoundedSemaphore

CHILD = Path(__file__).with_name("paper_child.py")

SECONDS = 20
"""Of the clock; the program bounds its own processor time and memory."""

AT_ONCE = 1
"""Copies are made when a handler opens one: seldom, and each may take 768 MB."""


class PlainPapers:
    """Copies of PDFs without metadata. Nothing of them is written to a disk."""

    def __init__(self) -> None:
        self._gate = BoundedSemaphore(AT_ONCE)

    def plain(self, data: bytes) -> bytes | None:
        """The copy; None for what is encrypted, broken, too large or too slow."""
        with self._gate:
            try:
                done = subprocess.run(  # noqa: S603  our own program, no shell
                    [sys.executable, "-I", str(CHILD)],
                    input=data,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,  # a hostile file makes its reader complain for ever
                    timeout=SECONDS,
                    env={},
                    check=False,
                )
            except subprocess.TimeoutExpired:
                return None
        return done.stdout if done.returncode == 0 and done.stdout else None
