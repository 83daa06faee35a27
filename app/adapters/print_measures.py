"""What the letters about a case, a right, a recourse and a wish say, by what was done to it."""

from collections.abc import Mapping, Sequence

from app.adapters.print_contents import (
    Contents,
    Voice,
    programme_name,
    programme_note,
    recourse,
    terms,
)
from permits.prints import Measure, PrintedMeasure
from permits.programme_rules import LetterKind

FILLED = ("decided", "stands", "meanwhile_2", "appeal_more")
"""Texts with places of their own; so are the steps."""

STEP = "next_"
"""How the key of a step begins: what can be done now, in its order."""

UNTIL = "%(until)s"
"""A text with this place is not said without a last day."""

FAMILY = {Measure.SUSPENDED: "suspension", Measure.CARD_REVOKED: "revocation"}


def letter(printed: PrintedMeasure, paper: str, voice: Voice) -> Contents:
    """What a letter about a measure says; places of its texts filled in."""
    words, agency = voice.words(paper), printed.agency
    facts = {
        "day": voice.day(printed.decided_on),
        "agency": words[f"the_{agency.value}"] if agency else "",
        "until": voice.day(printed.until) if printed.until else "",
        "link": printed.link,
        "employer": printed.employer.removesuffix("."),  # these texts end with it, and a stop
        "number": printed.number,
    }
    steps = [key for key in words if key.startswith(STEP)]
    said = _said(words, (*FILLED, *steps), facts)
    return {
        "date": facts["day"],
        "name": printed.full_name,
        "receipt": printed.receipt,
        "programme": programme_name(printed.programme, voice),
        "agency": voice.say("agency", agency.value) if agency else "",
        "grounds": _grounds(printed, voice),
        "questions": printed.questions,
        "terms": terms(printed.new_work, voice) if printed.new_work else [],
        "note": printed.note.strip(),
        "own": programme_note(printed.programme, LetterKind(printed.measure.value), voice),
        "after": words.get("again" if printed.again else "over", ""),
        "steps": [said[key] for key in steps if said[key]],
        "filled": {**said, **recourse(printed.recourse, words, voice)},
    }


def _said(
    words: Mapping[str, str], keys: Sequence[str], facts: Mapping[str, str]
) -> dict[str, str]:
    return {
        key: "" if UNTIL in words[key] and not facts["until"] else words[key] % facts
        for key in keys
        if key in words
    }


def _grounds(printed: PrintedMeasure, voice: Voice) -> Sequence[str]:
    family = FAMILY.get(printed.measure, "revocation-ground")
    return [voice.say(family, ground.value) for ground in printed.grounds]
