"""A programme's own questions: how its file is read, what may be answered, who reads it."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from permits.answer_checks import find_missing
from permits.errors import Fault, Invalid
from permits.people import Actor, Agency, Role
from permits.programme_changes import find_breaks, list_changes
from permits.programme_files import examine, read
from permits.programme_questions import (
    Given,
    ProgrammeQuestion,
    find_open,
    merged,
    still_fitting,
)
from permits.programmes import Programme
from permits.submissions import Answers
from permits.visibility import visible_answers
from tests.permits.cases import INM, SETRASS, WORKER, stand_in
from tests.permits.test_answer_checks import SETTING
from tests.permits.test_programmes import DAY, given_mapping

pytestmark = pytest.mark.feature("D5")

TODAY = date(2026, 12, 1)


def asked(id_: str = "licence", **other: object) -> dict[str, Any]:
    """A question as a file says it; None leaves a key out."""
    question = {
        "id": id_,
        "kind": "yes-no",
        "label_es": "¿Tiene licencia de conducir?",
        "label_en": "Do you have a driving licence?",
        "required": True,
        "pictogram": "id-card",
        "after": "phone",
        "seen_by": ["setrass"],
        "source": "round table",
        "valid_from": DAY,
        **other,
    }
    return {name: value for name, value in question.items() if value is not None}


OPTIONS = [
    {"value": "car", "label_es": "Carro", "label_en": "Car"},
    {"value": "lorry", "label_es": "Camión", "label_en": "Lorry"},
]
EVERY_KIND = [
    asked(),
    asked("vehicle", kind="choice", options=OPTIONS, required=False, seen_by=["inm"]),
    asked("seasons", kind="number", least=0, most=60, seen_by=["setrass", "inm"]),
    asked("since", kind="date", required=False, employer=True),
    asked("village", kind="text", longest=10, hint_es="Sólo el nombre.", hint_en="The name only."),
]


def programme(questions: list[dict[str, Any]]) -> Programme:
    return read(given_mapping() | {"questions": questions})


QUESTIONS = programme(EVERY_KIND).questions


def test_a_file_asks_what_it_says_and_none_asks_nothing() -> None:
    licence, vehicle, seasons, since, village = QUESTIONS
    assert read(given_mapping()).questions == ()
    assert (licence.id, licence.seen_by, licence.employer) == ("licence", (Agency.SETRASS,), False)
    assert vehicle.choices("en") == {"car": "Car", "lorry": "Lorry"}
    assert (seasons.least, seasons.most, village.longest, since.employer) == (0, 60, 10, True)
    assert (village.hint("es"), village.label("en")) == ("Sólo el nombre.", licence.label_en)


LONG = " ".join(["palabra"] * 16)
WRONG: list[tuple[dict[str, Any], list[tuple[str, str]]]] = [
    (asked("Licence"), [("unknown-value", "questions.0.id")]),
    (asked("date-of-birth"), [("standard-answer", "questions.0.id")]),
    (asked("photo"), [("standard-answer", "questions.0.id")]),
    (asked("-".join(["abcdefghij"] * 4)), [("too-long", "questions.0.id")]),
    (asked(kind="poem"), [("unknown-value", "questions.0.kind")]),
    (asked(least=1), [("unknown-key", "questions.0.least")]),
    (asked(kind="number"), [("missing", f"questions.0.{name}") for name in ("least", "most")]),
    (asked(kind="number", least=2, most=1), [("out-of-range", "questions.0.most")]),
    (asked(kind="text", longest=201), [("out-of-range", "questions.0.longest")]),
    (asked(kind="choice", options=OPTIONS[:1]), [("out-of-range", "questions.0.options")]),
    (asked(kind="choice", options=OPTIONS * 5), [
        ("out-of-range", "questions.0.options"), ("twice", "questions.0.options"),
    ]),
    (asked(kind="choice", options=[*OPTIONS, OPTIONS[0]]), [("twice", "questions.0.options")]),
    (asked(label_es=LONG), [("too-long", "questions.0.label_es")]),
    (asked(label_en="x" * 121), [("too-long", "questions.0.label_en")]),
    (asked(hint_es="Sólo el nombre."), [("missing", "questions.0.hint_en")]),
    (asked(pictogram="dragon"), [("unknown-value", "questions.0.pictogram")]),
    (asked(after="consent"), [("unknown-value", "questions.0.after")]),
    (asked(seen_by=[]), [("missing", "questions.0.seen_by")]),
    (asked(seen_by=["police"]), [("unknown-value", "questions.0.seen_by")]),
    (asked(source=None, valid_from=None), [
        ("missing", "questions.0.source"), ("missing", "questions.0.valid_from"),
    ]),
]  # fmt: skip


@pytest.mark.parametrize(("question", "faults"), WRONG)
def test_every_fault_of_a_question_is_told_at_once(
    question: dict[str, Any], faults: list[tuple[str, str]]
) -> None:
    _, found = examine(given_mapping() | {"questions": [question]})
    assert [(one.code, one.field) for one in found] == faults


def test_two_of_one_name_and_too_many_are_refused() -> None:
    with pytest.raises(Invalid) as refused:
        programme([asked(f"q{n % 10}") for n in range(11)])
    assert [one.code for one in refused.value.faults] == ["out-of-range", "twice"]


RIGHT: dict[str, Any] = {
    "licence": False,
    "vehicle": "car",
    "seasons": 0,
    "since": "2020-02-29",
    "village": "El  Paraíso",
}
REFUSED: list[tuple[str, object, str]] = [
    *(("licence", value, "unknown-value") for value in ("yes", 1)),
    *(("vehicle", value, "unknown-value") for value in ("plane", True)),
    *(("seasons", value, "not-a-whole-number") for value in (True, "3", 1.5)),
    ("seasons", -1, "too-small"),
    ("seasons", 61, "too-large"),
    *(("since", value, "date-impossible") for value in ("2021-02-29", "20200229", "0001-01-01", 3)),
    ("village", "Jocotán abajo", "too-long"),
    *(("village", value, "wrong-shape") for value in ("a\x00b", 3)),
]


def test_what_fits_is_kept_and_other_answers_stay() -> None:
    kept, faults = merged({"gone": 1}, RIGHT, QUESTIONS)
    assert (kept, faults) == ({"gone": 1} | RIGHT | {"village": "El Paraíso"}, [])
    assert list(find_open(kept, QUESTIONS)) == []
    assert still_fitting(kept, QUESTIONS).keys() == RIGHT.keys()
    assert still_fitting({"licence": "old", "vehicle": None}, QUESTIONS) == {}


@pytest.mark.parametrize(("name", "value", "code"), REFUSED)
def test_what_does_not_fit_is_refused(name: str, value: object, code: str) -> None:
    kept, faults = merged({}, {name: value}, QUESTIONS)
    assert kept == {}
    assert [(one.code, one.field) for one in faults] == [(code, f"extra.{name}")]
    open_ = {one.field: one.code for one in find_open({name: value}, QUESTIONS)}  # type: ignore[dict-item]
    assert open_[f"extra.{name}"] == code


def test_a_name_that_no_question_has_is_not_repeated() -> None:
    assert merged({}, {"shoe-size": 40}, QUESTIONS)[1] == [Fault("unknown-field", "extra")]


def test_a_blank_takes_an_answer_back_and_only_what_is_required_stops_the_sending() -> None:
    kept, faults = merged(RIGHT, {"licence": None, "vehicle": None, "village": "  "}, QUESTIONS)
    assert faults == []
    assert kept == {"vehicle": None, "seasons": 0, "since": "2020-02-29"}
    asks = replace(SETTING, programme=replace(SETTING.programme, questions=QUESTIONS))
    missing = {one.field for one in find_missing(Answers(extra=kept), (), asks)}
    assert {name for name in missing if name.startswith("extra")} == {
        "extra.licence",
        "extra.village",
    }


def test_each_reads_the_answers_that_the_question_names_them_for() -> None:
    answers = Answers(extra=RIGHT | {"gone": 1})

    def seen(actor: Actor) -> set[str]:
        return set(visible_answers(actor, answers, QUESTIONS).extra)

    assert seen(WORKER) == seen(stand_in(Role.FACILITATOR)) == set(RIGHT)
    assert seen(SETRASS) == {"licence", "seasons", "since", "village"}
    assert seen(INM) == {"vehicle", "seasons"}
    assert seen(stand_in(Role.EMPLOYER)) == {"since"}
    for role in (Role.PARTNER_AUTHORITY, Role.ADMINISTRATOR, Role.BORDER_AGENT, Role.DATA_ANALYST):
        assert seen(stand_in(role)) == set()


def changed(at: int, **other: object) -> list[dict[str, Any]]:
    return [{**one, **other} if n == at else one for n, one in enumerate(EVERY_KIND)]


TOMORROW = TODAY + timedelta(days=1)
MORE = [*OPTIONS, {"value": "bus", "label_es": "Bus", "label_en": "Bus"}]
BREAKS: list[tuple[list[dict[str, Any]], list[tuple[str, str]]]] = [
    (EVERY_KIND[1:], [("still-used", "questions.licence")]),
    (changed(0, kind="text", longest=9), [("fixed-while-open", "questions.licence")]),
    (changed(0, seen_by=["setrass", "inm"]), [("fixed-while-open", "questions.licence")]),
    (changed(0, employer=True), [("fixed-while-open", "questions.licence")]),
    (changed(1, options=[OPTIONS[0], MORE[2]]), [("fixed-while-open", "questions.vehicle")]),
    (changed(1, options=MORE), []),
    (changed(2, least=1), [("fixed-while-open", "questions.seasons")]),
    (changed(2, most=59), [("fixed-while-open", "questions.seasons")]),
    (changed(4, longest=9), [("fixed-while-open", "questions.village")]),
    (changed(2, least=-1, most=61, seen_by=["inm"], after="sex", label_es="¿Y?"), []),
    (changed(1, required=True), [("past-changed", "questions.vehicle")]),
    (changed(0, required=False), []),
    ([*EVERY_KIND, asked("boots")], [("past-changed", "questions.boots")]),
    ([*EVERY_KIND, asked("boots", valid_from=TOMORROW)], []),
    ([*EVERY_KIND, asked("boots", required=False)], []),
]  # fmt: skip


@pytest.mark.parametrize(("after", "faults"), BREAKS)
def test_no_answer_given_becomes_wrong_and_nobody_new_reads_it(
    after: list[dict[str, Any]], faults: list[tuple[str, str]]
) -> None:
    before = programme(EVERY_KIND)
    found = find_breaks(before, programme(after), 1, TODAY)
    assert [(one.code, one.field) for one in found] == faults
    assert find_breaks(before, programme(after), 0, TODAY) == []


def test_what_another_version_asks_is_told_question_by_question() -> None:
    after = programme([*EVERY_KIND[1:], asked("boots")])
    told = {
        one.field: (one.before, one.after) for one in list_changes(programme(EVERY_KIND), after)
    }
    assert told.keys() == {"questions.licence", "questions.boots"}
    before, now = told["questions.licence"]
    assert now == ""
    assert before.startswith("yes-no; required; after phone; seen by setrass; ¿Tiene licencia")
    every: list[ProgrammeQuestion] = [*QUESTIONS]
    assert "seen by setrass, employer" in str(every[3])
    assert "choice car: Carro / Car, lorry: Camión / Lorry; optional" in str(every[1])


def test_a_question_is_asked_from_its_day_on() -> None:
    later = programme([*EVERY_KIND, asked("boots", valid_from=TOMORROW)])
    assert [one.id for one in later.on(TODAY).questions] == [one.id for one in QUESTIONS]
    assert later.on(TOMORROW).questions[-1].id == "boots"


DEPENDENT = [
    asked("drives"),
    asked("since", kind="date", only_if={"question": "drives", "values": ["yes"]}),
]
BASE, SINCE = DEPENDENT


def test_a_question_is_asked_only_after_the_answer_that_its_file_names() -> None:
    some = programme(DEPENDENT).questions
    told = []
    for drives in (True, False, None):
        given: dict[str, Given] = {} if drives is None else {"drives": drives}
        told.append([fault.field for fault in find_open(given, some)])
    assert told == [["extra.since"], [], ["extra.drives"]]
    kept: dict[str, Given] = {"drives": True, "since": "2020-05-01"}
    # Another answer takes away what depended on it; giving it all the same is refused.
    assert merged(kept, {"drives": False}, some) == ({"drives": False}, [])
    _, faults = merged({"drives": False}, {"since": "2020-05-01"}, some)
    assert faults == [Fault("not-asked", "extra.since")]
    assert merged({}, kept, some) == (kept, [])


@pytest.mark.parametrize(
    ("questions", "fault"),
    [
        (DEPENDENT[::-1], ("not-asked-before", "questions.0.only_if")),
        (
            [DEPENDENT[0] | {"after": "vacancy"}, DEPENDENT[1]],
            ("not-asked-before", "questions.1.only_if"),
        ),
        (
            [BASE, SINCE | {"only_if": {"question": "drives", "values": ["maybe"]}}],
            ("unknown-value", "questions.1.only_if"),
        ),
        (
            [DEPENDENT[0], DEPENDENT[1] | {"seen_by": ["inm"]}],
            ("reader-learns", "questions.1.seen_by"),
        ),
        (
            [DEPENDENT[0], DEPENDENT[1] | {"employer": True}],
            ("reader-learns", "questions.1.seen_by"),
        ),
    ],
)
def test_a_condition_that_cannot_be_is_refused(
    questions: list[dict[str, Any]], fault: tuple[str, str]
) -> None:
    with pytest.raises(Invalid) as refused:
        programme(questions)
    assert [(one.code, one.field) for one in refused.value.faults] == [fault]
