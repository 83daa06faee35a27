"""Rows of the reference data's CSV files, read strictly: each with its source and its days."""

import csv
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from app.adapters.bad_reference import BadReference
from permits.travel import Place
from recruitment.registries import Registry, RegistryInfo

ORIGIN = ("source", "valid_from", "checked_on")
"""Columns of every list: where it comes from, since when it counts, when it was looked at."""


def read_rows(
    path: Path, columns: tuple[str, ...], origin: tuple[str, ...] = ORIGIN
) -> list[dict[str, str]]:
    """The rows of a CSV file with exactly these columns.

    Refused: other columns, a row of another length, two rows with one key (the first column), a
    row without a source, a day that is none, no rows at all where `code` is the key.
    """
    wanted = [*columns, *origin]
    with path.open(encoding="utf-8", newline="") as file:
        lines = list(csv.reader(file, strict=True))
    if not lines or lines[0] != wanted:
        raise BadReference(f"{path.name}: the columns are not {', '.join(wanted)}")
    rows = []
    for number, line in enumerate(lines[1:], start=2):
        if len(line) != len(wanted):
            raise BadReference(f"{path.name}: line {number} has {len(line)} values")
        row = dict(zip(wanted, line, strict=True))
        _check_origin(path, number, row)
        rows.append(row)
    keys = [row["code"] for row in rows if "code" in row]
    if len(set(keys)) != len(keys) or ("code" in wanted and not keys):
        raise BadReference(f"{path.name}: a code stands twice, or there is none")
    return rows


def _check_origin(path: Path, number: int, row: Mapping[str, str]) -> None:
    if not row["source"].strip():
        raise BadReference(f"{path.name}: line {number} has no source")
    for column in ("valid_from", "checked_on"):
        if column in row:
            read_day(path, row[column])


def read_day(path: Path, text: str) -> date:
    """A day of a file as 2026-10-01; BadReference where it is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadReference(f"{path.name}: {text!r} is no day") from None


def read_registries(path: Path) -> Mapping[Registry, RegistryInfo]:
    """Every registry that the law names, each once; `max_age_days` is a whole number from 1."""
    columns = ("code", "name_es", "name_en", "holder", "max_age_days")
    found: dict[Registry, RegistryInfo] = {}
    for row in read_rows(path, columns):
        days = row["max_age_days"]
        if row["code"] not in set(Registry) or not days.isdigit() or int(days) < 1:
            raise BadReference(f"{path.name}: {row['code']} is no registry, or has no age")
        info = RegistryInfo(
            Registry(row["code"]),
            row["name_es"],
            row["name_en"],
            row["holder"],
            int(days),
            row["source"],
        )
        found[info.registry] = info
    if set(found) != set(Registry):
        raise BadReference(f"{path.name}: a registry is missing")
    return found


def read_outline(path: Path) -> tuple[tuple[Place, ...], ...]:
    """The rings of an outline, the largest first; each of three points at least."""
    rings = []
    for row in read_rows(path, ("code", "points")):
        try:
            pairs = [tuple(map(float, pair.split())) for pair in row["points"].split(";")]
            ring = tuple(Place(latitude, longitude) for latitude, longitude in pairs)
        except ValueError:
            raise BadReference(f"{path.name}: {row['code']} has a point that is none") from None
        if len(ring) < 3:
            raise BadReference(f"{path.name}: {row['code']} encloses nothing")
        rings.append(ring)
    return tuple(rings)
