"""What the paper of a worker's own data says: every row of every table, label and value."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime

from app.adapters.print_contents import Contents, Voice
from permits.deadlines import legal_day
from permits.prints import PrintedOwnData

PAPER = "letters/own_data"

IN_JSON = frozenset({"content", "payload", "to_be_signed", "text"})
"""What no person reads: the paper says that it is in the other copy."""

FAMILIES: Mapping[tuple[str, str], str] = {
    ("applications", "status"): "status",
    ("authorisations", "status"): "authorisation",
    ("consents", "way"): "consent-way",
    ("credentials", "replacement_reason"): "revocation",
    ("credentials", "state"): "credential",
    ("credentials", "revocation_reason"): "revocation",
    ("crossings", "direction"): "direction",
    ("decisions", "agency"): "agency",
    ("decisions", "opinion"): "opinion",
    ("decisions", "grounds"): "ground",
    ("documents", "kind"): "document",
    ("revocations", "agency"): "agency",
    ("revocations", "grounds"): "revocation-ground",
    ("revocations", "heard"): "hearing",
    ("revocations", "origin"): "origin",
    ("revocations", "outcome"): "revocation-outcome",
    ("suspensions", "agency"): "agency",
    ("suspensions", "ending"): "ending",
    ("suspensions", "origin"): "origin",
    ("suspensions", "reason"): "suspension",
}
"""Columns whose values are codes with words of their own."""


def own_data(printed: PrintedOwnData, voice: Voice) -> Contents:
    """Sections by table; a table without rows is left out."""
    words = voice.words(PAPER)
    return {
        "date": voice.day(legal_day(printed.printed_at)),
        "sections": [
            {
                "title": words[f"table_{table}"],
                "items": [list(_rows(table, row, voice)) for row in rows],
            }
            for table, rows in printed.tables.items()
            if rows
        ],
        "looks": [
            [
                voice.day(legal_day(look.at)),
                voice.say("role", look.role),
                voice.say("act", look.act),
            ]
            for look in printed.looks
        ],
    }


def _rows(table: str, row: Mapping[str, object], voice: Voice) -> Iterator[list[str]]:
    words = voice.words(PAPER)
    for name, value in row.items():
        if name == "id":
            continue
        if name == "answers" and isinstance(value, Mapping):
            yield from _rows(table, value, voice)
            continue
        told = words["in_json"] if name in IN_JSON else _say(table, name, value, voice)
        yield [words[f"field_{name}"], told]


def _say(table: str, name: str, value: object, voice: Voice) -> str:
    words = voice.words(PAPER)
    if isinstance(value, Mapping) and value:
        told = {label: _say(table, name, one, voice) for label, one in value.items()}
        return "; ".join(f"{label} {said}" for label, said in told.items())
    if value is None or value in ("", [], (), {}):
        return words["nothing"]
    if isinstance(value, bool):
        return words["yes"] if value else words["no"]
    if isinstance(value, datetime):
        return voice.day(legal_day(value))
    if isinstance(value, date):
        return voice.day(value)
    family = FAMILIES.get((table, name))
    listed = value if isinstance(value, Sequence) and not isinstance(value, str) else [value]
    return ", ".join(voice.say(family, str(one)) if family else str(one) for one in listed)
