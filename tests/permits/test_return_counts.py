"""Counts of answers: none below five, and no difference of two looks that tells of anybody."""

import itertools
import random
from dataclasses import replace
from datetime import date

import pytest

from permits.return_counts import FEWEST, Tally, figures_of
from permits.return_surveys import QUESTIONS, ComingBack, SurveyAnswers, YesNo

SEASON = date(2026, 10, 1)
GOOD = SurveyAnswers(YesNo.YES, YesNo.YES, YesNo.NO, YesNo.YES, ComingBack.SAME_EMPLOYER, YesNo.NO)
BAD = replace(GOOD, treated_well=YesNo.NO)


@pytest.mark.feature("A3")
def test_no_count_below_five_is_told_nor_can_be_found() -> None:
    four = figures_of("x", SEASON, Tally().adding([GOOD] * 4))
    assert (four.answered, set(four.questions.values())) == (None, {None})
    told = figures_of("x", SEASON, Tally().adding([GOOD] * 6 + [BAD] * 5))
    assert told.answered == 11
    assert told.questions["treated_well"] == {"yes": 6, "no": 5}
    assert told.questions["asked_for_money"] == {"yes": 0, "no": 11}
    # One "no" of four would be found from the sum: the whole question is silent.
    few = figures_of("x", SEASON, Tally().adding([GOOD] * 6 + [BAD] * 4))
    assert few.questions["treated_well"] is None
    silent = [SurveyAnswers(come_back=ComingBack.NO)] * 5
    assert figures_of("x", SEASON, Tally().adding(silent)).questions["treated_well"] is None


def by_chance(chance: random.Random) -> SurveyAnswers:
    """Somebody's answers, some left out; one in ten was treated badly."""
    said = {name: chance.choice([*codes, None]) for name, codes in QUESTIONS.items()}
    said["treated_well"] = chance.choices(["yes", "no"], [9, 1])[0]
    return SurveyAnswers(**said)  # type: ignore[arg-type]  # codes are their own words


@pytest.mark.feature("A3")
def test_no_difference_of_two_looks_tells_of_fewer_than_five() -> None:
    chance, looks = random.Random(47), [Tally()]
    every = [by_chance(chance) for _ in range(400)]
    for one in every:
        looks.append(looks[-1].adding([one]))
    for before, after in itertools.pairwise(looks):
        assert after.told_answers - before.told_answers in {0, FEWEST}
        for name, counts in after.told.items():
            earlier = before.told.get(name, {})
            steps = {code: number - earlier.get(code, 0) for code, number in counts.items()}
            assert all(step == 0 or step >= FEWEST for step in steps.values()), name
    # Nothing is lost and nothing counted twice: told and waiting are all.
    last = looks[-1]
    for name in QUESTIONS:
        for code in QUESTIONS[name]:
            given = sum(getattr(one, name) == code for one in every)
            kept = [part.get(name, {}).get(code, 0) for part in (last.told, last.waiting)]
            assert sum(kept) == given, (name, code)
    assert last.told["treated_well"]["no"] >= 2 * FEWEST  # the counts do move on
