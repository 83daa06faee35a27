"""The lists of the demonstration fit the reference data and look like the people they stand for."""

import csv
from collections import Counter

from app.adapters.reference import BUNDLED, read_reference
from permits.submissions import Sex
from permits.wages import EmployerSize

DATA = read_reference()


def rows(name: str) -> list[dict[str, str]]:
    with (BUNDLED / "demo" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def test_names_of_both_countries_and_sexes_with_accents_and_enye() -> None:
    given = rows("given_names.csv")
    counts = Counter((row["country"], row["sex"]) for row in given)
    assert set(counts) == {(c, s) for c in ("GTM", "HND") for s in (Sex.FEMALE, Sex.MALE)}
    assert min(counts.values()) >= 15
    surnames = rows("surnames.csv")
    assert min(Counter(row["country"] for row in surnames).values()) >= 25
    letters = "".join(row["name"] for row in (*given, *surnames))
    assert set("áéíóúñÁÓ") <= set(letters)


def test_no_name_stands_twice() -> None:
    for name, key in (
        ("given_names.csv", ("name", "sex", "country")),
        ("surnames.csv", ("name", "country")),
    ):
        listed = Counter(tuple(row[column] for column in key) for row in rows(name))
        assert [entry for entry, count in listed.items() if count > 1] == []


def test_employers_stand_in_known_places_and_have_a_known_size() -> None:
    employers = rows("employers.csv")
    sizes = {size.value for size in EmployerSize}
    at_home = [row for row in employers if row["department"].startswith("HN-")]
    assert {row["size"] for row in employers} == sizes
    assert {row["department"] for row in at_home} <= set(DATA.departments)
    codes = {row["iso"]: row["code"] for row in _departments()}
    for row in at_home:
        assert row["municipality"] in DATA.municipalities["HND"]
        assert row["municipality"][:2] == codes[row["department"]]
    assert {row["department"][:2] for row in employers} == {"HN", "CA", "ES"}


def _departments() -> list[dict[str, str]]:
    with (BUNDLED / "places/hn_departments.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_origins_titles_and_languages_are_known() -> None:
    for row in rows("origins.csv"):
        assert row["municipality"] in DATA.municipalities["GTM"]
        assert row["language"] in DATA.programmes["coffee-hn-gt"].languages
    titles = rows("titles.csv")
    assert {row["programme"] for row in titles} == set(DATA.programmes)
    assert {row["occupation"] for row in titles} <= set(DATA.occupations)
