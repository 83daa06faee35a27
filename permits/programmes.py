"""What a programme asks: agencies, order, admission, documents, clocks, season, carrier."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Protocol, TypeVar

from permits.clocks import Clocks, Threshold
from permits.identity_documents import IdentityKind
from permits.people import Agency
from permits.permit_claims import Profile
from permits.programme_questions import ProgrammeQuestion
from permits.programme_rules import (
    EVERY_LETTER,
    LetterKind,
    Paper,
    PathwayStep,
    Pictogram,
    ProgrammeLetter,
    Rule,
)
from permits.quotas import Quota
from permits.submissions import DocumentKind

__all__ = ["Clocks", "Threshold"]


class Mode(StrEnum):
    """Whether the agencies decide one after the other or side by side."""

    SEQUENTIAL = "sequential"
    PARALLEL = "parallel"


class Hiring(StrEnum):
    """How a worker and an employer come together (domain 0.11, 6).

    `named`: the employer has named this worker beforehand. `on-acceptance`: the worker applies
    and the employer accepts before the labour decision. `open`: nobody's answer is awaited, either
    because the employer takes whoever meets the terms, or because it chooses later, from a roster
    or from the pool of a department.
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

    def next_opening(self, day: date) -> date:
        """The first day of the season that begins after a day."""
        this, following = (_day(year, self.opens) for year in (day.year, day.year + 1))
        return this if this > day else following

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
class Validity:
    """How long a permit may last, in days with the first and the last counted.

    `renewal_days`: so long before its end a right may be renewed; None where it may not.
    `visa_free_stay_days` is what the CA-4 visitor's stay covers; longer needs a special stay permit
    of INM (R26). None where no such stay applies.
    """

    maximum_days: Threshold
    visa_free_stay_days: Threshold | None
    renewal_days: Threshold | None

    def needs_stay_permit(self, days: int) -> bool:
        """R26: whether a stay of so many days is longer than a visitor's; never without a limit."""
        return self.visa_free_stay_days is not None and days > self.visa_free_stay_days.value


class Dated(Protocol):
    """Whatever counts from a day on."""

    @property
    def valid_from(self) -> date:
        """The first day."""


T = TypeVar("T", bound=Dated)


def in_force(versions: Sequence[T], day: date) -> T:
    """The version that counts on a day, of one or more in the order of their days.

    Each counts until the next begins; before the first of them the first counts.
    """
    return [*versions[:1], *(one for one in versions[1:] if one.valid_from <= day)][-1]


@dataclass(frozen=True)
class Versions:
    """Everything of a programme that has a day of its own, all days together.

    `thresholds` maps the path in the file (`clocks.red_percent`) to its versions, oldest first.
    """

    thresholds: Mapping[str, tuple[Threshold, ...]] = field(default_factory=dict)
    seasons: tuple[Season, ...] = ()
    rules: tuple[Rule, ...] = ()
    papers: tuple[Paper, ...] = ()
    questions: tuple[ProgrammeQuestion, ...] = ()


def terms_of(values: Mapping[str, Threshold]) -> tuple[Validity, Clocks]:
    """The sections of a programme from its thresholds by path."""
    return (
        Validity(
            values["validity.maximum_days"],
            values.get("validity.visa_free_stay_days"),
            values.get("validity.renewal_days"),
        ),
        Clocks(**{one.name: values[f"clocks.{one.name}"] for one in fields(Clocks)}),
    )


@dataclass(frozen=True)
class Programme:
    """One pathway as it stands on a day. Codes only; both names are texts of the reference data.

    `recommended`: agencies in which one official recommends before another decides. `sealed`:
    neither sees what the other decided until both have (decision 39). `contract_first`: SETRASS
    approves what the worker agreed to (decision 51). `code` stands in the QR (claim -70001, key 2).
    `nationalities` and `destination` are ISO 3166 alpha-3, `languages` ISO 639-3 with the first as
    the default, `occupation` ISCO-08, `posts` codes of the border posts (none: not bound to posts).
    `documents` must be there or brought. `signed_face`: a card carries the photo, signed, in a
    second symbol. `hiring` lists what is admitted, best first. `pool`: the departments (ISO 3166-2)
    for whose pool a worker may apply before there is an employer (decision 38). `conditions` is the
    bit mask of the QR (claim -70001, key 8). `wage_sector` names rows of the minimum-wage decrees;
    None where another country's law sets it. `piece_kg_per_day` is what a slow picker (the 25th
    percentile) picks in a day, in kilograms of cherries (R07). `quotas` limit a season. `rules`,
    `papers` and `questions` (decision 44) are in force. `pathway` is what the worker sees,
    `letters` what they are sent. `valid_from` is the first day on which this definition counts.
    `versions` holds the values of every day; `on` gives the programme of another one (decision 29).
    """

    code: str
    name_es: str
    name_en: str
    destination: str
    agencies: tuple[Agency, ...]
    recommended: tuple[Agency, ...]
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
    credential_profile: Profile
    posts: tuple[str, ...]
    hiring: tuple[Hiring, ...]
    conditions: int
    wage_sector: str | None
    piece_kg_per_day: Threshold | None
    quotas: tuple[Quota, ...]
    valid_from: date
    source: str
    checked_on: date
    pathway: tuple[PathwayStep, ...]
    pictogram: Pictogram
    rules: tuple[Rule, ...] = ()
    papers: tuple[Paper, ...] = ()
    questions: tuple[ProgrammeQuestion, ...] = ()
    letters: tuple[ProgrammeLetter, ...] = EVERY_LETTER
    versions: Versions = Versions()
    sealed: bool = False
    contract_first: bool = False
    pool: tuple[str, ...] = ()
    _by_day: dict[date, "Programme"] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def letter(self, kind: LetterKind) -> ProgrammeLetter | None:
        """The letter of this kind; None where the programme sends none."""
        return next((one for one in self.letters if one.kind == kind), None)

    def on(self, day: date) -> "Programme":
        """The same programme with the values that count on a day; worked out once for a day."""
        if day not in self._by_day:
            self._by_day[day] = self._worked_out(day)
        return self._by_day[day]

    def _worked_out(self, day: date) -> "Programme":
        every = self.versions
        values = {path: in_force(them, day) for path, them in every.thresholds.items()}
        validity, clocks = terms_of(values)
        return replace(
            self,
            minimum_age_years=values["minimum_age_years"],
            piece_kg_per_day=values.get("piece_kg_per_day"),
            season=in_force(every.seasons, day) if every.seasons else None,
            validity=validity,
            clocks=clocks,
            rules=tuple(one for one in every.rules if one.valid_from <= day),
            papers=tuple(one for one in every.papers if one.valid_from <= day),
            questions=tuple(one for one in every.questions if one.is_asked_on(day)),
        )

    def periods(self) -> tuple[tuple[date | None, date | None], ...]:
        """The stretches within which no threshold changes: the first day and the first after.

        None where a stretch has no such bound; one stretch without both while nothing changes.
        """
        later = (one for them in self.versions.thresholds.values() for one in them[1:])
        days = (None, *sorted({one.valid_from for one in later}), None)
        return tuple(pairwise(days))

    @property
    def sequential(self) -> bool:
        """Whether the agencies decide one after the other."""
        return self.mode is Mode.SEQUENTIAL

    def season_of(self, day: date) -> date:
        """The first day of the season that `day` is counted in; without one, of its year."""
        opening = self.season.opening(day) if self.season else None
        return opening or date(day.year, 1, 1)
