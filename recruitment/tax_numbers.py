"""The Honduran tax number (RTN): what can be told of one by looking at it, and no more.

It has 14 digits and no public check digit (domain 4.8). That of a person begins with the 13 digits
of their DNI; that of a firm has a 9 where a DNI has the first digit of a year of birth. The last
is what is seen in published numbers and stands in no law that we know: it only warns.
"""

from dataclasses import dataclass
from enum import StrEnum

from permits.identity_documents import check_rtn

DEPARTMENTS = range(1, 19)
"""Codes of the civil registry."""

FIRM = "9"


class Holder(StrEnum):
    """Whose number it looks like."""

    PERSON = "person"
    FIRM = "firm"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class TaxNumber:
    """The 14 digits and whose they look like; `known_place` tells of the first two digits."""

    number: str
    holder: Holder
    known_place: bool


def read_tax_number(text: str) -> TaxNumber:
    """A number as somebody wrote it; Invalid where it is not of 14 digits."""
    number = check_rtn(text)
    known = int(number[:2]) in DEPARTMENTS
    if number[4] == FIRM:
        return TaxNumber(number, Holder.FIRM, known)
    person = known and number[4:6] in {"19", "20"}
    return TaxNumber(number, Holder.PERSON if person else Holder.UNKNOWN, known)
