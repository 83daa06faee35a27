"""Languages: only an explicit choice counts, and every date, instant and amount is written out."""

from datetime import UTC, date, datetime
from decimal import Decimal
from gettext import NullTranslations

import pytest
from starlette.datastructures import FormData
from starlette.responses import Response

from app.web import i18n
from tests.web.faces import request_for

ES, EN = i18n.locale_for("es"), i18n.locale_for("en")


@pytest.mark.feature("W28")
@pytest.mark.parametrize(
    ("cookies", "code"),
    [
        ("", "es"),  # the browser asks for English, nobody chose it
        ("idioma=en", "en"),
        ("idioma=es", "es"),
        ("idioma=caa", "es"),  # known, not offered yet
        ("idioma=xx", "es"),
        ("idioma=../en", "es"),
    ],
)
def test_only_the_remembered_choice_decides(cookies: str, code: str) -> None:
    assert i18n.locale_of(request_for(cookies=cookies)).language.code == code


def test_every_language_has_a_known_cldr_locale_and_its_own_name() -> None:
    for language in i18n.REGISTRY:
        locale = i18n.Locale(language, NullTranslations())
        assert "1994" in locale.day(date(1994, 3, 27))
        assert language.autonym
    assert len(i18n.BY_CODE) == len(i18n.REGISTRY)


def test_a_date_is_written_out() -> None:
    assert ES.day(date(1994, 3, 27)) == "27 de marzo de 1994"
    assert EN.day(date(1994, 3, 27)) == "27 March 1994"


def test_an_instant_is_told_in_honduran_time() -> None:
    late = datetime(2026, 12, 1, 3, 5, tzinfo=UTC)
    assert ES.instant(late) == "30 de noviembre de 2026, 21:05"
    assert EN.day(late) == "30 November 2026"
    with pytest.raises(ValueError, match="without a time zone"):
        ES.instant(datetime(2026, 12, 1))  # noqa: DTZ001


def test_an_amount_names_its_currency() -> None:
    assert ES.money(Decimal("1234.5"), "HNL") == "1,234.50 lempiras hondureños (HNL)"
    assert EN.money(Decimal("40"), "EUR") == "40.00 euros (EUR)"
    assert ES.count(60000) == "60,000"


def test_a_plural_follows_the_number() -> None:
    days = i18n.NN_("Vence en %(num)s día", "Vence en %(num)s días")
    assert ES.plural(days, 1, num=1) == "Vence en 1 día"
    assert EN.plural(days, 3, num=3) == "Due in 3 days"


@pytest.mark.asvs("3.7.2")
@pytest.mark.parametrize(
    ("asked", "goes"),
    [
        ("/bandeja?q=ana&estado=x", "/bandeja?q=ana&estado=x"),
        ("/", "/"),
        ("", "/"),
        ("bandeja", "/"),
        ("//evil.example/x", "/"),
        ("https://evil.example/", "/"),
        ("/\\evil.example", "/"),
        ("/a\r\nSet-Cookie: x=1", "/"),
        ("javascript:alert(1)", "/"),
    ],
)
def test_the_switch_never_leaves_the_site(asked: str, goes: str) -> None:
    assert i18n.own_path(asked) == goes


def test_the_switch_remembers_and_goes_back() -> None:
    reply = i18n.switch("en", "/solicitud/nombre", secure=True)
    assert (reply.status_code, reply.headers["location"]) == (303, "/solicitud/nombre")
    cookie = reply.headers["set-cookie"]
    for part in ("idioma=en", "Max-Age=31536000", "HttpOnly", "SameSite=lax", "Secure", "Path=/"):
        assert part in cookie


def test_an_unknown_language_is_remembered_as_spanish() -> None:
    reply = i18n.switch("xx", "/", secure=False)
    assert reply.headers["set-cookie"].startswith("idioma=es;")


def test_a_language_button_inside_a_form_is_told_from_continue() -> None:
    pressed = i18n.asked_in(FormData([("name", "Ana"), ("idioma", "en")]))
    assert pressed is EN
    assert i18n.asked_in(FormData([("name", "Ana")])) is None
    assert i18n.asked_in(FormData([("idioma", "caa")])) is None
    reply = i18n.remember(Response(), EN, secure=False)
    assert "idioma=en" in reply.headers["set-cookie"]
