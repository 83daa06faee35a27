"""A kiosk in the browser: it asks who is there, and forgets whoever does not answer."""

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.inspection import Inspector
from tests.journeys.site import Site

pytestmark = pytest.mark.journey


@pytest.mark.feature("W2")
def test_it_asks_and_then_forgets(site: Site, chrome: Browser) -> None:
    context = chrome.new_context(viewport={"width": 800, "height": 1280})
    inspector = Inspector.of(context, site.url)
    page = inspector.page
    inspector.visit("kiosk", "/quiosco", status=200, light=True)
    inspector.act("on", lambda page: page.locator("main button").click())
    page.clock.install()
    inspector.visit("phone", "/solicitud/nueva/coffee-hn-gt", status=200, light=False)
    button = page.locator("#answers .govuk-button").bounding_box()
    assert button is not None
    assert button["height"] >= 64
    warning = page.locator("#kiosk-warning")
    page.clock.run_for(121_000)
    expect(warning).to_be_visible()
    inspector.look("the question")
    page.locator("#kiosk-warning button").click()
    expect(warning).to_be_hidden()
    page.clock.run_for(121_000)
    expect(warning).to_be_visible()
    page.clock.run_for(61_000)
    page.wait_for_url("**/quiosco/fin")
    inspector.look("the end")
    assert inspector.found == []
    context.close()
