"""What changes in a page that stays: the queue while it is filtered, a batch while it is drawn."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from permits import permit_numbers
from permits.people import Role
from tests.journeys.lives import Lives
from tests.journeys.site import Site

pytestmark = pytest.mark.journey


@dataclass(frozen=True)
class Desk:
    """An officer's tab, the number of a permit that waits for its card, and a colleague's token."""

    page: Page
    number: str
    other: str


@pytest.fixture
def desk(site: Site, chrome: Browser) -> Iterator[Desk]:
    """An officer with one case, approved and signed; no complaint of the browser is passed over."""
    with site.database.sessions.begin() as session:
        lives = Lives(site, session)
        number = permit_numbers.show(lives.credential(lives.permit()).number)
        token, other = (
            lives.token(lives.official(f"{who}@example.org", Role.SETRASS_OFFICER))
            for who in ("setrass", "colega")
        )
    site.work()
    context = chrome.new_context(accept_downloads=True)
    context.add_cookies([{"name": "vereda", "value": token, "url": site.url}])
    page, complaints = context.new_page(), list[str]()
    page.on("console", lambda said: complaints.append(said.text))
    yield Desk(page, number, other)
    context.close()
    assert complaints == []


@pytest.mark.feature("O3")
def test_the_queue_is_filtered_without_leaving_it(site: Site, desk: Desk) -> None:
    page = desk.page
    page.goto(f"{site.url}/bandeja")
    page.evaluate("globalThis.stays = true")
    page.get_by_label("Estado").select_option("approved")
    page.get_by_label("Espera a").select_option("todas")
    expect(page.locator("#lista").get_by_text("1 caso")).to_be_visible()
    assert page.evaluate("globalThis.stays") is True
    assert "estado=approved" in page.url  # the address tells it, to be kept or sent on


@pytest.mark.feature("W14", "O18")
def test_a_batch_tells_by_itself_when_it_is_ready(site: Site, desk: Desk) -> None:
    page = desk.page
    page.goto(f"{site.url}/tarjetas")
    page.get_by_role("button", name="Preparar un lote").click()
    expect(page.get_by_text("Dibujadas 0 de 1 tarjetas")).to_be_visible()

    site.work()  # meanwhile nobody touches the page
    expect(page.get_by_text("1 tarjeta está lista para imprimir.")).to_be_visible(timeout=15_000)
    with page.expect_download() as told:
        page.get_by_role("button", name="Bajar las tarjetas").click()
    pdf = Path(str(told.value.path())).read_bytes()
    assert len(PdfReader(BytesIO(pdf)).pages) >= 2
    expect(page.get_by_text("Otra persona debe confirmarlas.")).to_be_visible()
    page.context.add_cookies([{"name": "vereda", "value": desk.other, "url": site.url}])
    page.reload()
    page.get_by_role("button", name="Todas salieron bien").click()
    page.get_by_role("link", name=desk.number).click()
    page.get_by_role("button", name="Anotar la entrega").click()
    expect(page.get_by_text("Entregada el")).to_be_visible()
