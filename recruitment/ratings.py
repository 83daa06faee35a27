"""What workers say of an employer, in counts that tell of nobody (N5).

One stay (a right that is over) speaks once, whatever it answered during the job and after it. A
count is told from five on. Three more things keep a person from being found: counts move on in
steps of which each is none or five and more, so that two looks differ by nobody; a bad word is told
only where as many others could have said nothing or the contrary, so that an employer who knows
everybody who worked there does not know who said it; and stays are counted in groups of five and
more, which must hide their own bad words, so that an employer who looks each day does not know
whose was the word that was lacking.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from permits.errors import Conflict, Fault, refuse_if
from recruitment.check_ins import GOOD, CheckInAnswers

QUESTIONS = ("promised", "paid", "money", "treated", "living")
"""Was the work as promised, paid as agreed, without a charge, treated well, with a good place."""

WORDS_LIMIT = 500

FEWEST = 5
"""A count below this could point at a person (as in `permits/return_counts.py`)."""


class Word(StrEnum):
    """What a stay says of one question; a bad word outweighs a good one."""

    GOOD = "good"
    BAD = "bad"
    SILENT = "silent"


Stay = Mapping[str, Word]
Counts = Mapping[str, Mapping[str, int]]


def stay_of(after: Mapping[str, Word], during: Collection[CheckInAnswers]) -> Stay:
    """What one worker said in all, by question; `after` what they answered after the season."""
    said: dict[str, set[Word]] = {
        "paid": _during(during, "paid"),
        "treated": _during(during, *TREATED),
        "living": _during(during, "living"),
    }
    return {
        name: _gravest({after.get(name, Word.SILENT), *said.get(name, ())}) for name in QUESTIONS
    }


TREATED = ("rest", "document", "free", "safe")
"""Questions during the job that tell how somebody is treated."""


def _during(every: Collection[CheckInAnswers], *names: str) -> set[Word]:
    codes = ((name, getattr(one, name)) for one in every for name in names)
    # That pay day has not come says nothing yet.
    told = ((name, code) for name, code in codes if code and code != "not-due")
    return {Word.GOOD if code in GOOD[name] else Word.BAD for name, code in told}


def _gravest(words: Collection[Word]) -> Word:
    return next((one for one in (Word.BAD, Word.GOOD) if one in words), Word.SILENT)


@dataclass(frozen=True)
class Tally:
    """Counts of one employer by question: what is told, and what waits for its step."""

    told: Counts = field(default_factory=dict)
    waiting: Counts = field(default_factory=dict)

    def adding(self, stays: Collection[Stay]) -> "Tally":
        """With these stays, each question moved on where its step tells of nobody.

        ValueError for a group of fewer than five: the last of them would be known.
        """
        if len(stays) < FEWEST:
            raise ValueError("a group of stays is of five and more")
        told, waiting = dict(self.told), dict(self.waiting)
        for name in QUESTIONS:
            group = _count([stay[name] for stay in stays])
            before = waiting.get(name, {})
            counts: dict[str, int] = {word: before.get(word, 0) + group[word] for word in Word}
            if _may_be_told(counts) and _hides_bad(group):
                step = {word: counts[word] for word in (Word.GOOD, Word.BAD)}
                said = told.get(name, {})
                told[name] = {word: said.get(word, 0) + number for word, number in step.items()}
                counts = {}
            waiting[name] = counts
        return Tally(told, waiting)


def _count(words: Sequence[Word]) -> dict[str, int]:
    return {word: words.count(word) for word in Word}


def _may_be_told(counts: Mapping[str, int]) -> bool:
    good, bad, _ = (counts[word] for word in Word)
    if not (good or bad) or 0 < good < FEWEST or 0 < bad < FEWEST:
        return False
    return _hides_bad(counts)


def _hides_bad(counts: Mapping[str, int]) -> bool:
    """Whether as many could have said nothing or the contrary as are needed to hide a bad word."""
    return not counts[Word.BAD] or counts[Word.GOOD] + counts[Word.SILENT] >= FEWEST


@dataclass(frozen=True)
class Line:
    """One question of what is told: how many said that it was well, and how many that not."""

    question: str
    good: int
    bad: int


def lines_of(told: Counts) -> tuple[Line, ...]:
    """What is told, in the order of the questions; nothing where nothing can be told yet."""
    return tuple(
        Line(name, told[name].get(Word.GOOD, 0), told[name].get(Word.BAD, 0))
        for name in QUESTIONS
        if name in told
    )


@dataclass(frozen=True)
class EmployerReply:
    """What an employer answers in public, once; `hidden_at` since SETRASS took it down."""

    employer: UUID
    words: str
    replied_at: datetime
    hidden_at: datetime | None = None


def check_reply(lines: Collection[Line], before: EmployerReply | None, words: str) -> None:
    """Conflict where nothing is told yet, or it was answered; Invalid for no words or too many."""
    if before is not None:
        raise Conflict("rating-answered")
    if not lines:
        raise Conflict("rating-empty")
    faults = []
    if not words.strip():
        faults.append(Fault("missing", "words"))
    if len(words.strip()) > WORDS_LIMIT:
        faults.append(Fault("too-long", "words", {"limit": WORDS_LIMIT}))
    refuse_if(faults)
