"""What a programme asks: agencies, order, admission, documents, clocks, season, carrier."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from permits.errors import Fault, refuse_if
from permits.identity_documents import IdentityKind
from permits.people import Agency
from permits.quotas import Quota, read_quotas
from permits.submissions import DocumentKind
from permits.tables import Table


@dataclass(frozen=True)
class Threshold:
    """One number of law or policy; its unit stands in the name of the field that holds it.

    `source` cites the clause, `valid_from` is the first day it counts, and `confirmed` tells
    whether counsel has confirmed it; where not, officials read "to be confirmed".
    """

    value: int
    source: str
    valid_from: date
    note: str
    confirmed: bool


class Mode(StrEnum):
    """Whether the agencies decide one after the other or side by side."""

    SEQUENTIAL = "sequential"
    PARALLEL = "parallel"


class Hiring(StrEnum):
    """How a worker and an employer come together (domain 0.11, 6).

    `named`: the employer has named this worker beforehand. `on-acceptance`: the worker applies
    and the employer accepts before the labour decision. `open`: nobody's answer is awaited, either
    because the employer takes whoever meets the terms, or because it chooses later from a roster.
    """

    NAMED = "named"
    ON_ACCEPTANCE = "on-acceptance"
    OPEN = "open"


@dataclass(frozen=True)
class Season:
    """The days of the year on which work may lie, both included; it may run over the new year.

    `opens` and `closes` are (month, day). A programme without a season has None instead.
    """

    opens: tuple[int, int]
    closes: tuple[int, int]
    source: str
    valid_from: date
    note: str
    confirmed: bool

    def admits(self, starts_on: date, ends_on: date) -> bool:
        """Whether the whole stretch lies within one season; a stretch that runs back does not."""
        closing = self.closing(starts_on)
        return closing is not None and starts_on <= ends_on <= closing

    def opening(self, day: date) -> date | None:
        """The first day of the season that `day` lies in; None outside."""
        closing = self.closing(day)
        if closing is None:
            return None
        return _day(closing.year - (self.opens > self.closes), self.opens)

    def closing(self, day: date) -> date | None:
        """The last day of the season that `day` lies in; None outside."""
        spot = (day.month, day.day)
        if self.opens <= self.closes:
            inside, year = self.opens <= spot <= self.closes, day.year
        else:
            inside = spot >= self.opens or spot <= self.closes
            year = day.year + (1 if spot >= self.opens else 0)
        return _day(year, self.closes) if inside else None


def _day(year: int, spot: tuple[int, int]) -> date:
    """A day of a year; 29 February is the 28th where there is none."""
    month, day = spot
    if (month, day) == (2, 29):
        return date(year, 3, 1) - timedelta(days=1)
    return date(year, month, day)


@dataclass(frozen=True)
class Clocks:
    """How long the authority and the worker have; days are working days, marks are percent of it.

    `statutory_working_days` runs from the submission; `info_request_working_days` from a return.
    `suspension_days` are calendar days for which a right may be suspended, all times together.
    """

    statutory_working_days: Threshold
    info_request_working_days: Threshold
    amber_percent: Threshold
    red_percent: Threshold
    suspension_days: Threshold


@dataclass(frozen=True)
class Validity:
    """How long a permit may last, in days with the first and the last counted.

    `renewal_days`: so long before its end a right may be renewed; None where it may not.
    `visa_free_stay_days` is what the CA-4 visitor's stay covers; longer needs a special stay permit
    of INM (R26). None where no such stay applies.
    """

    maximum_days: Threshold
    visa_free_stay_days: Threshold | None
    renewal_days: Threshold | None


@dataclass(frozen=True)
class Programme:
    """One pathway. Codes only; both names are texts of the reference data.

    `code` stands in the QR (claim -70001, key 2) and never changes. `nationalities` and
    `destination` are ISO 3166 alpha-3, `languages` ISO 639-3 with the first as the default,
    `occupation` ISCO-08, `posts` codes of the border posts (none: not bound to posts).
    `documents` must be present or brought along. `signed_face`: a card carries the photo, signed,
    in a second symbol. `hiring` lists what is admitted, best first.
    `conditions` is the bit mask of the QR (claim -70001, key 8). `wage_sector` names the rows of
    the minimum-wage decrees; None where another country's law sets the wage. `piece_kg_per_day`
    is what a slow picker (the 25th percentile) picks in a day, in kilograms of cherries (R07).
    `quotas` limit how many permits a season has. `valid_from` is the first day on which this
    definition counts.
    """

    code: str
    name_es: str
    name_en: str
    destination: str
    agencies: tuple[Agency, ...]
    mode: Mode
    nationalities: tuple[str, ...]
    identity_kinds: tuple[IdentityKind, ...]
    minimum_age_years: Threshold
    season: Season | None
    validity: Validity
    documents: tuple[DocumentKind, ...]
    photo_required: bool
    signed_face: bool
    clocks: Clocks
    languages: tuple[str, ...]
    occupation: str
    credential_profile: str
    posts: tuple[str, ...]
    hiring: tuple[Hiring, ...]
    conditions: int
    wage_sector: str | None
    piece_kg_per_day: Threshold | None
    quotas: tuple[Quota, ...]
    valid_from: date
    source: str
    checked_on: date

    @property
    def sequential(self) -> bool:
        """Whether the agencies decide one after the other."""
        return self.mode is Mode.SEQUENTIAL

    def season_of(self, day: date) -> date:
        """The first day of the season that `day` is counted in; without one, of its year."""
        opening = self.season.opening(day) if self.season else None
        return opening or date(day.year, 1, 1)


LONGEST_SUSPENSION = 15
"""Calendar days; the database refuses a longer one too."""

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_ALPHA3 = re.compile(r"[A-Z]{3}")
_ALPHA3_LOWER = re.compile(r"[a-z]{3}")
_ISCO = re.compile(r"[0-9]{4}")
_POST = re.compile(r"[A-Z]{2}-[A-Z]{2}-[0-9]{1,2}")


def read(mapping: Mapping[str, object]) -> Programme:
    """A programme from plain data (as TOML gives it), or Invalid with every fault at once.

    Strict: a key that is missing (`missing`) or not known (`unknown-key`), a value of another
    type (`wrong-type`), outside its list (`unknown-value`) or its bounds (`out-of-range`), a list
    with one entry twice (`twice`). The field of a fault is the path of the key, with dots.
    """
    faults: list[Fault] = []
    programme = _programme(Table(mapping, faults))
    refuse_if(faults)
    return programme


def _programme(table: Table) -> Programme:
    piece = "piece_kg_per_day"
    programme = Programme(
        code=table.text("code", _SLUG),
        name_es=table.text("name_es"),
        name_en=table.text("name_en"),
        destination=table.text("destination", _ALPHA3),
        agencies=table.choices("agencies", Agency),
        mode=table.choice("mode", Mode),
        nationalities=table.texts("nationalities", _ALPHA3),
        identity_kinds=table.choices("identity_kinds", IdentityKind),
        minimum_age_years=_threshold(table.table("minimum_age_years"), 14, 99),
        season=_season(table.table("season")) if table.has("season") else None,
        validity=_validity(table.table("validity")),
        documents=table.choices("documents", DocumentKind),
        photo_required=table.flag("photo_required"),
        signed_face=table.flag("signed_face"),
        clocks=_clocks(table.table("clocks")),
        languages=table.texts("languages", _ALPHA3_LOWER),
        occupation=table.text("occupation", _ISCO),
        credential_profile=table.text("credential_profile", _SLUG),
        posts=table.texts("posts", _POST, may_be_empty=True),
        hiring=table.choices("hiring", Hiring),
        conditions=table.number("conditions", 0, 2**31 - 1),
        wage_sector=table.text("wage_sector", _SLUG) if table.has("wage_sector") else None,
        piece_kg_per_day=_threshold(table.table(piece), 1, 1000) if table.has(piece) else None,
        quotas=read_quotas(table),
        valid_from=table.day("valid_from"),
        source=table.text("source"),
        checked_on=table.day("checked_on"),
    )
    table.close()
    return programme


def _threshold(table: Table, least: int, most: int) -> Threshold:
    threshold = Threshold(
        value=table.number("value", least, most),
        source=table.text("source"),
        valid_from=table.day("valid_from"),
        note=table.text("note"),
        confirmed=table.flag("confirmed"),
    )
    table.close()
    return threshold


def _season(table: Table) -> Season:
    season = Season(
        opens=table.month_and_day("opens"),
        closes=table.month_and_day("closes"),
        source=table.text("source"),
        valid_from=table.day("valid_from"),
        note=table.text("note"),
        confirmed=table.flag("confirmed"),
    )
    table.close()
    return season


def _validity(table: Table) -> Validity:
    stay, renewal = "visa_free_stay_days", "renewal_days"
    validity = Validity(
        maximum_days=_threshold(table.table("maximum_days"), 1, 3660),
        visa_free_stay_days=_threshold(table.table(stay), 1, 366) if table.has(stay) else None,
        renewal_days=_threshold(table.table(renewal), 1, 366) if table.has(renewal) else None,
    )
    table.close()
    return validity


def _clocks(table: Table) -> Clocks:
    clocks = Clocks(
        statutory_working_days=_threshold(table.table("statutory_working_days"), 1, 365),
        info_request_working_days=_threshold(table.table("info_request_working_days"), 1, 365),
        amber_percent=_threshold(table.table("amber_percent"), 1, 100),
        red_percent=_threshold(table.table("red_percent"), 1, 100),
        suspension_days=_threshold(table.table("suspension_days"), 1, LONGEST_SUSPENSION),
    )
    table.close()
    if 0 < clocks.red_percent.value < clocks.amber_percent.value:
        table.fault("out-of-range", "red_percent")
    return clocks
