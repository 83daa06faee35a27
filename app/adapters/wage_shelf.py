"""The minimum wages that count: the table of the program, or an own one that was loaded."""

import logging
from collections.abc import Collection, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from app.adapters.bad_reference import BadReference
from app.adapters.reference import BUNDLED, read_minimum_wages
from app.adapters.whole_files import write_whole
from permits.errors import Fault, Invalid
from permits.wages import MinimumWage

FILE = "minimum_wages.csv"

log = logging.getLogger(__name__)


class WageShelf(Collection[MinimumWage]):
    """The rows of the table.

    A file of `folder` stands in for the bundled one. A changed file is read anew at the next
    question, in every process, without a restart. One that cannot be relied on is a
    `BadReference` at the start; later what was read before stands, and the log says so.
    """

    def __init__(self, folder: Path, bundled: Path = BUNDLED) -> None:
        self._own, self._bundled = folder / FILE, bundled / FILE
        self._stamp = self._look()
        self._known = self._read()

    def __iter__(self) -> Iterator[MinimumWage]:
        """The rows."""
        return iter(self._fresh())

    def __len__(self) -> int:
        """How many there are."""
        return len(self._fresh())

    def __contains__(self, row: object) -> bool:
        """Whether a row stands in the table."""
        return row in self._fresh()

    def put(self, text: str) -> None:
        """Let a table count from now on; it was checked before."""
        # Everybody may read it: it is public, and site and worker may be other users.
        write_whole(self._own, text.encode(), 0o644)

    def _fresh(self) -> tuple[MinimumWage, ...]:
        stamp = self._look()
        if stamp != self._stamp:
            # Noted first: a bad file is told once, and not at every question.
            self._stamp = stamp
            try:
                self._known = self._read()
            except BadReference as bad:
                log.error("minimum wages stay as they were: %s", bad)
        return self._known

    def _look(self) -> tuple[int, int] | None:
        try:
            told = self._own.stat()
        except OSError:  # no own table
            return None
        return told.st_mtime_ns, told.st_ino

    def _read(self) -> tuple[MinimumWage, ...]:
        return read_minimum_wages(self._own if self._own.is_file() else self._bundled)


def read_table(text: str) -> tuple[MinimumWage, ...]:
    """The rows of a text, or Invalid with what is wrong in the first line that is."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / FILE
        path.write_text(text, encoding="utf-8")
        try:
            return read_minimum_wages(path)
        except BadReference as bad:
            raise Invalid([Fault("unreadable-table", "", {"at": str(bad)})]) from None
