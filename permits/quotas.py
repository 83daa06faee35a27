"""Quotas: how many permits a season has room for, in all and by what the work is (O12).

The rules are rows of the programme. For each scope one row counts for an offer at most, so that
nobody holds two places of one kind.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from permits.errors import Fault
from permits.tables import Table

LARGEST = 1_000_000
"""Places of one quota; a larger number is a slip of the pen."""

MOST = 200
"""Rows of one programme."""


class Scope(StrEnum):
    """What a quota is counted by, always within one season of one programme."""

    SEASON = "season"
    OCCUPATION = "occupation"
    EMPLOYER = "employer"
    DEPARTMENT = "department"
    MUNICIPALITY = "municipality"


class Terms(Protocol):
    """What of an offer quotas look at; the codes are those of `permits.offers.Offer`."""

    @property
    def occupation(self) -> str:
        """ISCO-08."""

    @property
    def employer(self) -> str:
        """An id as text."""

    @property
    def department(self) -> str:
        """ISO 3166-2."""

    @property
    def municipality(self) -> str:
        """A code of the reference data, "" abroad."""


@dataclass(frozen=True)
class Quota:
    """One row: `value` places for a season.

    `of` is the one occupation, employer, department or municipality that the row is about; without
    it each of them has so many places of its own. The rest is as in `programmes.Threshold`.
    """

    scope: Scope
    of: str
    value: int
    source: str
    valid_from: date
    note: str
    confirmed: bool


@dataclass(frozen=True)
class Count:
    """One heap of places that is counted: of a programme's season, within a scope, of one thing.

    `of` is "" for the season itself. `total` is how many places there are.
    """

    programme: str
    season: date
    scope: Scope
    of: str
    total: int


@dataclass(frozen=True)
class Usage:
    """How many places of a count are taken; more than there are where the rule came later."""

    count: Count
    used: int
    quota: Quota

    @property
    def is_full(self) -> bool:
        """Whether nobody else finds a place."""
        return self.used >= self.count.total


def read_quotas(table: Table) -> tuple[Quota, ...]:
    """The rows of a programme; none where it has no quota.

    A row about the season names nothing (`unknown-key`), and no two rows are of one scope, one
    thing and one day (`twice`).
    """
    if not table.has("quotas"):
        return ()
    rows = table.tables("quotas", MOST)
    quotas = tuple(_read(row) for row in rows)
    seen: set[tuple[Scope, str, date]] = set()
    for row, quota in zip(rows, quotas, strict=True):
        key = quota.scope, quota.of, quota.valid_from
        if key in seen:
            row.fault("twice", "scope")
        seen.add(key)
    return quotas


def _read(table: Table) -> Quota:
    scope = table.choice("scope", Scope)
    named = scope is not Scope.SEASON and table.has("of")
    quota = Quota(
        scope=scope,
        of=table.text("of") if named else "",
        value=table.number("value", 0, LARGEST),
        **table.clause(),
    )
    table.close()
    return quota


def quotas_of(quotas: Collection[Quota], terms: Terms, on: date) -> tuple[Quota, ...]:
    """The rows that count for an offer on a day, one for each scope that has any.

    A row that names the thing goes before one for each of them, then the newest that has begun.
    """
    things = _things(terms)
    found = []
    for scope in Scope:
        fitting = [
            quota
            for quota in quotas
            if quota.scope is scope
            and quota.valid_from <= on
            and quota.of in ("", things[scope])
            and (things[scope] or scope is Scope.SEASON)
        ]
        if fitting:
            found.append(max(fitting, key=lambda quota: (quota.of != "", quota.valid_from)))
    return tuple(found)


def counts_of(
    programme: str, season: date, quotas: Sequence[Quota], terms: Terms
) -> tuple[Count, ...]:
    """Where the places of these rows are counted for an offer, in their order."""
    things = _things(terms)
    return tuple(
        Count(programme, season, quota.scope, things[quota.scope], quota.value) for quota in quotas
    )


def key_of(count: Count) -> tuple[str, date, str, str]:
    """What tells one heap from another, whatever its total is now."""
    return count.programme, count.season, count.scope.value, count.of


def full(count: Count, name: str) -> Fault:
    """A quota without a place left, as the official reads it who wants to approve."""
    facts = {"quota": count.scope.value, "of": name, "total": count.total}
    return Fault("quota-full", "opinion", facts)


def _things(terms: Terms) -> dict[Scope, str]:
    return {
        Scope.SEASON: "",
        Scope.OCCUPATION: terms.occupation,
        Scope.EMPLOYER: terms.employer,
        Scope.DEPARTMENT: terms.department,
        Scope.MUNICIPALITY: terms.municipality,
    }
