"""The places of work that officials choose from: departments, and below one its municipalities."""

import pytest

from app.adapters.reference import read_reference
from app.services.work_places import WorkPlaces
from app.storage import queue_filters, queues
from app.storage.database import Session
from permits.reach import EVERYTHING

pytestmark = pytest.mark.feature("O3")


@pytest.fixture(scope="module")
def places() -> WorkPlaces:
    reference = read_reference()
    home = {code: name for code, name in reference.departments.items() if code[:2] == "HN"}
    return WorkPlaces(home, reference.municipalities["HND"])


def test_every_municipality_stands_below_one_department(places: WorkPlaces) -> None:
    assert [code for code, _ in places.choices()] == sorted(
        places.departments, key=lambda code: places.departments[code].replace("á", "a")
    )
    below = {code: {*places.choices(code)} - {*places.choices()} for code in places.departments}
    assert sum(map(len, below.values())) == len(places.towns) == 298
    assert len({town for towns in below.values() for town, _ in towns}) == 298


def test_a_chosen_municipality_stays_among_its_neighbours(places: WorkPlaces) -> None:
    listed = places.choices("0404")
    assert listed == places.choices("HN-CP")
    assert listed[4:6] == [("HN-CP", "Copán"), ("0402", "\u2003Cabañas")]
    assert [places.name_of(code) for code in ("HN-CP", "0404", "9999")] == [
        "Copán",
        "Copán Ruinas",
        "",
    ]


def test_a_place_is_never_left_out_of_a_list_in_silence(session: Session) -> None:
    unread = queue_filters.QueueFilter(department="HN-CP")
    with pytest.raises(ValueError, match="not read"):
        queues.list_queue(session, unread, [], reach=EVERYTHING, limit=1)
    read = queue_filters.read_place(session, unread)
    assert queues.list_queue(session, read, [], reach=EVERYTHING, limit=1) == []
