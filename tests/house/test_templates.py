"""Templates of the whole house: they compile, nothing is inline, every text is translated."""

import re
from collections.abc import Iterator
from pathlib import Path

import jinja2
import pytest

from app.web import i18n_catalogues
from app.web.i18n import OFFERED, REGISTRY, SPANISH, locale_for
from app.web.templating import environment
from tests.web.faces import site

TEMPLATES = Path(__file__).parents[2] / "templates"
PAGES = sorted(path for path in TEMPLATES.rglob("*.html") if "notices" not in path.parts)
OWN_STYLE = {"print"}
INLINE = re.compile(
    r"""<[^>]*\s(style|on[a-z]+)\s*=|<style|<script(?![^>]*\ssrc=)(?![^>]*type="application/json")""",
    re.IGNORECASE,
)
PLACE = re.compile(r"%\((\w+)\)s")
ADDRESS = re.compile(r"""(?:src|href|action)=["'](?:https?:)?//""", re.IGNORECASE)


def _name(path: Path) -> str:
    return str(path.relative_to(TEMPLATES))


def test_each_template_compiles() -> None:
    made = environment(site(), locale_for("es"))
    for path in PAGES:
        made.get_template(_name(path))


@pytest.mark.asvs("3.4.3")
def test_nothing_is_inline_or_from_elsewhere() -> None:
    for path in PAGES:
        text = path.read_text("utf-8")
        assert (path, INLINE.search(text)) == (path, None)
        assert (path, ADDRESS.search(text)) == (path, None)


def test_only_widgets_call_the_vendor() -> None:
    callers = {_name(path).split("/")[0] for path in PAGES if "vendor(" in path.read_text("utf-8")}
    assert callers == {"widgets"}


def test_each_widget_is_named_after_its_file_or_tells_why() -> None:
    for path in (TEMPLATES / "widgets").glob("*.html"):
        assert "{% macro " in path.read_text("utf-8"), path.name
        assert path.read_text("utf-8").startswith("{#"), f"{path.name} does not say what it is for"


def _spanish() -> Iterator[str | tuple[str, ...]]:
    for message in i18n_catalogues.extract():
        if message.id:
            yield tuple(message.id) if isinstance(message.id, list | tuple) else message.id


@pytest.mark.feature("W28")
@pytest.mark.parametrize("code", i18n_catalogues.TRANSLATED)
def test_every_text_is_translated_and_no_translation_is_left_over(code: str) -> None:
    assert i18n_catalogues.missing(code) == []
    translated = {message.id for message in i18n_catalogues.merged(code) if message.id}
    assert translated - set(_spanish()) == set()


def test_a_language_that_is_offered_has_a_catalogue() -> None:
    assert {language.code for language in OFFERED} - {SPANISH.code} == set(
        i18n_catalogues.TRANSLATED
    )


@pytest.mark.parametrize("code", i18n_catalogues.TRANSLATED)
def test_a_translation_has_the_same_places_as_its_text(code: str) -> None:
    for message in i18n_catalogues.merged(code):
        if not message.id or not i18n_catalogues.all_forms(message.string):
            continue  # what is missing is told by another test
        texts = [message.id] if isinstance(message.id, str) else list(message.id)
        said = [message.string] if isinstance(message.string, str) else list(message.string or ())
        wanted = set(PLACE.findall(" ".join(texts)))
        assert {place for text in said for place in PLACE.findall(text)} == wanted, message.id
        assert not message.fuzzy, message.id


def test_a_template_says_nothing_in_plain_words() -> None:
    """Words outside of `_()` would stay Spanish in English; the mark and languages are names."""
    names = {language.autonym for language in REGISTRY} | {
        "Vereda",
        "·",
        "(",
        ")",
        ":",
        "—",
        "–",
        "-",
        "|",
        "/",
        ",",
    }
    trans = re.compile(r"\{%-?\s*trans\b.*?endtrans\s*-?%\}", re.S)
    tags = re.compile(r"<(script|style|svg).*?</\1>|<[^>]*>", re.S)
    made = environment(site(), locale_for("es"))
    for path in PAGES:
        if _name(path).split("/")[0] in OWN_STYLE:
            continue
        tokens = made.lex(trans.sub(" ", path.read_text("utf-8")))
        text = "".join(value if kind == "data" else "X" for _line, kind, value in tokens)
        words = tags.sub(" ", text).replace("X", " ").split()
        left = {word for word in words if word not in names and not word.startswith("&")}
        assert left == set(), (_name(path), left)


def test_a_missing_template_name_is_an_error() -> None:
    with pytest.raises(jinja2.TemplateNotFound):
        environment(site(), locale_for("es")).get_template("no-such-page.html")
