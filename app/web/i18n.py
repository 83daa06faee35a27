"""In which language a page speaks, and how dates, instants and money are written in it."""

import gettext
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache, lru_cache
from typing import Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from babel import Locale as Formats
from babel import dates, numbers
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from app.web import i18n_catalogues
from app.web.browsers import is_secure

COOKIE = "idioma"
"""Holds the code of the language that the person chose; nothing else decides it."""

HOST_COOKIE = f"__Host-{COOKIE}"
"""Its name over https, where browsers bind it to this very host."""

FIELD = "idioma"
"""The name of the language buttons inside a form: pressing one keeps what was typed."""

WAITING_FIELD = "prueba-idioma"
"""The same of a form that waits for a proof: afterwards it is shown again, and not sent either."""

WRONG = 422
"""The status of a page with what was typed, and with what is wrong in it."""

ONE_YEAR_SECONDS = 365 * 24 * 3600
WRITTEN = 4096
"""Numbers and days of which a process remembers how they are written: a list has few different."""

LEGAL_TIME = ZoneInfo("America/Tegucigalpa")


def N_(message: str) -> str:  # noqa: N802  gettext's own name for "translate this later"
    """Mark a Spanish text for extraction where it is written down but not yet shown."""
    return message


def NN_(one: str, many: str) -> tuple[str, str]:  # noqa: N802
    """Mark a text with its plural for extraction; `Locale.plural` chooses between them."""
    return one, many


@dataclass(frozen=True)
class Language:
    """A language of the pages.

    `code` is BCP 47 where there is a two-letter code, else ISO 639-3; it names the catalogue.
    `formats_from` is the CLDR locale that writes dates and numbers, because CLDR does not know
    most of these languages. `offered` is true once the catalogue is complete.
    """

    code: str
    autonym: str
    formats_from: str = "es_HN"
    html_lang: str = ""
    direction: Literal["ltr", "rtl"] = "ltr"
    offered: bool = False

    @property
    def lang(self) -> str:
        """The value of the HTML lang attribute."""
        return self.html_lang or self.code


SPANISH = Language("es", "Español", html_lang="es-HN", offered=True)
ENGLISH = Language("en", "English", formats_from="en_001", offered=True)

REGISTRY = (
    SPANISH,
    ENGLISH,
    Language("caa", "Ch’orti’"),
    Language("poh", "Poqomchi’"),
    Language("kek", "Q’eqchi’"),
    Language("acr", "Achi"),
    Language("mam", "Mam"),
    Language("poc", "Poqomam"),
    Language("miq", "Miskitu"),
    Language("cab", "Garífuna"),
)
"""Every language that people of the programmes speak; those not offered wait for a catalogue."""

BY_CODE = {language.code: language for language in REGISTRY}
OFFERED = tuple(language for language in REGISTRY if language.offered)


@dataclass(frozen=True)
class Locale:
    """A language with its catalogue, ready to write."""

    language: Language
    catalogue: gettext.NullTranslations

    def text(self, message: str, **facts: object) -> str:
        """Translate a Spanish text and fill its `%(name)s` places."""
        translated = self.catalogue.gettext(message)
        return translated % facts if facts else translated

    def plural(self, forms: tuple[str, str], n: int, **facts: object) -> str:
        """Translate a text with its plural by number; `%(n)s` is filled with the number."""
        return self.catalogue.ngettext(*forms, n) % {"n": n, **facts}

    def day(self, value: date) -> str:
        """Write a date out: 27 de marzo de 1994. An instant is read at Honduran time."""
        if isinstance(value, datetime):
            value = value.astimezone(LEGAL_TIME).date()
        return _day(value, self.language.formats_from)

    def instant(self, value: datetime) -> str:
        """Write a date and the Honduran time out: 27 de marzo de 1994, 16:05. Aware only."""
        if value.tzinfo is None:
            raise ValueError("an instant without a time zone cannot be written")
        local = value.astimezone(LEGAL_TIME)
        return f"{self.day(value)}, {local:%H:%M}"

    def moment(self, value: datetime) -> str:
        """Write an instant to the second, for a list that is read by eye: 27/03/1994 16:05:09."""
        local = value.astimezone(LEGAL_TIME)
        return f"{local:%d/%m/%Y %H:%M:%S}"

    def money(self, amount: Decimal, currency: str) -> str:
        """Write an amount with its ISO 4217 code and words: 1,234.50 lempiras (HNL)."""
        name = numbers.format_currency(
            amount, currency, locale=_formats(self.language.formats_from), format_type="name"
        )
        return f"{name} ({currency})"

    def count(self, value: int | Decimal) -> str:
        """Write a number with its groups and without empty decimals: 1,234 or 12,345.67."""
        return _count(value, self.language.formats_from)


@lru_cache(WRITTEN)
def _day(value: date, formats_from: str) -> str:
    written = dates.format_date(value, "long", _formats(formats_from))
    return written.removeprefix("0")  # es_HN would write 01 de diciembre


@lru_cache(WRITTEN)
def _count(value: int | Decimal, formats_from: str) -> str:
    return numbers.format_decimal(value, locale=_formats(formats_from))


@cache
def _formats(formats_from: str) -> Formats:
    return Formats.parse(formats_from)


@cache
def locale_for(code: str) -> Locale:
    """The locale of an offered language; anything else speaks Spanish."""
    language = BY_CODE.get(code, SPANISH)
    if not language.offered:
        language = SPANISH
    if language is SPANISH:
        return Locale(language, gettext.NullTranslations())
    return Locale(language, i18n_catalogues.load(language.code))


def locale_of(request: Request) -> Locale:
    """The language whose button was pressed just now, the remembered choice, else Spanish.

    The browser's Accept-Language is not asked: on shared and second-hand phones it is often
    English without anybody having chosen it.
    """
    return pressed(request) or locale_for(remembered(request) or SPANISH.code)


def note_pressed(request: Request, form: object) -> None:
    """Whoever answers this request speaks the language whose button was pressed in its form."""
    request.state.pressed_language = asked_in(form)


def forget_pressed(request: Request) -> None:
    """It was pressed in a form that only waits on this page."""
    request.state.pressed_language = None


def pressed(request: Request) -> Locale | None:
    """The language whose button was pressed in the form of this request, if any.

    Who asks `forms.check` for what was posted need not ask this. Who writes without it, or before
    it, shows the page again instead.
    """
    found: Locale | None = getattr(request.state, "pressed_language", None)
    return found


def keep_pressed(request: Request, response: Response) -> None:
    """Remember that language, and answer that nothing was wrong: nothing was sent either."""
    locale = pressed(request)
    if locale is None:
        return
    remember(response, locale, secure=is_secure(request))
    if response.status_code == WRONG:
        response.status_code = 200


def remembered(request: Request) -> str:
    """The code of the language that was chosen, as the cookie says it; empty for none."""
    return request.cookies.get(HOST_COOKIE) or request.cookies.get(COOKIE, "")


def asked_in(form: object) -> Locale | None:
    """The language whose button was pressed inside a form, or None when *Continue* was.

    The page is then shown again in that language with what was typed, unchecked and unsaved.
    """
    code = form.get(FIELD) or form.get(WAITING_FIELD) if hasattr(form, "get") else None
    if isinstance(code, str) and code in BY_CODE and BY_CODE[code].offered:
        return locale_for(code)
    return None


def remember(response: Response, locale: Locale, *, secure: bool) -> Response:
    """Keep the chosen language for a year."""
    response.set_cookie(
        HOST_COOKIE if secure else COOKIE,
        locale.language.code,
        max_age=ONE_YEAR_SECONDS,
        secure=secure,
        httponly=True,
        samesite="lax",
    )
    return response


def switch(code: str, back: str, *, secure: bool) -> Response:
    """Answer `/idioma/{code}`: keep the choice and go back to the page, of this site only."""
    locale = locale_for(code)
    return remember(RedirectResponse(own_path(back), 303), locale, secure=secure)


def own_path(address: str) -> str:
    """The address when it is a path of this site, else the start page; never another host."""
    try:
        parts = urlsplit(address)
    except ValueError:  # half an IPv6 address
        return "/"
    strange = "\\" in address or any(ord(letter) < 32 for letter in address)
    if parts.scheme or parts.netloc or strange:
        return "/"
    return address if address.startswith("/") and not address.startswith("//") else "/"
