"""A programme as its file says it: read strictly, every fault at once."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import TypeVar

from permits.errors import Fault, refuse_if
from permits.findings import Severity
from permits.identity_documents import IdentityKind
from permits.people import Agency
from permits.permit_claims import Profile
from permits.programme_agencies import find_agency_faults
from permits.programme_bounds import BOUNDS, OPTIONAL
from permits.programme_rules import (
    EVERY_LETTER,
    JUDGED,
    NEEDED_LETTERS,
    LetterKind,
    Paper,
    PaperKind,
    PathwayStep,
    Pictogram,
    ProgrammeLetter,
    Rule,
    RuleCode,
)
from permits.programmes import (
    Dated,
    Hiring,
    Mode,
    Programme,
    Season,
    Threshold,
    Versions,
    in_force,
    terms_of,
)
from permits.question_files import read_questions
from permits.quotas import read_quotas
from permits.submissions import OWN_FILES, DocumentKind
from permits.tables import Table

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_ALPHA3 = re.compile(r"[A-Z]{3}")
_ALPHA3_LOWER = re.compile(r"[a-z]{3}")
_ISCO = re.compile(r"[0-9]{4}")
_DEPARTMENT = re.compile(r"[A-Z]{2}-[A-Z0-9]{2,3}")
_POST = re.compile(r"[A-Z]{2}-[A-Z]{2}-[0-9]{1,2}")

LONGEST_NOTE = 400  # characters of a programme's own words in a letter

T = TypeVar("T", bound=Dated)
Entry = TypeVar("Entry")


def read(mapping: Mapping[str, object]) -> Programme:
    """A programme from plain data (as TOML gives it), or Invalid with every fault at once.

    Strict: a key that is missing (`missing`) or not known (`unknown-key`), a value of another
    type (`wrong-type`), outside its list (`unknown-value`) or its bounds (`out-of-range`), a list
    with one entry twice (`twice`). The field of a fault is the path of the key, with dots.

    A threshold and the season are one table, or a list of them with a later `valid_from` each
    (else `out-of-order`, or `twice` for one day); the first counts from the programme's first day
    or earlier (else `gap`). Any agencies may be asked, one at least; the way shows the step of each
    (`step-missing`) and of no other (`step-of-nobody`), in the order in which they decide
    (`step-order`), and only they recommend or read the answer to a question (`not-asked`). Nothing
    is `sealed` in an order: who decides second knows that the first approved (`sealed-in-order`,
    decision 39); nor where one decides alone (`sealed-alone`). A `pool` needs a
    season, a wage sector and the hiring form `open` (`pool-without-floor`, decision 38). What it
    gives is the programme of its first day; `Programme.on` gives that of another.
    """
    programme, faults = examine(mapping)
    refuse_if(faults)
    return programme.on(programme.valid_from)


def examine(mapping: Mapping[str, object]) -> tuple[Programme, list[Fault]]:
    """A programme and everything that is wrong with it; a field with a fault holds a stand-in."""
    faults: list[Fault] = []
    table = Table(mapping, faults)
    since = table.day("valid_from")
    programme = _programme(table, since, _versions(table, since))
    table.close()
    faulty = {fault.field.split(".")[0] for fault in faults}
    if not faulty & {"agencies", "mode", "pathway"}:
        for code, field in find_agency_faults(programme):
            table.fault(code, field)
    if programme.pool and not _has_floor(programme):
        table.fault("pool-without-floor", "pool")
    if not set(programme.documents) <= set(OWN_FILES):
        table.fault("unknown-value", "documents")
    if "clocks" not in faulty:
        _check_marks(programme, table)
    return programme, faults


def _versions(table: Table, since: date) -> Versions:
    every: dict[str, tuple[Threshold, ...]] = {}
    within = {name: table.table(name) for name in ("validity", "clocks")}
    for path, bounds in BOUNDS.items():
        *above, key = path.split(".")
        holder = within[above[0]] if above else table
        if path not in OPTIONAL or holder.has(key):
            every[path] = dated(holder, key, since, partial(read_threshold, bounds=bounds))
    for holder in within.values():
        holder.close()
    seasons = dated(table, "season", since, _season) if table.has("season") else ()
    return Versions(
        every,
        seasons,
        _each(table, "rules", _rule, lambda rule: rule.code),
        _each(table, "papers", _paper, lambda paper: paper.kind),
        read_questions(table),
    )


def dated(table: Table, key: str, since: date, read_one: Callable[[Table], T]) -> tuple[T, ...]:
    """The versions of one value, which follow each other without a gap."""
    found = tuple(read_one(one) for one in table.versions(key))
    days = [one.valid_from for one in found]
    if len(set(days)) != len(days):
        table.fault("twice", key)
    elif days != sorted(days):
        table.fault("out-of-order", key)
    elif days and days[0] > since > date.min:
        table.fault("gap", key)
    return found


def _each(
    table: Table, key: str, read_one: Callable[[Table], Entry], name: Callable[[Entry], str]
) -> tuple[Entry, ...]:
    """A list that may be left out, none twice."""
    found = tuple(read_one(one) for one in table.versions(key)) if table.has(key) else ()
    if len({name(one) for one in found}) != len(found):
        table.fault("twice", key)
    return found


def _programme(table: Table, since: date, versions: Versions) -> Programme:
    first = {path: next(iter(them), _NONE) for path, them in versions.thresholds.items()}
    validity, clocks = terms_of(first)
    return Programme(
        code=table.text("code", _SLUG),
        name_es=table.text("name_es"),
        name_en=table.text("name_en"),
        destination=table.text("destination", _ALPHA3),
        agencies=table.choices("agencies", Agency),
        recommended=table.choices("recommended", Agency) if table.has("recommended") else (),
        mode=table.choice("mode", Mode),
        sealed=table.flag("sealed") if table.has("sealed") else False,
        contract_first=table.flag("contract_first") if table.has("contract_first") else False,
        nationalities=table.texts("nationalities", _ALPHA3),
        identity_kinds=table.choices("identity_kinds", IdentityKind),
        minimum_age_years=first["minimum_age_years"],
        season=next(iter(versions.seasons), None),
        validity=validity,
        documents=table.choices("documents", DocumentKind),
        photo_required=table.flag("photo_required"),
        signed_face=table.flag("signed_face"),
        clocks=clocks,
        languages=table.texts("languages", _ALPHA3_LOWER),
        occupation=table.text("occupation", _ISCO),
        credential_profile=table.choice("credential_profile", Profile),
        posts=table.texts("posts", _POST, may_be_empty=True),
        hiring=table.choices("hiring", Hiring),
        pool=table.texts("pool", _DEPARTMENT) if table.has("pool") else (),
        conditions=table.number("conditions", 0, 2**31 - 1),
        wage_sector=table.text("wage_sector", _SLUG) if table.has("wage_sector") else None,
        piece_kg_per_day=first.get("piece_kg_per_day"),
        quotas=read_quotas(table),
        valid_from=since,
        source=table.text("source"),
        checked_on=table.day("checked_on"),
        pathway=table.choices("pathway", PathwayStep),
        pictogram=table.choice("pictogram", Pictogram),
        letters=_letters(table),
        versions=versions,
    )


_NONE = Threshold(0, "", date.min, "", confirmed=False)
"""Stands in for a threshold whose fault is noted already."""


def _has_floor(programme: Programme) -> bool:
    """Whether a pool's terms follow from the programme: its days, its wage, and nobody to ask."""
    known = programme.season is not None and programme.wage_sector is not None
    return known and Hiring.OPEN in programme.hiring


def _check_marks(programme: Programme, table: Table) -> None:
    """Amber comes before red on every day."""
    clocks = programme.versions.thresholds
    marks = {name: clocks[f"clocks.{name}_percent"] for name in ("amber", "red")}
    for day in sorted({one.valid_from for them in marks.values() for one in them}):
        amber, red = (in_force(them, day).value for them in marks.values())
        if red < amber:
            table.fault("out-of-range", "clocks.red_percent")
            return


def read_threshold(table: Table, bounds: tuple[int, int]) -> Threshold:
    """One number of law or policy within its bounds, both included."""
    threshold = Threshold(
        value=table.number("value", *bounds),
        **table.clause(),
    )
    table.close()
    return threshold


def _season(table: Table) -> Season:
    season = Season(
        opens=table.month_and_day("opens"),
        closes=table.month_and_day("closes"),
        **table.clause(),
    )
    table.close()
    return season


def _rule(table: Table) -> Rule:
    rule = Rule(
        code=table.choice("code", RuleCode),
        severity=table.choice("severity", Severity),
        **table.clause(),
    )
    table.close()
    if rule.severity is Severity.BLOCK and rule.code not in JUDGED:
        table.fault("never-judged", "severity")
    return rule


def _paper(table: Table) -> Paper:
    paper = Paper(
        kind=table.choice("kind", PaperKind),
        **table.clause(),
    )
    table.close()
    return paper


def _letters(table: Table) -> tuple[ProgrammeLetter, ...]:
    """The letters that are sent; every one where the file names none."""
    if not table.has("letters"):
        return EVERY_LETTER
    found = _each(table, "letters", _letter, lambda one: one.kind)
    if not {one.kind for one in found} >= NEEDED_LETTERS:
        table.fault("letter-needed", "letters")
    return found


def _letter(table: Table) -> ProgrammeLetter:
    """Its own words are written in both languages, or in none."""
    kind, noted = table.choice("kind", LetterKind), table.has("note_es") or table.has("note_en")
    notes = [table.text(name) for name in ("note_es", "note_en")] if noted else ["", ""]
    if any(len(note) > LONGEST_NOTE for note in notes):
        table.fault("too-long", "note_es")
    table.close()
    return ProgrammeLetter(kind, *notes)
