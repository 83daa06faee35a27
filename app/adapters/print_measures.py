"""What the letters about a right and about a recourse say, by what was done to it."""

from collections.abc import Sequence

from app.adapters.print_contents import Contents, Voice, programme_name, programme_note, recourse
from permits.prints import Measure, PrintedMeasure
from permits.programme_rules import LetterKind

FILLED = ("decided", "meanwhile_2", "appeal_more")
"""Texts with places of their own."""

DATED = frozenset({"appeal_more"})
"""Those of them that are not said without a last day."""

FAMILY = {Measure.SUSPENDED: "suspension"}


def letter(printed: PrintedMeasure, paper: str, voice: Voice) -> Contents:
    """What a letter about a measure says; places of its texts filled in."""
    words = voice.words(paper)
    facts = {
        "day": voice.day(printed.decided_on),
        "agency": words[f"the_{printed.agency.value}"],
        "until": voice.day(printed.until) if printed.until else "",
        "link": printed.link,
    }
    return {
        "date": facts["day"],
        "name": printed.full_name,
        "receipt": printed.receipt,
        "programme": programme_name(printed.programme, voice),
        "agency": voice.say("agency", printed.agency.value),
        "grounds": _grounds(printed, voice),
        "note": printed.note.strip(),
        "own": programme_note(printed.programme, LetterKind(printed.measure.value), voice),
        "after": words.get("again" if printed.again else "over", ""),
        "filled": {
            **{
                key: words[key] % facts if printed.until or key not in DATED else ""
                for key in FILLED
                if key in words
            },
            **recourse(printed.recourse, words, voice),
        },
    }


def _grounds(printed: PrintedMeasure, voice: Voice) -> Sequence[str]:
    family = FAMILY.get(printed.measure, "revocation-ground")
    return [voice.say(family, ground.value) for ground in printed.grounds]
