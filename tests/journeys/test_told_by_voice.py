"""Somebody who does not write tells it by voice, disguised, hears it again, and leaves at once."""

import pytest
from playwright.sync_api import Browser, Playwright, expect

from tests import chromium
from tests.complained import Office
from tests.journeys.conftest import FAKE_CAMERA
from tests.journeys.inspection import HEIGHT, PHONE_WIDTH
from tests.journeys.site import Site

pytestmark = [pytest.mark.journey, pytest.mark.feature("C2"), pytest.mark.feature("C4")]


@pytest.fixture
def microphone(playwright: Playwright) -> Browser:
    """A browser whose microphone beeps."""
    arguments = [*chromium.ARGUMENTS, *FAKE_CAMERA]
    return playwright.chromium.launch(executable_path=chromium.find(), args=arguments)


def test_a_voice_is_recorded_disguised_deleted_sent_and_heard(
    site: Site, microphone: Browser
) -> None:
    with site.database.sessions.begin() as session:
        Office(session, site.house.ports).ready()
    context = microphone.new_context(viewport={"width": PHONE_WIDTH, "height": HEIGHT})
    context.grant_permissions(["microphone"])
    context.route("https://www.google.com/**", lambda route: route.fulfill(body="clima"))
    page = context.new_page()
    page.goto(f"{site.url}/consulta/contar")
    page.get_by_text("No quiero decir quién soy").click()
    page.locator("summary", has_text="Dinero").click()
    page.get_by_text("No me pagan").click()
    player = page.locator("[data-recorder] audio")
    for disguised in (False, True):
        if disguised:
            page.get_by_text("Cambiar mi voz").click()
        page.get_by_role("button", name="Grabar aquí").click()
        page.wait_for_timeout(400)
        page.get_by_role("button", name="Parar").click()
        expect(player).to_be_visible()
        kind = "document.querySelector('[name=voice]').files[0].type"
        assert page.evaluate(kind) == ("audio/wav" if disguised else "audio/webm")
        if not disguised:
            page.get_by_role("button", name="Borrar la grabación").click()
            expect(player).to_be_hidden()
            assert page.evaluate("document.querySelector('[name=voice]').files.length") == 0
    page.wait_for_function("document.querySelector('[data-recorder] audio').duration > 0")
    context.set_offline(True)
    page.get_by_role("button", name="Enviar").click()
    expect(page.get_by_text("No se envió: no hay conexión.")).to_be_visible()
    assert page.evaluate(kind) == "audio/wav", "the voice is still in the page"
    context.set_offline(False)
    page.get_by_role("button", name="Intentar otra vez").click()
    number = page.locator(".case-number").inner_text()
    page.goto(f"{site.url}/consulta")
    page.fill("[name=number]", number)
    page.get_by_role("button", name="Ver la respuesta").click()
    with context.expect_page() as opened:
        page.get_by_role("button", name="Oír la voz").click()
    opened.value.wait_for_load_state()
    opened.value.wait_for_function("document.querySelector('audio').duration > 0")
    for _ in range(3):
        page.keyboard.press("Escape")
    page.wait_for_url("https://www.google.com/**")
    page.go_back()
    assert page.url == f"{site.url}/consulta", "the case is not what lies behind"
    context.close()
    microphone.close()
