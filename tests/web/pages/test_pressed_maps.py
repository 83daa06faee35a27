"""A press on the map is a point, with a script or without one; Enter in a field is no press."""

import pytest
from starlette.datastructures import FormData

from app.web.pages.pressed_maps import read_press
from app.web.pictures import WIDTHS
from recruitment.points import read_point

pytestmark = pytest.mark.feature("E1")
TYPED = {"farm": "La Peña", "housed": "6", "point": ""}


def pressed(**fields: str) -> tuple[str, str, str] | None:
    """The point, what the map shows then, and a field that was typed."""
    form = read_press(FormData({**TYPED, **{k.replace("__", "."): v for k, v in fields.items()}}))
    return (form.value("point"), form.value("around"), form.value("farm")) if form else None


@pytest.mark.parametrize("width", WIDTHS)
def test_the_middle_of_the_map_is_the_middle_of_the_country(width: int) -> None:
    middle = {f"map{width}__x": str(width // 2), f"map{width}__y": str(round(width * 0.2932))}
    assert pressed(**middle) == ("14.70, -86.25", "", "La Peña")


def test_near_a_point_a_press_tells_hundred_metres() -> None:
    around = {"point": "14.84, -89.15", "around": "14.84, -89.15"}
    found = pressed(**around, map300__x="150", map300__y="88")
    assert found == ("14.840, -89.150", "14.84, -89.15", "La Peña")
    east = pressed(**around, map300__x="151", map300__y="88")
    assert east == ("14.840, -89.147", "14.84, -89.15", "La Peña")


def test_the_corner_is_no_press_for_a_browser_tells_it_of_enter() -> None:
    assert pressed(map300__x="0", map300__y="0") is None
    assert pressed() is None


@pytest.mark.parametrize("told", ["-3", "9e9", "x", "99999", "²"])
def test_what_no_picture_tells_is_no_press(told: str) -> None:
    assert pressed(map640__x=told, map640__y=told) is None


def test_a_press_beyond_the_picture_is_at_its_edge() -> None:
    found = pressed(map300__x="9999", map300__y="9999")
    assert found is not None
    assert [float(one) for one in read_point(found[0])] == [12.8, -82.9]


def test_the_map_comes_closer_to_a_point_and_goes_back() -> None:
    assert pressed(view="near", point="14.84, 89.15") == ("14.84, 89.15", "14.84, 89.15", "La Peña")
    assert pressed(view="all", around="14.84, -89.15") == ("", "", "La Peña")
    refused = read_press(FormData({**TYPED, "view": "near", "point": "0, 0"}))
    assert refused is not None
    assert [one.code for one in refused.faults] == ["point-malformed"]
    language = {**TYPED, "view": "near", "idioma": "en"}
    assert read_press(FormData(language)) is None
