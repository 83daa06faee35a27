"""What reference lists say on a day, as everybody asks for it: made of their rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from permits.help_lines import HelpLine
from permits.reference_lists import CALLED_OFF, ListName
from permits.travel import Place
from recruitment.exchange_rates import Rate, order_rates

Rows = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class ListValues:
    """What counts on a day."""

    rows: Mapping[ListName, Rows]
    posts: Mapping[str, str]
    post_places: Mapping[str, Place]
    municipalities: Mapping[str, Mapping[str, str]]
    town_departments: Mapping[tuple[str, str], str]
    occupations: Mapping[str, str]
    closures: frozenset[date]
    rates: Mapping[str, tuple[Rate, ...]]
    help_lines: Mapping[str, tuple[HelpLine, ...]]


def make_values(rows: Mapping[ListName, Rows], isos: Mapping[str, Mapping[str, str]]) -> ListValues:
    """The values of rows that were checked; `isos` gives the departments of each country."""
    towns, posts = rows[ListName.MUNICIPALITIES].values(), rows[ListName.POSTS].values()
    return ListValues(
        rows,
        {one["code"]: one["name"] for one in posts},
        {
            one["code"]: Place(float(one["latitude"]), float(one["longitude"]))
            for one in posts
            if one.get("latitude")
        },
        {
            country: {one["code"]: one["name"] for one in towns if one["country"] == country}
            for country in isos
        },
        {(one["country"], one["code"]): isos[one["country"]][one["code"][:2]] for one in towns},
        {one["code"]: one["name_es"] for one in rows[ListName.OCCUPATIONS].values()},
        frozenset(
            date.fromisoformat(one["day"])
            for one in rows[ListName.CLOSURES].values()
            if one.get("called_off") != CALLED_OFF
        ),
        order_rates(_rate(one) for one in rows[ListName.EXCHANGE_RATES].values()),
        _help_lines(rows[ListName.HELP_LINES]),
    )


def _rate(row: Mapping[str, str]) -> Rate:
    day = date.fromisoformat(row["day"])
    return Rate(row["currency"], day, Decimal(row["lempiras"]), row["source"])


def _help_lines(rows: Rows) -> Mapping[str, tuple[HelpLine, ...]]:
    found: dict[str, list[HelpLine]] = {}
    for row in rows.values():
        if row.get("ended") != CALLED_OFF:
            names = ("code", "country", "name_es", "name_en", "phone")
            found.setdefault(row["country"], []).append(HelpLine(*(row[name] for name in names)))
    return {country: tuple(some) for country, some in found.items()}
