"""Questions that a programme's file asks of its own: kinds, answers, readers, what may change."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from permits.errors import Fault
from permits.people import Agency

Given = bool | int | str | None
"""An answer as JSON keeps it: yes or no, a whole number, a value, a day as YYYY-MM-DD, a text.

None stands where an optional question was asked and left open.
"""

FIELD = "extra"
"""The answer of `permits.submissions.Answers` that holds these, by the id of the question."""

MOST_QUESTIONS = 10
"""That one programme asks on a day: each is a page more for somebody with a slow phone."""

YES, NO = "yes", "no"
"""How a file names the answers to a question of yes or no."""

FIRST_YEAR, LAST_YEAR = 1900, 2999
"""Of a day that is answered."""


class QuestionKind(StrEnum):
    """What can be answered."""

    YES_NO = "yes-no"
    CHOICE = "choice"
    NUMBER = "number"
    DATE = "date"
    TEXT = "text"


class After(StrEnum):
    """The answers after whose page it can be asked; consent comes last and is never before one."""

    DOCUMENT_NUMBER = "document_number"
    SURNAMES = "surnames"
    DATE_OF_BIRTH = "date_of_birth"
    SEX = "sex"
    MUNICIPALITY = "municipality"
    PHONE = "phone"
    LANGUAGES_SPOKEN = "languages_spoken"
    LANGUAGES_READ = "languages_read"
    VACANCY = "vacancy"
    DOCUMENTS = "documents"
    PHOTO = "photo"


class QuestionPictogram(StrEnum):
    """The drawing beside a question, of those that the pages have."""

    CALENDAR = "calendar"
    CLOCK = "clock"
    COFFEE = "coffee"
    FARM = "farm"
    HAND = "hand"
    HOUSE = "house"
    ID_CARD = "id-card"
    MONEY = "money"
    PAPER = "paper"
    PEOPLE = "people"
    PERSON = "person"
    PHONE = "phone"
    PLANE = "plane"
    SPEECH = "speech"


@dataclass(frozen=True)
class Option:
    """One value of a choice, and its words."""

    value: str
    label_es: str
    label_en: str


@dataclass(frozen=True)
class OnlyIf:
    """The answers to an earlier question, yes or no or a choice, after which one is asked."""

    question: str
    values: tuple[str, ...]

    def holds(self, given: Mapping[str, Given]) -> bool:
        """Whether it was answered so; while it is open nothing follows from it."""
        told = given.get(self.question)
        said = {True: YES, False: NO}.get(told, told) if isinstance(told, bool) else told
        return said in self.values


@dataclass(frozen=True)
class ProgrammeQuestion:
    """One question. `seen_by` are the agencies that read the answer, `employer` whether it does.

    `options` belong to a choice, `least` and `most` (both included) to a number, `longest`, in
    characters, to a text. `only_if` says after which answer it is asked at all. `source` says why
    it is asked, `valid_from` is its first day, `ended_from` the first on which it is asked no more.
    """

    id: str
    kind: QuestionKind
    label_es: str
    label_en: str
    required: bool
    pictogram: QuestionPictogram
    after: After
    seen_by: tuple[Agency, ...]
    source: str
    valid_from: date
    hint_es: str = ""
    hint_en: str = ""
    employer: bool = False
    options: tuple[Option, ...] = ()
    least: int = 0
    most: int = 0
    longest: int = 0
    only_if: OnlyIf | None = None
    ended_from: date | None = None

    def is_asked_on(self, day: date) -> bool:
        """Whether the programme of a day asks it."""
        return self.valid_from <= day and (self.ended_from is None or day < self.ended_from)

    @property
    def field(self) -> str:
        """How a fault names it."""
        return f"{FIELD}.{self.id}"

    def label(self, language: str) -> str:
        """The question itself; Spanish where the language is neither of the two."""
        return self.label_en if language == "en" else self.label_es

    def hint(self, language: str) -> str:
        """How to answer, "" where the file says nothing."""
        return self.hint_en if language == "en" else self.hint_es

    def choices(self, language: str) -> Mapping[str, str]:
        """Each value of a choice with its words."""
        return {
            one.value: one.label_en if language == "en" else one.label_es for one in self.options
        }

    def __str__(self) -> str:
        """As `vereda programmes diff` shows it: everything that an answer depends on."""
        bounds = {
            QuestionKind.CHOICE: ", ".join(
                f"{one.value}: {one.label_es} / {one.label_en}" for one in self.options
            ),
            QuestionKind.NUMBER: f"{self.least} to {self.most}",
            QuestionKind.TEXT: f"at most {self.longest} characters",
        }.get(self.kind, "")
        readers = [*self.seen_by, *(["employer"] if self.employer else [])]
        told = (
            f"{self.kind} {bounds}".strip(),
            "required" if self.required else "optional",
            f"after {self.after}",
            f"only if {self.only_if.question} is {' or '.join(self.only_if.values)}"
            if self.only_if
            else "",
            f"seen by {', '.join(readers)}",
            f"{self.label_es} / {self.label_en}",
            f"{self.hint_es} / {self.hint_en}" if self.hint_es else "",
            self.source,
            str(self.valid_from),
            f"asked no more from {self.ended_from}" if self.ended_from else "",
        )
        return "; ".join(part for part in told if part)


def is_asked(question: ProgrammeQuestion, given: Mapping[str, Given]) -> bool:
    """Whether a question is asked after these answers."""
    return question.only_if is None or question.only_if.holds(given)


def asked_of(
    questions: Sequence[ProgrammeQuestion], given: Mapping[str, Given]
) -> tuple[ProgrammeQuestion, ...]:
    """The questions that are asked after these answers, in their order."""
    return tuple(one for one in questions if is_asked(one, given))


def find_fault(question: ProgrammeQuestion, value: object) -> Fault | None:
    """What is wrong with one answer; None where it is right."""
    told = _judge(question, value)
    return Fault(told[0], question.field, told[1]) if told else None


def _judge(question: ProgrammeQuestion, value: object) -> tuple[str, dict[str, str | int]] | None:
    match question.kind:
        case QuestionKind.YES_NO:
            return None if isinstance(value, bool) else ("unknown-value", {})
        case QuestionKind.CHOICE:
            known = {one.value for one in question.options}
            return None if isinstance(value, str) and value in known else ("unknown-value", {})
        case QuestionKind.NUMBER:
            return _judge_number(question, value)
        case QuestionKind.DATE:
            return None if _is_day(value) else ("date-impossible", {})
        case QuestionKind.TEXT:
            if not isinstance(value, str) or not value.isprintable():
                return "wrong-shape", {}
            long = len(value) > question.longest
            return ("too-long", {"limit": question.longest}) if long else None


def _judge_number(
    question: ProgrammeQuestion, value: object
) -> tuple[str, dict[str, str | int]] | None:
    if not isinstance(value, int) or isinstance(value, bool):
        return "not-a-whole-number", {}
    if value < question.least:
        return "too-small", {"limit": question.least}
    return ("too-large", {"limit": question.most}) if value > question.most else None


def _is_day(value: object) -> bool:
    try:
        day = date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return False
    return day is not None and day.isoformat() == value and FIRST_YEAR <= day.year <= LAST_YEAR


def merged(
    before: Mapping[str, Given],
    changes: Mapping[str, object],
    questions: Sequence[ProgrammeQuestion],
) -> tuple[dict[str, Given], list[Fault]]:
    """The answers with some of them changed, and every fault of those that were.

    None and a blank text take an answer back: of an optional question it is known then that it was
    asked. A text loses its outer and doubled blanks. What was
    answered to a question that is asked no more stays. A name that no question has is
    `unknown-field`; it came from outside and is not repeated. Where another answer says that a
    question is not asked, its own goes, and giving one is `not-asked`.
    """
    known = {one.id: one for one in questions}
    after, faults = dict(before), []
    for name, value in changes.items():
        question = known.get(name)
        if question is None:
            faults.append(Fault("unknown-field", FIELD))
            continue
        told = " ".join(value.split()) if isinstance(value, str) else value
        if told is None or told == "":
            after.pop(name, None)
            if not question.required:
                after[name] = None
        elif fault := find_fault(question, told):
            faults.append(fault)
        elif isinstance(told, bool | int | str):
            after[name] = told
    for one in questions:
        if is_asked(one, after):
            continue
        if after.pop(one.id, None) is not None and one.id in changes:
            faults.append(Fault("not-asked", one.field))
    return after, faults


def find_open(
    given: Mapping[str, Given], questions: Sequence[ProgrammeQuestion]
) -> Iterator[Fault]:
    """What stops the sending: an answer that is missing or fits no more."""
    for one in asked_of(questions, given):
        value = given.get(one.id)
        fault = Fault("missing", one.field) if value is None else find_fault(one, value)
        if fault and (value is not None or one.required):
            yield fault


def still_fitting(
    given: Mapping[str, Given], questions: Sequence[ProgrammeQuestion]
) -> dict[str, Given]:
    """What of earlier answers is taken over where a person asks again."""
    return {
        one.id: given[one.id]
        for one in questions
        if one.id in given and find_fault(one, given[one.id]) is None
    }
