"""An official sets up a passkey in a real browser, comes back with it, and proves with it."""

import pytest
from playwright.sync_api import Browser, Page, expect

from permits.people import Role
from tests.journeys.lives import Lives
from tests.journeys.people import DESK, Official
from tests.journeys.site import Site

pytestmark = pytest.mark.journey
EMAIL = "setrass@example.org"
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def give_device(page: Page) -> None:
    """A device with a fingerprint that always fits (Chromium's virtual authenticator)."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})


@pytest.mark.feature("D3")
@pytest.mark.asvs("6.3.3")
def test_a_passkey_is_made_and_opens_the_door(site: Site, chrome: Browser) -> None:
    with site.house.sessions.begin() as session:
        Lives(site, session).official(EMAIL, Role.SETRASS_OFFICER)
    context = chrome.new_context(viewport=DESK)
    page = context.new_page()
    give_device(page)
    Official(page, site).sign_in(EMAIL)
    page.goto(f"{site.url}/mi-cuenta/llave")
    page.get_by_label("Nombre para reconocerla").fill("Portátil")
    page.get_by_role("button", name="Crear la llave").click()
    expect(page.get_by_role("status")).to_contain_text("puede entrar también con esto")
    expect(page.locator("main")).to_contain_text("Portátil")
    page.get_by_role("button", name="Salir", exact=True).click()
    page.get_by_role("button", name="Entrar con una llave de acceso").click()
    page.wait_for_url("**/bandeja")
    expect(page.locator(".desk__who")).to_contain_text("Oficial")
    context.close()


@pytest.mark.feature("D3")
def test_without_a_device_the_button_says_so_and_codes_go_on_working(
    site: Site, chrome: Browser
) -> None:
    context = chrome.new_context(viewport=DESK)
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    page.goto(f"{site.url}/entrar")
    devtools.send(
        "WebAuthn.addVirtualAuthenticator",
        {"options": {**DEVICE, "isUserVerified": False}},
    )
    expect(page.locator("[data-passkey-failed]")).to_be_hidden()
    page.get_by_role("button", name="Entrar con una llave de acceso").click()
    expect(page.locator("[data-passkey-failed]")).to_be_visible()
    context.close()
    plain = chrome.new_context(viewport=DESK, java_script_enabled=False).new_page()
    plain.goto(f"{site.url}/entrar")
    expect(plain.get_by_role("button", name="Entrar con una llave de acceso")).to_be_hidden()
    plain.context.close()
