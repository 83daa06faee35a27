"""Pages: what every one of them carries, and what each widget makes of its words and values."""

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal

import jinja2
import pytest
from markupsafe import Markup

from app.web import forms, templating
from app.web.contexts import HomePage
from app.web.error_pages import PAGES, show_error
from app.web.i18n import locale_for
from permits.errors import Fault
from permits.people import SYSTEM_PERSON, Actor, Role
from tests.web.faces import FormPage, request_for, show, site

PAGE = """{% extends "layouts/applicant.html" %}
{% block title %}{{ _("Entrar") }}{% endblock %}{% block main %}<h1>x</h1>{% endblock %}"""
FORM_PAGE = '{% set form_id = "f" %}' + PAGE
WRONG = FormPage(
    forms.Form(
        {"born-day": ("31",)},
        (
            Fault("date-impossible", "born", {"part": "month"}),
            Fault("too-long", "name", {"limit": "9"}),
            Fault("unexpected-field"),
        ),
        {"name.too-long": "Su nombre es muy largo."},
    )
)


def widget(call: str, page: object = None, code: str = "es") -> str:
    """What one widget makes; `form` is the page's form."""
    name = call.split("(")[0]
    files = {"tick": "checkboxes", "tag": "status_tag", "due": "status_tag", "icon": "pictogram"}
    source = f'{{% from "widgets/{files.get(name, name)}.html" import {name} %}}'
    return show(f"{source}{{% set form = page.form %}}{{{{ {call} }}}}", page, code=code)


def test_a_page_says_what_it_is_in_both_languages() -> None:
    spanish, english = show(PAGE), show(PAGE, code="en")
    assert "<title>Entrar · Vereda</title>" in spanish
    assert '<html class="govuk-template" lang="es-HN" dir="ltr">' in spanish
    assert "<title>Sign in · Vereda</title>" in english
    assert '<html class="govuk-template" lang="en" dir="ltr">' in english


def test_every_page_names_both_ministries_the_demonstration_and_the_help_line() -> None:
    page = show(PAGE)
    assert "Secretaría de Trabajo y Seguridad Social · Instituto Nacional de Migración" in page
    assert "Demostración: datos ficticios" in page
    assert 'href="tel:+50400000000"' in page


def test_the_banner_is_a_setting() -> None:
    made = templating.environment(site(demo=False), locale_for("es"))
    page = made.from_string(PAGE).render(page=FormPage(), here="/", path="/", actor=None)
    assert "Demostración" not in page


def test_faults_stand_first_and_in_the_title() -> None:
    page = show(FORM_PAGE, WRONG)
    assert "<title>Error: Entrar · Vereda</title>" in page
    assert "Hay 3 datos que corregir" in page
    assert re.findall(r'<a href="(#[^"]*)">([^<]*)</a>', page) == [
        ("#born-month", "La fecha no existe. Revise el día y el mes."),
        ("#name", "Su nombre es muy largo."),
    ]
    assert "La página no coincide con el formulario. Ábrala otra vez." in page


def test_the_language_link_keeps_the_page_and_in_a_form_what_was_typed() -> None:
    assert 'href="/idioma/en?volver=/x%3Fa%3D1%26b%3D2" lang="en"' in show(PAGE)
    page = show(FORM_PAGE)
    default = page.index('<button class="default-press" type="submit" form="f"')
    language = page.index('<button type="submit" form="f" name="idioma" value="en"')
    assert default < language  # Enter presses the first button of a form


def test_a_typing_mistake_in_a_template_is_an_error() -> None:
    with pytest.raises(jinja2.UndefinedError):
        show("{{ page.never_given }}")


@pytest.mark.promise("P20")
@pytest.mark.asvs("1.1.2")
def test_what_people_typed_is_never_markup() -> None:
    typed = forms.Form({"name": ('"><script>alert(1)</script>',)})
    made = widget('text_input(form, "name", "Nombre <b>")', FormPage(typed))
    assert "<script>" not in made
    assert "Nombre &lt;b&gt;" in made
    rows = widget('summary_list([("Nombre", "<b>Ana</b>", "/x")])')
    assert "&lt;b&gt;Ana&lt;/b&gt;" in rows


def test_a_field_shows_its_value_its_fault_and_how_to_type_it() -> None:
    typed = forms.Form({"name": ("Ana",)}, (Fault("too-long", "name", {"limit": "9"}),))
    made = widget(
        'text_input(form, "name", "Nombres", hint="Como en su DPI.", autocomplete="given-name",'
        ' inputmode="text", width=20, heading=true)',
        FormPage(typed),
    )
    assert 'value="Ana"' in made
    assert 'autocomplete="given-name"' in made
    assert 'aria-describedby="name-hint name-error"' in made
    assert "Es muy largo. El máximo es de 9 letras." in made
    assert "<h1" in made


def test_a_password_is_never_sent_back() -> None:
    made = widget(
        'text_input(form, "p", "x", type="password")', FormPage(forms.Form({"p": ("s3",)}))
    )
    assert "s3" not in made


def test_a_date_is_three_fields_and_marks_the_wrong_one() -> None:
    made = widget('date_input(form, "born", "¿Cuándo nació?", autocomplete="bday")', WRONG)
    assert re.findall(r'name="(born-\w+)"', made) == ["born-day", "born-month", "born-year"]
    assert re.findall(r'autocomplete="([^"]+)"', made) == ["bday-day", "bday-month", "bday-year"]
    wrong = [tag for tag in re.findall(r"<input[^>]*>", made) if "govuk-input--error" in tag]
    assert len(wrong) == 1
    assert 'id="born-month"' in wrong[0]
    assert 'value="31"' in made


def test_choices_keep_what_was_chosen_and_carry_a_drawing_with_a_word() -> None:
    options = '[("f", "Mujer", none, "person"), none, ("m", "Hombre", "Nota")]'
    made = widget(f'radios(form, "sex", "Sexo", {options})', FormPage(forms.Form({"sex": ("m",)})))
    assert re.findall(r'value="(\w)"( checked)?', made) == [("f", ""), ("m", " checked")]
    assert 'class="pictogram line-drawing"' in made
    assert "<span>Mujer</span>" in made
    several = '[("a", "Uno"), ("b", "Dos"), ("c", "Tres")]'
    typed = FormPage(forms.Form({"s": ("a", "c")}))
    ticked = widget(f'checkboxes(form, "s", "x", {several})', typed)
    assert re.findall(r'value="(\w)"( checked)?', ticked) == [
        ("a", " checked"),
        ("b", ""),
        ("c", " checked"),
    ]


def test_a_tick_is_yes_or_nothing() -> None:
    assert "checked" not in widget('tick(form, "ok", "Acepto")')
    given = FormPage(forms.Form({"ok": ("yes",)}))
    assert 'value="yes" checked' in widget('tick(form, "ok", "Acepto")', given)


def test_a_status_has_an_icon_and_a_word() -> None:
    made = widget('status_tag("returned")')
    assert "status--look" in made
    assert "<svg" in made
    assert "Falta su respuesta" in made
    assert "Needs your answer" in widget('status_tag("returned")', code="en")
    assert "Revocado" in widget('status_tag("revoked", "credential")')


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (-3, "Venció hace 3 días"),
        (-1, "Venció hace 1 día"),
        (0, "Vence hoy"),
        (1, "Vence en 1 día"),
        (5, "Vence en 5 días"),
        (6, "En 6 días"),
    ],
)
def test_a_deadline_speaks_up_only_when_it_matters(days: int, words: str) -> None:
    made = widget(f"due({days})")
    assert re.sub(r"<[^>]*>", "", made).strip() == words
    assert ("status" in made) == (days < 6)
    assert widget("due(none)").strip() == ""


def test_done_does_not_look_like_sent() -> None:
    made = widget('task_list([("Su foto", "/f", "done"), ("Enviar", none, "later")])')
    assert "Listo (falta enviar)" in made
    assert made.count("<a ") == 1


def test_a_button_may_be_a_link_and_says_that_it_works() -> None:
    assert 'data-busy="Enviando…"' in widget('button("Continuar")')
    link = widget('button("Volver", href="/", kind="secondary")')
    assert "data-busy" not in link
    assert "data-primary" not in link
    assert 'href="/"' in link


def test_a_table_has_scopes_and_labels_for_narrow_screens() -> None:
    made = widget('table("Plazas", ["Vacante", "Plazas"], [["Corte", "12"]], numeric=(1,))')
    assert '<th scope="row"' in made
    assert 'data-label="Plazas"' in made
    assert made.count("--numeric") == 2


def test_filters_write_for_people() -> None:
    @dataclass(frozen=True)
    class Facts:
        form: forms.Form = field(default_factory=forms.Form)
        born: date = date(1994, 3, 27)
        sent: datetime = datetime(2026, 11, 23, 18, 5, tzinfo=UTC)
        wage: Decimal = Decimal("350.5")

    source = (
        '{{ page.born | day }}|{{ page.born | iso }}|{{ page.sent | instant }}|'
        '{{ page.wage | money("HNL") }}|{{ 60000 | count }}|{{ "+50499999999" | phone }}|'
        '{{ "2546782450412" | document_number("gt-dpi") }}|{{ "setrass" | words("agency") }}|'
        '{{ "Enviar" | t }}'
    )  # fmt: skip
    assert show(source, Facts(), code="en").split("|") == [
        "27 March 1994",
        "1994-03-27",
        "23 November 2026, 12:05",
        "350.50 Honduran lempiras (HNL)",
        "60,000",
        "+504 9999-9999",
        "2546 78245 0412",
        "Ministry of Labour and Social Security (SETRASS)",
        "Send",
    ]


def test_officials_see_only_the_doors_that_are_theirs() -> None:
    source = PAGE.replace("applicant", "official")
    border = show(source, actor=Actor(SYSTEM_PERSON, Role.BORDER_AGENT, "Luz"))
    assert ("/escaner/" in border, "/demo/mensajes" in border) == (True, False)
    assert "Luz · Agente de frontera" in border
    officer = show(source, actor=Actor(SYSTEM_PERSON, Role.INM_OFFICER, "Ana"))
    assert '<a class="govuk-link" href="/bandeja">' in officer
    assert 'action="/salir"' not in show(source)


def test_render_tells_language_and_caches() -> None:
    reply = templating.render(request_for(cookies="idioma=en"), "home.html", HomePage(), 200)
    assert reply.headers["content-language"] == "en"
    assert reply.headers["vary"] == "Cookie, HX-Request"
    assert "I want to work in the coffee harvest" in bytes(reply.body).decode()
    assert (
        "Quiero trabajar"
        in bytes(templating.render(request_for(), "home.html", HomePage()).body).decode()
    )


def test_a_locale_may_be_given_for_one_page() -> None:
    reply = templating.render(request_for(), "home.html", HomePage(), locale=locale_for("en"))
    assert reply.headers["content-language"] == "en"


def error_page(status: int, code: str = "no-such-page", *faults: Fault) -> str:
    request = request_for("/casos/1")
    request.state.request_id = "r-123"
    return bytes(show_error(request, status, code, {"holder": "Ana"}, faults).body).decode()


@pytest.mark.parametrize("status", sorted(PAGES))
def test_each_error_says_what_happened_what_to_do_and_whom_to_call(status: int) -> None:
    page = error_page(status, "held-by-other")
    assert page.count("<h1") == 1
    assert page.count('<p class="govuk-body-l">Ana trabaja en este caso ahora.</p>') == 1
    assert "r-123" in page
    assert re.search(r'<a href="/(casos/1)?" [^>]*class="govuk-button', page)


def test_an_error_does_not_say_the_same_twice_and_lists_every_fault() -> None:
    assert "No encontramos esta página." not in error_page(404)
    page = error_page(422, "invalid", Fault("too-few", "a"), Fault("too-long", "b", {"limit": 9}))
    assert "<li>Elija al menos una opción.</li>" in page
    assert "<li>Es muy largo. El máximo es de 9 letras.</li>" in page


def test_a_pause_is_told_in_minutes() -> None:
    @dataclass(frozen=True)
    class Busy:
        code: str = "too-many-tries"
        request_id: str = ""
        retry_after_seconds: int = 61
        facts: dict[str, str | int] = field(default_factory=dict)

    page = bytes(templating.render(request_for(), "errors/429.html", Busy(), 429).body).decode()
    assert "Espere 2 minutos y pruebe otra vez." in page
    assert "Espere unos minutos y pruebe otra vez." in error_page(429)


def test_markup_made_by_a_widget_stays_markup_inside_another() -> None:
    source = (
        '{% from "widgets/status_tag.html" import status_tag %}'
        '{% from "widgets/summary_list.html" import summary_list %}'
        '{{ summary_list([("Estado", status_tag("approved"))]) }}'
    )
    assert "status--go" in show(source)
    assert isinstance(Markup(show(source)), str)
