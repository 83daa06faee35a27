"""When a worker is asked, what each answer means, who may act, and when a farm's silence counts."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from permits.errors import Conflict, Invalid
from permits.people import PersonId
from recruitment.check_in_days import (
    Rate,
    days_of,
    due_now,
    is_silent,
    is_told,
    list_due,
)
from recruitment.check_ins import (
    AT_ONCE,
    GOOD,
    QUESTIONS,
    SIGNS,
    CheckIn,
    CheckInAnswers,
    Moment,
    Way,
    answered,
    judge_answers,
    judge_pattern,
    read_answers,
    reports_of,
)
from recruitment.complaints.words import Category, DangerSign
from recruitment.ethics.facts import Report
from recruitment.ethics.words import Indicator
from recruitment.wanted_cases import (
    ABOUT,
    Grade,
    Ground,
    Wanted,
    categories_of,
    dangers_of,
    want_case,
)
from tests.recruitment.ethics.table import ON, parameters, reference

DAYS = days_of(reference().ethics, ON)
START = date(2026, 11, 1)
DAY = timedelta(days=1)
NOW = datetime(2026, 11, 8, 15, tzinfo=UTC)
WELL = CheckInAnswers("yes", "yes", "no", "yes", "yes", "no")
ASKED = CheckIn(
    *(UUID(int=1), UUID(int=2), UUID(int=3), PersonId(UUID(int=4)), UUID(int=5)),
    "coffee-hn-gt",
    Moment.FIRST_WEEK,
    NOW,
    NOW + timedelta(days=6),
)


@pytest.mark.feature("N4")
def test_days_7_30_60_and_before_leaving() -> None:
    last = START + 90 * DAY
    assert list_due(START, last, DAYS) == (
        (Moment.FIRST_WEEK, START + 7 * DAY),
        (Moment.FIRST_MONTH, START + 30 * DAY),
        (Moment.SECOND_MONTH, START + 60 * DAY),
        (Moment.LEAVING, last - 3 * DAY),
    )
    # A month's job: what falls on the day of leaving is asked once.
    assert list_due(START, START + 33 * DAY, DAYS) == (
        (Moment.FIRST_WEEK, START + 7 * DAY),
        (Moment.LEAVING, START + 30 * DAY),
    )
    assert list_due(START, START + 3 * DAY, DAYS) == ()

    def due(day: int, *asked: Moment) -> Moment | None:
        return due_now(START, last, DAYS, START + day * DAY, asked)

    assert [due(6), due(7), due(10), due(11)] == [None, Moment.FIRST_WEEK, Moment.FIRST_WEEK, None]
    assert due(8, Moment.FIRST_WEEK) is None
    assert due(87, Moment.FIRST_WEEK) is Moment.LEAVING


@pytest.mark.feature("N4")
def test_every_answer_that_is_not_well_is_a_sign_and_only_danger_acts_at_once() -> None:
    assert len(QUESTIONS) == 6
    wrong = {(name, code) for name, codes in QUESTIONS.items() for code in codes}
    wrong -= {(name, code) for name, codes in GOOD.items() for code in codes}
    assert set(SIGNS) == wrong == set(ABOUT)
    assert wrong - AT_ONCE == {
        *(("paid", "late"), ("paid", "less"), ("rest", "no"), ("living", "bad"))
    }
    assert (WELL.wrong, WELL.in_danger) == (frozenset(), False)
    with pytest.raises(Invalid) as told:
        read_answers({"paid": "maybe", "name": "yes"}, act=False)
    assert [one.field for one in told.value.faults] == ["paid", "name"]
    with pytest.raises(Invalid) as empty:
        read_answers({"paid": ""}, act=True)
    assert [one.code for one in empty.value.faults] == ["survey-empty"]
    assert read_answers({"safe": "hurt"}, act=True) == CheckInAnswers(safe="hurt", act=True)


@pytest.mark.feature("N4")
def test_the_first_answers_stand() -> None:
    after = answered(ASKED, WELL, NOW, Way.LINK)
    with pytest.raises(Conflict, match="check-in-answered"):
        answered(after, replace(WELL, safe="hurt"), NOW, Way.LINK)
    with pytest.raises(Conflict, match="check-in-closed"):
        answered(ASKED, WELL, ASKED.closes_at, Way.OWN)
    with pytest.raises(Conflict, match="check-in-answered"):
        answered(answered(ASKED, WELL, NOW, Way.OWN), replace(WELL, safe="hurt"), NOW, Way.PHONE)
    assert (ASKED.is_open(NOW), after.is_open(NOW)) == (True, False)


@pytest.mark.feature("N4")
@pytest.mark.parametrize(
    ("first", "more", "kept"),
    [
        ({}, {"free": "cannot-leave", "paid": "yes"}, {"free": "cannot-leave"}),
        ({"living": "bad"}, {"living": "untended"}, {"living": "untended"}),
        ({"living": "untended"}, {"living": "bad", "rest": "no"}, {"rest": "no"}),
        ({"paid": "late"}, {"paid": "less"}, {"paid": "less"}),
        ({"paid": "late"}, {"paid": "late", "act": True}, {}),
        ({"paid": None}, {"paid": "late"}, {"paid": "late"}),
        ({"safe": "hurt"}, {"safe": "no"}, None),
        ({}, {"act": True}, None),
        ({"safe": "hurt"}, {"safe": "hurt"}, None),
    ],
)
@pytest.mark.parametrize("way", [Way.OWN, Way.PHONE])
def test_after_the_link_what_is_graver_is_added_and_nothing_milder(
    first: dict[str, object],
    more: dict[str, object],
    kept: dict[str, str] | None,
    way: Way,
) -> None:
    before = answered(ASKED, replace(WELL, **first), NOW, Way.LINK)  # type: ignore[arg-type]
    told = replace(WELL, **more)  # type: ignore[arg-type]
    if kept is None:
        with pytest.raises(Conflict, match="check-in-answered"):
            answered(before, told, NOW, way)
        return
    after = answered(before, told, NOW, way)
    assert after.answers == before.answers
    assert after.added[0].answers == CheckInAnswers(**kept, act=told.act)
    assert set(kept.items()) <= after.told.wrong
    assert (after.told.act, after.told.in_danger) == (
        told.act,
        before.told.in_danger or told.in_danger,
    )
    with pytest.raises(Conflict, match="check-in-closed"):
        answered(before, told, ASKED.closes_at, way)


PAID_LATE = {"paid": "late"}
S1, S2, S3 = Grade
EX, ASKS = Ground


@pytest.mark.feature("N4")
@pytest.mark.parametrize(
    ("changes", "rules", "wanted"),
    [
        ({}, [], None),
        ({"paid": "not-due"}, [], None),
        (PAID_LATE, ["R34.told-unpaid"], None),
        ({**PAID_LATE, "act": True}, ["R34.told-unpaid"], (S2, ASKS, 1)),
        ({"paid": "less", "act": True}, ["R34.told-less"], (S2, ASKS, 1)),
        ({"rest": "no", "act": True}, [], (S3, ASKS, 1)),
        ({"act": True}, [], None),
        ({"document": "yes"}, ["R33.held"], (S2, EX, 1)),
        ({"document": "yes", "safe": "threatened"}, ["R33.held-with-threats", "R36.not-safe"], S1),
        ({"free": "phone-taken"}, ["R35.not-free"], (S1, EX, 1)),
        ({"free": "guarded", "paid": "late"}, ["R34.told-unpaid", "R35.not-free"], (S1, EX, 1)),
        ({"safe": "hurt", "paid": "late", "act": True}, ["R34.told-unpaid", "R36.not-safe"], S1),
        ({"living": "untended"}, [], (S1, EX, 1)),
        ({"living": "bad"}, [], None),
        ({"document": None, "free": None}, [], None),
    ],
)
def test_what_is_found_and_whether_a_case_is_wanted(
    changes: dict[str, object], rules: list[str], wanted: object
) -> None:
    answers = replace(WELL, **changes)  # type: ignore[arg-type]
    found = judge_answers(answers, parameters(), ON)
    assert [f"{one.rule}.{one.code}" for one in found] == rules
    case = want_case(answers, found)
    if isinstance(wanted, Grade):
        assert case == Wanted(wanted, EX, tuple(sorted(answers.wrong)))
    else:
        assert (case and (case.grade, case.ground, len(case.told))) == wanted


@pytest.mark.feature("N4")
def test_several_signs_of_one_worker_or_one_sign_of_three() -> None:
    both = replace(WELL, rest="no", living="bad")
    own, shared = judge_pattern(reports_of("a", both, ON), "a", parameters(), ON)
    assert own is not None
    assert (own.code, shared) == ("signs-of-one-worker", ())
    # Several signs act at once, and all that is not well is read.
    assert want_case(both, [own]) == Wanted(S1, EX, (("living", "bad"), ("rest", "no")))
    unpaid = [Report(who, Indicator.WITHHOLDING_OF_WAGES, ON) for who in "abc"]
    assert judge_pattern(unpaid[:2], "a", parameters(), ON) == (None, ())
    own, (found,) = judge_pattern([*unpaid, *reports_of("z", both, ON)], "a", parameters(), ON)
    assert (own, found.code) == (None, "sign-of-several")
    assert found.facts == {"indicators": "withholding-of-wages"}
    farm = Wanted(S1, EX)
    assert categories_of(farm, [found]) == (Category.WAGE_UNPAID,)
    assert dangers_of(farm) == {DangerSign.IN_DANGER_NOW}


@pytest.mark.feature("N4")
def test_silence_counts_from_five_who_were_asked() -> None:
    assert [is_silent(5, one, DAYS) for one in (0, 1, 2)] == [True, True, False]
    assert not is_silent(4, 0, DAYS)
    assert not is_silent(10, 3, DAYS)
    assert [is_told(Rate(ON, number, 0), DAYS) for number in (4, 5)] == [False, True]
