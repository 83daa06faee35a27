"""The machine-readable zone of passports (TD3) and of cards (TD1): parse and check digits."""

import calendar
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from permits.errors import Fault, Invalid, refuse_if
from permits.identity_documents import IdentityDocument, IdentityKind

_VALUES = {c: i for i, c in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")} | {"<": 0}
_LINE = re.compile(r"[A-Z0-9<]+")
_WEIGHTS = (7, 3, 1)

WARNING_CODES = frozenset(
    {
        "mrz-birth-check",
        "mrz-birth-date",
        "mrz-composite-check",
        "mrz-expired",
        "mrz-expiry-check",
        "mrz-expiry-date",
        "mrz-number-check",
        "mrz-personal-number-check",
    }
)
"""Every code of a warning of this room, for the table of words."""

SHAPES: dict[tuple[int, int], str] = {(2, 44): "td3", (3, 30): "td1"}
"""Lines and characters a line of each layout that is read (ICAO 9303 parts 4 and 5)."""


def check_digit(text: str) -> int:
    """Weights 7, 3, 1 from the left, modulo 10; `<` is 0, A to Z are 10 to 35 (ICAO 9303-3, 4.9).

    A character outside the zone's alphabet is a KeyError: `check_mrz` refuses it before.
    """
    return sum(_VALUES[c] * _WEIGHTS[i % 3] for i, c in enumerate(text)) % 10


def check_mrz(text: str, on: date) -> IdentityDocument:
    """Read a zone, or Invalid where it is none (`mrz-shape`, `mrz-characters`, `mrz-kind`).

    A check digit or a date that does not hold is a warning, not a fault: misread letters are
    common, and the answer is to scan once more (domain 4.8). `on` settles the century of the two
    digits of a year: a birth is never after `on`; an expiry is within 50 years of it.
    """
    lines = [line.strip().replace(" ", "").upper() for line in text.strip().splitlines()]
    lines = [line for line in lines if line]
    shape = SHAPES.get((len(lines), len(lines[0]) if lines else 0))
    if shape is None or len({len(line) for line in lines}) != 1:
        raise Invalid([Fault("mrz-shape", "mrz")])
    refuse_if([Fault("mrz-characters", "mrz")] if not all(map(_LINE.fullmatch, lines)) else [])
    zone = _read_td3(lines) if shape == "td3" else _read_td1(lines)
    refuse_if([Fault("mrz-kind", "mrz")] if zone.kind[0] not in "PIAC" else [])
    return _document(zone, on)


@dataclass(frozen=True)
class _Zone:
    kind: str
    issuer: str
    number: str
    birth: str
    sex: str
    expiry: str
    nationality: str
    names: str
    optional: str
    checked: Sequence[tuple[str, str, str]]
    """(code of the warning, text, its check digit)"""


def _read_td3(lines: Sequence[str]) -> _Zone:
    first, second = lines
    composite = second[:10] + second[13:20] + second[21:43]
    checked = [
        ("mrz-number-check", second[:9], second[9]),
        ("mrz-birth-check", second[13:19], second[19]),
        ("mrz-expiry-check", second[21:27], second[27]),
        ("mrz-personal-number-check", second[28:42], second[42]),
        ("mrz-composite-check", composite, second[43]),
    ]
    return _Zone(
        first[:2], first[2:5], second[:9], second[13:19], second[20], second[21:27], second[10:13],
        first[5:], second[28:42], checked,
    )  # fmt: skip


def _read_td1(lines: Sequence[str]) -> _Zone:
    first, second, third = lines
    number, number_check, optional = first[5:14], first[14], first[15:30]
    if number_check == "<" and optional.strip("<"):
        # A longer number goes on in the optional field; its last character is the check digit
        # (ICAO 9303-5, note j).
        rest, _, optional = optional.partition("<")
        number, number_check = number + rest[:-1], rest[-1:]
    composite = first[5:30] + second[:7] + second[8:15] + second[18:29]
    checked = [
        ("mrz-number-check", number, number_check),
        ("mrz-birth-check", second[:6], second[6]),
        ("mrz-expiry-check", second[8:14], second[14]),
        ("mrz-composite-check", composite, second[29]),
    ]
    return _Zone(
        first[:2], first[2:5], number, second[:6], second[7], second[8:14], second[15:18],
        third, optional, checked,
    )  # fmt: skip


def _holds(text: str, digit: str) -> bool:
    """An empty field may carry `<` for its check digit (the personal number of a passport)."""
    if digit == "<":
        return not text.strip("<")
    return digit.isdigit() and int(digit) == check_digit(text)


def _document(zone: _Zone, on: date) -> IdentityDocument:
    warnings = [Fault(code, "mrz") for code, text, digit in zone.checked if not _holds(text, digit)]
    born, expires = _birth(zone.birth, on), _expiry(zone.expiry, on)
    if born is None:
        warnings.append(Fault("mrz-birth-date", "mrz"))
    if expires is None:
        warnings.append(Fault("mrz-expiry-date", "mrz"))
    elif expires < on:
        warnings.append(Fault("mrz-expired", "mrz"))
    surnames, _, given_names = zone.names.partition("<<")
    return IdentityDocument(
        kind=_kind(zone),
        number=zone.number.replace("<", ""),
        country=_state(zone.issuer),
        birth_year=born.year if born else None,
        warnings=tuple(warnings),
        surnames=surnames.replace("<", " ").strip(),
        given_names=" ".join(given_names.replace("<", " ").split()),
        date_of_birth=born,
        sex=zone.sex if zone.sex in "MF" else "",
        nationality=_state(zone.nationality),
        expires_on=expires,
    )


def _kind(zone: _Zone) -> IdentityKind:
    if zone.kind[0] != "P":
        if zone.issuer == "GTM":
            return IdentityKind.GT_DPI
        if zone.issuer == "HND":
            return IdentityKind.HN_DNI
        if zone.issuer == "SLV":
            return IdentityKind.SV_DUI
    return IdentityKind.PASSPORT


def _state(code: str) -> str:
    return code.replace("<", "")


def _date(year: int, text: str) -> date | None:
    month, day = int(text[2:4]), int(text[4:6])
    # A birth on 29 February read in the wrong century would not exist; the caller tries the other.
    if not (1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]):
        return None
    return date(year, month, day)


def _birth(text: str, on: date) -> date | None:
    """The latest century in which the date exists and is not after `on`."""
    if not text.isdigit():
        return None
    century = on.year // 100 * 100
    for year in (century + int(text[:2]), century - 100 + int(text[:2])):
        born = _date(year, text)
        if born is not None and born <= on:
            return born
    return None


def _expiry(text: str, on: date) -> date | None:
    if not text.isdigit():
        return None
    year = on.year // 100 * 100 + int(text[:2])
    if year > on.year + 50:
        year -= 100
    elif year < on.year - 50:
        year += 100
    return _date(year, text)


def transliterate(name: str) -> str:
    """A name as the zone writes it: upper case, no accents, Ñ as N, one space between.

    For comparing what was typed with what was read (ICAO 9303-3, section 6); a zone may write Ñ
    as NXX, which `same_name` allows for.
    """
    plain = unicodedata.normalize("NFKD", name.upper())
    kept = "".join(c for c in plain if not unicodedata.combining(c) and c not in "'’`.")
    return " ".join(re.sub(r"[^A-Z]+", " ", kept).split())


def same_name(typed: str, read: str) -> bool:
    """Whether `read` (from a zone, perhaps cut short) can be `typed`; empty is no match."""
    left = transliterate(typed).split()
    right = transliterate(read.upper().replace("NXX", "N")).split()
    if not left or not right:
        return False
    # A zone leaves out what does not fit: the words that are there must agree in order, and the
    # last may be shortened.
    return len(right) <= len(left) and all(
        word == other or (i == len(right) - 1 and other.startswith(word))
        for i, (word, other) in enumerate(zip(right, left, strict=False))
    )
