"""A farm's gate with no network: a prepared phone scans, notes, and hands in to a dead link."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from app.services import foreman_links
from app.services.work import Work
from app.storage.farm_movements import list_of_farm
from permits.deadlines import legal_day
from permits.people import SYSTEM
from recruitment.farm_register import LATE_NOTES
from tests.farmed import add_farm, employer_of, owner_of
from tests.journeys.camera import film
from tests.journeys.conftest import Camera
from tests.journeys.lives import Lives
from tests.journeys.site import Site

pytestmark = pytest.mark.journey

CACHED = """async () => {
  const found = [];
  for (const name of await caches.keys()) {
    for (const { url } of await (await caches.open(name)).keys()) found.push(url);
  }
  return found.map((url) => url.slice(location.origin.length));
}"""
"""The addresses that the service worker keeps."""

NAME = "María Ángela Gutiérrez Ñamendí"


class Gate:
    """A farm with somebody who may work there today, and the link of its foreman."""

    def __init__(self, site: Site) -> None:
        self.site = site
        with site.database.sessions.begin() as session:
            lives = Lives(site, session)
            story = lives.permit()
            employer = employer_of(story, lives.vacancies[story.id])
            self.text = lives.credential(story).text or ""
            self.farm = add_farm(story.work(SYSTEM), employer)
            self.owner = owner_of(employer)
            work = Work(session, self.owner, site.now(), site.house.ports, "test")
            self.token = foreman_links.make_link(work, self.farm, legal_day(site.now()))
        site.work()  # the lists are put out

    @property
    def address(self) -> str:
        """What the foreman opens."""
        return f"{self.site.url}/porton/{self.token}"

    def end_link(self) -> None:
        """The employer ends it while the phone still has notes."""
        with self.site.database.sessions.begin() as session:
            work = Work(session, self.owner, self.site.now(), self.site.house.ports, "test")
            [link] = foreman_links.list_links(work, self.farm)
            foreman_links.end_link(work, self.farm, link.id)

    def recorded(self) -> list[tuple[str, str]]:
        """Which way and how, the newest on top."""
        with self.site.database.sessions.begin() as session:
            found = list_of_farm(session, self.farm, self.site.now() - LATE_NOTES)
        return [(one.movement.direction.value, one.movement.how.value) for one in found]


def scan(page: Page, symbol: Path) -> None:
    """Open the camera, and note who stands before it."""
    page.get_by_role("button", name="Escanear el código del permiso").click()
    expect(page.locator("[data-scan-name]")).to_have_text(NAME)
    expect(page.locator("[data-scan-standing]")).to_have_text(
        "El permiso vale hoy para este empleador."
    )
    page.get_by_role("button", name="Anotar que entra").click()
    expect(page.locator("[data-scan-told]")).to_contain_text("Guardado en este teléfono")
    page.set_input_files("#scan-photo", symbol)  # where there is no camera
    expect(page.locator("[data-scan-name]")).to_have_text(NAME)
    page.get_by_role("button", name="No anotar").click()
    page.get_by_role("button", name="Cerrar la cámara").click()


@pytest.mark.feature("E7")
def test_a_gate_scans_with_no_network_and_hands_in_once_after_its_link_ended(
    site: Site, camera: Camera, tmp_path: Path
) -> None:
    gate = Gate(site)
    symbol = tmp_path / "permit.png"
    symbol.write_bytes(site.house.ports.symbols.png(gate.text))
    phone = camera(film(symbol, tmp_path / "permit.y4m", frames=1))
    page = phone.new_context(
        permissions=["camera"], viewport={"width": 360, "height": 740}
    ).new_page()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text))
    page.goto(gate.address)
    page.get_by_role("button", name="Preparar este teléfono").click()
    expect(page.locator("[data-prepare-state]")).to_contain_text("Listo para usar sin red.")
    cached = page.evaluate(CACHED)
    assert "/porton/sin-red?idioma=es" in cached
    assert not [one for one in cached if gate.token in one]
    assert complaints == []

    site.stop()
    page.goto(gate.address)
    expect(page.locator("[data-gate-kept]")).to_contain_text("No hay red. Esta lista es del")
    expect(page.locator("h1")).to_have_text("Finca El Cedral Alto")
    scan(page, symbol)
    page.get_by_label("Sale").check()
    page.get_by_label(NAME).check()
    page.get_by_role("button", name="Anotar", exact=True).click()
    waiting = page.locator("[data-gate-left]")
    expect(waiting).to_contain_text("Guardado en este teléfono, aún sin enviar: 2.")
    expect(waiting).to_contain_text(f"Sale · {NAME}")

    site.start()
    gate.end_link()
    page.goto(gate.address)
    expect(page.locator("h1")).to_have_text("Este enlace ya no vale")
    expect(waiting).to_contain_text("Todo quedó enviado.")
    assert gate.recorded() == [("exit", "list"), ("entry", "permit")]
    site.stop()
    page.goto(gate.address)
    expect(page.locator("[data-gate-kept]")).to_contain_text("este teléfono no tiene la lista")
    assert NAME not in page.content()
    expect(page.get_by_role("heading", name="use papel")).to_be_visible()
    page.get_by_label("Número de la persona o del permiso").fill("T-482-139-0759")
    page.get_by_role("button", name="Anotar", exact=True).click()
    expect(waiting).to_contain_text("Guardado en este teléfono, aún sin enviar: 1.")
