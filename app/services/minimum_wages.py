"""The minimum wages that count: read by everybody, loaded by an operator, judged by at once.

The table lies in a folder and is no table of the database, so that people can review it and its
history (as `app.services.programmes`): the event is written first, the file inside the same
transaction. What a new table touches is judged again by the worker process.
"""

import hashlib
from collections.abc import Collection, Sequence
from datetime import date
from typing import Protocol
from uuid import NAMESPACE_URL, uuid5

from app.services import judging_runs, wage_runs
from app.services.work import Work
from app.storage import audit
from app.storage.judging_runs import JudgingRun
from permits.audit import Act
from permits.errors import refuse_if
from permits.wages import EmployerSize, MinimumWage
from recruitment.wage_tables import WageChange, find_faults, list_changes

TABLE = uuid5(NAMESPACE_URL, "urn:vereda:minimum-wages")
"""What the log's events of the table are about."""


class Shelf(Protocol):
    """Where the table lies."""

    def put(self, text: str) -> None:
        """Let a table count from now on."""


def list_wages(work: Work, on: date | None = None) -> Sequence[MinimumWage]:
    """Every row that counts on a day, by sector and size; without a day all of them."""
    sizes = list(EmployerSize)
    rows = [
        row
        for row in work.ports.reference.minimum_wages
        if on is None
        or (row.valid_from <= on and (row.valid_until is None or on <= row.valid_until))
    ]
    return sorted(
        rows, key=lambda row: (row.sector, -row.valid_from.toordinal(), sizes.index(row.size))
    )


def compare(work: Work, rows: Collection[MinimumWage]) -> Sequence[WageChange]:
    """What a table would change; Invalid with everything that is wrong with it."""
    programmes = work.ports.reference.programmes.values()
    sectors = {one.wage_sector for one in programmes if one.wage_sector is not None}
    refuse_if(find_faults(rows, sectors))
    return list_changes(tuple(work.ports.reference.minimum_wages), rows)


def load_wages(
    work: Work, shelf: Shelf, rows: Collection[MinimumWage], text: str
) -> tuple[Sequence[WageChange], JudgingRun | None]:
    """Let a table count from now on, and judge what it touches again; nothing where it is the same.

    Touched are the vacancies of programmes whose sector changes, whose work begins on the first
    day of a changed row or later: a table may reach back. And from that day on the contracts of
    who is at work, and the payslips (`app.services.wage_runs`).
    """
    changes = compare(work, rows)
    if not changes:
        return (), None
    digest = hashlib.sha256(text.encode()).hexdigest()
    run = _judge_again(work, changes)
    facts: dict[str, str | int] = {"digest": digest, "rows": len(changes)}
    audit.append(work.session, work.event(Act.WAGES_LOADED, TABLE, facts))
    shelf.put(text)
    return changes, run


def _judge_again(work: Work, changes: Sequence[WageChange]) -> JudgingRun:
    sectors = {one.sector for one in changes}
    programmes = [
        code for code, one in work.ports.reference.programmes.items() if one.wage_sector in sectors
    ]
    since = min(one.valid_from for one in changes)
    before = [row for row in work.ports.reference.minimum_wages if row.sector in sectors]
    wage_runs.start_run(work, programmes, since, before)
    return judging_runs.start_run(work, "wages", programmes=programmes, since=since)
