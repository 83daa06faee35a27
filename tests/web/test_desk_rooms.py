"""The bar of an official: what is used most at hand, the rest folded, nothing lost or twice."""

from uuid import UUID

import pytest

from app.web.desk_rooms import AT_HAND, FEW, ROOMS, desk_of
from permits.people import Actor, PersonId, Role


@pytest.mark.feature("O3")
@pytest.mark.parametrize("demo", [True, False])
@pytest.mark.parametrize("role", Role)
def test_each_room_of_a_role_stands_in_its_bar_once(role: Role, demo: bool) -> None:
    actor = Actor(PersonId(UUID(int=1)), role)
    desk = desk_of(actor, "/", demo=demo)
    folded = [room for _, rooms in desk.folded for room in rooms]
    shown = [room.address for room in (*desk.at_hand, *folded)]
    assert len(shown) == len(set(shown))
    opened = [room for room in ROOMS if room.opens_for(actor)]
    assert set(shown) == {room.address for room in opened if demo or not room.demo}
    assert len(desk.at_hand) <= (AT_HAND if folded else FEW)
    for room in folded:
        assert room in desk_of(actor, f"{room.address}/1", demo=demo).at_hand


@pytest.mark.feature("O3")
def test_a_room_holds_what_one_comes_to_from_it() -> None:
    administrator = Actor(PersonId(UUID(int=1)), Role.ADMINISTRATOR)
    path = "/administracion/preguntas/coffee-hn-gt"
    holding = [
        room.name for room in desk_of(administrator, path, demo=True).at_hand if room.holds(path)
    ]
    assert holding == ["Textos"]
