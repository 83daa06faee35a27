"""The lists that count: those of the program, or loaded ones, with what two people agreed on."""

import csv
import io
import json
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from time import monotonic
from typing import Any, TypeVar

from app.adapters.bad_reference import BadReference
from app.adapters.list_values import ListValues, make_values
from app.adapters.live_lists import LiveDays, LiveMapping
from app.adapters.reference import BUNDLED, COUNTRIES
from app.adapters.reference_rows import ORIGIN, read_rows
from app.adapters.whole_files import write_whole
from permits.dated_changes import ChangeKind, DatedChange
from permits.errors import Fault, Invalid
from permits.reference_lists import (
    SHAPES,
    Known,
    ListName,
    find_faults,
    key_of,
)
from recruitment.exchange_rates import Rates

CHANGES = "list_changes.json"
FILES: Mapping[ListName, str] = {
    ListName.CLOSURES: "closures.csv",
    ListName.POSTS: "posts.csv",
    ListName.OCCUPATIONS: "occupations.csv",
    ListName.MUNICIPALITIES: "municipalities.csv",
    ListName.EXCHANGE_RATES: "exchange_rates.csv",
    ListName.HELP_LINES: "help_lines.csv",
}
Rows = Mapping[str, Mapping[str, str]]

R = TypeVar("R")

log = logging.getLogger(__name__)


class ListShelf:
    """The lists of a folder as they count on the day that `today` tells.

    A changed file is read anew without a restart: what this process puts at the next question, what
    another put at the first one `every` seconds after the last look (a page of the queue asks for
    a thousand days). One that cannot be relied on is a `BadReference` at the start; later what was
    read before stands.
    """

    def __init__(
        self,
        folder: Path,
        today: Callable[[], date],
        bundled: Path = BUNDLED,
        *,
        every: float = 1.0,
        demo: bool = False,
    ) -> None:
        """`demo`: invented rates of exchange stand in while none are loaded."""
        self._demo = demo
        self._folder, self._bundled, self._today = folder, bundled, today
        self._every, self._look_at = every, 0.0
        self._isos = {
            country: {
                row["code"]: row["iso"]
                for row in read_rows(
                    bundled / f"places/{short}_departments.csv", ("code", "iso", "name")
                )
            }
            for country, short in COUNTRIES.items()
        }
        self._stamp = self._look()
        self._lists = self._read()

    def rows(self, name: ListName) -> Rows:
        """Every row of a list that counts today, by its key, with `source` and `valid_from`."""
        return self.fresh().rows[name]

    def known(self) -> Known:
        """What a row may name."""
        isos = {iso for country in self._isos.values() for iso in country.values()}
        return Known(isos, self._isos)

    def put_changes(self, changes: Sequence[DatedChange]) -> None:
        """Let these approved changes count, each from its day; the whole list of them."""
        told = [
            {
                "list": one.subject.partition(":")[0],
                "row": dict(one.content),
                "valid_from": one.valid_from.isoformat(),
                "source": one.source,
            }
            for one in changes
            if one.kind is ChangeKind.LISTED
        ]
        text = json.dumps(told, ensure_ascii=False, indent=1)
        self._put(CHANGES, text)

    def put_list(self, name: ListName, text: str) -> None:
        """Let a whole list count from now on; it was checked before."""
        self._put(FILES[name], text)

    def _put(self, name: str, text: str) -> None:
        write_whole(self._folder / name, text.encode(), 0o644)
        self._look_at = 0.0

    def fresh(self) -> ListValues:
        """The lists as they count today."""
        now = monotonic()
        if now >= self._look_at:
            self._look_at = now + self._every
            self._renew()
        return self._lists

    def _renew(self) -> None:
        stamp = self._look()
        if stamp == self._stamp:
            return
        # Noted first: a bad file is told once, and not at every look.
        self._stamp = stamp
        try:
            self._lists = self._read()
        except BadReference as bad:
            log.error("lists stay as they were: %s", bad)

    def over(self, reference: R) -> R:
        """Reference data whose lists are those of the shelf, as they count at each question."""
        places = ("posts", "post_places", "municipalities", "town_departments")
        lists = (*places, "occupations", "help_lines")
        live = {name: LiveMapping(partial(self._one, name)) for name in lists}
        given: Any = reference
        calendar = replace(given.calendar, closures=LiveDays(lambda: self.fresh().closures))
        rates = Rates(LiveMapping(partial(self._one, "rates")))
        changed: R = replace(given, **live, calendar=calendar, exchange_rates=rates, lists=self)
        return changed

    def _one(self, name: str) -> Mapping[Any, Any]:
        found: Mapping[Any, Any] = getattr(self.fresh(), name)
        return found

    def _look(self) -> tuple[object, ...]:
        return (self._today(), *(_stamp_of(self._folder / one) for one in _NAMES))

    def _read(self) -> ListValues:
        today = self._today()
        rows = {name: dict(self._read_list(name)) for name in ListName}
        for one in sorted(self._read_changes(), key=lambda change: change["valid_from"]):
            if date.fromisoformat(one["valid_from"]) <= today:
                name, row = ListName(one["list"]), one["row"]
                since = {"source": one["source"], "valid_from": one["valid_from"]}
                rows[name][key_of(name, row)] = {**row, **since}
        rates, day = rows[ListName.EXCHANGE_RATES], today.isoformat()
        rows[ListName.EXCHANGE_RATES] = {
            key: one for key, one in rates.items() if one["day"] <= day
        }
        return make_values(rows, self._isos)

    def _read_list(self, name: ListName) -> Rows:
        own = self._folder / FILES[name]
        if own.is_file():
            return read_table(name, own.read_text(encoding="utf-8"), self.known())
        if name is not ListName.MUNICIPALITIES:
            folder = self._bundled / "demo" if self._is_invented(name) else self._bundled
            return {key_of(name, row): row for row in _bundled(folder, name)}
        return {
            f"{country}-{row['code']}": {"country": country, **row}
            for country, short in COUNTRIES.items()
            for row in read_rows(
                self._bundled / f"places/{short}_municipalities.csv", ("code", "name")
            )
        }

    def _is_invented(self, name: ListName) -> bool:
        return self._demo and name is ListName.EXCHANGE_RATES

    def _read_changes(self) -> list[dict[str, Any]]:
        path = self._folder / CHANGES
        if not path.is_file():
            return []
        try:
            told = json.loads(path.read_text(encoding="utf-8"))
            for one in told:
                if find_faults(ListName(one["list"]), one["row"], self.known()):
                    raise BadReference(f"{path.name}: {one['row']}")
                date.fromisoformat(one["valid_from"])
        except (ValueError, KeyError, TypeError) as error:
            raise BadReference(f"{path.name}: {error}") from error
        return list(told)


_NAMES = (CHANGES, *FILES.values())


def read_table(name: ListName, text: str, known: Known) -> Rows:
    """The rows of a list as CSV by key; Invalid with every row that is wrong, by its line.

    The first line names the columns, those of the list and `source`, `valid_from`, `checked_on`.
    """
    wanted = [*SHAPES[name].columns, *ORIGIN]
    read = csv.DictReader(io.StringIO(text), strict=True)
    if list(read.fieldnames or ()) != wanted:
        raise Invalid([Fault("other-columns", "1", {"columns": ", ".join(wanted)})])
    found: dict[str, dict[str, str]] = {}
    faults = []
    for line, row in enumerate(read, start=2):
        wrong = [one.field for one in find_faults(name, row, known)]
        wrong += ["source"] if not (row["source"] or "").strip() else []
        key = key_of(name, row)
        faults += [Fault("bad-row", str(line), {"columns": ", ".join(wrong)})] if wrong else []
        faults += [Fault("twice", str(line))] if key in found else []
        found[key] = {column: row[column] or "" for column in wanted}
    if faults:
        raise Invalid(faults)
    return found


def write_table(name: ListName, rows: Rows) -> str:
    """The rows of a list as `read_table` reads them."""
    text = io.StringIO()
    columns = [*SHAPES[name].columns, *ORIGIN]
    writer = csv.DictWriter(text, columns, "", "ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows.values())
    return text.getvalue()


def _bundled(folder: Path, name: ListName) -> list[dict[str, str]]:
    shape = SHAPES[name]
    if name is ListName.CLOSURES:
        return read_rows(folder / FILES[name], ("day", "reason"), ("source", "checked_on"))
    if name is ListName.POSTS:
        names = ("code", "name", "department", "neighbour", "across", "opens", "closes")
        return read_rows(folder / FILES[name], (*names, "latitude", "longitude", "note"))
    return read_rows(folder / FILES[name], shape.columns)


def _stamp_of(path: Path) -> tuple[int, int] | None:
    try:
        told = path.stat()
    except OSError:
        return None
    return told.st_mtime_ns, told.st_ino
