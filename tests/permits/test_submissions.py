"""What is handed in: kept and read back unchanged, and what of it is decided on."""

import dataclasses
import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from permits.applications import digest
from permits.submissions import (
    Answers,
    DocumentKind,
    Sex,
    decided_content,
    from_mapping,
    to_mapping,
)

TEXT = st.none() | st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
CODES = st.lists(st.sampled_from(["spa", "caa", "kek"]), unique=True).map(tuple)
ANSWERS = st.builds(
    Answers,
    document_kind=TEXT,
    document_number=TEXT,
    given_names=TEXT,
    surnames=TEXT,
    date_of_birth=st.none() | st.dates(),
    sex=st.none() | st.sampled_from(Sex),
    nationality=TEXT,
    municipality=TEXT,
    phone=TEXT,
    languages_spoken=CODES,
    languages_read=st.none() | CODES,
    vacancy=TEXT,
    brings_documents=st.booleans(),
    brings_photo=st.booleans(),
    consent=TEXT,
    extra=st.dictionaries(
        st.sampled_from(["picked-before", "seasons"]), st.booleans() | st.integers() | TEXT
    ),
)
FULL = Answers(
    "gt-dpi",
    "1234567892004",
    "María",
    "Gutiérrez",
    date(1994, 3, 27),
    Sex.FEMALE,
    "GTM",
    "2004",
    "+50255512345",
    ("spa",),
    (),
    "vacancy",
    True,
    True,
    "2026-11",
    {"picked-before": True},
)
OFFER: dict[str, object] = {"wage": "350.00"}
FILES = {DocumentKind.PHOTO: "a" * 64}

# A change of each answer to another value of its kind.
OTHER: dict[str, Any] = {
    field.name: f"other {field.name}" for field in dataclasses.fields(Answers)
} | {
    "date_of_birth": date(1994, 3, 28),
    "sex": Sex.MALE,
    "languages_spoken": ("caa",),
    "languages_read": None,
    "brings_documents": False,
    "brings_photo": False,
    "extra": {"picked-before": False},
}


@pytest.mark.feature("W3")
@given(ANSWERS)
def test_answers_come_back_as_they_were(answers: Answers) -> None:
    assert from_mapping(json.loads(json.dumps(to_mapping(answers)))) == answers


def test_an_unknown_answer_is_an_error() -> None:
    with pytest.raises(TypeError):
        from_mapping({"shoe_size": 40})


def said(answers: Answers) -> str:
    return digest(decided_content(answers, "coffee-hn-gt", OFFER, FILES, "salt"))


@pytest.mark.parametrize("field", [f.name for f in dataclasses.fields(Answers)])
def test_every_answer_but_the_phone_is_decided_on(field: str) -> None:
    changed = said(dataclasses.replace(FULL, **{field: OTHER[field]})) != said(FULL)
    assert changed is (field != "phone")


@pytest.mark.parametrize(
    ("programme", "offer", "files"),
    [
        ("twap-canada", OFFER, FILES),
        ("coffee-hn-gt", None, FILES),
        ("coffee-hn-gt", {"wage": "350.01"}, FILES),
        ("coffee-hn-gt", OFFER, {}),
        ("coffee-hn-gt", OFFER, {DocumentKind.PHOTO: "b" * 64}),
        ("coffee-hn-gt", OFFER, {DocumentKind.IDENTITY_FRONT: "a" * 64}),
        ("coffee-hn-gt", OFFER, {**FILES, DocumentKind.IDENTITY_FRONT: "a" * 64}),
    ],
)
def test_programme_offer_and_files_are_decided_on(
    programme: str, offer: dict[str, object] | None, files: dict[DocumentKind, str]
) -> None:
    assert digest(decided_content(FULL, programme, offer, files, "salt")) != said(FULL)


def test_the_order_in_which_files_came_is_of_no_account() -> None:
    files = {DocumentKind.PHOTO: "a", DocumentKind.IDENTITY_BACK: "b"}
    backwards = dict(reversed(files.items()))
    said_once = decided_content(FULL, "p", OFFER, files, "salt")
    assert said_once == decided_content(FULL, "p", OFFER, backwards, "salt")


def test_the_salt_makes_equal_contents_unequal() -> None:
    other = digest(decided_content(FULL, "coffee-hn-gt", OFFER, FILES, "pepper"))
    assert other != said(FULL)


@pytest.mark.parametrize(
    ("given_names", "surnames", "expected"),
    [
        ("María", "López", "María López"),
        (None, "López", "López"),
        ("María", None, "María"),
        (None, None, ""),
        ("", "López", "López"),
    ],
)
def test_full_name(given_names: str | None, surnames: str | None, expected: str) -> None:
    assert Answers(given_names=given_names, surnames=surnames).full_name == expected
