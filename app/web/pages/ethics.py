"""The ethical rules, for employers, workers and officials: what each asks, and where it stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.services import ethics
from app.services.work import Work
from app.web import wording
from app.web.dependencies import PublicReading
from app.web.i18n import Locale, locale_of
from app.web.pages.answered import programme_name
from app.web.templating import render
from permits.findings import Finding, Severity
from recruitment.ethics.catalogue import Sheet
from recruitment.ethics.rules import UNKNOWN, RuleFinding
from recruitment.ethics.words import Subject

router = APIRouter(include_in_schema=False)

PATH = "/reglas-eticas"


@dataclass(frozen=True)
class Value:
    """A parameter as its file tells it: the figure ("" for a list), what for, whether confirmed."""

    figure: str
    note: str
    source: str
    confirmed: bool


@dataclass(frozen=True)
class RuleLines:
    """One rule; `otherwise` names programmes with what they see: (names, severity)."""

    sheet: Sheet
    blocks: bool
    values: Sequence[Value]
    otherwise: Sequence[tuple[str, Severity]]


@dataclass(frozen=True)
class Group:
    """The rules that look at one thing."""

    about: Subject
    rules: Sequence[RuleLines]


@dataclass(frozen=True)
class EthicsPage:
    """Every rule, by what it looks at."""

    groups: Sequence[Group]


@dataclass(frozen=True)
class ToldFinding:
    """A finding in words; `rule` is the number of its rule, "" for one of `permits`.

    `since`: the first day of the newest value that counted for it, None where none did.
    """

    rule: str
    severity: Severity
    text: str
    source: str
    confirmed: bool
    since: date | None = None


def tell(locale: Locale, finding: Finding) -> ToldFinding:
    """A finding as people read it, of a rule or of `permits`; what is missing is named."""
    if not isinstance(finding, RuleFinding):
        text = wording.say(locale, "finding", finding.code, finding.facts)
        return ToldFinding("", finding.severity, text, finding.source, finding.confirmed)
    facts, key = dict(finding.facts), f"{finding.rule}.{finding.code}"
    if finding.code == UNKNOWN:
        named = [wording.say(locale, "ethics-input", name) for name in finding.missing]
        facts, key = {"missing": ", ".join(named)}, UNKNOWN
    for name, family in CODED.items():
        if name in facts:
            facts[name] = _named(locale, str(facts[name]), family)
    text = wording.say(locale, "ethics-finding", key, facts)
    since = max((day for _, day in finding.counted), default=None)
    said = (finding.severity, text, finding.source, finding.confirmed)
    return ToldFinding(finding.rule, *said, since)


CODED: Mapping[str, str] = {
    "terms": "contract-term",
    "found": "requirement",
    "costs": "cost-code",
}
"""Facts that are lists of codes, or of words of a text, which stay as they are."""


def _named(locale: Locale, listed: str, family: str) -> str:
    known = wording.TABLE[family]
    codes = listed.split(", ")
    return ", ".join(wording.say(locale, family, one) if one in known else one for one in codes)


@router.get(PATH)
def show_ethics_rules(request: Request, work: PublicReading) -> Response:
    """Every rule as it counts today; for everybody."""
    locale = locale_of(request)
    groups = [
        Group(about, [_lines(work, locale, one) for one in ethics.list_rules(work, about)])
        for about in Subject
    ]
    return render(request, "ethics/rules.html", EthicsPage(groups))


def _lines(work: Work, locale: Locale, sheet: Sheet) -> RuleLines:
    programmes = work.ports.reference.programmes
    seen: dict[tuple[str, Severity], None] = {}
    for grade in sheet.grades:
        if grade.programmes:
            named = [programme_name(programmes[code], locale) for code in grade.programmes]
            seen[", ".join(named), grade.severity] = None
    return RuleLines(sheet, sheet.severity is Severity.BLOCK, _values(sheet), list(seen))


def _values(sheet: Sheet) -> list[Value]:
    """The numbers, then the lists, which their notes tell."""
    numbers = [
        Value(str(one.value), one.note, one.source, one.confirmed) for _, one in sheet.values
    ]
    return numbers + [Value("", one.note, one.source, one.confirmed) for _, one in sheet.lists]
