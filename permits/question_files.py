"""A programme's own question as its file says it: read strictly, every fault noted."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import fields
from datetime import date

from permits.people import Agency
from permits.programme_questions import (
    MOST_QUESTIONS,
    NO,
    YES,
    After,
    OnlyIf,
    Option,
    ProgrammeQuestion,
    QuestionKind,
    QuestionPictogram,
)
from permits.submissions import Answers
from permits.tables import Table

_KEBAB = re.compile(r"[a-z][a-z0-9]{0,29}(-[a-z0-9]{1,30}){0,4}")
_SENTENCES = re.compile(r"[.?!:]\s+")

LONGEST_ID = 40
"""Characters; an id stands in the address of its page and in the API."""

LONGEST_WORDS = 120
"""Characters of a question, a hint or an option: what a page of 360 px shows at a glance."""

MOST_WORDS = 15
"""Of a sentence, as in every text of the house (experience 4.2)."""

LONGEST_TEXT = 200
"""Characters that a text may be asked for."""

FARTHEST = 1_000_000
"""The greatest number that can be meant, on either side of nought."""

FEWEST_OPTIONS, MOST_OPTIONS = 2, 8

STANDARD = frozenset(one.name.replace("_", "-") for one in fields(Answers)) | {
    "documents",
    "photo",
}
"""Ids that would name a standard answer."""


def read_questions(table: Table) -> tuple[ProgrammeQuestion, ...]:
    """The questions of a file, none where it has none.

    Beside the faults of every table: `standard-answer` for an id that the house asks already,
    `not-asked-before` and `reader-learns` for a condition that cannot be, `base-ends` where a
    question outlives the one that it depends on,
    `too-long` for a text or a sentence, `out-of-range` for bounds the wrong way round, for too
    many questions of one day, for an end that is not after the first day, and for too few or too
    many options, `twice` for an id or a value.
    """
    if not table.has("questions"):
        return ()
    found = tuple(_read(one) for one in table.versions("questions"))
    if any(sum(one.is_asked_on(day) for one in found) > MOST_QUESTIONS for day in _days(found)):
        table.fault("out-of-range", "questions")
    if len({one.id for one in found}) != len(found):
        table.fault("twice", "questions")
    for number, one in enumerate(found):
        for code, field in _find_condition_faults(one, found[:number]):
            table.fault(code, f"questions.{number}.{field}")
    return found


def _days(found: Sequence[ProgrammeQuestion]) -> set[date]:
    """The days on which there may be more of them than the day before."""
    return {one.valid_from for one in found}


def _read(table: Table) -> ProgrammeQuestion:
    kind = table.choice("kind", QuestionKind)
    numbers = dict.fromkeys(("least", "most", "longest"), 0)
    if kind is QuestionKind.NUMBER:
        numbers["least"] = table.number("least", -FARTHEST, FARTHEST)
        numbers["most"] = table.number("most", -FARTHEST, FARTHEST)
        if numbers["most"] < numbers["least"]:
            table.fault("out-of-range", "most")
    elif kind is QuestionKind.TEXT:
        numbers["longest"] = table.number("longest", 1, LONGEST_TEXT)
    label_es, label_en = _words(table, "label")
    hinted = table.has("hint_es") or table.has("hint_en")
    hint_es, hint_en = _words(table, "hint") if hinted else ("", "")
    question = ProgrammeQuestion(
        id=_id(table),
        kind=kind,
        label_es=label_es,
        label_en=label_en,
        hint_es=hint_es,
        hint_en=hint_en,
        required=table.flag("required"),
        pictogram=table.choice("pictogram", QuestionPictogram),
        after=table.choice("after", After),
        seen_by=table.choices("seen_by", Agency),
        employer=table.flag("employer") if table.has("employer") else False,
        options=_options(table) if kind is QuestionKind.CHOICE else (),
        source=table.text("source"),
        valid_from=table.day("valid_from"),
        only_if=_condition(table),
        ended_from=table.day("ended_from") if table.has("ended_from") else None,
        **numbers,
    )
    if question.ended_from is not None and question.ended_from <= question.valid_from:
        table.fault("out-of-range", "ended_from")
    table.close()
    return question


def _condition(table: Table) -> OnlyIf | None:
    """`only_if = { question = "drives", values = ["yes"] }`."""
    if not table.has("only_if"):
        return None
    told = table.table("only_if")
    found = OnlyIf(told.text("question", _KEBAB), told.texts("values", _KEBAB))
    told.close()
    return found


def _find_condition_faults(
    one: ProgrammeQuestion, before: Sequence[ProgrammeQuestion]
) -> Iterator[tuple[str, str]]:
    """It follows a question that was asked before, by answers that there are.

    Who reads it learns the other answer too, so nobody reads it who does not read that.
    """
    if one.only_if is None:
        return
    base = next((other for other in before if other.id == one.only_if.question), None)
    order = list(After)
    if base is None or order.index(base.after) > order.index(one.after):
        yield "not-asked-before", "only_if"
        return
    known = {QuestionKind.YES_NO: (YES, NO)}.get(
        base.kind, tuple(option.value for option in base.options)
    )
    if not one.only_if.values or not set(one.only_if.values) <= set(known):
        yield "unknown-value", "only_if"
    if not set(one.seen_by) <= set(base.seen_by) or one.employer > base.employer:
        yield "reader-learns", "seen_by"
    if base.ended_from is not None and (one.ended_from or date.max) > base.ended_from:
        yield "base-ends", "only_if"


def _id(table: Table) -> str:
    found = table.text("id", _KEBAB)
    if len(found) > LONGEST_ID:
        table.fault("too-long", "id")
    if found in STANDARD:
        table.fault("standard-answer", "id")
    return found


def _words(table: Table, name: str) -> tuple[str, str]:
    """A text in both languages."""
    spanish, english = (_text(table, f"{name}_{language}") for language in ("es", "en"))
    return spanish, english


def _text(table: Table, key: str) -> str:
    text = table.text(key)
    sentences = _SENTENCES.split(text)
    if len(text) > LONGEST_WORDS or any(len(one.split()) > MOST_WORDS for one in sentences):
        table.fault("too-long", key)
    if not text.isprintable():
        table.fault("unknown-value", key)
    return text


def _options(table: Table) -> tuple[Option, ...]:
    found = tuple(_option(one) for one in table.tables("options", MOST_OPTIONS))
    if found and len(found) < FEWEST_OPTIONS:
        table.fault("out-of-range", "options")
    if len({one.value for one in found}) != len(found):
        table.fault("twice", "options")
    return found


def _option(table: Table) -> Option:
    option = Option(table.text("value", _KEBAB), *_words(table, "label"))
    table.close()
    return option


def list_texts(question: ProgrammeQuestion) -> Iterator[str]:
    """Every Spanish text of a question, for who measures how it reads."""
    yield question.label_es
    if question.hint_es:
        yield question.hint_es
    yield from (one.label_es for one in question.options)
