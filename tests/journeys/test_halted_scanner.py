"""A fault was found in the scanner: it goes out of service everywhere, and comes back by itself."""

from dataclasses import replace

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.inspection import Inspector
from tests.journeys.site import Site
from tests.journeys.test_devices import shot
from tests.journeys.test_refused_at_the_border import hand_in, post_of, stage

pytestmark = pytest.mark.journey


def restart(site: Site, *, halted: bool) -> None:
    """The operator sets VEREDA_SCANNER_HALTED and starts the service anew."""
    site.stop()
    site.house = replace(site.house, ports=replace(site.house.ports, scanner_halted=halted))
    site.start()


def test_a_scanner_goes_out_of_service_and_stays_so_without_a_network(
    site: Site, chrome: Browser
) -> None:
    codes, _, _ = stage(site)
    device = chrome.new_context(viewport={"width": 360, "height": 740})
    agent = post_of(device, site, "es")
    page, inspector = agent.page, Inspector(agent.page, site.url)
    hand_in(agent, codes["good"].text)

    restart(site, halted=True)
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.get_by_role("heading", name="Escáner fuera de servicio")).to_be_visible()
    expect(page.locator("#view-verdict")).to_be_hidden()
    shot(page, "halted", whole=False)
    inspector.look("out of service")
    device.set_offline(True)
    page.reload()
    expect(page.locator("#view-halted")).to_be_visible()
    page.keyboard.type(codes["good"].text[:9])
    expect(page.locator("#view-verdict")).to_be_hidden()
    device.set_offline(False)

    restart(site, halted=False)
    page.get_by_role("button", name="Ver si ya funciona").click()
    expect(page.locator("#view-halted")).to_be_hidden()
    page.click("#start")
    agent.until("!document.getElementById('view-scan').hidden")
    hand_in(agent, codes["good"].text)
    expect(page.locator("#view-verdict")).to_have_attribute("data-verdict", "green")
    assert inspector.found == []
    device.close()
