"""The people of the story, each doing in the browser what such a person does."""

import re
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, FilePayload, Page, ViewportSize, expect

from app.services import devices
from app.storage import accounts
from permits.people import Actor, Role
from tests.builders import work_of
from tests.journeys.site import Site

PHONE: ViewportSize = {"width": 360, "height": 740}
DESK: ViewportSize = {"width": 1280, "height": 900}
PASSWORD = "cosecha de café 2026"
CUI = "1234 56789 2004"
PIN = "482915"


@dataclass
class Worker:
    """Applies on a borrowed phone, without JavaScript."""

    page: Page
    site: Site

    def press(self, name: str) -> None:
        """Press a button or follow a link that looks like one."""
        control = self.page.get_by_role("button", name=name).or_(
            self.page.get_by_role("link", name=name)
        )
        control.first.click()

    def begin(self) -> str:
        """From the home page to the code that brings back; returns the code."""
        self.page.goto(self.site.url)
        self.page.get_by_role("link", name="Quiero trabajar en la cosecha").first.click()
        if "nueva" not in self.page.url or self.page.url.endswith("nueva"):
            self.page.get_by_role("link", name="Cosecha de café").first.click()
        self.page.get_by_label("Número de teléfono").fill("+502 5551 2345")
        self.press("Empezar")
        expect(self.page.get_by_role("heading", level=1)).to_have_text("Anote su código")
        code = self.page.locator(".number--large").inner_text()
        self.press("Ya lo anoté")
        return code

    def answer(self, **fields: str) -> None:
        """Fill the fields of a question by name and go on."""
        for name, value in fields.items():
            self.page.locator(f"[name='{name}']").fill(value)
        self.press("Continuar")

    def choose(self, *labels: str) -> None:
        """Tick what is asked and go on."""
        for label in labels:
            self.page.get_by_label(label, exact=True).check()
        self.press("Continuar")

    def upload(self, **files: FilePayload) -> None:
        """Choose files for the fields of these names and go on."""
        for name, file in files.items():
            self.page.locator(f"input[type='file'][name='{name}']").set_input_files(file)
        self.press("Continuar")

    def come_back(self, phone: str, code: str) -> None:
        """On another phone, by number and code."""
        self.page.goto(f"{self.site.url}/retomar/papel")
        self.page.get_by_label("Número de teléfono").fill(phone)
        self.page.get_by_label("Código", exact=True).fill(code)
        self.press("Seguir")

    def accept_contract(self) -> None:
        """From a page that leads there, say yes; who reads nothing has had it read out."""
        self.press("Leer mi contrato")
        expect(self.page.get_by_role("button", name="Acepto este contrato")).to_be_visible()
        if self.page.locator("[name='heard']").count():
            self.page.locator("[name='heard']").check()
        self.press("Acepto este contrato")
        expect(self.page.get_by_text("Usted aceptó este contrato.")).to_be_visible()

    def expect_question(self, text: str) -> None:
        """The question that stands on the page."""
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(text)

    def expect_error(self, text: str) -> None:
        """The summary says what is wrong, and the title begins with it."""
        expect(self.page.locator(".govuk-error-summary")).to_contain_text(text)
        expect(self.page).to_have_title(re.compile("^Error:"))


@dataclass
class Official:
    """Works a queue at a desk."""

    page: Page
    site: Site

    def sign_in(self, email: str) -> None:
        """By address and password, and the code of the app."""
        self.page.goto(f"{self.site.url}/entrar")
        self.page.get_by_label("Correo o teléfono").fill(email)
        self.page.get_by_label("Contraseña", exact=True).fill(PASSWORD)
        self.page.get_by_role("button", name="Entrar", exact=True).click()
        self.page.get_by_label("Código de su aplicación").fill(self.site.app_code(email))
        self.page.get_by_role("button", name="Seguir").click()
        self.page.wait_for_url(lambda url: "/entrar" not in url)

    def open_case(self, receipt: str) -> None:
        """From the queue, by its number."""
        self.page.goto(f"{self.site.url}/bandeja")
        self.page.get_by_role("link", name=receipt, exact=True).click()
        expect(self.page.get_by_role("heading", level=1)).to_contain_text("María")

    def decide(self, opinion: str, note: str = "") -> None:
        """Say what the agency says."""
        self.page.locator(f"[name='opinion'][value='{opinion}']").check()
        if note:
            self.page.locator("[name='note']").fill(note)
        self.page.get_by_role("button", name="Registrar mi decisión").click()


@dataclass
class Agent:
    """Scans at the post."""

    page: Page
    site: Site

    def prepare(self, email: str) -> None:
        """Enrol the device, come in by PIN, and have all that is needed without a network."""
        self.page.goto(f"{self.site.url}/escaner/inscribir#{enrolment_code(self.site, email)}")
        self.page.get_by_role("button", name="Inscribir").click()
        expect(self.page.locator("#device-name")).to_have_text("Ventanilla 1")
        self.come_in()
        self.until("document.getElementById('prepare-summary').dataset.ready === 'true'")

    def come_in(self) -> None:
        """At the door of the enrolled device, the first agent of the post by PIN."""
        self.page.goto(f"{self.site.url}/escaner/entrar")
        self.page.locator("#pin").fill(PIN)
        self.page.get_by_role("button", name="Entrar", exact=True).click()
        self.page.wait_for_url("**/escaner/", wait_until="load")

    def scan(self) -> str:
        """Point the camera; returns the colour of the verdict."""
        self.page.click("#start")
        self.until("!document.getElementById('view-verdict').hidden")
        return str(self.page.evaluate("document.getElementById('view-verdict').dataset.verdict"))

    def reason(self) -> str:
        """The one reason that is told."""
        return self.page.locator("#verdict-reason").inner_text()

    def waiting(self) -> int:
        """How many crossings wait to be sent."""
        text = self.page.locator("#chip-waiting").inner_text()
        return int(re.sub(r"\D", "", text) or 0)

    def until(self, condition: str) -> None:
        """Poll a condition of the page; the policy forbids Playwright's own way."""
        for _ in range(600):
            if self.page.evaluate(condition):
                return
            self.page.wait_for_timeout(50)
        raise AssertionError(f"{condition}\n{self.page.locator('body').inner_text()[:2000]}")


def enrolment_code(site: Site, email: str) -> str:
    """What a supervisor of the agent's post makes for one device; the agent's PIN is PIN."""
    with site.database.sessions.begin() as session:
        account = accounts.find_account(session, email)
        assert account is not None
        agent = account.actors[0]
        assert agent.post is not None
        later = site.now() + timedelta(minutes=5)
        supervisor = Actor(agent.person, Role.POST_SUPERVISOR, "", agent.post, proven_until=later)
        ports = site.house.ports
        devices.set_pin(work_of(session, agent, ports, site.now()), agent.person, PIN)
        work = work_of(session, supervisor, ports, site.now())
        return devices.make_enrolment(work, agent.post, "Ventanilla 1")


def phone_of(browser: Browser) -> BrowserContext:
    """A cheap phone whose browser has no JavaScript."""
    return browser.new_context(viewport=PHONE, java_script_enabled=False)


def desk_of(browser: Browser) -> BrowserContext:
    """A desk's browser."""
    return browser.new_context(viewport=DESK)


def page_of(context: BrowserContext, site: Site, token: str) -> Page:
    """A page of a browser in which somebody is signed in."""
    context.add_cookies([{"name": "vereda", "value": token, "url": site.url}])
    return context.new_page()


def save_permit_symbol(worker: Worker, folder: Path) -> Path:
    """The worker keeps the QR as a picture, as the page offers."""
    with worker.page.expect_download() as download:
        worker.page.get_by_role("link", name="Guardar en mi teléfono").or_(
            worker.page.get_by_role("button", name="Guardar en mi teléfono")
        ).first.click()
    path = folder / "permit.png"
    download.value.save_as(path)
    return path
