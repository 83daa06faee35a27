"""A point on the map as people copy it from a telephone: two numbers, degrees of WGS 84."""

import re
from decimal import Decimal

from permits.errors import Fault, Invalid

_NUMBER = r"([-+]?\d{1,3}(?:[.,]\d{1,10})?)\s*°?\s*([NSWOE]?)"
_POINT = re.compile(rf"\s*\(?\s*{_NUMBER}\s*[,;\s]\s*{_NUMBER}\s*\)?\s*", re.IGNORECASE | re.ASCII)

PLACES = Decimal("0.00001")
"""About a metre."""


def read_point(text: str, field: str = "point") -> tuple[Decimal, Decimal]:
    """Latitude and longitude; Invalid("point-malformed") where these are not two numbers.

    Honduras lies west of Greenwich: a longitude without its sign is taken for one of the west.
    Whether the point lies in the country is judged with the farm.
    """
    found = _POINT.fullmatch(text)
    if found is None:
        raise Invalid([Fault("point-malformed", field)])
    latitude, north, longitude, east = found.groups()
    first, second = _decimal(latitude), _decimal(longitude)
    if north.upper() == "S":
        first = -first
    if second > 0 and east.upper() != "E":
        second = -second
    if abs(first) > 90 or abs(second) > 180:
        raise Invalid([Fault("point-malformed", field)])
    return first.quantize(PLACES), second.quantize(PLACES)


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace(",", "."))
