"""Bad answers: a clear word, what to do, the field in the summary, and nothing typed is lost."""

from datetime import timedelta

import pytest
from fastapi import FastAPI

from app.services.ports import Ports
from app.web.problems import BODY_LIMIT_BYTES
from tests.databases import Database
from tests.web.clients import Client
from tests.web.conftest import As, Lived
from tests.web.pages.walking import CUI, Walker, now, open_work, photo, title, words

JPEG = "image/jpeg"


@pytest.fixture
def worker(app: FastAPI) -> Walker:
    """Somebody at the first question."""
    made = Walker(Client(app))
    made.begin()
    return made


def refused(worker: Walker, sentence: str, target: str) -> None:
    """The page was shown again with this sentence, in the summary with a link to the field."""
    assert worker.page.status_code == 422
    assert title(worker.page).startswith("Error: ")
    assert sentence in words(worker.page)
    assert f'href="#{target}"' in worker.page.text
    assert f'id="{target}"' in worker.page.text


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("1234 56788 2004", "El número de DPI no es correcto. Compare cada número con su DPI."),
        ("1234 56789 200", "El número de DPI tiene 13 números. Usted escribió 12."),
        ("12A4 56789 2004", "El número de DPI sólo lleva números."),
        ("", "Escriba el número de su documento."),
    ],
)
def test_a_wrong_number_of_the_document(worker: Walker, typed: str, sentence: str) -> None:
    worker.send(document_kind="gt-dpi", document_number=typed)
    refused(worker, sentence, "document_number")
    assert f'value="{typed}"' in worker.page.text or not typed


def test_a_passport_instead_of_the_dpi(worker: Walker) -> None:
    worker.open(f"{worker.path}?con=passport")
    assert "¿Cuál es el número de su pasaporte?" in title(worker.page)
    worker.send(document_kind="passport", document_number="A-12")
    refused(worker, "El número de pasaporte tiene de 6 a 9 letras y números.", "document_number")
    assert "pasaporte" in title(worker.page)
    worker.send(document_kind="passport", document_number="a123 4567")
    assert worker.slug == "nombre"
    assert 'value="A1234567"' in worker.open(f"/solicitud/{worker.application}/documento").text


@pytest.mark.parametrize(
    ("day", "month", "year", "sentence", "part"),
    [
        ("31", "2", "1994", "La fecha no existe. Revise el día y el mes.", "day"),
        ("12", "13", "1994", "La fecha no existe. Revise el día y el mes.", "month"),
        ("12", "", "1994", "Falta el mes.", "month"),
        ("12", "3", "94", "Escriba el año con cuatro números", "year"),
        ("12", "3", "2890", "La fecha todavía no ha llegado. Revise el año.", "day"),
        ("", "", "", "Escriba el día, el mes y el año en que nació.", "day"),
    ],
)
def test_a_day_that_does_not_exist(
    worker: Walker, day: str, month: str, year: str, sentence: str, part: str
) -> None:
    worker.open(f"/solicitud/{worker.application}/nacimiento")
    worker.send(date_of_birth__day=day, date_of_birth__month=month, date_of_birth__year=year)
    refused(worker, sentence, f"date_of_birth-{part}")
    for text in filter(None, (day, month, year)):
        assert f'value="{text}"' in worker.page.text


def test_somebody_under_18_is_told_kindly_and_what_to_do(worker: Walker) -> None:
    worker.open(f"/solicitud/{worker.application}/nacimiento")
    young = now().date() - timedelta(days=17 * 365)
    worker.send(
        date_of_birth__day=str(young.day),
        date_of_birth__month=str(young.month),
        date_of_birth__year=str(young.year),
    )
    refused(worker, "Para este trabajo hay que tener 18 años o más.", "date_of_birth-day")
    said = words(worker.page)
    assert "La ley cuida a quienes tienen menos de 18 años." in said
    assert "Si alguien le pide decir otra edad, llámenos." in said
    assert words(worker.open(f"/solicitud/{worker.application}")).count("Listo") == 1  # the phone


def test_a_phone_that_is_none(app: FastAPI) -> None:
    worker = Walker(Client(app))
    worker.open("/solicitud/nueva/coffee-hn-gt")
    worker.send(phone="5551 23")
    refused(worker, "El teléfono no es correcto.", "phone")
    assert 'value="5551 23"' in worker.page.text


@pytest.mark.parametrize(
    ("typed", "kept"), [("9999 9999", "+504 9999-9999"), ("5551-2345", "+502 5551 2345")]
)
def test_numbers_of_both_countries_are_understood(worker: Walker, typed: str, kept: str) -> None:
    other = Walker(worker.client)
    other.open("/solicitud/nueva/coffee-hn-gt")
    other.send(phone=typed)
    application = other.path.split("/")[2]
    assert f'value="{kept}"' in other.open(f"/solicitud/{application}/telefono").text


def test_another_number_is_not_taken_without_its_code(worker: Walker) -> None:
    worker.open(f"/solicitud/{worker.application}/telefono")
    worker.send(phone="9999 9999")
    refused(worker, "Para cambiar su número, abra «Mi acceso».", "phone")


def test_a_municipality_that_is_not_there_or_only_resembles_one(worker: Walker) -> None:
    worker.open(f"/solicitud/{worker.application}/municipio")
    worker.send(municipality="Zzz")
    refused(worker, "No encontramos ese municipio. Revise cómo se escribe.", "municipality")
    assert 'value="Zzz"' in worker.page.text
    worker.send(municipality="Hocotan")
    refused(worker, "Elija su municipio, o escríbalo otra vez.", "municipality")
    assert 'type="radio" value="2004"' in worker.page.text
    worker.send(municipality="2004")
    assert worker.slug == "documento"  # the first question that is open


def test_reading_and_not_reading_exclude_each_other(worker: Walker) -> None:
    worker.open(f"/solicitud/{worker.application}/lectura")
    worker.send(languages_read=["none", "spa"])
    refused(worker, "Marque los idiomas que lee, o «No leo». No los dos.", "languages_read")


def test_without_consent_nothing_is_sent(worker: Walker) -> None:
    worker.open(f"/solicitud/{worker.application}/permiso")
    worker.send()
    refused(worker, "Sin su permiso no podemos recibir la solicitud.", "consent")


@pytest.mark.feature("W5")
def test_a_good_photo_is_kept_while_the_other_is_refused(worker: Walker) -> None:
    worker.open(f"/solicitud/{worker.application}/papeles")
    worker.upload(
        {
            "identity-front": ("frente.jpg", photo(), JPEG),
            "identity-back": ("reverso.jpg", b"%PDF-1.7 not a photo at all", JPEG),
        }
    )
    refused(worker, "Este archivo no es una foto. Use JPG o PNG.", "identity-back")
    assert "Frente del documento: recibida" in words(worker.page)
    seen = worker.page.text.split(f'href="/solicitud/{worker.application}/archivo/')[1].split('"')
    picture = worker.client.get(f"/solicitud/{worker.application}/archivo/{seen[0]}")
    assert picture.headers["content-type"] == JPEG
    worker.upload({"identity-back": ("reverso.jpg", photo(), JPEG)})
    listed = words(worker.open(f"/solicitud/{worker.application}"))
    assert "Fotos de su documento Listo (falta enviar)" in listed


@pytest.mark.feature("W6")
def test_neither_photo_nor_promise(worker: Walker) -> None:
    worker.open(f"/solicitud/{worker.application}/foto")
    worker.upload({"photo": ("", b"", "application/octet-stream")})
    refused(worker, "Falta su foto. Agréguela", "photo")


@pytest.mark.feature("W6")
@pytest.mark.promise("P21")
@pytest.mark.asvs("5.2.1")
def test_a_photo_of_more_than_15_mb(worker: Walker) -> None:
    worker.open(f"/solicitud/{worker.application}/foto")
    worker.upload({"photo": ("yo.jpg", photo() + bytes(15 * 1024 * 1024), JPEG)})
    refused(worker, "El archivo pesa más de 15 MB. Elija uno más pequeño.", "photo")


@pytest.mark.promise("P21")
@pytest.mark.asvs("5.2.1")
def test_a_body_beyond_every_limit_gets_a_page_that_leads_back(worker: Walker) -> None:
    worker.send(document_kind="gt-dpi", document_number=CUI)
    path = f"/solicitud/{worker.application}/foto"
    worker.open(path)
    worker.upload({"photo": ("yo.jpg", bytes(BODY_LIMIT_BYTES + 1), JPEG)})
    assert worker.page.status_code == 413
    assert "El archivo es demasiado grande" in words(worker.page)
    assert f'href="{path}"' in worker.page.text
    assert 'value="1234567892004"' in worker.open(f"/solicitud/{worker.application}/documento").text


def test_a_job_that_closed_while_it_was_read(as_: As, lived: Lived) -> None:
    story = lived(lambda s: s.start())
    worker = Walker(as_(story.worker))
    worker.open(f"/solicitud/{story.id}/trabajo")
    worker.send(f"/solicitud/{story.id}/trabajo/{story.id}")
    assert worker.page.status_code == 422
    assert "Ese trabajo ya no recibe solicitudes. Lo demás quedó guardado." in words(worker.page)


def test_what_was_sent_cannot_be_changed(as_: As, lived: Lived) -> None:
    story = lived(lambda s: s.start().submit())
    client = as_(story.worker)
    assert client.get(f"/solicitud/{story.id}/nombre").headers["location"] == (
        f"/mi-solicitud/{story.id}"
    )
    late = client.post(f"/solicitud/{story.id}/nombre", data={"given_names": "X", "surnames": "Y"})
    assert late.status_code == 409
    assert "La solicitud ya fue enviada. No se puede cambiar." in words(late)


def test_sending_before_everything_is_answered_leads_to_what_is_missing(
    worker: Walker, database: Database, ports: Ports
) -> None:
    open_work(database, ports)
    worker.send(f"/solicitud/{worker.application}/revisar")
    assert worker.page.status_code == 422
    assert title(worker.page).startswith("Error: ")
    assert "Todavía no se envió" in words(worker.page)
    assert f'href="/solicitud/{worker.application}/nombre"' in worker.page.text
    assert worker.open(f"/solicitud/{worker.application}/revisar").url.path.endswith("/documento")
