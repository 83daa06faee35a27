"""Somebody was shown a QR code with an offer, and asks the scam check by the phone's camera."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, ViewportSize, expect

from app.services import offer_checks
from permits.people import NOBODY, Role
from recruitment.scam_checks import Report, ReportKind, ReportState
from tests import chromium
from tests.builders import add_official, work_of
from tests.journeys.camera import code, film
from tests.journeys.conftest import FAKE_CAMERA, Camera
from tests.journeys.lives import Lives
from tests.journeys.site import Site
from tests.registered import bring_all, some_phone, verified

pytestmark = [pytest.mark.journey, pytest.mark.feature("N15")]

PATH = "/verificar-oferta"
PHONE: ViewportSize = {"width": 360, "height": 740}
SCAMMER = "+50499001122"
SPANISH = {
    "open": "Leer un código QR con la cámara",
    "read": "Leído. Está en el campo de arriba. Toque «Comprobar».",
    "check": "Comprobar",
}
ENGLISH = {
    "open": "Read a QR code with the camera",
    "read": "Read. It is in the field above. Tap “Check”.",
    "check": "Check",
}
FORGED = "https://evil.example/reclutadores/hn-recruiters/HN-001"
HOSTILE = {
    "javascript:document.title='run'": None,
    FORGED: "evil.example",
    "<script>alert(1)</script><img src=//evil.example/x onerror=alert(1)>": "evil.example",
    "WIFI:S:Cafetal;T:WPA;P:secreto;;": None,
    ("Venga ya " * 330)[:2_900]: None,
}
"""What a code may say that is nothing of ours, and the other site that is named."""


class Phone:
    """A telephone of 360 pixels before which codes are held; it notes whatever it asks for."""

    def __init__(self, site: Site, camera: Camera, folder: Path) -> None:
        self.site, self.folder = site, folder
        self.film = film(code("nothing", folder / "code.png"), folder / "seen.y4m", frames=1)
        browser = camera(self.film)
        self.context = browser.new_context(permissions=["camera"], viewport=PHONE)
        self.page = self.context.new_page()
        self.asked: list[str] = []
        self.trouble: list[str] = []
        self.context.on("request", lambda request: self.asked.append(request.url))
        self.page.on("dialog", lambda dialog: self.trouble.append(dialog.message))
        self.page.on("console", lambda said: self.trouble.append(said.text))
        self.page.on("pageerror", lambda error: self.trouble.append(str(error)))

    def scan(self, text: str, said: dict[str, str], language: str = "es") -> Page:
        """Hold a code before the camera, and press what the page says to press."""
        film(code(text, self.folder / "code.png"), self.film, frames=1)
        page = self.page
        speak(self.context, self.site, language)
        page.goto(f"{self.site.url}{PATH}")
        page.get_by_role("button", name=said["open"]).click()
        expect(page.locator("[data-scan-hint]")).to_have_text(said["read"])
        assert page.locator("#text").input_value() == text
        check = page.get_by_role("button", name=said["check"], exact=True)
        expect(check).to_be_focused()
        expect(check).to_be_in_viewport()
        expect(page.locator("[data-scan-video]")).to_be_hidden()  # its camera is let go
        check.click()
        expect(page.locator(".notice").first).to_be_visible()
        return page

    def assert_harmless(self) -> None:
        """Nothing ran, nothing opened, and nothing was asked of anybody else."""
        assert self.trouble == []
        assert len(self.context.pages) == 1
        assert self.page.url == f"{self.site.url}{PATH}"
        assert {url for url in self.asked if not url.startswith(self.site.url)} == set()
        assert self.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


@pytest.fixture
def phone(site: Site, camera: Camera, tmp_path: Path) -> Iterator[Phone]:
    with site.database.sessions.begin() as session:
        bring_all(session, site.house.ports, site.now())
    found = Phone(site, camera, tmp_path)
    yield found
    found.context.close()


def speak(context: BrowserContext, site: Site, language: str) -> None:
    """Let this language be the chosen one."""
    context.add_cookies([{"name": "idioma", "value": language, "url": site.url}])


def headline(page: Page) -> str:
    """The verdict in large letters."""
    return page.locator(".notice strong").first.inner_text()


def test_a_code_leads_to_who_is_registered_stopped_or_nobody(site: Site, phone: Phone) -> None:
    with site.database.sessions.begin() as session:
        _, employer = verified(session, site.house.ports, some_phone(), site.now())
        permit = Lives(site, session)
        text = permit.credential(permit.permit()).text or ""
    own = site.house.ports.public_url
    recruiter = f"{own}/reclutadores/hn-recruiters/HN001"  # what their own page has as a code
    page = phone.scan(recruiter, SPANISH)
    assert headline(page) == "Es un reclutador con licencia"
    expect(page.get_by_role("link", name="Agencia Buen Camino (demo)")).to_be_visible()
    page = phone.scan(recruiter, ENGLISH, "en")
    assert headline(page) == "A licensed recruiter"
    assert headline(phone.scan(f"{own}/empleador/{employer}", SPANISH)) == (
        "Es un empleador verificado"
    )
    offer = "Trabajo en Canadá, visa segura\nAgencia Dos Orillas (demo)"
    assert headline(phone.scan(offer, SPANISH)) == "¡Cuidado! No puede reclutar hoy"
    assert headline(phone.scan(text, SPANISH)) == "Es el código de un permiso"
    page = phone.scan(f"{own}/reclutadores/hn-recruiters/HN999", ENGLISH, "en")
    assert headline(page) == "Not registered"
    page.goto(f"{site.url}{PATH}")
    phone.assert_harmless()


def test_a_code_that_opens_a_chat_is_checked_by_its_telephone(site: Site, phone: Phone) -> None:
    chat = f"https://wa.me/{SCAMMER.removeprefix('+')}?text=Quiero%20trabajo"
    assert headline(phone.scan(chat, SPANISH)) == "No está registrado"
    with site.database.sessions.begin() as session:
        ports, now = site.house.ports, site.now()
        report = Report(uuid4(), ReportKind.ASKED_MONEY, phone=SCAMMER)
        offer_checks.report_offer(work_of(session, NOBODY, ports, now), report)
        chief = add_official(session, ports, Role.SETRASS_SUPERVISOR)
        later = work_of(session, chief, ports, now + timedelta(seconds=1))
        offer_checks.judge_report(later, report.id, ReportState.CONFIRMED)
    assert headline(phone.scan(chat, SPANISH)) == "¡Cuidado! Hay avisos confirmados"
    phone.assert_harmless()


def test_a_code_that_is_nothing_of_ours_is_told_and_never_followed(phone: Phone) -> None:
    for text, host in HOSTILE.items():
        page = phone.scan(text, SPANISH)
        titles = page.locator(".notice strong").all_inner_texts()
        named = ["Lleva a otra página", host] if host else []
        assert titles == ["No está registrado", *named], text[:40]
        assert "HN001" not in page.locator("main").inner_text()
        assert page.title().startswith("¿Es de fiar esta oferta?")
        phone.assert_harmless()


DENIED = {
    "es": "El teléfono no dio permiso a la cámara. Escriba arriba el texto.",
    "en": "The phone did not allow the camera. Write the text above.",
}
NONE = "No se pudo abrir la cámara. Escriba arriba el texto."


@pytest.fixture
def refusing(playwright: Playwright) -> Iterator[Browser]:
    """A browser with a camera, whose person says no when they are asked for it."""
    browser = playwright.chromium.launch(
        executable_path=chromium.find(),
        args=[*chromium.ARGUMENTS, FAKE_CAMERA[1], f"{FAKE_CAMERA[0]}=deny"],
    )
    yield browser
    browser.close()


@pytest.mark.parametrize("language", ["es", "en"])
def test_who_refuses_the_camera_types(site: Site, refusing: Browser, language: str) -> None:
    said = SPANISH if language == "es" else ENGLISH
    page = type_after(site, refusing, said, language, DENIED[language])
    assert headline(page) == {"es": "No se pudo comprobar", "en": "Could not be verified"}[language]
    page.context.close()


def test_who_has_no_camera_types(site: Site, chrome: Browser) -> None:
    page = type_after(site, chrome, SPANISH, "es", NONE)
    assert headline(page) == "No se pudo comprobar"  # no registry's list was brought here
    page.context.close()


def type_after(
    site: Site, browser: Browser, said: dict[str, str], language: str, told: str
) -> Page:
    """Press for the camera in vain, and go on by typing."""
    context = browser.new_context(viewport=PHONE)
    speak(context, site, language)
    page = context.new_page()
    page.goto(f"{site.url}{PATH}")
    page.get_by_role("button", name=said["open"]).click()
    expect(page.locator("[data-scan-hint]")).to_have_text(told)
    expect(page.locator("[data-scan-hint]")).to_be_in_viewport()
    expect(page.locator("[data-scan-video]")).to_be_hidden()
    expect(page.get_by_role("button", name=said["open"])).to_be_visible()  # to try once more
    page.locator("#text").fill("Nadie de Ninguna Parte")
    page.get_by_role("button", name=said["check"], exact=True).click()
    expect(page.locator(".notice").first).to_be_visible()
    return page


def test_without_scripts_it_is_typed(site: Site, chrome: Browser) -> None:
    with site.database.sessions.begin() as session:
        bring_all(session, site.house.ports, site.now())
    context = chrome.new_context(viewport=PHONE, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site.url}{PATH}")
    expect(page.locator("[data-offer-scan]")).to_be_hidden()
    page.locator("#text").fill("Licencia HN-001")
    page.get_by_role("button", name="Comprobar").click()
    assert headline(page) == "Es un reclutador con licencia"
    context.close()
