"""A programme's own question as an administrator writes it, laid over the programme's file.

What is written becomes a question of the file, and the file's own reading judges the whole: there
is no second law of what may be asked. The file counts where it asks the same question itself.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from permits import plain_words
from permits.errors import Fault
from permits.programme_questions import MOST_QUESTIONS, YES, ProgrammeQuestion

WORDS = ("id", "kind", "label_es", "label_en", "hint_es", "hint_en", "pictogram", "after")
NUMBERS = ("least", "most", "longest")
ANSWERS = ("required", "employer")
FIELDS = (*WORDS, *NUMBERS, *ANSWERS, "seen_by", "options", "only_if", "only_if_values")
"""What can be written of a question, each a text. Agencies and values are parted by blanks; an
option is a line `value | Spanish | English`."""

ENDS = "ends"
"""Says that a question is asked no more from the first day of the change."""

SPOKEN = ("label_es", "hint_es", "options")
"""Fields with Spanish that a worker reads."""


_WHOLE = re.compile(r"-?[0-9]{1,9}")


@dataclass(frozen=True)
class Written:
    """A question of a programme from a day on, or its end; `content` by the names of `FIELDS`."""

    programme: str
    content: Mapping[str, str]
    source: str
    valid_from: date

    @property
    def ends(self) -> bool:
        """Whether it ends a question that is asked."""
        return self.content.get(ENDS) == YES


def subject_of(programme: str, content: Mapping[str, str]) -> str:
    """What a change is about."""
    return f"{programme}:{content.get('id', '')}"


def with_written(mapping: Mapping[str, object], every: Sequence[Written]) -> dict[str, object]:
    """A programme's file with what was written over it, whatever its order.

    A question stands after the one that it depends on, as the file must have it. Whatever the file
    asks or ends itself is left as it says.
    """
    listed = mapping.get("questions", [])
    asked: list[object] = [*listed] if isinstance(listed, list) else [listed]
    waiting = [one for one in every if not one.ends]
    while waiting:
        known = {_id(other) for other in asked}
        ready = [one for one in waiting if one.content.get("only_if") in {None, "", *known}]
        new = (one for one in ready or waiting if one.content.get("id") not in known)
        asked.extend([mapping_of(one) for one in new])
        waiting = [one for one in waiting if one not in ready] if ready else []
    for one in every:
        if one.ends:
            asked = [_ended(other, one) for other in asked]
    return {**mapping, "questions": asked} if asked else dict(mapping)


def mapping_of(one: Written) -> dict[str, object]:
    """A question as a file says it; what was left blank is left out, and the reading tells it."""
    told = {name: one.content.get(name, "").strip() for name in FIELDS}
    told = {name: text for name, text in told.items() if text}
    found: dict[str, object] = {name: told[name] for name in WORDS if name in told}
    found |= {name: _number(told[name]) for name in NUMBERS if name in told}
    found |= {name: told[name] == YES for name in ANSWERS if name in told}
    if "seen_by" in told:
        found["seen_by"] = told["seen_by"].split()
    if "options" in told:
        found["options"] = [_option(line) for line in told["options"].splitlines() if line.strip()]
    if "only_if" in told or "only_if_values" in told:
        condition = {"question": told.get("only_if"), "values": _values(told)}
        found["only_if"] = {name: value for name, value in condition.items() if value}
    return found | {"source": one.source, "valid_from": one.valid_from}


def find_faults(one: Written, asked: Sequence[ProgrammeQuestion]) -> list[Fault]:
    """What the file's reading cannot tell, beside `asked` (every question, also one that is over).

    `twice`: the programme has such a question, and what was answered to it keeps its name.
    `ended-already`, `nothing-to-end`: there is nothing to end. And Spanish that is hard to read.
    """
    known = {other.id: other for other in asked}
    name = one.content.get("id", "").strip()
    if not one.ends:
        twice = [Fault("twice", "id")] if name in known else []
        spoken = ((field, one.content.get(field, "")) for field in SPOKEN)
        return twice + [fault for field, text in spoken for fault in _hard(text, field)]
    if name not in known:
        return [Fault("nothing-to-end", "id")]
    was = known[name]
    if was.ended_from is not None:
        return [Fault("ended-already", "id")]
    return (
        [Fault("ends-before-it-begins", "valid_from")] if one.valid_from <= was.valid_from else []
    )


def of_form(faults: Sequence[Fault], at: int) -> Iterator[Fault]:
    """Faults of a whole file by the fields of what was written as its question number `at`.

    What another question lacks then is told beside the name: `base-ends` where it depends on this.
    """
    for one in faults:
        place, _, path = one.field.removeprefix("questions.").partition(".")
        if one.field == "questions" and one.code == "out-of-range":
            yield Fault("questions-full", "id", {"limit": MOST_QUESTIONS})
        elif place == str(at) and path:
            yield Fault(one.code, path.partition(".")[0], one.facts)
        else:
            yield Fault(one.code, "id", one.facts)


def _hard(text: str, field: str) -> list[Fault]:
    parts = text.splitlines() if field == "options" else [text]
    spoken = (part.split("|")[1] if part.count("|") else part for part in parts)
    return [fault for part in spoken for fault in plain_words.find_faults(part, field)]


def _ended(question: object, one: Written) -> object:
    """The question with its end, if it is the one; as it was where the file says an end."""
    if not isinstance(question, dict) or question.get("id") != one.content.get("id"):
        return question
    return {"ended_from": one.valid_from, **question}


def _id(question: object) -> str | None:
    found = question.get("id") if isinstance(question, dict) else None
    return found if isinstance(found, str) else None


def _number(text: str) -> int | str:
    """A whole number; the text itself where it is none, which is of the wrong type then."""
    return int(text) if _WHOLE.fullmatch(text) else text


def _values(told: Mapping[str, str]) -> list[str]:
    return told.get("only_if_values", "").split()


def _option(line: str) -> dict[str, object]:
    names = ("value", "label_es", "label_en")
    parts = [part.strip() for part in line.split("|")]
    found: dict[str, object] = {
        name: part for name, part in zip(names, parts, strict=False) if part
    }
    return found | ({"more": parts[3]} if len(parts) > len(names) else {})
