"""The network goes away while a form is under way: nothing told is lost, or told twice."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FilePayload, Page, Request, Route, expect
from sqlalchemy import text

from tests.complained import Office
from tests.journeys.inspection import HEIGHT, PHONE_WIDTH
from tests.journeys.site import Site
from tests.journeys.test_complaint import VOICE
from tests.web.pages.pictures import jpeg

pytestmark = [pytest.mark.journey, pytest.mark.feature("C2", "C4")]

WORDS = "No me pagan desde marzo."
PICTURE: FilePayload = {"name": "recibo.jpg", "mimeType": "image/jpeg", "buffer": jpeg()}
HUGE = b"\xff\xd8" * 18_000_000
TELL = "**/consulta/contar*"
KEPT = """async () => [localStorage.length, sessionStorage.length, (await caches.keys()).length,
    (await indexedDB.databases()).length]"""


@pytest.fixture
def phone(site: Site, chrome: Browser) -> Page:
    """A form with a voice and a photo, which is not said to be about anything yet."""
    with site.database.sessions.begin() as session:
        Office(session, site.house.ports).ready()
    context = chrome.new_context(viewport={"width": PHONE_WIDTH, "height": HEIGHT})
    page = context.new_page()
    page.goto(f"{site.url}/consulta/contar")
    page.get_by_text("No quiero decir quién soy").click()
    page.get_by_label("¿Qué pasó?").fill(WORDS)
    page.set_input_files("[name=voice]", VOICE)
    page.set_input_files("[name=files]", PICTURE)
    return page


def chosen(page: Page) -> list[str]:
    """The names of the files that are in the page."""
    names: list[str] = page.evaluate(
        "[...document.querySelectorAll('[type=file]')].flatMap(f => [...f.files].map(o => o.name))"
    )
    return names


def kept(site: Site) -> tuple[int, int]:
    """How many complaints there are, and how many files of theirs."""
    with site.database.sessions() as session:
        counts = "SELECT (SELECT count(*) FROM complaints), (SELECT count(*) FROM complaint_files)"
        complaints, files = session.execute(text(counts)).one()
    return complaints, files


def drop(route: Route) -> None:
    route.abort("internetdisconnected")


def drop_the_answer(route: Route) -> None:
    route.fetch()
    route.abort("connectionreset")


@pytest.mark.parametrize("lose", [drop, drop_the_answer])
def test_what_was_told_stays_until_its_number_is_here(
    site: Site, phone: Page, lose: Callable[[Route], None]
) -> None:
    before = phone.evaluate("history.length")
    send = phone.get_by_role("button", name="Enviar")
    # The form comes back with a fault, and with its files.
    send.click()
    expect(phone.get_by_role("alert")).to_contain_text("Hay un dato que corregir")
    assert chosen(phone) == ["voz.wav", "recibo.jpg"]
    phone.locator("summary", has_text="Dinero").click()
    phone.get_by_text("No me pagan", exact=True).click()
    # It goes, and the network with it.
    phone.route(TELL, lose)
    send.click()
    expect(phone.get_by_text("No se envió: no hay conexión.")).to_be_visible()
    assert chosen(phone) == ["voz.wav", "recibo.jpg"]
    expect(phone.get_by_label("¿Qué pasó?")).to_have_value(WORDS)
    phone.unroute(TELL)
    # Pressed twice, it goes once more, and shows its number.
    posted: list[Request] = []
    phone.on("request", lambda one: posted.append(one) if one.method == "POST" else None)
    phone.get_by_role("button", name="Intentar otra vez").dblclick()
    expect(phone.locator(".case-number strong")).to_have_count(4)
    assert len(posted) == 1
    assert kept(site) == (1, 2)
    assert phone.evaluate("history.length") == before
    assert phone.evaluate(KEPT) == [0, 0, 0, 0]
    expect(phone.get_by_role("button", name="Imprimir")).to_be_visible()
    phone.context.close()


def test_a_refusal_is_told_beside_what_was_told(site: Site, phone: Page, tmp_path: Path) -> None:
    huge = tmp_path / "a.jpg"  # by its path: as a text the driver reads it for half a minute
    huge.write_bytes(HUGE)
    phone.set_input_files("[name=files]", huge)
    phone.get_by_role("button", name="Enviar").click()
    expect(phone.get_by_text("El archivo es demasiado grande.")).to_be_visible()
    expect(phone.get_by_text("No cierre esta página")).to_be_visible()
    expect(phone.get_by_label("¿Qué pasó?")).to_have_value(WORDS)
    phone.set_input_files("[name=files]", PICTURE)
    phone.locator("button[name=idioma][value=en]").click()
    expect(phone.get_by_role("heading", name="Tell what happened")).to_be_visible()
    assert chosen(phone) == ["voz.wav", "recibo.jpg"]
    assert phone.evaluate("document.documentElement.lang") == "en"
    assert kept(site) == (0, 0)
    phone.context.close()
