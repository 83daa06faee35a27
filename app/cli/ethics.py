"""`vereda ethics`: the ethical rules as a page, as a table, and one of them in full."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.surroundings import refuse, say, show
from permits.deadlines import legal_day

if TYPE_CHECKING:
    from app.web.i18n import Locale
    from recruitment.ethics.catalogue import Grade, Sheet

ETHICS = Path("docs/ethics.md")
PAGE_OF = date(2026, 12, 1)
"""The page tells the values of this day, so that it does not change from one day to the next."""

SET_ASIDE_BY = {
    "nobody": "nobody",
    "supervisor": "supervisor",
    "official": "official",
    "case": "nobody; its case is handled",
}
"""Who may, by the code of `recruitment.ethics.catalogue.Overrider`."""

group = typer.Typer(help="The ethical rules R01-R40, as they are checked.")


@group.callback(invoke_without_command=True)
def ethics(
    context: typer.Context,
    write: Annotated[bool, typer.Option(help=f"Write {ETHICS} instead of printing.")] = False,
    check: Annotated[bool, typer.Option(help=f"Exit 1 if {ETHICS} is out of date.")] = False,
) -> None:
    """Draw the catalogue of the rules: what each asks, finds, reads and stands on."""
    if context.invoked_subcommand is not None:
        return
    drawn = draw()
    if check:
        if not ETHICS.exists() or ETHICS.read_text(encoding="utf-8") != drawn:
            raise refuse(f"{ETHICS} is out of date; run: vereda ethics --write")
        say(f"{ETHICS} is up to date.")
    elif write:
        ETHICS.write_text(drawn, encoding="utf-8")
    else:
        print(drawn, end="")


@group.command("explain")
def explain(
    rule: Annotated[str, typer.Argument(help="A rule's number (R06); none: every rule.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """What a rule asks and finds today; with a number everything about it, else one line each."""
    today = legal_day(datetime.now(UTC))
    sheets = [one for one in _sheets(today) if rule.upper() in ("", one.rule.id)]
    if not sheets:
        raise refuse(f"There is no rule {rule}.")
    if as_json:
        show([_told(sheet) for sheet in sheets], as_json=True)
    elif rule:
        print("\n".join(_full(sheets[0])))
    else:
        show([_line(sheet) for sheet in sheets], as_json=False)


def draw() -> str:
    """The whole page, the same text on every machine and day."""
    lines = [
        "# The ethical rules",
        "",
        "Written by `vereda ethics --write` from `recruitment/ethics/` and",
        f"`app/reference/ethics.toml`, with the values of {PAGE_OF}; `make check` compares it.",
        "A fact that is missing never passes: it is a finding `unknown`, as grave as the rule.",
        "",
        "| rule | looks at | asks | gravest | set aside by |",
        "|---|---|---|---|---|",
    ]
    sheets = _sheets(PAGE_OF)
    for sheet in sheets:
        row = _line(sheet)
        lines.append(
            f"| [{row['rule']}](#{_anchor(sheet)}) | {row['about']} | {row['title']}"
            f" | {row['severity']} | {row['set aside by']} |"
        )
    for sheet in sheets:
        lines += ["", f"## {sheet.rule.id} {_say(sheet, 'title')}", "", *_full(sheet)[2:]]
    return "\n".join(lines) + "\n"


def _sheets(on: date) -> "Sequence[Sheet]":
    from app.adapters.reference import read_reference
    from recruitment.ethics.catalogue import list_sheets

    data = read_reference(years=range(on.year, on.year + 1))
    return list_sheets(data.programmes, data.ethics, on)


def _locale(code: str) -> "Locale":
    from app.web.i18n import locale_for

    return locale_for(code)


def _say(sheet: "Sheet", what: str, language: str = "en") -> str:
    from app.web import wording

    return wording.say(_locale(language), f"ethics-{what}", sheet.rule.id)


def _anchor(sheet: "Sheet") -> str:
    """As GitHub makes it of the heading."""
    title = f"{sheet.rule.id} {_say(sheet, 'title')}".lower().replace(" ", "-")
    return "".join(letter for letter in title if letter.isalnum() or letter in "-_")


def _line(sheet: "Sheet") -> dict[str, str]:
    return {
        "rule": sheet.rule.id.value,
        "about": sheet.rule.about.value,
        "title": _say(sheet, "title"),
        "severity": sheet.severity.value,
        "set aside by": SET_ASIDE_BY[sheet.overrider],
    }


def _full(sheet: "Sheet") -> list[str]:
    rule = sheet.rule
    confirmed = "confirmed by counsel" if rule.confirmed else "to be confirmed by counsel"
    return [
        f"{rule.id} {_say(sheet, 'title')}",
        "",
        f"*{_say(sheet, 'title', 'es')}*",
        "",
        f"{_say(sheet, 'asks')} {_say(sheet, 'why')}",
        "",
        f"- Looks at: {rule.about}; {', '.join(rule.inputs)}",
        *_outcomes(sheet),
        f"- Asks for beside: {', '.join(sheet.effects) or 'nothing'}",
        f"- Set aside by: {SET_ASIDE_BY[sheet.overrider]}",
        f"- Source: {rule.source} ({confirmed})",
        *_parameters(sheet),
    ]


def _outcomes(sheet: "Sheet") -> Iterator[str]:
    from app.web import wording

    for grade in sheet.grades:
        said = wording.TABLE["ethics-finding"][f"{sheet.rule.id}.{grade.code}"]
        told = _locale("en").catalogue.gettext(said).replace("%%", "%")
        yield f"- Finds `{grade.code}` ({_severity(grade)}): {told}"


def _severity(grade: "Grade") -> str:
    under = f" in {', '.join(grade.programmes)}" if grade.programmes else ""
    return f"{grade.severity}{under}"


def _parameters(sheet: "Sheet") -> Iterator[str]:
    for name, value in sheet.values:
        yield f"- {name} = {value.value} since {value.valid_from}: {value.source}"
    for name, terms in sheet.lists:
        yield f"- {name} = {', '.join(terms.items)} since {terms.valid_from}: {terms.source}"


def _told(sheet: "Sheet") -> Mapping[str, object]:
    rule = sheet.rule
    return {
        **_line(sheet),
        "title_es": _say(sheet, "title", "es"),
        "asks": _say(sheet, "asks"),
        "asks_es": _say(sheet, "asks", "es"),
        "why": _say(sheet, "why"),
        "outcomes": [
            {"code": one.code, "severity": one.severity, "programmes": one.programmes}
            for one in sheet.grades
        ],
        "effects": sheet.effects,
        "inputs": rule.inputs,
        "parameters": {name: one.value for name, one in sheet.values}
        | {name: one.items for name, one in sheet.lists},
        "source": rule.source,
        "confirmed": rule.confirmed,
    }
