"""What the paper for SENAF says: the children of one family, where they go, and who takes it."""

from app.adapters.print_contents import Contents, Voice
from permits.deadlines import legal_day
from permits.prints import PrintedChildren

PAPER = "children/senaf"
BLANK = "_" * 34
"""Room to write by hand."""


def children(printed: PrintedChildren, voice: Voice) -> Contents:
    """One page that an official takes along, with the lines that SENAF signs."""
    words = voice.words(PAPER)
    days = f"{voice.day(printed.starts_on)} – {voice.day(printed.ends_on)}"
    rows = [
        ("receipt", printed.receipt or "–"),
        ("parent", printed.parent),
        ("phone", printed.phone or "–"),
        ("employer", printed.employer_name),
        ("town", printed.town),
        ("days", days),
        ("printed", voice.day(legal_day(printed.printed_at))),
    ]
    return {
        "under": printed.town,
        "about": [[words[key], value] for key, value in rows],
        "children": [
            [one.full_name, voice.day(one.born_on), voice.say("relation", one.relation)]
            for one in printed.children
        ],
        "receipt": [[words[key], BLANK] for key in ("received_by", "received_on", "signature")],
    }
