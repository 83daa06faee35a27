"""Tables of minimum wages: what cannot be one, and what another version of one changes."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from permits.errors import Fault
from permits.wages import EmployerSize, MinimumWage

Key = tuple[str, EmployerSize, date]


@dataclass(frozen=True)
class WageChange:
    """One row that differs: HNL a month before and after, None where there is no such row."""

    sector: str
    size: EmployerSize
    valid_from: date
    before: Decimal | None
    after: Decimal | None


def find_faults(rows: Collection[MinimumWage], sectors: Collection[str]) -> list[Fault]:
    """What keeps a table from counting; all at once, each with the row that it is about.

    A row twice (`twice`), an amount that is none (`out-of-range`), days that run back
    (`dates-reversed`), and a sector of a programme without any row (`missing`).
    """
    faults, seen = [], set[Key]()
    for row in rows:
        place = f"{row.sector} {row.size} {row.valid_from}"
        if key_of(row) in seen:
            faults.append(Fault("twice", place))
        seen.add(key_of(row))
        if not (row.per_month_hnl.is_finite() and row.per_month_hnl > 0):
            faults.append(Fault("out-of-range", place))
        if row.valid_until is not None and row.valid_until < row.valid_from:
            faults.append(Fault("dates-reversed", place))
    lacking = sorted(set(sectors) - {row.sector for row in rows})
    return faults + [Fault("missing", sector) for sector in lacking]


def list_changes(
    before: Collection[MinimumWage], after: Collection[MinimumWage]
) -> Sequence[WageChange]:
    """The rows in which two tables differ in what they pay or until when, by their keys."""
    old, new = ({key_of(row): row for row in rows} for rows in (before, after))
    found = []
    for key in sorted(old.keys() | new.keys(), key=lambda one: (one[0], one[2], one[1])):
        was, becomes = old.get(key), new.get(key)
        if _counts(was) != _counts(becomes):
            amounts = (one.per_month_hnl if one else None for one in (was, becomes))
            found.append(WageChange(*key, *amounts))
    return found


def key_of(row: MinimumWage) -> Key:
    """What makes a row the same one in another table."""
    return row.sector, row.size, row.valid_from


def _counts(row: MinimumWage | None) -> tuple[Decimal, date | None] | None:
    return (row.per_month_hnl, row.valid_until) if row else None
