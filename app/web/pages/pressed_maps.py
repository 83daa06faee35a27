"""A map on which a farm's point is set by pressing: by a script in the page, or by the form alone.

Without a script the map is a picture that sends the form with where it was pressed, in pixels of
its own fixed width. The form comes back with the point in its field, and all that was typed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from starlette.datastructures import FormData

from app.services.work import Work
from app.web import forms
from app.web.forms import Form
from app.web.i18n import asked_in
from app.web.pages.farm_maps import HEIGHT, WHOLE, WIDTH, FarmMap, Point, View, map_of, near
from app.web.pictures import WIDTHS
from permits.errors import Fault, Invalid
from permits.travel import Place
from recruitment.points import read_point

FIELD, VIEW, AROUND = "point", "view", "around"
"""The point; the button that was pressed for another view; the middle of what is shown, or ""."""

NEAR, ALL = "near", "all"


@dataclass(frozen=True)
class PressMap:
    """The map in a form. `around` is its middle as it is sent again, "" for the whole country.

    `mark` is where the point stands now, None while there is none. `places` are how many decimals
    of a degree a press can tell: about a kilometre of the country, or a hundred metres near by.
    """

    map: FarmMap
    view: View
    around: str
    mark: Point | None
    places: int
    widths: tuple[int, ...] = WIDTHS


def press_map(work: Work, form: Form) -> PressMap:
    """The map as a form wants it shown."""
    around, view = form.value(AROUND), _view(form.value(AROUND))
    at = _place(form.value(FIELD))
    mark = Point(view.x(at.longitude), view.y(at.latitude), "") if at and view.shows(at) else None
    drawn, shown = map_of(work, (), view), around if view != WHOLE else ""
    return PressMap(drawn, view, shown, mark, _places(view))


def read_press(posted: FormData) -> Form | None:
    """The form after the map was pressed, nothing of it checked; None where it was sent in earnest.

    Who presses Enter in a field presses a browser's first button, and that is the map: it tells the
    corner then, and nobody pressed there.
    """
    if asked_in(posted) is not None:
        return None
    values = dict(forms.typed(posted))
    if VIEW in values:
        return _turned(values)
    for width in WIDTHS:
        x, y = (_pixel(posted, f"map{width}.{axis}") for axis in "xy")
        if x or y:
            view = _view(Form(values).value(AROUND))
            values[FIELD] = (_tell(view, x / width, y / (width * HEIGHT / WIDTH)),)
            return Form(values)
    return None


def _turned(values: dict[str, Sequence[str]]) -> Form:
    """The same form with another view of the map; nothing is near a point that is not told."""
    point = Form(values).value(FIELD)
    if Form(values).value(VIEW) != NEAR:
        return Form({**values, AROUND: ("",)})
    if _place(point) is None:
        return Form(values, (Fault("point-malformed", FIELD),))
    return Form({**values, AROUND: (point,)})


def _view(around: str) -> View:
    middle = _place(around)
    return near(middle) if middle else WHOLE


def _place(point: str) -> Place | None:
    """What was written as a point; None where that is none, or lies outside of the country."""
    try:
        latitude, longitude = map(float, read_point(point))
    except Invalid:
        return None
    place = Place(latitude, longitude)
    return place if WHOLE.shows(place) else None


def _pixel(posted: Mapping[str, object], name: str) -> int:
    told = str(posted.get(name, ""))
    return int(told) if told.isascii() and told.isdigit() and len(told) < 5 else 0


def _places(view: View) -> int:
    return 2 if view == WHOLE else 3


def _tell(view: View, right: float, down: float) -> str:
    """The point at a part of the width and of the height, both from 0 to 1."""
    latitude = view.north - min(down, 1) * view.high
    longitude = view.west + min(right, 1) * view.wide
    return f"{latitude:.{_places(view)}f}, {longitude:.{_places(view)}f}"
