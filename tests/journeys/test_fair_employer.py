"""A fair employer, from registering by telephone to a worker who comes to the farm."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import pytest
from playwright.sync_api import Browser, Page, expect

from app.services.messages import list_messages
from app.services.vacancy_judging import judge_vacancies
from permits.deadlines import legal_day
from permits.people import SYSTEM, Role
from tests.builders import CUI, Story, work_of
from tests.journeys.lives import Lives
from tests.journeys.people import Worker, desk_of, page_of, phone_of
from tests.journeys.site import Site
from tests.journeys.test_fair_vacancy import season
from tests.vacancies import offer_at_home
from tests.web.pages.test_registering import ANSWERS
from tests.web.pages.test_vacancy_writing import TERMS, offer

pytestmark = pytest.mark.journey

HERE = "/registro-empleador"
PHONE, FARM = "+50499887766", "Finca La Peña de Prueba"
PLACE = {"farm": "La Peña", "municipality": "copan ruinas", "housed": "0", "point": "14.84, -89.15"}
PAPERS = ("tax-certificate", "employer-certificate", "coffee-card")


def fill(page: Page, answers: Mapping[str, object]) -> None:
    """Each field by its name, whatever kind it is; dashes stand as double underscores."""
    for key, value in answers.items():
        name = key.replace("__", "-")
        field = page.locator(f"main [name='{name}']").first
        kind = field.get_attribute("type")
        if kind in {"radio", "checkbox"}:
            for one in value if isinstance(value, list) else [value]:
                page.locator(f"main [name='{name}'][value='{one}']").check()
        elif field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(str(value))
        elif kind != "hidden":
            field.fill(str(value))


@dataclass
class Grower:
    """Registers and hires on a cheap phone, without JavaScript."""

    page: Page
    site: Site

    def press(self, name: str) -> None:
        """A button, or a link that looks like one."""
        button = self.page.get_by_role("button", name=name, exact=True)
        button.or_(self.page.get_by_role("link", name=name, exact=True)).first.click()

    def reads(self, text: str) -> None:
        """It stands on the page."""
        expect(self.page.locator("main")).to_contain_text(text)

    def open(self, path: str) -> None:
        """A page by its address."""
        self.page.goto(self.site.url + path)

    def type_code(self) -> None:
        """The digits of the newest message."""
        self.press("Enviarme un código")
        self.site.work()
        with self.site.database.sessions() as session:
            work = work_of(session, SYSTEM, self.site.house.ports, self.site.now())
            (code,) = re.findall(r"\b\d{6}\b", list_messages(work, PHONE, everybody=True)[0].body)
        fill(self.page, {"code": code})
        self.press("Seguir")

    def register(self) -> None:
        """By telephone: six questions, a farm, and off it goes."""
        self.open(HERE)
        fill(self.page, {"phone": PHONE})
        self.type_code()
        self.press("Seguir con lo que falta")
        for _, answers in ANSWERS:
            fill(self.page, answers)
            self.press("Continuar")
        fill(self.page, PLACE)
        self.press("Guardar la finca")
        self.press("Enviar a SETRASS")
        self.reads("Su registro se envió.")


def verify(desk: Page, site: Site) -> None:
    """SETRASS has seen the papers, and says so."""
    desk.goto(f"{site.url}/registros-de-empleadores")
    desk.get_by_role("link", name=FARM).click()
    desk.locator("[name='action'][value='verify']").check()
    for paper in PAPERS:
        desk.locator(f"[type='checkbox'][name='evidence'][value='{paper}']").check()
    desk.get_by_role("button", name="Guardar la decisión").click()
    expect(desk.locator("main")).to_contain_text("Verificado")


def publish(grower: Grower, first: date, last: date) -> UUID:
    """A vacancy is written, checked, offered at home, and published; its id."""
    grower.press("Vacantes, candidatos y contratos")
    grower.press("Escribir una vacante")
    fill(grower.page, offer(first, last, wage="62", places="4"))
    grower.press("Guardar y seguir")
    fill(grower.page, TERMS)
    grower.press("Guardar y revisar")
    vacancy = UUID(grower.page.url.partition("/mis-vacantes/")[2][:36])
    with grower.site.database.sessions.begin() as session:
        system = work_of(session, SYSTEM, grower.site.house.ports, grower.site.now())
        offer_at_home(system, vacancy)
        judge_vacancies(system, [vacancy], "step")
    grower.page.reload()
    grower.reads("La revisión no encontró nada.")
    grower.press("Publicar la vacante")
    grower.reads("La vacante quedó publicada.")
    return vacancy


@pytest.mark.feature("E1", "E3", "E4", "E7", "W7", "W9")
def test_a_fair_employer_from_the_telephone_to_workers_on_the_farm(
    site: Site, chrome: Browser
) -> None:
    first, last = season(site, 0)
    grower = Grower(phone_of(chrome).new_page(), site)
    grower.register()
    with site.database.sessions.begin() as session:
        lives = Lives(site, session)
        officer = lives.token(lives.official("oficial@x.hn", Role.SETRASS_OFFICER))
    verify(page_of(desk_of(chrome), site, officer), site)

    # Another code opens the account: nobody was asked for a password, or to come to an office.
    site.work()
    grower.open(f"{HERE}/mi-registro")
    grower.press("Entrar con un código")
    grower.type_code()
    vacancy = publish(grower, first, last)

    # Somebody reads who hires, chooses it, and agrees to the contract on the own phone.
    with site.database.sessions.begin() as session:
        story = Story(session, site.house.ports, site.now()).start(
            vacancy=str(vacancy), document_number=CUI
        )
        cookie, case = Lives(site, session).token(story.worker), str(story.id)
    worker = Worker(page_of(phone_of(chrome), site, cookie), site)
    worker.page.goto(f"{site.url}/solicitud/{case}/trabajo/{vacancy}")
    expect(worker.page.locator("main")).to_contain_text("No hay nada en su contra")
    worker.press("Seguir con este trabajo")
    worker.page.goto(f"{site.url}/solicitud/{case}/revisar")
    worker.press("Enviar la solicitud")
    worker.expect_question("Recibimos su solicitud")
    worker.page.goto(f"{site.url}/mi-solicitud/{case}/contrato")
    worker.page.locator("[name='heard']").first.check()
    worker.press("Acepto este contrato")
    expect(worker.page.locator("main")).to_contain_text("Usted aceptó este contrato.")

    # Both agencies approve, the permit is signed, and the worker comes to the farm.
    with site.database.sessions.begin() as session:
        story.session = session
        number = story.approve().application.worker_number or ""
    site.work()
    grower.open("/mis-fincas")
    grower.press("La Peña")
    fill(grower.page, {"direction": "entry", "text": number})
    grower.press("Anotar")
    grower.reads("Adentro ahora: 1")
    if first == legal_day(site.now()):  # else the season has not begun, and no right has
        grower.reads("El permiso es para este empleador.")
