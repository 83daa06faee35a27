"""A card that no camera reads: its number is typed, looked up with a network, amber at best."""

import pytest
from playwright.sync_api import Browser, Page, expect

from permits import permit_numbers
from permits.people import Role
from tests.journeys.inspection import Inspector
from tests.journeys.lives import Lives
from tests.journeys.site import Site
from tests.journeys.test_devices import shot
from tests.journeys.test_refused_at_the_border import AGENT, hand_in, post_of
from tests.rights import RightStory

pytestmark = pytest.mark.journey


def stage(site: Site) -> tuple[str, str]:
    """The numbers of a card that stands and of one whose right is suspended, as printed."""
    with site.database.sessions.begin() as session:
        lives = Lives(site, session)
        lives.official(AGENT, Role.BORDER_AGENT)
        stands = lives.credential(lives.permit()).number
        held = lives.credential(RightStory(lives.permit()).suspend().story).number
    site.work()
    return permit_numbers.show(stands), permit_numbers.show(held)


def expect_colour(page: Page, colour: str, reason: str) -> None:
    """One colour and its reason; never a name."""
    expect(page.locator("#view-verdict")).to_have_attribute("data-verdict", colour)
    expect(page.locator("#verdict-reason")).to_contain_text(reason)
    expect(page.locator("#view-verdict")).not_to_contain_text("Gutiérrez")


@pytest.mark.feature("B6")
def test_a_typed_number_is_looked_up_and_is_never_green(site: Site, chrome: Browser) -> None:
    stands, held = stage(site)
    device = chrome.new_context(viewport={"width": 360, "height": 740})
    agent = post_of(device, site, "es")
    page, inspector = agent.page, Inspector(agent.page, site.url)

    # 1. With a network: what the register tells, typed by hand or by a reader that adds a newline.
    hand_in(agent, stands.lower())
    expect_colour(page, "amber", "El número es de un permiso vigente, pero no lleva firma.")
    expect(page.locator("#verdict-facts")).to_contain_text("M. Á. G. Ñ.")
    expect(page.locator("#verdict-lists")).to_have_text("Consultado ahora en el registro.")
    expect(page.locator("#seek-face")).to_be_hidden()
    shot(page, "number", whole=False)
    inspector.look("a number that stands")
    page.click("#record-entry")
    expect(page.locator("#crossing-result")).to_have_text("Entrada registrada.")
    page.click("#next")
    page.keyboard.type(held)
    page.keyboard.press("Enter")
    agent.until("!document.getElementById('view-verdict').hidden")
    expect_colour(page, "red", "El permiso está suspendido.")
    page.click("#next")
    hand_in(agent, permit_numbers.show(permit_numbers.make(7)))
    expect_colour(page, "red", "Este código no es de un permiso.")
    expect(page.locator("#crossing-buttons")).to_be_hidden()
    page.click("#next")

    # 2. Without one it says so, and stays amber.
    device.set_offline(True)
    hand_in(agent, stands)
    expect_colour(page, "amber", "Un número escrito no lleva firma.")
    expect(page.locator("#verdict-act")).to_contain_text("Sin red no se puede consultar.")
    shot(page, "number-offline", whole=False)
    assert inspector.found == []
    device.close()
