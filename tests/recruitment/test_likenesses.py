"""Who registers is held against who may not hire: a likeness is told, and stops nobody."""

from dataclasses import replace
from decimal import Decimal
from uuid import UUID

import pytest

from recruitment.likenesses import Alike, Stopped, find_likenesses
from recruitment.registrations import EmployerKind, Farm, Told

pytestmark = pytest.mark.feature("E1")
D = Decimal
TOLD = Told(
    EmployerKind.SMALL_GROWER, "Café El Cedral S.A.", "04041990123456", None, "Ana Ñamendí", "IHC-7"
)
FARM = Farm(UUID(int=1), "El Cedral Alto", "0404", 6, "", D("14.84000"), D("-89.15000"))
BARRED = Stopped(UUID(int=9), "Cafe el Cedral, SA", TOLD, [FARM])
OTHER = replace(TOLD, name="Otra", contact="Luis Paz", coffee_key="")
ELSEWHERE = replace(FARM, name="La Ceiba", latitude=D("15.5"))


@pytest.mark.parametrize(
    ("told", "farm", "same"),
    [
        ({}, {}, []),
        ({"name": "CAFÉ EL CEDRAL SA"}, {}, [Alike.NAME]),
        ({"contact": "ana namendi"}, {}, [Alike.CONTACT]),
        ({"coffee_key": "ihc 7"}, {}, [Alike.COFFEE_KEY]),
        ({}, {"name": "Cedral Alto, El"}, [Alike.FARM]),
        ({}, {"grower": "Ana Ñamendí"}, [Alike.GROWER]),
        ({}, {"latitude": D("14.84150")}, [Alike.PLACE]),  # 167 m
        ({}, {"latitude": D("14.84190")}, []),  # 211 m
        ({}, {"latitude": D("14.84"), "longitude": D("-89.15180")}, [Alike.PLACE]),  # 194 m
        ({}, {"latitude": D("14.84"), "longitude": None}, []),
    ],
)
def test_what_is_alike_is_told(
    told: dict[str, str], farm: dict[str, object], same: list[Alike]
) -> None:
    here = replace(ELSEWHERE, **farm)  # type: ignore[arg-type]
    found = find_likenesses(replace(OTHER, **told), [here], [BARRED])  # type: ignore[arg-type]
    assert [list(one.same) for one in found] == ([same] if same else [])


def test_one_word_is_nobodys_name_and_the_likest_comes_first() -> None:
    ana = replace(BARRED, told=replace(TOLD, contact="Ana"), name="Otra finca", farms=[])
    alone = Told(None, "Sin dato", None, None, "Ana", "")
    assert find_likenesses(alone, [], [ana]) == ()
    found = find_likenesses(TOLD, [FARM], [ana, BARRED])
    assert [one.name for one in found] == [BARRED.name, ana.name]
