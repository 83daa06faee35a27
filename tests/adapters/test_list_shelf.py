"""Lists of a folder: what two people agreed on counts from its day, in what everybody asks."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import uuid4

import pytest

from app.adapters.bad_reference import BadReference
from app.adapters.list_shelf import CHANGES, ListShelf, read_table
from permits.dated_changes import ChangeKind, DatedChange
from permits.errors import Invalid
from permits.people import PersonId
from permits.reference_lists import ListName, find_faults, subject_of
from tests import outside

ROWS = {
    ListName.CLOSURES: {"day": "2026-12-24", "reason": "Nochebuena", "called_off": ""},
    ListName.POSTS: {
        **dict.fromkeys(("across", "opens", "closes", "latitude", "longitude", "note"), ""),
        **{"code": "HN-GT-9", "name": "Paso Nuevo", "department": "HN-CP", "neighbour": "GTM"},
    },
    ListName.MUNICIPALITIES: {"country": "GTM", "code": "2004", "name": "Villa Jocotán"},
    ListName.OCCUPATIONS: {"code": "6112", "name_es": "Caficultores", "name_en": "Coffee growers"},
    ListName.EXCHANGE_RATES: {"currency": "GTQ", "day": "2026-11-27", "lempiras": "3.4302"},
    ListName.HELP_LINES: {
        **{"code": "ca-consulate", "country": "CAN", "phone": "1-800-000-0000", "ended": ""},
        **{"name_es": "Consulado", "name_en": "Consulate"},
    },
}
DAY = date(2026, 12, 1)


def change(name: ListName, row: dict[str, str], since: date = DAY) -> DatedChange:
    at = datetime(2026, 11, 23, tzinfo=UTC)
    person = PersonId(uuid4())
    subject = subject_of(name, row)
    return DatedChange(uuid4(), ChangeKind.LISTED, subject, row, "Acta", since, person, at)


@pytest.mark.feature("D4")
def test_each_list_says_a_row_from_its_day_on(tmp_path: Path) -> None:
    today = [date(2026, 11, 30)]
    shelf = ListShelf(tmp_path, lambda: today[0], every=0)
    reference = shelf.over(outside.reference())
    called_off = {**ROWS[ListName.CLOSURES], "called_off": "yes"}
    shelf.put_changes(
        [
            *(change(name, row) for name, row in ROWS.items()),
            change(ListName.CLOSURES, called_off, date(2026, 12, 20)),
        ]
    )
    told = []
    for day in (date(2026, 11, 30), DAY, date(2026, 12, 20)):
        today[0] = day
        told.append(
            (
                reference.calendar.is_working_day(date(2026, 12, 24)),
                reference.posts.get("HN-GT-9"),
                reference.municipalities["GTM"]["2004"],
                reference.occupations["6112"] == "Caficultores",
                reference.exchange_rates.find("GTQ", date(2026, 11, 28), 7) is not None,
                "ca-consulate" in {one.code for one in reference.help_lines["CAN"]},
            )
        )
    after = ("Paso Nuevo", "Villa Jocotán", True, True, True)
    before = (True, None, "Jocotán", False, False, False)
    assert told == [before, (False, *after), (True, *after)]
    assert reference.town_departments["GTM", "2004"] == "GT-20"
    assert len(reference.municipalities["GTM"]) == 340
    (tmp_path / CHANGES).write_text("[{]", encoding="utf-8")
    assert reference.posts["HN-GT-9"] == "Paso Nuevo"  # what was read before stands
    with pytest.raises(BadReference):
        ListShelf(tmp_path, lambda: DAY)


@pytest.mark.feature("D4")
@pytest.mark.parametrize(
    ("name", "changed", "fault"),
    [
        (ListName.CLOSURES, {"day": "24/12/2026"}, ("wrong-shape", "day")),
        (ListName.CLOSURES, {"reason": ""}, ("missing", "reason")),
        (ListName.POSTS, {"department": "HN-XX"}, ("not-an-option", "department")),
        (ListName.POSTS, {"opens": "25:00"}, ("wrong-shape", "opens")),
        (ListName.POSTS, {"latitude": "14.8"}, ("not-an-option", "longitude")),
        (ListName.POSTS, {"code": "../etc"}, ("wrong-shape", "code")),
        (ListName.MUNICIPALITIES, {"country": "MEX"}, ("not-an-option", "country")),
        (ListName.MUNICIPALITIES, {"code": "9904"}, ("not-an-option", "code")),
        (ListName.OCCUPATIONS, {"name_es": "x" * 201}, ("too-long", "name_es")),
        (ListName.EXCHANGE_RATES, {"lempiras": "0.00"}, ("wrong-shape", "lempiras")),
        (ListName.EXCHANGE_RATES, {"lempiras": "3,43"}, ("wrong-shape", "lempiras")),
        (ListName.EXCHANGE_RATES, {"currency": "HNL"}, ("wrong-shape", "currency")),
        (ListName.HELP_LINES, {"phone": "call us"}, ("wrong-shape", "phone")),
        (ListName.HELP_LINES, {"ended": "no"}, ("wrong-shape", "ended")),
    ],
)
def test_a_row_that_cannot_be_is_refused(
    tmp_path: Path, name: ListName, changed: dict[str, str], fault: tuple[str, str]
) -> None:
    known = ListShelf(tmp_path, lambda: DAY).known()
    assert find_faults(name, ROWS[name], known) == []
    found = find_faults(name, ROWS[name] | changed, known)
    assert [(one.code, one.field) for one in found] == [fault]


@pytest.mark.feature("D4")
def test_a_whole_list_stands_in_for_the_own_and_tells_its_bad_lines(tmp_path: Path) -> None:
    shelf = ListShelf(tmp_path, lambda: DAY)
    head = "code,name_es,name_en,source,valid_from,checked_on\n"
    text = head + "9999,Otros,Others,OIT,2026-01-01,2026-11-23\n"
    shelf.put_list(ListName.OCCUPATIONS, text)
    assert set(shelf.rows(ListName.OCCUPATIONS)) == {"9999"}
    bad = {"1": "code,name\n", "2": head + "99,Otros,,OIT,,\n", "3": text + text.splitlines()[1]}
    for line, wrong in bad.items():
        with pytest.raises(Invalid) as refused:
            read_table(ListName.OCCUPATIONS, wrong, shelf.known())
        assert [one.field for one in refused.value.faults] == [line]


@pytest.mark.feature("D4")
def test_what_another_process_puts_is_seen_at_the_next_look(tmp_path: Path) -> None:
    slow, quick = (ListShelf(tmp_path, lambda: DAY, every=every) for every in (1e9, 0))
    before = set(slow.rows(ListName.POSTS))
    ListShelf(tmp_path, lambda: DAY).put_changes([change(ListName.POSTS, ROWS[ListName.POSTS])])
    assert set(slow.rows(ListName.POSTS)) == before
    assert set(quick.rows(ListName.POSTS)) == before | {"HN-GT-9"}
    slow.put_changes([])  # its own change is seen at once
    assert set(slow.rows(ListName.POSTS)) == set(quick.rows(ListName.POSTS)) == before


def test_shelves_know_nothing_of_another_kind(tmp_path: Path) -> None:
    shelf = ListShelf(tmp_path, lambda: DAY)
    text = replace(change(ListName.OCCUPATIONS, ROWS[ListName.OCCUPATIONS]), kind=ChangeKind.TEXT)
    shelf.put_changes([text])
    assert "Caficultores" not in (tmp_path / CHANGES).read_text("utf-8")


@pytest.mark.feature("A5")
def test_no_rate_counts_that_nobody_loaded_and_the_demonstration_says_that_its_are_invented(
    tmp_path: Path,
) -> None:
    own = ListShelf(tmp_path, lambda: DAY).over(outside.reference())
    assert own.exchange_rates.newest() == ()
    shelf = ListShelf(tmp_path, lambda: DAY, demo=True)
    rows = shelf.rows(ListName.EXCHANGE_RATES).values()
    assert {one["source"] for one in rows} == {"Demostración: inventado; no es de ningún banco"}
    found = shelf.over(outside.reference()).exchange_rates
    assert found.find("EUR", DAY, 7) is not None
    shelf.put_list(
        ListName.EXCHANGE_RATES,
        "currency,day,lempiras,source,valid_from,checked_on\n"
        "USD,2026-11-30,26.4,BCH,2026-11-30,2026-11-30\n",
    )
    assert [(one.currency, one.source) for one in found.newest()] == [("USD", "BCH")]


@pytest.mark.feature("N4")
def test_the_lines_of_the_program_are_well_formed_and_an_ended_one_is_not_shown(
    tmp_path: Path,
) -> None:
    shelf = ListShelf(tmp_path, lambda: DAY)
    rows = shelf.rows(ListName.HELP_LINES)
    assert [find_faults(ListName.HELP_LINES, row, shelf.known()) for row in rows.values()] == [
        [] for _ in rows
    ]
    told = shelf.over(outside.reference()).help_lines
    assert [one.phone for one in told["HND"]] == ["911", "145"]
    shelf.put_changes([change(ListName.HELP_LINES, {**rows["hn-trafficking"], "ended": "yes"})])
    ended = ListShelf(tmp_path, lambda: DAY).over(outside.reference()).help_lines
    assert [one.phone for one in ended["HND"]] == ["911"]
