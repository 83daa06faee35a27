"""A lost device comes back to the network: it hands in what it owed, and holds nothing any more."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect
from sqlalchemy import select

from app.storage.crossings import crossings
from permits.people import Actor
from tests.journeys.border_device import Device, Line, device, find_in, line
from tests.journeys.people import Agent
from tests.journeys.site import Site
from tests.journeys.test_devices import CHOSEN, come_in, enrol, shot, stage

pytestmark = pytest.mark.journey

HELD = """async () => ({
  databases: (await indexedDB.databases()).map(({ name }) => name),
  caches: await caches.keys(),
  workers: (await navigator.serviceWorker.getRegistrations()).length,
  cookies: document.cookie,
})"""


def at_work(head: Page, border: Device, site: Site) -> tuple[Agent, str]:
    """A device that was enrolled, entered by PIN and prepared; and its id."""
    tablet = border.start()
    enrol(head, tablet, site)
    head.goto(f"{site.url}/puestos/dispositivos")
    head.get_by_role("button", name="Dar un PIN nuevo").click()
    given = head.locator(".number--large").inner_text()
    tablet.get_by_role("link", name="Entrar con PIN").click()
    come_in(tablet, given)
    expect(tablet.locator("#said")).to_contain_text("Elija ahora su propio PIN")
    tablet.locator("#chosen").fill(CHOSEN)
    tablet.get_by_role("button", name="Entrar", exact=True).click()
    tablet.wait_for_url("**/escaner/", wait_until="load")
    scanner = Agent(tablet, site)
    scanner.until("document.getElementById('prepare-summary').dataset.ready === 'true'")
    own = tablet.evaluate("document.getElementById('device-id').textContent")
    return scanner, own


def cross(scanner: Agent, text: str) -> None:
    """Somebody enters, with no network."""
    scanner.page.click("#start")
    scanner.until("!document.getElementById('view-scan').hidden")
    scanner.page.fill("#typed-text", text)
    scanner.page.press("#typed-text", "Enter")
    scanner.until("!document.getElementById('view-verdict').hidden")
    scanner.page.click("#record-entry")
    expect(scanner.page.locator("#crossing-result")).to_contain_text("Aún NO registrada")


def retire(head: Page, site: Site) -> None:
    """The supervisor ends the device."""
    head.goto(f"{site.url}/puestos/dispositivos")
    head.locator("summary", has_text="Ventanilla 1").click()
    head.get_by_role("button", name="Dar de baja").click()
    expect(head.get_by_text("Dado de baja el")).to_be_visible()


def lose(head: Page, border: Device, way: Line, site: Site, text: str) -> tuple[Agent, str]:
    """A device that is ended while it has no network and owes a crossing."""
    scanner, own = at_work(head, border, site)
    way.up = False
    cross(scanner, text)
    retire(head, site)
    return scanner, own


def record_in_own_name(head: Page, site: Site) -> None:
    """The supervisor knows that it happened."""
    head.goto(f"{site.url}/puestos/dispositivos")
    expect(head.get_by_text("Este equipo entregó pasos que no había enviado")).to_be_visible()
    shot(head, "handed-in")
    head.get_by_role("button", name="Registrar estos pasos").click()
    expect(head.get_by_text("Este equipo entregó pasos")).to_have_count(0)


@pytest.mark.feature("B8")
@pytest.mark.promise("P7", "P14", "P20")
def test_an_ended_device_empties_itself_at_its_next_contact(
    site: Site, chrome: Browser, playwright: Playwright, tmp_path: Path
) -> None:
    head, agent, text = stage(site, chrome)
    with line() as way, device(playwright, tmp_path / "profile", way) as border:
        scanner, own = lose(head, border, way, site, text)
        seen = find_in(border.files("Default/IndexedDB"), {"device": own})
        assert seen
        way.up = True
        tablet = scanner.page
        tablet.goto(f"{site.url}/escaner/")
        expect(tablet.locator("#ended-said")).to_have_text(
            "Ya no guarda nada. Entréguelo a su supervisor."
        )
        shot(tablet, "ended")
        assert tablet.get_by_role("button").count() == 0
        assert tablet.evaluate(HELD) == {
            "databases": [],
            "caches": [],
            "workers": 0,
            "cookies": "",
        }
        border.kill()
        left = border.files("Default/IndexedDB") + border.files("Default/Service Worker")
        assert find_in(left, {"device": own, "post": "HN-GT-1"}) == []
    expect_one_entry(site, agent, recorded=False)
    record_in_own_name(head, site)
    expect_one_entry(site, agent, recorded=True)
    head.context.close()


def expect_one_entry(site: Site, agent: Actor, *, recorded: bool) -> None:
    """Nothing counts by itself; what the supervisor recorded stands in another name."""
    with site.house.read_sessions() as session:
        rows = session.execute(select(crossings.c.direction, crossings.c.agent)).all()
    assert [row.direction for row in rows] == ["entry"] * recorded
    assert agent.person not in {row.agent for row in rows}
