"""What a season's workers answered, in counts that tell of nobody (domain 5.8).

A count is told from `FEWEST` on. That alone would not do: who looks before and after somebody
answers finds that answer in the difference. So what was told moves on in steps, question by
question, and each step is itself one of which each count is none or `FEWEST` and more. What
waits for its step is told to nobody.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from permits.return_surveys import QUESTIONS, SurveyAnswers

FEWEST = 5
"""A count below this could point at a person."""

Counts = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True)
class Tally:
    """Answers of one programme and season: what is told, and what waits for its step.

    `told` and `waiting` map each question to its counts by code; the two numbers are of workers.
    """

    told: Counts = field(default_factory=dict)
    waiting: Counts = field(default_factory=dict)
    told_answers: int = 0
    waiting_answers: int = 0

    def adding(self, every: Collection[SurveyAnswers]) -> "Tally":
        """With these answers, each question moved on where its step tells of nobody."""
        given = {name: _count(name, every) for name in QUESTIONS}
        waiting = {name: _sum(self.waiting.get(name, {}), given[name]) for name in QUESTIONS}
        ready = {name for name, counts in waiting.items() if _may_be_told(counts)}
        told = dict(self.told)
        for name in ready:
            told[name] = _sum(told.get(name, {}), waiting[name])
        left = {name: {} if name in ready else counts for name, counts in waiting.items()}
        answers = self.waiting_answers + len(every)
        step = answers if answers >= FEWEST else 0
        return Tally(told, left, self.told_answers + step, answers - step)


@dataclass(frozen=True)
class Figures:
    """What a season's workers answered; a question is None where nothing of it can be told yet.

    `answered` is None below `FEWEST`.
    """

    programme: str
    season: date
    answered: int | None
    questions: Mapping[str, Mapping[str, int] | None]


def figures_of(programme: str, season: date, tally: Tally) -> Figures:
    """What is told of a season."""
    questions = {name: tally.told.get(name) for name in QUESTIONS}
    return Figures(programme, season, tally.told_answers or None, questions)


def _count(name: str, every: Collection[SurveyAnswers]) -> dict[str, int]:
    given = [getattr(one, name) for one in every]
    return {code: given.count(code) for code in QUESTIONS[name]}


def _sum(one: Mapping[str, int], other: Mapping[str, int]) -> dict[str, int]:
    return {code: one.get(code, 0) + other.get(code, 0) for code in {**one, **other}}


def _may_be_told(counts: Mapping[str, int]) -> bool:
    return any(counts.values()) and not any(0 < number < FEWEST for number in counts.values())
