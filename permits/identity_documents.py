"""Identity documents as people type them: CUI/DPI, DNI, DUI, passport; parse and check."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from permits.errors import Fault, refuse_if


class IdentityKind(StrEnum):
    """What a person proves their identity with; the files of it are another matter."""

    GT_DPI = "gt-dpi"
    HN_DNI = "hn-dni"
    SV_DUI = "sv-dui"
    PASSPORT = "passport"


ISSUER_OF: Mapping[IdentityKind, str] = {
    IdentityKind.GT_DPI: "GTM",
    IdentityKind.HN_DNI: "HND",
    IdentityKind.SV_DUI: "SLV",
}
"""Who issues a kind, ISO 3166 alpha-3; a passport is of its bearer's country."""


@dataclass(frozen=True)
class IdentityDocument:
    """A number that passed its check.

    `number` is normalised (no spaces or hyphens, upper case). `country` is the issuer, ISO 3166
    alpha-3, "" where the number does not tell. `department` and `municipality` are the codes that
    the number carries (two and four digits). `warnings` are for a person to look at; they do not
    refuse the number. The fields from `surnames` on come from a machine-readable zone only; names
    in it are upper-case transliterations and may be cut short.
    """

    kind: IdentityKind
    number: str
    country: str = ""
    department: str | None = None
    municipality: str | None = None
    birth_year: int | None = None
    warnings: tuple[Fault, ...] = ()
    surnames: str = ""
    given_names: str = ""
    date_of_birth: date | None = None
    sex: str = ""
    nationality: str = ""
    expires_on: date | None = None


GT_MUNICIPALITIES: Mapping[str, int] = dict(
    zip(
        (f"{code:02}" for code in range(1, 23)),
        (17, 8, 16, 16, 14, 14, 19, 8, 24, 21, 9, 30, 33, 21, 8, 17, 14, 5, 11, 11, 7, 17),
        strict=True,
    )
)
"""Municipalities of each department of Guatemala: 340, Huehuetenango 33 since Petatán (2015)."""

HN_MUNICIPALITIES: Mapping[str, int] = dict(
    zip(
        (f"{code:02}" for code in range(1, 19)),
        (8, 10, 21, 23, 12, 16, 19, 28, 6, 17, 4, 19, 28, 16, 23, 28, 9, 11),
        strict=True,
    )
)
"""Municipalities of each department of Honduras, in the order of the civil registry: 298."""

_IGNORED = re.compile(r"[\s.\-\u2010-\u2015\u00ad\u200b-\u200f\ufeff]")
_DIGITS = re.compile(r"[0-9]*")
_PASSPORT = re.compile(r"[A-Z0-9]{6,9}")


def normalise(text: str) -> str:
    """The number without spaces, hyphens and dots, upper case; full-width forms made plain."""
    return _IGNORED.sub("", unicodedata.normalize("NFKC", text)).upper()


def group(kind: IdentityKind, number: str) -> str:
    """As printed: `1234 56789 2004`, `0801-1990-12345`, `00016297-5`; else unchanged."""
    if kind is IdentityKind.GT_DPI and len(number) == 13:
        return f"{number[:4]} {number[4:9]} {number[9:]}"
    if kind is IdentityKind.HN_DNI and len(number) == 13:
        return f"{number[:4]}-{number[4:8]}-{number[8:]}"
    if kind is IdentityKind.SV_DUI and len(number) == 9:
        return f"{number[:8]}-{number[8]}"
    return number


def check_cui(text: str, *, confirmed: bool = False) -> IdentityDocument:
    """The CUI of a Guatemalan DPI, or Invalid with every fault at once.

    13 digits: 8 serial, 1 check, 2 department, 2 municipality of birth (of registration for the
    naturalised). Check: sum of digit times 2..9 from the left, modulo 11, equals the ninth digit;
    a remainder of 10 is never issued (domain 4.8, nationid). The registry has not published the
    formula: `confirmed` says that an official has seen the card, which turns a failing check digit
    into a warning. A municipality above the known count is a warning, for new ones are founded.
    """
    number = normalise(text)
    refuse_if(_shape_faults("cui", number))
    faults, warnings = _place_faults("cui", number[9:], GT_MUNICIPALITIES)
    if cui_remainder(number) != int(number[8]):
        (warnings if confirmed else faults).append(_fault("cui-check-digit"))
    refuse_if(faults)
    return IdentityDocument(
        IdentityKind.GT_DPI, number, "GTM", number[9:11], number[9:], warnings=tuple(warnings)
    )


def cui_remainder(number: str) -> int:
    """The check value (0 to 10) of the first eight digits; 10 means that no CUI has this serial."""
    return sum(int(digit) * weight for weight, digit in enumerate(number[:8], start=2)) % 11


def check_dni(text: str, date_of_birth: date | None = None) -> IdentityDocument:
    """The number of a Honduran DNI, or Invalid with every fault at once.

    13 digits: 2 department (01 to 18), 2 municipality, 4 year (1900 to 2099), 5 serial; there is
    no public check digit (domain 4.8, nationid). A year other than that of `date_of_birth` is the
    warning `dni-birth-year-differs`: a late registration explains it, a false age does too.
    """
    number = normalise(text)
    refuse_if(_shape_faults("dni", number))
    faults, warnings = _place_faults("dni", number[:4], HN_MUNICIPALITIES)
    year = int(number[4:8])
    if not 1900 <= year <= 2099:
        faults.append(_fault("dni-birth-year"))
    elif date_of_birth is not None and date_of_birth.year != year:
        warnings.append(_fault("dni-birth-year-differs"))
    refuse_if(faults)
    return IdentityDocument(
        IdentityKind.HN_DNI, number, "HND", number[:2], number[:4], year, tuple(warnings)
    )


def check_dui(text: str, *, confirmed: bool = False) -> IdentityDocument:
    """The number of a Salvadoran DUI, or Invalid with every fault at once.

    9 digits: 8 serial, 1 check; it tells no place and no date. Check: the sum of digit times 9..2
    from the left and the ninth digit is divisible by ten. The registry (RNPN) has not published
    the formula, so `confirmed` turns a failing check digit into a warning, as for the CUI.
    """
    number = normalise(text)
    refuse_if(_shape_faults("dui", number, 9))
    warnings: list[Fault] = []
    if dui_check(number) != int(number[8]):
        warnings.append(_fault("dui-check-digit"))
        refuse_if([] if confirmed else warnings)
    return IdentityDocument(IdentityKind.SV_DUI, number, "SLV", warnings=tuple(warnings))


def dui_check(number: str) -> int:
    """The check digit of the first eight digits of a DUI."""
    weighed = (int(digit) * (9 - at) for at, digit in enumerate(number[:8]))
    return -sum(weighed) % 10


def check_passport(text: str) -> IdentityDocument:
    """A passport number as typed: 6 to 9 letters and digits (ICAO 9303 part 4: at most 9).

    Nothing more can be told without the machine-readable zone (`permits.mrz`).
    """
    number = normalise(text)
    refuse_if([] if _PASSPORT.fullmatch(number) else [_fault("passport-number")])
    return IdentityDocument(IdentityKind.PASSPORT, number)


def check_rtn(text: str) -> str:
    """The 14 digits of a Honduran tax number (RTN), or Invalid; it has no public check digit."""
    number = normalise(text)
    refuse_if(_shape_faults("rtn", number, 14))
    return number


def check_document(
    kind: IdentityKind,
    text: str,
    *,
    date_of_birth: date | None = None,
    confirmed: bool = False,
) -> IdentityDocument:
    """Check `text` as a number of `kind`; Invalid with every fault at once."""
    checks: Mapping[IdentityKind, Callable[[], IdentityDocument]] = {
        IdentityKind.GT_DPI: lambda: check_cui(text, confirmed=confirmed),
        IdentityKind.HN_DNI: lambda: check_dni(text, date_of_birth),
        IdentityKind.SV_DUI: lambda: check_dui(text, confirmed=confirmed),
        IdentityKind.PASSPORT: lambda: check_passport(text),
    }
    return checks[kind]()


FAULT_CODES = frozenset(
    {
        "cui-characters",
        "cui-check-digit",
        "cui-department",
        "cui-length",
        "cui-missing",
        "cui-municipality",
        "cui-municipality-unknown",
        "dni-birth-year",
        "dni-birth-year-differs",
        "dni-characters",
        "dni-department",
        "dni-length",
        "dni-missing",
        "dni-municipality",
        "dni-municipality-unknown",
        "dui-characters",
        "dui-check-digit",
        "dui-length",
        "dui-missing",
        "passport-number",
        "rtn-characters",
        "rtn-length",
        "rtn-missing",
    }
)
"""Every code of a fault or a warning of this room, for the table of words."""

FIELD = "document_number"
"""The field that the faults of this room are about (`tax_number` for the RTN)."""


def _fault(code: str, **facts: str | int) -> Fault:
    return Fault(code, "tax_number" if code.startswith("rtn") else FIELD, facts)


def _shape_faults(prefix: str, number: str, length: int = 13) -> list[Fault]:
    """Wrong characters and wrong length; the rest can be read only when there is neither."""
    if not number:
        return [_fault(f"{prefix}-missing")]
    faults = []
    if not _DIGITS.fullmatch(number):
        faults.append(_fault(f"{prefix}-characters"))
    if len(number) != length:
        faults.append(_fault(f"{prefix}-length", length=length, given=len(number)))
    return faults


def _place_faults(
    prefix: str, place: str, counts: Mapping[str, int]
) -> tuple[list[Fault], list[Fault]]:
    """Faults and warnings of a department and municipality written as four digits."""
    department, municipality = place[:2], int(place[2:])
    if department not in counts:
        return [_fault(f"{prefix}-department")], []
    if municipality == 0:
        return [_fault(f"{prefix}-municipality")], []
    if municipality > counts[department]:
        return [], [_fault(f"{prefix}-municipality-unknown")]
    return [], []
