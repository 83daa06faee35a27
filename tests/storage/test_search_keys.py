"""What a person is found by: any part of a word, and a name with one slip."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.storage.search_keys import FORGIVEN, keys_of, parts_of, slips_of
from permits.folding import fold

LETTERS = st.sampled_from("abcdefghijklmnopqrstuvwxyz")
NAMES = st.text(LETTERS, min_size=min(FORGIVEN) + 1, max_size=max(FORGIVEN) - 1)


def is_forgiven(typed: str, name: str) -> bool:
    return bool({*slips_of(typed)} & {*keys_of(name)})


@pytest.mark.feature("O3")
@given(NAMES, st.data())
def test_every_part_of_a_word_is_found(name: str, data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(name) - 3))
    last = data.draw(st.integers(first + 3, len(name)))
    assert {*parts_of(name[first:last])} <= {*keys_of("ana", name)}


@given(NAMES, st.data())
def test_one_slip_in_a_name_is_forgiven(name: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(name) - 2))
    letter = data.draw(LETTERS)
    assert is_forgiven(name[:at] + name[at + 1 :], name)  # left out
    assert is_forgiven(name[:at] + letter + name[at:], name)  # one too many
    assert is_forgiven(name[:at] + letter + name[at + 1 :], name)  # another
    assert is_forgiven(name[:at] + name[at + 1] + name[at] + name[at + 2 :], name)  # changed places


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("gonzales", "González"),
        ("ximenez", "Jiménez"),
        ("chup", "Chub"),
        ("hernandes", "Hernández"),
        ("yesenia", "Jesenia"),
    ],
)
def test_names_are_found_as_people_hear_them(typed: str, name: str) -> None:
    assert is_forgiven(typed, name)


def test_others_are_not() -> None:
    assert not is_forgiven("martinez", "Ramírez")
    assert slips_of("ana") == slips_of("55509001") == []
    assert not is_forgiven("finca", "Ana")


def test_short_words_begin_a_name() -> None:
    assert parts_of("pu") == ["^pu"]
    assert {*parts_of("pu"), *parts_of("p")} <= {*keys_of("Ana Pú")}
    assert "^pu" not in keys_of("Ana", "Puerto")


def test_what_is_written_apart_is_found_alike() -> None:
    assert fold("  María  D'Ángelo-Ñamendí ") == "maria dangelonamendi"
    assert {*parts_of("20260010")} <= {*keys_of("", "2026-0010-0123")}
