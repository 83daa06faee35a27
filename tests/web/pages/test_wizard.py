"""The worker's way from the start page to the receipt, on any phone, without JavaScript."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from fastapi import FastAPI

from app.services import effects
from app.services.ports import Ports
from app.storage import vacancy_terms
from permits.approvals import Opinion
from permits.audit import Act
from permits.people import SYSTEM
from permits.programmes import Hiring
from tests.builders import work_of
from tests.databases import Database
from tests.vacancies import FAIR
from tests.web.clients import Client
from tests.web.conftest import As, Lived
from tests.web.pages.walking import CUI, E164, PHONE, Walker, now, open_work, title, words

Browser = Callable[[], Walker]


@pytest.fixture
def browser(app: FastAPI) -> Browser:
    """A fresh browser on each call."""
    return lambda: Walker(Client(app))


@pytest.mark.feature("W1", "W7")
def test_from_the_start_page_to_the_receipt(
    browser: Browser, database: Database, ports: Ports
) -> None:
    vacancy = open_work(database, ports)
    worker = browser()
    assert 'href="/solicitud"' in worker.open("/").text
    assert 'href="/solicitud/nueva/coffee-hn-gt"' in worker.open("/solicitud").text
    worker.begin()
    worker.answer_all(vacancy)
    assert worker.trail == [
        "coffee-hn-gt",
        "documento",
        "nombre",
        "nacimiento",
        "sexo",
        "municipio",
        "idiomas",
        "lectura",
        str(vacancy),
        "papeles",
        "foto",
        "permiso",
    ]
    assert worker.slug == "revisar"
    said = words(worker.page)
    for answer in (
        "DPI de Guatemala: 1234 56789 2004",
        "María Ángela",
        "27 de marzo de 1994",
        "Jocotán",
        "+502 5551 2345",
        "Español, Ch'orti'",
        "No leo",
        "Corte de café. Finca El Cedral",
    ):
        assert answer in said
    worker.send()
    assert worker.slug == "recibo"
    assert "Recibimos su solicitud" in title(worker.page)
    assert "Deben responder a más tardar el" in words(worker.page)


@pytest.mark.feature("W3")
def test_stop_anywhere_and_go_on_in_another_browser(
    browser: Browser, database: Database, ports: Ports
) -> None:
    first = browser()
    code = first.begin()
    first.send(document_kind="gt-dpi", document_number=CUI)
    first.send(given_names="María", surnames="Gutiérrez")
    second = browser()
    second.open("/mi-solicitud")
    assert second.path == "/retomar"
    second.send("/retomar/papel", phone=PHONE, code="00000000")
    assert second.page.status_code == 422
    assert "El teléfono o el código no es correcto." in words(second.page)
    assert f'value="{PHONE}"' in second.page.text
    second.send("/retomar/papel", phone=PHONE, code=code)
    assert (second.slug, second.application) == ("nacimiento", first.application)
    assert 'value="María"' in second.open(f"/solicitud/{first.application}/nombre").text


@pytest.mark.feature("W3", "W11")
def test_the_code_comes_by_message_and_the_page_keeps_it_for_a_reload(
    browser: Browser, database: Database, ports: Ports
) -> None:
    worker = browser()
    worker.open("/solicitud/nueva/coffee-hn-gt")
    worker.send(phone=PHONE)
    code = words(worker.page).split("volver:")[1].split()[:2]
    assert code == words(worker.open(worker.path)).split("volver:")[1].split()[:2]
    with database.sessions.begin() as session:
        effects.run_next_effect(work_of(session, SYSTEM, ports, now()))
    letters = list(ports.messenger.letters.values())  # type: ignore[attr-defined]
    assert [(letter.channel, letter.recipient) for letter in letters] == [("sms", E164)]
    assert "".join(code) in letters[0].body.replace(" ", "")


def test_done_is_not_sent(browser: Browser, database: Database, ports: Ports) -> None:
    worker = browser()
    worker.begin()
    worker.send(document_kind="gt-dpi", document_number=CUI)
    listed = words(worker.open(f"/solicitud/{worker.application}"))
    # the document and, since the beginning, the phone
    assert listed.count("Listo (falta enviar)") == 2
    assert listed.count("Por hacer") == 10


@pytest.mark.feature("W28")
def test_another_language_keeps_the_step_and_what_was_typed(browser: Browser) -> None:
    worker = browser()
    worker.begin()
    worker.send(document_kind="gt-dpi", document_number=CUI)
    page = worker.send(given_names="Ana", surnames="", idioma="en")
    assert (page.status_code, worker.slug) == (200, "nombre")
    assert "What is your name?" in title(page)
    assert 'value="Ana"' in page.text
    assert "What is your name?" in title(worker.open(worker.path))
    worker.send(given_names="Ana", surnames="")
    assert title(worker.page).startswith("Error: What is your name?")
    assert "Enter your surnames." in words(worker.page)


@pytest.mark.promise("P6")
def test_sending_twice_is_sending_once(browser: Browser, database: Database, ports: Ports) -> None:
    vacancy = open_work(database, ports)
    worker = browser()
    worker.begin()
    worker.answer_all(vacancy)
    check = worker.path
    first = words(worker.send(check))
    second = words(worker.send(check))
    assert (worker.slug, first) == ("recibo", second)
    assert worker.client.get(check).status_code == 200  # followed to the status, not a new form
    assert "Usted envió la solicitud" in words(worker.open(check))


@pytest.mark.feature("W8")
def test_every_term_is_told_before_choosing(
    browser: Browser, database: Database, ports: Ports
) -> None:
    vacancy = open_work(database, ports, Hiring.ON_ACCEPTANCE)
    worker = browser()
    worker.begin()
    worker.open(f"/solicitud/{worker.application}/trabajo")
    assert f'/trabajo/{vacancy}"' in worker.page.text
    address = f"{worker.path}/{vacancy}"
    said = words(worker.open(address))
    for term in (
        "Finca El Cedral",
        "350.00 lempiras hondureños (HNL) por día",
        "8 horas al día, 6 días a la semana",
        "Vivienda Sí, sin costo",
        "Transporte Sí, sin costo",
        "Comida Sí, sin costo",
        "El empleador debe aceptarle.",
    ):
        assert term in said
    terms = replace(FAIR, housing_deducted=Decimal(900), food_deducted=Decimal(600))
    with database.sessions.begin() as session:
        event = work_of(session, SYSTEM, ports).event(Act.VACANCY_CHANGED, vacancy, {"version": 2})
        vacancy_terms.save_terms(session, vacancy, terms, event=event)
    said = words(worker.open(address))
    for term in (
        "Vivienda Sí, pero se descuentan 900.00 lempiras hondureños (HNL) al mes",
        "Transporte Sí, sin costo",
        "Comida Sí, pero se descuentan 600.00 lempiras hondureños (HNL) al mes",
        "De un mes se descuentan 1,500.00 lempiras hondureños (HNL) por vivienda y comida.",
    ):
        assert term in said


@pytest.mark.feature("W7")
def test_a_search_among_the_jobs_says_when_nothing_fits(
    browser: Browser, database: Database, ports: Ports
) -> None:
    open_work(database, ports)
    worker = browser()
    worker.begin()
    base = f"/solicitud/{worker.application}/trabajo"
    assert "Hay 1 trabajo." in words(worker.open(f"{base}?q=COPAN cedral"))
    assert "Nada coincide con lo que escribió." in words(worker.open(f"{base}?q=marte"))


def test_a_household_on_one_phone_has_a_code_for_each(browser: Browser) -> None:
    phone = browser()
    mother, first = phone.begin(), phone.application
    son, second = phone.begin(), phone.application
    assert mother != son
    assert first != second
    other = browser()
    for code, application in ((mother, first), (son, second)):
        other.send("/retomar/papel", phone=PHONE, code=code)
        assert other.application == application


@pytest.mark.feature("W12")
def test_a_returned_application_shows_the_question_and_is_sent_again(as_: As, lived: Lived) -> None:
    question = "¿Cuál es su segundo apellido?"
    story = lived(lambda s: s.start().submit().decide(s.setrass, Opinion.RETURN, question))
    worker = Walker(as_(story.worker))
    said = words(worker.open(f"/mi-solicitud/{story.id}"))
    assert question in said
    assert "Responda a más tardar el" in said
    worker.open(f"/solicitud/{story.id}/nombre")
    worker.send(given_names="María Ángela", surnames="Gutiérrez Segundo")
    assert worker.slug == "revisar"
    assert question in words(worker.page)
    assert "Gutiérrez Segundo" in words(worker.page)
    worker.send()
    assert worker.slug == "recibo"
    receipt = words(worker.page).split("Su número:")[1].split()[0]
    assert f"Número {receipt} En revisión" in words(worker.open(f"/mi-solicitud/{story.id}"))


def test_taken_back_only_after_saying_so(as_: As, lived: Lived) -> None:
    story = lived(lambda s: s.start().submit())
    worker = Walker(as_(story.worker))
    worker.open(f"/solicitud/{story.id}/retirar")
    assert "No se puede deshacer." in words(worker.page)
    worker.send()
    assert "Retirada" in words(worker.page)
    worker.send(f"/solicitud/{story.id}/retirar")
    assert (worker.page.status_code, worker.path) == (200, f"/mi-solicitud/{story.id}")


@pytest.mark.promise("P15")
@pytest.mark.asvs("8.2.2")
@pytest.mark.parametrize(
    "path",
    [
        "/solicitud/{}",
        "/solicitud/{}/nombre",
        "/solicitud/{}/municipio",
        "/solicitud/{}/trabajo",
        "/solicitud/{}/papeles",
        "/solicitud/{}/revisar",
        "/solicitud/{}/recibo",
        "/solicitud/{}/retirar",
        "/mi-solicitud/{}",
    ],
)
def test_anothers_application_is_not_there(as_: As, lived: Lived, path: str) -> None:
    story = lived(lambda s: s.start().submit())
    stranger = lived(lambda s: s.start())
    for actor in (stranger.worker, stranger.setrass):
        client = as_(actor)
        assert client.get(path.format(story.id)).status_code == 404
        if path.startswith("/solicitud") and path.count("/") > 2 and "recibo" not in path:
            assert client.post(path.format(story.id), data={}).status_code == 404
    missing = "00000000-0000-4000-8000-000000000000"
    assert as_(stranger.worker).get(path.format(missing)).status_code == 404
