"""The reference data: TOML and CSV files read strictly into values of the law."""

import tomllib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import holidays

from app.adapters.bad_reference import BadReference
from app.adapters.reference_rows import read_day as read_day
from app.adapters.reference_rows import read_outline, read_registries
from app.adapters.reference_rows import read_rows as read_rows
from permits.deadlines import WorkingCalendar
from permits.errors import Invalid
from permits.people import Agency
from permits.programme_files import read as read_programme
from permits.programmes import Programme
from permits.travel import Place
from permits.wages import EmployerSize, MinimumWage
from recruitment.ethics import parameter_file
from recruitment.ethics.parameters import ParameterSet
from recruitment.registries import Registry, RegistryInfo

BUNDLED = Path(__file__).resolve().parent.parent / "reference"
"""The files that come with the program; a door may hand in another folder."""

YEARS = range(2020, 2041)
"""Years whose public holidays are known; no term reaches beyond."""

COUNTRIES = {"HND": "hn", "GTM": "gt", "SLV": "sv"}
"""Countries whose places are known, ISO 3166 alpha-3 → how their files begin."""

Over = Callable[[Mapping[str, object]], Mapping[str, object]]


@dataclass(frozen=True)
class Post:
    """A border post; `department` (ISO 3166-2) and the local hours are "" where not known.

    `place` is known to a tenth of a degree, to be confirmed at the post; None where it is not.
    """

    code: str
    name: str
    department: str
    neighbour: str
    opens: str
    closes: str
    note: str
    place: Place | None


@dataclass(frozen=True)
class RefusalGround:
    """A coded ground; `needs_review`: no check may decide it; `may_refuse`: else protection."""

    code: str
    agency: Agency
    name_es: str
    name_en: str
    needs_review: bool
    may_refuse: bool
    source: str
    confirmed: bool


@dataclass(frozen=True)
class ReferenceData:
    """Facts that change by decree and not by act.

    `municipalities` maps a country (ISO 3166 alpha-3) to codes and names; `departments` maps
    ISO 3166-2 to names, `town_departments` a country and a municipality's code to ISO 3166-2,
    `posts` codes to names. Labels of `languages` and `occupations` are
    Spanish, `english` maps a Spanish label to the English one. All in the order of the files.
    """

    programmes: Mapping[str, Programme]
    posts: Mapping[str, str]
    post_details: Mapping[str, Post]
    post_places: Mapping[str, Place]
    municipalities: Mapping[str, Mapping[str, str]]
    departments: Mapping[str, str]
    town_departments: Mapping[tuple[str, str], str]
    languages: Mapping[str, str]
    occupations: Mapping[str, str]
    english: Mapping[str, str]
    grounds: Mapping[str, RefusalGround]
    calendar: WorkingCalendar
    minimum_wages: tuple[MinimumWage, ...]
    common_passwords: frozenset[str]
    ethics: ParameterSet
    registries: Mapping[Registry, RegistryInfo]
    outline: tuple[tuple[Place, ...], ...]


def read_reference(folder: Path = BUNDLED, years: range = YEARS) -> ReferenceData:
    """Read every file of the folder; `BadReference` on the first that cannot be relied on."""
    languages = read_rows(folder / "languages.csv", ("code", "name_es", "name_en", "autonym"))
    occupations = read_rows(folder / "occupations.csv", ("code", "name_es", "name_en"))
    posts = read_posts(folder / "posts.csv")
    return ReferenceData(
        programmes=read_programmes(folder / "programmes"),
        posts={post.code: post.name for post in posts},
        post_details={post.code: post for post in posts},
        post_places={post.code: post.place for post in posts if post.place is not None},
        municipalities={
            country: _names(folder / f"places/{short}_municipalities.csv")
            for country, short in COUNTRIES.items()
        },
        departments=_departments(folder / "places"),
        town_departments=_town_departments(folder / "places"),
        languages={row["code"]: row["name_es"] for row in languages},
        occupations={row["code"]: row["name_es"] for row in occupations},
        english={row["name_es"]: row["name_en"] for row in (*languages, *occupations)},
        grounds=read_grounds(folder / "refusal_grounds.toml"),
        calendar=read_calendar(folder / "closures.csv", years),
        minimum_wages=read_minimum_wages(folder / "minimum_wages.csv"),
        common_passwords=read_words(folder / "common_passwords.txt"),
        ethics=read_ethics(folder / "ethics.toml"),
        registries=read_registries(folder / "registries.csv"),
        outline=read_outline(folder / "places/hn_outline.csv"),
    )


def read_words(path: Path) -> frozenset[str]:
    """The lines of a list; it begins with lines after `#`, of which one tells `checked_on`."""
    lines = path.read_text(encoding="utf-8").splitlines()
    words = frozenset(line for line in lines if line and not line.startswith("#"))
    if not words or not lines[0].startswith("#") or "checked_on" not in "".join(lines[:9]):
        raise BadReference(f"{path.name}: no words, or nothing about where they come from")
    return words


def _names(path: Path) -> Mapping[str, str]:
    return {row["code"]: row["name"] for row in read_rows(path, ("code", "name"))}


def _departments(folder: Path) -> Mapping[str, str]:
    rows = [
        row
        for short in COUNTRIES.values()
        for row in read_rows(folder / f"{short}_departments.csv", ("code", "iso", "name"))
    ]
    return {row["iso"]: row["name"] for row in rows}


def _town_departments(folder: Path) -> Mapping[tuple[str, str], str]:
    """A municipality's code begins with that of its department, in all three countries."""
    found: dict[tuple[str, str], str] = {}
    for country, short in COUNTRIES.items():
        rows = read_rows(folder / f"{short}_departments.csv", ("code", "iso", "name"))
        isos = {row["code"]: row["iso"] for row in rows}
        towns = _names(folder / f"{short}_municipalities.csv")
        found |= {(country, code): isos[code[:2]] for code in towns}
    return found


def read_programmes(
    folder: Path, over: Over = dict, but: Collection[str] = ()
) -> Mapping[str, Programme]:
    """Every programme of the folder by code; the name of a file is its code.

    `over` gives what is read in the place of what a file says; the codes of `but` are left out.
    """
    programmes = {}
    for path in sorted(folder.glob("*.toml")):
        if path.stem in but:
            continue
        try:
            programme = read_programme(over(_toml(path)))
        except Invalid as invalid:
            raise _refused(path, invalid) from invalid
        if programme.code != path.stem:
            raise BadReference(f"{path.name}: its code is {programme.code}")
        programmes[programme.code] = programme
    return programmes


def read_ethics(path: Path) -> ParameterSet:
    """The parameters of the ethical checks."""
    try:
        return parameter_file.read(_toml(path))
    except Invalid as invalid:
        raise _refused(path, invalid) from invalid


def _refused(path: Path, invalid: Invalid) -> BadReference:
    told = "; ".join(f"{fault.field}: {fault.code}" for fault in invalid.faults)
    return BadReference(f"{path.name}: {told}")


def _toml(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise BadReference(f"{path.name}: {error}") from error


def read_posts(path: Path) -> list[Post]:
    """The border posts; hours are local, `HH:MM`, 24:00 for midnight."""
    names = ("code", "name", "department", "neighbour", "across", "opens", "closes")
    columns = (*names, "latitude", "longitude", "note")
    return [
        Post(
            row["code"],
            row["name"],
            row["department"],
            row["neighbour"],
            row["opens"],
            row["closes"],
            row["note"],
            _place(path, row),
        )
        for row in read_rows(path, columns)
    ]


def _place(path: Path, row: Mapping[str, str]) -> Place | None:
    if not row["latitude"] and not row["longitude"]:
        return None
    try:
        return Place(float(row["latitude"]), float(row["longitude"]))
    except ValueError as error:
        raise BadReference(f"{path.name}: place of {row['code']}") from error


def read_grounds(path: Path) -> Mapping[str, RefusalGround]:
    """The grounds of a refusal by code."""
    listed = _toml(path).get("grounds")
    if not isinstance(listed, list):
        raise BadReference(f"{path.name}: no grounds")
    try:
        grounds = [RefusalGround(**{**row, "agency": Agency(row["agency"])}) for row in listed]
    except (TypeError, KeyError, ValueError) as error:
        raise BadReference(f"{path.name}: {error}") from error
    return {ground.code: ground for ground in grounds}


def read_calendar(path: Path, years: range) -> WorkingCalendar:
    """Public holidays of Honduras for the years, and the days on which the offices are closed."""
    rows = read_rows(path, ("day", "reason"), ("source", "checked_on"))
    public = holidays.country_holidays("HN", years=years)
    return WorkingCalendar(frozenset(public), frozenset(read_day(path, row["day"]) for row in rows))


def read_minimum_wages(path: Path) -> tuple[MinimumWage, ...]:
    """The rows of the minimum-wage decrees; an empty `valid_until` stands until replaced."""
    columns = ("sector", "size", "per_month_hnl", "valid_from", "valid_until", "decree")
    return tuple(
        _minimum_wage(path, row)
        for row in read_rows(path, columns, ("source", "derived", "checked_on"))
    )


def _minimum_wage(path: Path, row: Mapping[str, str]) -> MinimumWage:
    until = row["valid_until"]
    try:
        return MinimumWage(
            sector=row["sector"],
            size=EmployerSize(row["size"]),
            per_month_hnl=Decimal(row["per_month_hnl"]),
            valid_from=read_day(path, row["valid_from"]),
            valid_until=read_day(path, until) if until else None,
            source=f"{row['decree']}; {row['source']}",
            derived={"true": True, "false": False}[row["derived"]],
        )
    except (ArithmeticError, KeyError, ValueError) as error:
        raise BadReference(f"{path.name}: {row['valid_from']}: {error}") from error
