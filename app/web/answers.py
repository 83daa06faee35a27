"""Kinds of answers that forms share: a written date, yes or no, a phone number, an amount."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date, time
from decimal import Decimal
from typing import Annotated

import phonenumbers
from pydantic import BeforeValidator, StringConstraints
from pydantic_core import PydanticCustomError

from app.web.forms import DATE_PARTS, broken

_MONTHS: Mapping[str, int] = {
    name: number
    for number, names in enumerate(
        (
            ("enero", "ene", "january", "jan"),
            ("febrero", "feb", "february"),
            ("marzo", "mar", "march"),
            ("abril", "abr", "april", "apr"),
            ("mayo", "may"),
            ("junio", "jun", "june"),
            ("julio", "jul", "july"),
            ("agosto", "ago", "august", "aug"),
            ("septiembre", "setiembre", "sep", "set", "september", "sept"),
            ("octubre", "oct", "october"),
            ("noviembre", "nov", "november"),
            ("diciembre", "dic", "december", "dec"),
        ),
        start=1,
    )
    for name in names
}

_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]", re.ASCII)
_DIGITS = re.compile(r"-?[0-9]{1,18}", re.ASCII)


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text.strip().casefold())
    return "".join(letter for letter in folded if not unicodedata.combining(letter)).rstrip(".")


def _part(parts: Mapping[str, str], name: str) -> int:
    text = _plain(parts.get(name, ""))
    if not text:
        raise broken(f"date-without-{name}", part=name)
    number = _MONTHS.get(text) if name == "month" else None
    if number is None:
        if not (text.isascii() and text.isdigit() and len(text) <= 4):
            raise broken("date-impossible", part=name)
        number = int(text)
    if name == "year" and not 1900 <= number <= 2999:
        raise broken("date-year-in-full", part=name)
    return number


def read_date(parts: object) -> object:
    """A date from day, month (number or word) and year; one fault, at the first wrong part.

    A date that is a date already, or text of another origin, passes on to pydantic.
    """
    if not isinstance(parts, Mapping):
        return parts
    day, month, year = (_part(parts, name) for name in DATE_PARTS)
    if not 1 <= month <= 12:
        raise broken("date-impossible", part="month")
    try:
        return date(year, month, day)
    except ValueError as error:
        raise broken("date-impossible", part="day") from error


def read_yes(text: object) -> object:
    """`yes` and `no` of radios and tick boxes."""
    return {"yes": True, "no": False}.get(text, text) if isinstance(text, str) else text


def read_phone(text: object) -> object:
    """A phone number in E.164; without a country code it is Guatemalan or Honduran.

    Both countries have eight digits; Honduran mobiles begin with 3, 7, 8 or 9 and Guatemalan ones
    with 3, 4 or 5, so eight digits alone are not enough to tell: Guatemala is taken first, for
    that is where the workers' phones are, and the page shows back what was understood.
    """
    if not isinstance(text, str):
        return text
    for region in ("GT", "HN"):
        try:
            number = phonenumbers.parse(text, region)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number):
            return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    raise broken("phone-not-valid")


def show_phone(e164: str) -> str:
    """A stored phone number as people write it: +504 9999-9999."""
    number = phonenumbers.parse(e164)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def read_amount(text: object) -> object:
    """An amount with a decimal point or comma; groups of thousands may be parted.

    `1,234.50`, `1.234,50`, `1 234,5` and `1234` are understood; `L` and `Q` before it are dropped.
    """
    if not isinstance(text, str):
        return text
    bare = re.sub(r"[LlQq$\s]", "", text)
    mark = max(".,", key=bare.rfind)
    whole, found, decimals = bare.rpartition(mark)
    other = "," if mark == "." else "."
    if not found or (len(decimals) == 3 and other not in whole):
        whole, decimals = bare, ""
    digits = re.sub(r"[.,]", "", whole)
    if not _DIGITS.fullmatch(digits + decimals):
        raise broken("not-a-number")
    return Decimal(f"{digits}.{decimals}")


def read_time(text: object) -> object:
    """An hour of the day as `08:30`, from a list of choices."""
    if not isinstance(text, str):
        return text
    if not _TIME.fullmatch(text):
        raise broken("not-an-option")
    return time.fromisoformat(text)


WrittenTime = Annotated[time, BeforeValidator(read_time)]
"""One of the hours that a page offers."""

WrittenDate = Annotated[date, BeforeValidator(read_date)]
"""Three fields `name-day`, `name-month`, `name-year`; shown by widgets/date_input.html."""


def written_date(name: str, day: date) -> dict[str, Sequence[str]]:
    """A day as the three fields of a form show it."""
    parts = {"day": day.day, "month": day.month, "year": day.year}
    return {f"{name}-{part}": (str(number),) for part, number in parts.items()}


YesNo = Annotated[bool, BeforeValidator(read_yes)]
"""Radios or a tick box with the values `yes` and `no`."""


def find_phone(text: str) -> str | None:
    """E.164 of what was written as a phone number; None where it is none."""
    try:
        return str(read_phone(text))
    except PydanticCustomError:
        return None


_CHAT = re.compile(r"(?:wa\.me/|[?&]phone=)(?:\+|%2B)?([1-9][0-9]{7,14})", re.ASCII | re.IGNORECASE)
"""A link to talk with a telephone; its number has its country and no sign before it."""


def find_phones(text: str) -> list[str]:
    """The phone numbers of a text as E.164, of Honduras and Guatemala without a country too.

    That of a link to a chat is one, too.
    """
    text = _CHAT.sub(r" +\1 ", text)
    found = [
        phonenumbers.format_number(one.number, phonenumbers.PhoneNumberFormat.E164)
        for region in ("HN", "GT")
        for one in phonenumbers.PhoneNumberMatcher(text, region)
    ]
    whole = find_phone(text)
    return list(dict.fromkeys([*([whole] if whole else []), *found]))


Phone = Annotated[str, BeforeValidator(read_phone)]
"""One field; kept as E.164."""

Amount = Annotated[Decimal, BeforeValidator(read_amount)]
"""One field; no currency, the page names it."""

Name = Annotated[str, StringConstraints(max_length=60, pattern=r"^[^\d<>@#$%^*=+\\/|{}\[\]~]+$")]
"""A part of a person's name as they write it: any letters, blanks, hyphens, glottal marks."""
