"""What the workers of a made-up farm say of it at the end, and what may be told of that (N5)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

from app.services import leaving, ratings, return_surveys
from app.storage.authorisations import find_of_application
from permits.people import SYSTEM
from permits.return_surveys import QUESTIONS as ASKED
from recruitment.ratings import Line
from tests.lived import Lived
from tests.market_lives import Life

Lines = tuple[Line, ...]


@dataclass(frozen=True)
class Voice:
    """One worker: what is answered at work and after it, and the questions it is a word on."""

    life: Life
    survey: Mapping[str, str] = field(default_factory=dict)
    good: tuple[str, ...] = ()
    bad: tuple[str, ...] = ()


ALL_WELL: Mapping[str, str] = {
    "work_as_promised": "yes",
    "paid_as_promised": "yes",
    "asked_for_money": "no",
    "treated_well": "yes",
}


def _said(**changes: str) -> Mapping[str, object]:
    return changes


GLAD = Voice(Life(), ALL_WELL, good=("promised", "paid", "money", "treated", "living"))
CHEATED = Voice(
    Life(frozenset({("R34", "told-less")}), said=_said(paid="less")),
    {"work_as_promised": "no", "paid_as_promised": "yes"},
    good=("treated", "living"),
    bad=("promised", "paid"),  # paid less at work outweighs what is said of it afterwards
)
TIRED = Voice(
    Life(said=_said(rest="no")),
    ALL_WELL,
    good=("promised", "paid", "money", "living"),
    bad=("treated",),
)
CHARGED = Voice(Life(silent=True), {"asked_for_money": "yes"}, bad=("money",))
MUTE = Voice(Life(silent=True))


@dataclass(frozen=True)
class Farm:
    """Who worked there, and what everybody may read of it once all went home."""

    voices: Sequence[Voice]
    told: Lines = ()

    @property
    def of_several(self) -> bool:
        """Whether three of them told of one sign of forced labour."""
        return max(self.voices.count(TIRED), self.voices.count(CHEATED)) >= 3

    @property
    def is_silent(self) -> bool:
        """Whether five or more were asked, and fewer than 30 of a hundred answered (R37).

        Who answers stands in the farm's register, and who is silent does not: five who answer are
        told of as that farm, and the others count by themselves (decision 106).
        """
        answered = sum(not one.life.silent for one in self.voices)
        asked = len(self.voices)
        if answered >= 5:
            asked, answered = asked - answered, 0
        return asked >= 5 and answered * 100 < asked * 30


def _all(good: int, bad: int, *questions: str) -> Lines:
    return tuple(Line(name, good, bad) for name in questions)


NAMED = (
    Farm([TIRED] * 3),
    Farm([MUTE] * 5),
    Farm([GLAD] * 5, _all(5, 0, "promised", "paid", "money", "treated", "living")),
)
"""One whose workers tell of the same sign, one of whom nobody says anything, and a good one."""

FARMS: tuple[Farm, ...] = (
    Farm([GLAD] * 4),
    Farm([CHEATED] * 4),
    Farm([MUTE] * 6),
    # All of them said it: who was there would be known to have.
    Farm([CHEATED] * 5, _all(5, 0, "treated", "living")),
    Farm([GLAD] * 4 + [CHEATED], _all(5, 0, "treated", "living")),
    Farm(
        [GLAD] * 5 + [CHEATED] * 5,
        (
            *_all(5, 5, "promised", "paid"),
            Line("money", 5, 0),
            *_all(10, 0, "treated", "living"),
        ),
    ),
    Farm(
        [CHEATED] * 5 + [MUTE] * 5,
        (*_all(0, 5, "promised", "paid"), *_all(5, 0, "treated", "living")),
    ),
    Farm([CHARGED] * 5 + [MUTE] * 4),
    Farm([CHARGED] * 6 + [MUTE] * 5, (Line("money", 0, 6),)),
)
"""On both sides of five, each worked out by hand."""


def may_tell(voices: Sequence[Voice]) -> Lines:
    """What may be told of stays that are counted together, worked out once more from the rule."""
    told = []
    for name in GLAD.good:
        good = sum(name in one.good for one in voices)
        bad = sum(name in one.bad for one in voices)
        hidden = not bad or len(voices) - bad >= 5
        if len(voices) >= 5 and (good or bad) and not {good, bad} & {1, 2, 3, 4} and hidden:
            told.append(Line(name, good, bad))
    return tuple(told)


def make_farms(random: Random, count: int) -> list[Farm]:
    """So many farms of three workers to sixteen, most of whom are glad."""
    kinds = (GLAD, GLAD, GLAD, CHEATED, CHARGED, MUTE)
    made = []
    for _ in range(count):
        voices = random.choices(kinds, k=random.randrange(3, 17))
        made.append(Farm(voices, may_tell(voices)))
    return made


def go_home(every: Sequence[Lived], voices: Sequence[Voice]) -> None:
    """All end their right, are asked, answer as they wish, and their stays are counted."""
    for one in every:
        right = find_of_application(one.story.session, one.story.id)
        assert right is not None
        worker = one.story.work(one.story.worker)
        leaving.end_own_right(worker, right.id, seen_version=right.version)
    first = every[0].story.later(days=1)
    while return_surveys.ask_returned(first.work(SYSTEM)):
        pass
    for one, voice in zip(every, voices, strict=True):
        if voice.survey:
            given = {**dict.fromkeys(ASKED, ""), **voice.survey}
            one.story.now = first.now
            work = one.story.work(one.story.worker)
            return_surveys.answer_survey(work, one.story.id, given, call_me=False)
    later = first.later(days=70).work(SYSTEM)
    while return_surveys.close_returned(later):
        pass
    while ratings.count_stays(later, limit=len(every)):
        pass
