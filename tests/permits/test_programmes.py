"""A programme is read strictly: every fault at once, nothing guessed."""

import copy
from datetime import date, datetime
from typing import Any

import pytest

from permits.errors import Invalid
from permits.identity_documents import IdentityKind
from permits.people import Agency
from permits.programme_changes import list_changes
from permits.programme_files import LONGEST_NOTE, read
from permits.programme_rules import EVERY_LETTER, NEEDED_LETTERS, LetterKind, ProgrammeLetter
from permits.programmes import Hiring, Mode, Season, Threshold
from permits.submissions import DocumentKind

DAY = date(2026, 10, 1)


def threshold(value: int) -> dict[str, object]:
    return {
        "value": value,
        "source": "clause",
        "valid_from": DAY,
        "note": "why",
        "confirmed": False,
    }


CLOCKS = {
    "statutory_working_days": 40,
    "info_request_working_days": 10,
    "amber_percent": 60,
    "red_percent": 90,
    "reconsideration_working_days": 10,
    "appeal_working_days": 15,
    "reminder_working_days": 3,
    "reinstate_days": 30,
    "closing_days": 60,
    "unused_days": 30,
    "unused_notice_days": 7,
    "reconsideration_answer_working_days": 10,
    "appeal_answer_working_days": 15,
    "employer_change_working_days": 10,
    "identity_change_working_days": 10,
    "data_request_working_days": 10,
    "draft_reminder_days": 3,
    "question_pauses": 1,
    "suspension_days": 15,
}


SEASON = {
    "opens": "10-01",
    "closes": "04-30",
    "source": "terms",
    "valid_from": DAY,
    "note": "why",
    "confirmed": True,
}


def given_mapping() -> dict[str, Any]:
    return {
        "code": "coffee-hn-gt",
        "name_es": "Café",
        "name_en": "Coffee",
        "destination": "HND",
        "agencies": ["setrass", "inm"],
        "mode": "sequential",
        "nationalities": ["GTM"],
        "identity_kinds": ["gt-dpi"],
        "minimum_age_years": threshold(18),
        "season": dict(SEASON),
        "validity": {
            "maximum_days": threshold(180),
            "visa_free_stay_days": threshold(90),
            "renewal_days": threshold(30),
        },
        "documents": ["identity-front"],
        "photo_required": True,
        "signed_face": True,
        "clocks": {name: threshold(value) for name, value in CLOCKS.items()},
        "languages": ["spa", "caa"],
        "occupation": "9211",
        "credential_profile": "vereda",
        "posts": ["HN-GT-1"],
        "hiring": ["named", "on-acceptance"],
        "conditions": 0,
        "wage_sector": "agriculture",
        "piece_kg_per_day": threshold(80),
        "pathway": ["application", "labour", "migration", "permit"],
        "pictogram": "coffee",
        "valid_from": DAY,
        "source": "round table",
        "checked_on": DAY,
    }


def faults_of(mapping: dict[str, Any]) -> list[tuple[str, str]]:
    with pytest.raises(Invalid) as refused:
        read(mapping)
    return [(fault.code, fault.field) for fault in refused.value.faults]


def test_a_whole_programme_is_read() -> None:
    programme = read(given_mapping())
    assert programme.agencies == (Agency.SETRASS, Agency.INM)
    assert (programme.mode, programme.sequential) == (Mode.SEQUENTIAL, True)
    assert programme.identity_kinds == (IdentityKind.GT_DPI,)
    assert programme.minimum_age_years == Threshold(18, "clause", DAY, "why", confirmed=False)
    assert programme.season == Season((10, 1), (4, 30), "terms", DAY, "why", confirmed=True)
    assert programme.validity.visa_free_stay_days == Threshold(90, "clause", DAY, "why", False)
    assert programme.clocks.red_percent.value == 90
    assert programme.documents == (DocumentKind.IDENTITY_FRONT,)
    assert programme.hiring == (Hiring.NAMED, Hiring.ON_ACCEPTANCE)
    assert programme.posts == ("HN-GT-1",)


def test_what_a_programme_abroad_has_not() -> None:
    mapping = given_mapping() | {"posts": []}
    del mapping["season"], mapping["validity"]["visa_free_stay_days"]
    del mapping["validity"]["renewal_days"]
    del mapping["wage_sector"], mapping["piece_kg_per_day"]
    programme = read(mapping)
    assert (programme.season, programme.validity.visa_free_stay_days) == (None, None)
    assert programme.validity.renewal_days is None
    assert (programme.wage_sector, programme.piece_kg_per_day) == (None, None)
    assert programme.posts == ()


def dig(mapping: dict[str, Any], path: str) -> tuple[dict[str, Any], str]:
    *way, last = path.split(".")
    for key in way:
        mapping = mapping[key]
    return mapping, last


def leaves(mapping: dict[str, Any], path: str = "") -> list[str]:
    found: list[str] = []
    for key, value in mapping.items():
        if isinstance(value, dict):
            found += leaves(value, f"{path}{key}.")
        else:
            found.append(path + key)
    return found


OPTIONAL = "wage_sector"


def test_every_single_value_is_needed_and_typed() -> None:
    for path in leaves(given_mapping()):
        if path != OPTIONAL:
            check_value(path)


def check_value(path: str) -> None:
    """One value of the file: left out, and of each wrong type."""
    missing = given_mapping()
    table, key = dig(missing, path)
    del table[key]
    assert faults_of(missing) == [("missing", path)]

    strangers: list[object] = [None, 1.5, datetime(2026, 1, 1), {}]  # noqa: DTZ001
    for stranger in strangers:
        wrong = copy.deepcopy(given_mapping())
        table, key = dig(wrong, path)
        table[key] = stranger
        assert faults_of(wrong) == [("wrong-type", path)]


@pytest.mark.parametrize(
    ("path", "value", "code"),
    [
        ("code", "Coffee HN", "unknown-value"),
        ("conditions", -1, "out-of-range"),
        ("conditions", True, "wrong-type"),
        ("name_es", "  ", "unknown-value"),
        ("destination", "hn", "unknown-value"),
        ("agencies", [], "missing"),
        ("agencies", ["setrass", "setrass"], "twice"),
        ("agencies", ["police"], "unknown-value"),
        ("agencies", ["setrass", 1], "wrong-type"),
        ("mode", "together", "unknown-value"),
        ("nationalities", ["GT"], "unknown-value"),
        ("minimum_age_years.value", 13, "out-of-range"),
        ("season.opens", "13-01", "unknown-value"),
        ("season.closes", "02-30", "unknown-value"),
        ("validity.maximum_days.value", 0, "out-of-range"),
        ("clocks.red_percent.value", 101, "out-of-range"),
        ("languages", ["SPA"], "unknown-value"),
        ("occupation", "92110", "unknown-value"),
        ("posts", ["GT"], "unknown-value"),
        ("photo_required", 1, "wrong-type"),
        ("signed_face", "yes", "wrong-type"),
    ],
)
def test_a_value_outside_its_list_or_bounds(path: str, value: object, code: str) -> None:
    mapping = given_mapping()
    table, key = dig(mapping, path)
    table[key] = value
    assert faults_of(mapping) == [(code, path)]


def test_amber_after_red_is_refused() -> None:
    mapping = given_mapping()
    mapping["clocks"]["amber_percent"] = threshold(95)
    assert faults_of(mapping) == [("out-of-range", "clocks.red_percent")]


def test_what_is_not_known_is_refused_and_all_faults_are_told() -> None:
    mapping = given_mapping() | {"colour": "red", "mode": "x", "conditions": -1}
    mapping["clocks"]["blue"] = 1
    assert faults_of(mapping) == [
        ("unknown-key", "clocks.blue"),
        ("unknown-value", "mode"),
        ("out-of-range", "conditions"),
        ("unknown-key", "colour"),
    ]


def season(opens: tuple[int, int], closes: tuple[int, int]) -> Season:
    return Season(opens, closes, "", DAY, "", confirmed=False)


HARVEST = season((10, 1), (4, 30))
SUMMER = season((5, 1), (8, 31))
TO_LEAP_DAY = season((12, 1), (2, 29))


@pytest.mark.parametrize(
    ("window", "starts_on", "ends_on", "admitted"),
    [
        (HARVEST, date(2026, 11, 23), date(2027, 2, 20), True),
        (HARVEST, date(2026, 10, 1), date(2027, 4, 30), True),
        (HARVEST, date(2026, 9, 30), date(2027, 1, 1), False),
        (HARVEST, date(2027, 1, 1), date(2027, 4, 30), True),
        (HARVEST, date(2027, 1, 1), date(2027, 5, 1), False),
        (HARVEST, date(2026, 10, 1), date(2027, 10, 1), False),
        (HARVEST, date(2026, 11, 2), date(2026, 11, 1), False),
        (HARVEST, date(2026, 11, 2), date(2026, 11, 2), True),
        (SUMMER, date(2026, 5, 1), date(2026, 8, 31), True),
        (SUMMER, date(2026, 4, 30), date(2026, 6, 1), False),
        (SUMMER, date(2026, 6, 1), date(2027, 6, 1), False),
        (TO_LEAP_DAY, date(2027, 12, 1), date(2028, 2, 29), True),
        (TO_LEAP_DAY, date(2026, 12, 1), date(2027, 2, 28), True),
        (TO_LEAP_DAY, date(2026, 12, 1), date(2027, 3, 1), False),
    ],
)
def test_a_season(window: Season, starts_on: date, ends_on: date, admitted: bool) -> None:
    assert window.admits(starts_on, ends_on) is admitted


def test_a_table_that_is_none_is_one_fault_and_its_missing_keys() -> None:
    mapping = given_mapping() | {"season": "winter"}
    assert faults_of(mapping) == [
        ("wrong-type", "season"),
        *(
            ("missing", f"season.{key}")
            for key in ("opens", "closes", "source", "valid_from", "note", "confirmed")
        ),
    ]


NEEDED = [{"kind": kind.value} for kind in LetterKind if kind in NEEDED_LETTERS]
OWN = {"kind": "approved", "note_es": "Vaya al consulado.", "note_en": "Go to the consulate."}


@pytest.mark.feature("O18")
def test_a_programme_names_its_letters_and_their_own_words() -> None:
    assert read(given_mapping()).letters == EVERY_LETTER
    few = read(given_mapping() | {"letters": [*NEEDED, OWN]})
    assert few.letter(LetterKind.REINSTATED) is None
    own = few.letter(LetterKind.APPROVED)
    assert own == ProgrammeLetter(LetterKind.APPROVED, "Vaya al consulado.", "Go to the consulate.")
    (change,) = list_changes(read(given_mapping() | {"letters": NEEDED}), few)
    assert (change.field, "Vaya al consulado." in change.after) == ("letters", True)


@pytest.mark.feature("O18")
@pytest.mark.parametrize(
    ("letters", "fault"),
    [
        (NEEDED[1:], ("letter-needed", "letters")),
        ([*NEEDED, NEEDED[0]], ("twice", "letters")),
        ([*NEEDED, OWN | {"kind": "greeting"}], ("unknown-value", "letters.5.kind")),
        ([*NEEDED, OWN | {"note_es": "a" * (LONGEST_NOTE + 1)}], ("too-long", "letters.5.note_es")),
        ([*NEEDED, {"kind": "approved", "note_es": "Vaya."}], ("missing", "letters.5.note_en")),
        ([*NEEDED, OWN | {"template": "x"}], ("unknown-key", "letters.5.template")),
    ],
)
def test_what_a_programme_may_not_say_of_its_letters(
    letters: list[dict[str, str]], fault: tuple[str, str]
) -> None:
    assert faults_of(given_mapping() | {"letters": letters}) == [fault]
