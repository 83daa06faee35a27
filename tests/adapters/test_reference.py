"""The reference files hold together, and a file that cannot be relied on is refused by name."""

import shutil
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from app.adapters.bad_reference import BadReference
from app.adapters.reference import BUNDLED, read_reference, read_rows
from permits.approvals import GROUNDS_OF, Ground
from permits.identity_documents import GT_MUNICIPALITIES, HN_MUNICIPALITIES
from permits.people import Agency
from permits.programmes import Hiring, Mode
from permits.wages import EmployerSize, find_minimum

DATA = read_reference()


def test_every_municipality_stands_under_its_department_without_a_gap() -> None:
    for country, counts in (("HND", HN_MUNICIPALITIES), ("GTM", GT_MUNICIPALITIES)):
        codes = [f"{dept}{n:02}" for dept, count in counts.items() for n in range(1, count + 1)]
        assert list(DATA.municipalities[country]) == codes
    assert [len(DATA.municipalities[c]) for c in ("HND", "GTM")] == [298, 340]


@pytest.mark.parametrize("country", ["HND", "GTM"])
def test_no_name_stands_twice_in_a_department(country: str) -> None:
    names = Counter((code[:2], name) for code, name in DATA.municipalities[country].items())
    assert [pair for pair, count in names.items() if count > 1] == []
    assert all(name == name.strip() and name[0].isupper() for _, name in names)


@pytest.mark.parametrize(
    ("country", "code", "name"),
    [
        ("HND", "0101", "La Ceiba"),
        ("HND", "0401", "Santa Rosa de Copán"),
        ("HND", "0404", "Copán Ruinas"),
        ("HND", "0503", "Omoa"),
        ("HND", "0801", "Distrito Central"),
        ("HND", "1301", "Gracias"),
        ("HND", "1401", "Ocotepeque"),
        ("HND", "1328", "San Marcos de Caiquín"),
        ("HND", "1811", "Yorito"),
        ("GTM", "0101", "Guatemala"),
        ("GTM", "1333", "Petatán"),
        ("GTM", "2004", "Jocotán"),
        ("GTM", "2005", "Camotán"),
        ("GTM", "2006", "Olopa"),
        ("SLV", "0101", "Ahuachapán Norte"),
        ("SLV", "1402", "La Unión Sur"),
    ],
)
def test_municipalities_known_from_elsewhere(country: str, code: str, name: str) -> None:
    assert DATA.municipalities[country][code] == name


def test_departments_of_the_countries_by_their_iso_code() -> None:
    assert Counter(iso[:2] for iso in DATA.departments) == {"HN": 18, "GT": 22, "SV": 14}
    assert (DATA.departments["HN-CP"], DATA.departments["GT-20"]) == ("Copán", "Chiquimula")
    for file, codes in (
        ("hn_departments.csv", HN_MUNICIPALITIES),
        ("gt_departments.csv", GT_MUNICIPALITIES),
    ):
        rows = read_rows(BUNDLED / "places" / file, ("code", "iso", "name"))
        assert [row["code"] for row in rows] == list(codes)


def test_the_programmes() -> None:
    assert [(p.code, p.mode) for p in DATA.programmes.values()] == [
        ("coffee-hn-gt", Mode.SEQUENTIAL),
        ("twap-canada", Mode.SEQUENTIAL),
        ("twap-spain", Mode.SEQUENTIAL),
    ]
    coffee = DATA.programmes["coffee-hn-gt"]
    assert coffee.agencies == (Agency.SETRASS, Agency.INM)
    assert coffee.minimum_age_years.value == 18
    assert coffee.clocks.statutory_working_days.value == 40
    assert coffee.clocks.info_request_working_days.value == 10
    assert coffee.hiring[:2] == (Hiring.NAMED, Hiring.ON_ACCEPTANCE)
    assert {DATA.programmes[c].minimum_age_years.value for c in ("twap-canada", "twap-spain")} == {
        21
    }


@pytest.mark.parametrize("code", DATA.programmes)
def test_a_programme_names_only_what_the_other_files_know(code: str) -> None:
    programme = DATA.programmes[code]
    assert set(programme.posts) <= set(DATA.posts)
    assert set(programme.languages) <= set(DATA.languages)
    assert programme.languages[0] == "spa"
    assert programme.occupation in DATA.occupations


def test_the_posts_lie_in_departments_and_none_claims_hours_that_are_not_known() -> None:
    assert {p.department for p in DATA.post_details.values()} - {""} <= set(DATA.departments)
    assert {code: DATA.posts[code] for code in ("HN-GT-1", "HN-GT-2", "HN-GT-3")} == {
        "HN-GT-1": "El Florido",
        "HN-GT-2": "Agua Caliente",
        "HN-GT-3": "Corinto",
    }
    unknown = [p for p in DATA.post_details.values() if not p.opens]
    assert all("por confirmar" in post.note for post in unknown)


def test_every_label_has_an_english_one() -> None:
    assert {*DATA.languages.values(), *DATA.occupations.values()} == set(DATA.english)
    assert (DATA.languages["caa"], DATA.occupations["9211"]) == (
        "Ch'orti'",
        "Peones de explotaciones agrícolas",
    )
    assert DATA.english["Peones de explotaciones agrícolas"] == "Crop farm labourers"


def test_the_grounds_are_those_of_the_law_and_a_charged_fee_never_refuses() -> None:
    refusing = {g.code: g.agency for g in DATA.grounds.values() if g.may_refuse}
    assert refusing == {
        ground.value: agency for agency, grounds in GROUNDS_OF.items() for ground in grounds
    }
    assert set(DATA.grounds) - {ground.value for ground in Ground} == {"L5"}
    assert {g.code for g in DATA.grounds.values() if g.needs_review} == {"C1", "C2", "L5", "M4"}


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 11, 23), True),
        (date(2026, 11, 28), False),  # a Saturday
        (date(2026, 12, 25), False),
        (date(2027, 1, 1), False),
        (date(2027, 3, 25), False),  # Maundy Thursday
        (date(2020, 9, 15), False),
        (date(2040, 9, 14), True),
    ],
)
def test_the_offices_rest_on_the_holidays_of_honduras(day: date, works: bool) -> None:
    assert DATA.calendar.is_working_day(day) is works


def test_the_minimum_wage_of_a_small_farm_today() -> None:
    row = find_minimum(DATA.minimum_wages, "agriculture", EmployerSize.TO_10, date(2026, 12, 1))
    assert row is not None
    assert (row.per_month_hnl, row.derived) == (Decimal("9053.00"), True)
    assert row.per_day_hnl.quantize(Decimal("0.01")) == Decimal("301.77")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(BUNDLED, tmp_path / "reference"))


SPAIN = "programmes/twap-spain.toml"
HEADER = "day,reason,source,checked_on"
TOO_YOUNG = "twap-spain.toml: minimum_age_years.value"


@pytest.mark.parametrize(
    ("file", "was", "becomes", "told"),
    [
        ("languages.csv", "code,name_es", "code,name", "languages.csv: the columns"),
        ("languages.csv", "caa,", "spa,", "languages.csv: a code stands twice"),
        ("languages.csv", ",ISO 639-3,", ", ,", "languages.csv: line 2 has no source"),
        ("languages.csv", "2026-01-01", "2026-13-01", "languages.csv: '2026-13-01' is no day"),
        ("languages.csv", "spa,Español,", "spa,", "languages.csv: line 2 has 6 values"),
        ("minimum_wages.csv", "9053.00", "9.053,00", "minimum_wages.csv: line"),
        ("minimum_wages.csv", "9053.00", "much", "minimum_wages.csv: 2025-01-01"),
        ("minimum_wages.csv", ",true,", ",perhaps,", "minimum_wages.csv: 2025-01-01"),
        ("minimum_wages.csv", "11-50", "11-51", "minimum_wages.csv: 2018-01-01"),
        ("refusal_grounds.toml", '"inm"', '"police"', "refusal_grounds.toml: 'police'"),
        ("refusal_grounds.toml", "may_refuse =", "can_refuse =", "refusal_grounds.toml: "),
        ("refusal_grounds.toml", "[[grounds]]", "[[grounds", "refusal_grounds.toml: "),
        ("ethics.toml", "value = 85", "value = 850", "ethics.toml: R08.guaranteed_percent.value"),
        ("ethics.toml", "[R08.", "[R41.", "ethics.toml: R08: missing"),
        ("ethics.toml", "[R08.", "[R08.x.", "ethics.toml: R08.guaranteed_percent: missing"),
        (SPAIN, "twap-spain", "twap-italy", "twap-spain.toml: its code is twap-italy"),
        (SPAIN, "value = 21", "value = 12", TOO_YOUNG),
        (
            "closures.csv",
            HEADER,
            f"{HEADER}\nsoon,x,y,2026-01-01",
            "closures.csv: 'soon' is no day",
        ),
    ],
)
def test_a_file_that_cannot_be_relied_on_is_refused_by_name(
    folder: Path, file: str, was: str, becomes: str, told: str
) -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert was in text
    path.write_text(text.replace(was, becomes), encoding="utf-8")
    with pytest.raises(BadReference) as refused:
        read_reference(folder, range(2026, 2027))
    assert str(refused.value).startswith(told)


def test_a_closure_is_a_day_off(folder: Path) -> None:
    with (folder / "closures.csv").open("a", encoding="utf-8") as file:
        file.write("2026-11-24,Tormenta,Decreto de prueba,2026-11-23\n")
    calendar = read_reference(folder, range(2026, 2027)).calendar
    assert not calendar.is_working_day(date(2026, 11, 24))
    assert DATA.calendar.is_working_day(date(2026, 11, 24))
