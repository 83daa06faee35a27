"""Coming back, one's own access, the office and devices: each page in its state, looked at."""

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from app.services.applications import save_answers, start_application
from app.services.messages import list_messages
from app.storage.database import Session
from permits.people import SYSTEM, Actor, Role
from tests.builders import ANSWERS, CUI, PHONE, Story, add_official, add_vacancy, work_of
from tests.journeys.inspection import HEIGHT, LANGUAGES, PHONE_WIDTH, Inspector
from tests.journeys.lives import Lives
from tests.journeys.pages import ACCESS, missed
from tests.journeys.site import Site
from tests.proofs import times

pytestmark = pytest.mark.journey

NEW_PHONE = "+50255598765"
OTHER = "1234567892012"


class Walk:
    """One browser that is looked at page by page, as different people."""

    def __init__(self, site: Site, chrome: Browser, language: str) -> None:
        self.site, self.language = site, language
        size = {"width": PHONE_WIDTH, "height": HEIGHT}
        self.context = chrome.new_context(viewport=size)  # type: ignore[arg-type]
        self.context.add_cookies([{"name": "idioma", "value": language, "url": site.url}])
        self.inspector = Inspector.of(self.context, site.url)
        self.inspector.contrast_of = times(3, 1)

    @property
    def page(self) -> Page:
        return self.inspector.page

    def be(self, actor: Actor | None) -> None:
        """Let somebody, or nobody, be who looks; signed in just now."""
        self.context.clear_cookies(name="vereda")
        if actor is None:
            return
        with self.site.house.sessions.begin() as session:
            token = Lives(self.site, session).token(actor)
        self.context.add_cookies([{"name": "vereda", "value": token, "url": self.site.url}])

    def see(self, path: str, *, light: bool = True) -> None:
        """Open a page and look."""
        self.inspector.visit(path, path, status=200, light=light)
        self._shoot(path)

    def press(self, button: str, **typed: str) -> None:
        """Fill fields by name, press the button that has these words' value, and look."""
        for name, value in typed.items():
            self.page.locator(f"[name='{name}']:not([type='hidden'])").fill(value)
        self.inspector.act(f"{self.page.url}, then {button}", lambda page: self._press(button))
        self._shoot(button)

    def _press(self, button: str) -> None:
        with self.page.expect_navigation(wait_until="load"):
            self.page.locator(button).first.click()

    def _shoot(self, name: str) -> None:
        folder = os.environ.get("VEREDA_SHOTS")
        if folder:
            plain = re.sub(r"\W+", "-", f"{self.language}-{self.page.url.split('/', 3)[3]}-{name}")
            self.page.screenshot(path=str(Path(folder) / f"{plain[:80]}.png"), full_page=True)

    def sms(self, phone: str, pattern: str) -> str:
        """What fits in the newest message to a phone."""
        self.site.work()
        with self.site.house.read_sessions() as session:
            work = work_of(session, SYSTEM, self.site.house.ports)
            bodies = [one.body for one in list_messages(work, phone, everybody=True)]
        return next(found[1] for body in bodies if (found := re.search(pattern, body)))


def household(site: Site, session: Session) -> Story:
    """Two people on one phone; the elder has handed in."""
    first = Story(session, site.house.ports, site.now()).start().submit()
    Story(session, site.house.ports, site.now()).start(given_names="Luis")
    return first


def come_back(walk: Walk) -> None:
    """By SMS, with a wrong code first, and then by name."""
    walk.be(None)
    walk.see("/retomar/papel")
    walk.press("#answers .govuk-button")
    walk.see("/retomar")
    walk.press("#answers .govuk-button")
    walk.press("#answers .govuk-button", phone=PHONE)
    walk.press("#answers .govuk-button", code="1")
    walk.press("#answers .govuk-button", code=walk.sms(PHONE, r"\b(\d{6})\b\."))
    walk.press("#answers .govuk-button")


def mend_access(walk: Walk, worker: Actor) -> None:
    """A new code and another number, as far as its code."""
    walk.be(worker)
    walk.see("/mi-acceso")
    walk.press("[action='/mi-acceso/codigo'] button")
    walk.see("/mi-acceso/telefono")
    walk.press("#answers .govuk-button")
    walk.press("#answers .govuk-button", phone=NEW_PHONE)
    walk.press("#answers .govuk-button", code="1")


def recover(walk: Walk, facilitator: Actor, supervisor: Actor) -> None:
    """At the counter, at the supervisor's desk, and at the phone of before."""
    walk.be(facilitator)
    walk.see("/recuperacion", light=False)
    walk.press("#search .govuk-button")
    walk.page.locator("[value='gt-dpi']").check()
    born = {"born-day": "27", "born-month": "3", "born-year": "1994"}
    walk.press("#search .govuk-button", number="1234567892012", **born)
    walk.press("#search .govuk-button", number=CUI, **born)
    desk = walk.page.url.removeprefix(walk.site.url)
    for box in walk.page.locator("[name='compared']").all():
        box.check()
    walk.press("main form .govuk-button", phone=NEW_PHONE)
    walk.page.locator("[name='code']").fill(walk.sms(NEW_PHONE, r"\b(\d{6})\b\."))
    walk.press("[action$='/codigo'] .govuk-button")
    walk.be(supervisor)
    walk.see("/recuperaciones", light=False)
    walk.see(desk.replace("recuperacion", "recuperaciones"), light=False)
    walk.press("main form .govuk-button--warning")
    walk.press("main form .govuk-button")
    walk.be(facilitator)
    walk.see(desk, light=False)
    walk.press("[action$='/mostrar'] .govuk-button")
    walk.be(None)
    walk.see(walk.sms(PHONE, r"(/no-fui-yo/[\w-]+)"))
    walk.press("#objection .govuk-button")


def assist(walk: Walk, facilitator: Actor) -> None:
    """Somebody's registration from the facilitator's list to the receipt, by a witnessed mark."""
    ports, now = walk.site.house.ports, walk.site.now()
    with walk.site.house.sessions.begin() as session:
        vacancy = add_vacancy(session, ports, now=now)
        work = work_of(session, facilitator, ports, now)
        begun = start_application(work, "coffee-hn-gt", PHONE, walk.language, assisted=True)
        changes = {**ANSWERS, "consent": None, "vacancy": str(vacancy), "document_number": OTHER}
        save_answers(work, begun.application.id, changes)
    walk.be(facilitator)
    walk.see("/asistencia", light=False)
    walk.see("/asistencia/mensajes", light=False)
    walk.press("#caller .govuk-button")
    walk.see(f"/asistencia/{begun.application.id}/permiso")
    walk.press("[action$='/codigo'] .govuk-button")
    walk.press("[action$='/dicho'] .govuk-button", code="1")
    walk.page.locator("[name='marked']").check()
    walk.press("#answers .govuk-button")
    walk.press("main form .govuk-button")
    walk.see("/brigada/", light=False)
    walk.inspector.act("the tablet's first question", begin_on_tablet)


def begin_on_tablet(page: Page) -> None:
    """A new registration, once it is known who carries the tablet."""
    page.locator("[data-begin='coffee-hn-gt']").click()
    page.wait_for_selector("section[data-step]:not([hidden])")


def guard(walk: Walk, head: Actor, agent: Actor) -> None:
    """The post's page, a code, a PIN, and a device's own doors before it is enrolled."""
    walk.be(head)
    walk.see("/puestos/dispositivos", light=False)
    walk.press("#enrol .govuk-button")
    walk.press("#enrol .govuk-button", name="Ventanilla 1")
    walk.see("/puestos/dispositivos", light=False)
    walk.press("[action$='/pin'] button")
    walk.be(agent)
    walk.see("/mi-pin", light=False)
    walk.press("#pin-form .govuk-button")
    walk.press("#pin-form .govuk-button", pin="482915", again="482915")
    walk.be(None)
    walk.see("/escaner/inscribir", light=False)
    walk.see("/escaner/entrar", light=False)


def share(walk: Walk) -> None:
    """A shared tablet, set up and at the end of somebody's turn."""
    walk.see("/quiosco")
    walk.press("main form .govuk-button")
    walk.see("/quiosco")
    walk.see("/quiosco/fin")


@pytest.mark.feature("W28")
@pytest.mark.parametrize("language", LANGUAGES[: times(1, 2)])
def test_every_page_of_access_is_accessible_light_and_whole(
    site: Site, chrome: Browser, language: str
) -> None:
    ports = site.house.ports
    roles = (Role.FACILITATOR, Role.INM_SUPERVISOR, Role.POST_SUPERVISOR, Role.BORDER_AGENT)
    with site.house.sessions.begin() as session:
        story = household(site, session)
        facilitator, supervisor, head, agent = (
            add_official(session, ports, role) for role in roles
        )
    walk = Walk(site, chrome, language)
    come_back(walk)
    mend_access(walk, story.worker)
    recover(walk, facilitator, supervisor)
    assist(walk, facilitator)
    guard(walk, head, agent)
    share(walk)
    assert walk.inspector.found + missed(site, ACCESS, walk.inspector.looked) == []
    walk.context.close()
