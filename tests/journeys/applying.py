"""The worker's way through the questions, in two sittings, with the mistakes that people make."""

from playwright.sync_api import FilePayload, expect

from tests.journeys.people import CUI, Worker
from tests.web.zoo import noted


def jpeg(data: bytes, name: str = "foto.jpg") -> FilePayload:
    """A file as a phone hands it over."""
    return {"name": name, "mimeType": "image/jpeg", "buffer": data}


def begin(worker: Worker) -> str:
    """The first questions, with two mistakes; returns the code to come back with."""
    code = worker.begin()
    worker.answer(document_number="1234 56780 2004")
    worker.expect_error("DPI")
    worker.answer(document_number=CUI)
    worker.answer(given_names="María Ángela", surnames="Gutiérrez Ñamendí")
    birthday(worker, "31", "2", "1994")
    worker.expect_error("fecha")
    birthday(worker, "27", "marzo", "2015")
    worker.expect_error("18")
    birthday(worker, "27", "marzo", "1994")
    worker.expect_question("¿Es mujer u hombre?")
    return code


def go_on(worker: Worker) -> str:
    """The rest on another phone, photos too; returns the receipt number."""
    worker.expect_question("¿Es mujer u hombre?")
    worker.choose("Mujer")
    worker.answer(municipality="jocotan")
    if worker.page.get_by_label("Jocotán", exact=False).count():
        worker.page.get_by_label("Jocotán", exact=False).first.check()
        worker.press("Continuar")
    worker.choose("Español")
    worker.choose("No leo")
    worker.page.get_by_role("link", name="Finca El Cedral").click()
    worker.press("Elegir este trabajo")
    worker.upload(
        **{"identity-front": jpeg(noted()), "identity-back": jpeg(b"%PDF-1.7 a", "dpi.jpg")}
    )
    worker.expect_error("Este archivo no es una foto")
    expect(worker.page.get_by_text("Frente del documento: recibida")).to_be_visible()
    worker.upload(**{"identity-back": jpeg(noted())})
    worker.upload(photo=jpeg(noted() + bytes(15 * 2**20)))
    worker.expect_error("15 MB")
    worker.upload(photo=jpeg(noted()))
    worker.choose("Sí, estoy de acuerdo")
    worker.expect_question("Revise sus respuestas")
    expect(worker.page.locator("main")).to_contain_text("27 de marzo de 1994")
    worker.press("Enviar la solicitud")
    worker.expect_question("Recibimos su solicitud")
    return worker.page.locator(".number--large").inner_text()


def birthday(worker: Worker, day: str, month: str, year: str) -> None:
    """The date of birth as three fields."""
    worker.answer(
        **{
            "date_of_birth-day": day,
            "date_of_birth-month": month,
            "date_of_birth-year": year,
        }
    )
