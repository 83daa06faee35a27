"""The pages of accounts, programs and emergencies: on a small phone, in both languages."""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Page

from app.services import account_care, api_clients, break_glass, invitations
from app.services.accounts import Newcomer, add
from app.services.messages import list_messages
from app.services.work import Work
from app.storage.accounts import Account
from permits.accounts import LockReason
from permits.people import SYSTEM, Actor, Permission, PersonId, Role
from permits.texts import slot_id
from tests.builders import add_official
from tests.journeys.inspection import HEIGHT, LANGUAGES, PHONE_WIDTH, Inspector
from tests.journeys.lives import Lives
from tests.journeys.pages import ADMINISTRATION, missed
from tests.journeys.site import Site
from tests.proofs import times

pytestmark = pytest.mark.journey

REASON = "La señora Juana Pérez llamó desde la frontera."
ACCOUNTS, CLIENTS = "/administracion/cuentas", "/administracion/clientes"
LISTS = "/administracion/listas"
TEXTS = "/administracion/textos"
QUESTIONS = "/administracion/preguntas"
REVIEWS = "/proteccion-de-datos/aperturas"
LOG = "/auditoria"
VERIFY = {Permission.CREDENTIAL_VERIFY}


def shot(page: Page, name: str) -> None:
    """Keep a picture for whoever asks for one."""
    folder = os.environ.get("VEREDA_SHOTS")
    if folder:
        page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)


def unfold(page: Page) -> None:
    """Open every part that is folded."""
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")


def send(page: Page) -> None:
    """Send the last form of the page as it stands; the page that answers has a fault."""
    with page.expect_navigation(wait_until="load"):
        page.locator("main form").last.evaluate("form => form.requestSubmit()")
    assert page.locator(".govuk-error-summary").count() == 1, page.url


class Office:
    """Who looks after what, in the site's own database, with something of everything."""

    def __init__(self, site: Site) -> None:
        self.site, self.ports = site, site.house.ports
        with site.house.sessions.begin() as session:
            self.lives = Lives(site, session)
            first, second, gone, judge = (
                add_official(session, self.ports, role, name)
                for role, name in (
                    (Role.ADMINISTRATOR, "Ana Primera"),
                    (Role.ADMINISTRATOR, "Beto Segundo"),
                    (Role.LABOUR_INSPECTOR, "Rigoberto Baja"),
                    (Role.DATA_PROTECTION_OFFICER, "Belinda Sabillón"),
                )
            )
            analyst = Actor(PersonId(uuid4()), Role.INM_ANALYST, "Nelly", department="HN-OC")
            add(self._work(SYSTEM), Account.of(analyst, "nelly@demo.example", None))
            account_care.lock_account(self._work(first), gone.person, LockReason.LEFT_SERVICE)
            asked = Newcomer("Mario Propuesto", Role.INM_OFFICER, "mario@demo.example")
            mario = invitations.invite_person(self._work(second), asked)
            api_clients.add_client(
                self._work(SYSTEM), "inspeccion", "IGT", Role.LABOUR_INSPECTOR, VERIFY
            )
            receipts = [self.lives.begin().submit().application.receipt or "" for _ in range(2)]
            self.judged, self.opened = (
                break_glass.open_file(self._work(analyst), receipt, REASON).id
                for receipt in receipts
            )
            break_glass.review_opening(
                self._work(judge), self.judged, justified=False, note="No había prisa."
            )
            auditor = add_official(session, self.ports, Role.AUDITOR, "Olga Auditora")
            people = {"administrator": first, "analyst": analyst, "judge": judge}
            people["auditor"] = auditor
            self.tokens = {name: self.lives.token(actor) for name, actor in people.items()}
            self.people = {"own": first.person, "gone": gone.person, "mario": mario}

    def _work(self, actor: Actor) -> Work:
        return Work(self.lives.session, actor, self.site.now(), self.ports, "test")

    def link(self) -> str:
        """The path of the invitation that the proposed officer was sent."""
        self.site.work()
        with self.site.house.read_sessions() as session:
            work = Work(session, SYSTEM, self.site.now(), self.ports, "test")
            (message,) = list_messages(work, "mario@demo.example", everybody=True)
        found = re.search(r"/invitacion/[\w-]+", message.body)
        assert found is not None
        return found.group()

    def views(self) -> Iterator[tuple[str, str, str]]:
        """Who sees which page, and what is pressed on it ("unfold", "send" or nothing)."""
        yield "administrator", ACCOUNTS, ""
        yield "administrator", f"{ACCOUNTS}?estado=open&q=nadie", ""
        for name, person in self.people.items():
            yield "administrator", f"{ACCOUNTS}/{person}", "" if name == "own" else "unfold"
        yield "administrator", f"{ACCOUNTS}/invitar", "send"
        yield "administrator", CLIENTS, "send"
        yield "administrator", TEXTS, ""
        yield "administrator", f"{TEXTS}/{slot_id('Las razones')}", "send"
        yield "administrator", LISTS, ""
        yield "administrator", f"{LISTS}/posts", "send"
        yield "administrator", QUESTIONS, ""
        yield "administrator", f"{QUESTIONS}/coffee-hn-gt", "send"
        yield "administrator", f"{QUESTIONS}/coffee-hn-gt/terminar", ""
        yield "analyst", "/aperturas", "send"
        yield "analyst", f"/aperturas/{self.opened}", ""
        yield "judge", REVIEWS, ""
        yield "judge", f"{REVIEWS}?ver=todas", ""
        yield "judge", f"{REVIEWS}/{self.judged}", ""
        yield "judge", f"{REVIEWS}/{self.opened}", "send"
        yield "auditor", LOG, "unfold"
        yield "auditor", f"{LOG}?persona={self.people['own']}&acto=role:grant&desde=2026-01-01", ""
        yield "auditor", f"{LOG}?ver=emergencias", ""
        yield "auditor", f"{LOG}/1", "unfold"
        yield "judge", f"{LOG}/2", ""


@pytest.mark.feature("D1", "D10", "W28")
@pytest.mark.parametrize("language", LANGUAGES[-times(1, 2) :])
def test_the_pages_are_accessible_and_whole(site: Site, chrome: Browser, language: str) -> None:
    office = Office(site)
    context = chrome.new_context(viewport={"width": PHONE_WIDTH, "height": HEIGHT})
    context.add_cookies([{"name": "idioma", "value": language, "url": site.url}])
    inspector = Inspector.of(context, site.url)
    inspector.contrast_of = times(3, 1)
    acts = {"unfold": unfold, "send": send}
    for number, (who, path, press) in enumerate(office.views()):
        context.add_cookies([{"name": "vereda", "value": office.tokens[who], "url": site.url}])
        inspector.visit(path, path, status=200, light=False)
        if press:
            inspector.act(f"{path}, then {press}", acts[press])
        shot(inspector.page, f"{language}-{number:02d}")
    inspector.visit("typed wrong", f"{LOG}?sujeto=Juana", status=422, light=False)
    shot(inspector.page, f"{language}-log-typed-wrong")
    inspector.visit("dead link", "/invitacion/" + "A" * 43, status=404, light=False)
    inspector.visit("link", office.link(), status=200, light=False)
    inspector.act("link, then send", send)
    assert inspector.found + missed(site, ADMINISTRATION, inspector.looked) == []
    context.close()


@pytest.mark.feature("D1", "D3")
def test_a_person_is_invited_and_chooses_a_password(site: Site, chrome: Browser) -> None:
    office = Office(site)
    context = chrome.new_context(viewport={"width": PHONE_WIDTH, "height": HEIGHT})
    context.add_cookies(
        [{"name": "vereda", "value": office.tokens["administrator"], "url": site.url}]
    )
    page = context.new_page()
    page.goto(f"{site.url}{ACCOUNTS}/invitar")
    page.fill("#name", "Rosa Invitada")
    page.fill("#email", "rosa@demo.example")
    page.select_option("#role", "setrass-analyst")
    page.locator("#invite").get_by_role("button").click()
    page.get_by_text("La invitación está en camino").wait_for()
    site.work()
    invited = Inspector.of(
        chrome.new_context(viewport={"width": PHONE_WIDTH, "height": HEIGHT}), site.url
    )
    page.goto(f"{site.url}/demo/mensajes?a=rosa@demo.example")
    link = page.locator("a[href^='/invitacion/']").first.get_attribute("href") or ""
    invited.visit("link", link, status=200, light=False)
    shot(invited.page, "link")
    invited.page.fill("#password", "café y pan dulce")
    invited.page.locator("main form").get_by_role("button").click()
    invited.page.wait_for_url("**/entrar/**")
    shot(invited.page, "after-link")
    assert invited.found == []
