"""What each programme asks in numbers and rules: with source, first day and whether confirmed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from babel import dates
from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.services import programmes, queues
from app.services.agency_sets import AgencySet, newest_by_programme
from app.web import wording
from app.web.dependencies import SignedInReading
from app.web.i18n import N_, Locale, locale_of
from app.web.pages.answered import programme_name
from app.web.templating import render
from permits.deadlines import legal_day
from permits.programme_changes import Parameter

router = APIRouter(include_in_schema=False)

PATH = "/reglas-y-plazos"
IN_ALL = N_("Igual en todos los programas")
LEAP_YEAR = 2028
"""A day of any year is written as one of this year; 29 February is in it."""


@dataclass(frozen=True)
class Line:
    """One value in the words of the page; `note` and `source` are Spanish as the file has them.

    `state` is `in-force`, `later` (its first day is still to come) or `before` (another follows).
    """

    name: str
    value: str
    since: date
    source: str
    note: str
    confirmed: bool
    state: str


@dataclass(frozen=True)
class Sheet:
    """A programme with its values; `open` counts those that counsel has not confirmed.

    `asked` are the agencies that decide on what is handed in now; None before the file was loaded.
    """

    name: str
    code: str
    lines: Sequence[Line]
    open: int
    asked: AgencySet | None = None


@dataclass(frozen=True)
class ParametersPage:
    """Every programme, and what all of them have alike."""

    sheets: Sequence[Sheet]


@router.get(PATH)
def show_parameters(request: Request, work: SignedInReading) -> Response:
    """Every value of every programme; for officials of the agencies."""
    queues.check_desk(work)
    locale, today = locale_of(request), legal_day(work.now)
    asked = newest_by_programme(work)
    sheets = [
        _sheet(locale, programme_name(one, locale), one.code, found, asked.get(one.code))
        for one, found in programmes.list_sheets(work, today)
    ]
    alike = _sheet(locale, locale.text(IN_ALL), "todos", programmes.list_fixed())
    return render(request, "parameters/list.html", ParametersPage([*sheets, alike]))


def _sheet(
    locale: Locale,
    name: str,
    code: str,
    found: Sequence[tuple[Parameter, programmes.Counting]],
    asked: AgencySet | None = None,
) -> Sheet:
    lines = [_line(locale, one, state) for one, state in found]
    return Sheet(name, code, lines, sum(not line.confirmed for line in lines), asked)


def _line(locale: Locale, one: Parameter, state: programmes.Counting) -> Line:
    return Line(
        _name(locale, one.path),
        _value(locale, one),
        one.since,
        one.source,
        one.note,
        one.confirmed,
        state.value,
    )


def _name(locale: Locale, path: str) -> str:
    section, _, code = path.partition(".")
    if section == "quotas":
        scope, _, of = code.partition(".")
        quota, by = wording.say(locale, "parameter", section), wording.say(locale, "quota", scope)
        return f"{quota} {by} {of}".strip()
    family = {"rules": "programme-rule", "papers": "paper"}.get(section)
    told = wording.say(locale, family, code) if family else wording.say(locale, "parameter", path)
    return told[:1].upper() + told[1:]


def _value(locale: Locale, one: Parameter) -> str:
    section = one.path.partition(".")[0]
    if section == "papers":
        return wording.say(locale, "measure", "papers")
    if section == "rules":
        return wording.say(locale, "severity", str(one.facts["severity"]))
    if section == "quotas":
        return wording.say(locale, "measure", section, one.facts)
    if one.path == "clocks.question_pauses":
        return wording.say(locale, "measure", f"{one.path}.{one.facts['value']}")
    facts: Mapping[str, str | int] = one.facts
    if section == "season":
        facts = {name: _spot(locale, str(value)) for name, value in facts.items()}
    return wording.say(locale, "measure", one.path, facts)


def _spot(locale: Locale, month_and_day: str) -> str:
    """A day of any year: 1 de octubre."""
    day = date.fromisoformat(f"{LEAP_YEAR}-{month_and_day}")
    return dates.format_skeleton("MMMMd", day, locale=locale.language.formats_from)
