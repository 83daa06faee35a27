"""Three cases on the desk: a passport kept, an official accused, an appeal; each to its end.

One site and one office serve all three. What the other journey of complaints shows in the browser
(test_complaint.py) is done here through the services.
"""

from dataclasses import dataclass
from uuid import UUID

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from app.services import complaint_acts, complaint_keys, complaint_terms
from app.services.complaint_acts import Judgement
from app.services.complaint_cases import load
from app.services.work import Work
from permits.people import SYSTEM
from recruitment.complaints.moves import Action
from recruitment.complaints.words import Category, Outcome, Severity
from tests.complained import PHRASE, Complained, Office, complain
from tests.journeys.how_it_goes import ask
from tests.journeys.lives import Lives
from tests.journeys.people import desk_of, page_of, phone_of
from tests.journeys.site import Site
from tests.working import WELL, token_of

pytestmark = pytest.mark.journey

REASON = "La planilla muestra el pago de cada semana."
WHY = "La finca dice que pagó; hay planillas que no se vieron."


@dataclass
class Case:
    """A case as one handler's browser sees it; the office's answers are what the page then says."""

    page: Page
    url: str

    def open(self) -> None:
        self.page.goto(self.url)

    def press(self, name: str, within: str = "main") -> None:
        self.page.locator(within).get_by_role("button", name=name, exact=True).first.click()

    def move(self, action: str, why: str = "", told: str = "") -> None:
        self.page.locator(f"[name=action][value={action}]").check()
        self.page.locator("[name=move_words]").fill(why)
        self.page.locator("[name=told_words]").fill(told)
        self.press("Hacerlo")

    def accept(self, severity: str) -> None:
        self.page.locator("summary", has_text="Aceptar el caso").click()
        self.page.locator(f"[name=severity][value={severity}]").check()
        self.press("Aceptar el caso", "form[action$=aceptar]")

    def hand_over(self, target: str, summary: str) -> str:
        """By letter; the code that is shown once."""
        self.page.locator("summary", has_text="Remitir a otra institución").click()
        self.page.locator(f"[name=target][value={target}]").check()
        self.page.locator("[name=channel][value=letter]").check()
        self.page.locator("[name=summary]").fill(summary)
        self.press("Remitir el caso")
        return self.page.locator("strong.number").inner_text()

    @property
    def told(self) -> Locator:
        return self.page.locator("main")


@dataclass
class Desk:
    """The office: three handlers with their cookies, the first of whom leads every case."""

    site: Site
    office: Office
    tokens: list[str]

    def work(self, number: int = 0) -> Work:
        return self.office.work(self.office.handlers[number], self.site.now())

    def case(self, chrome: Browser, complaint: UUID, number: int = 0) -> Case:
        page = page_of(desk_of(chrome), self.site, self.tokens[number])
        found = Case(page, f"{self.site.url}/quejas/{complaint}")
        found.open()
        return found


def gather(site: Site, lives: Lives) -> Desk:
    office = Office(lives.session, site.house.ports).ready()
    office.join()
    office.join()
    tokens = [lives.token(one) for one in office.handlers]
    desk = Desk(site, office, tokens)
    for number, token in enumerate(tokens):
        assert complaint_keys.unlock(desk.work(number), token, PHRASE)
    return desk


def close_for_nothing(desk: Desk) -> Complained:
    """A case that the first found untrue, the second agreed to, and the first closed."""
    filed = complain(desk.office.work(now=desk.site.now()))
    complaint_terms.begin_clocks(desk.office.work(SYSTEM, desk.site.now()))
    first, token = desk.work(), desk.tokens[0]

    def act(action: Action, number: int = 0) -> None:
        work = desk.work(number)
        seen = load(work, filed.id).filed.version
        told = REASON if action is Action.CLOSE_NO_ACTION else ""
        token = desk.tokens[number]
        complaint_acts.act(work, token, filed.id, action, "Nada.", seen=seen, told=told)

    complaint_acts.take(first, filed.id, seen=load(first, filed.id).filed.version)
    act(Action.SCREEN)
    said = Judgement(Severity.S3, (Category.HOURS,))
    seen = load(first, filed.id).filed.version
    complaint_acts.accept(first, token, filed.id, said, seen=seen)
    act(Action.INVESTIGATE)
    seen = load(first, filed.id).filed.version
    complaint_acts.find(first, token, filed.id, Outcome.UNSUBSTANTIATED, "Nada.", seen=seen)
    act(Action.APPROVE_FINDING, 1)
    act(Action.CLOSE_NO_ACTION)
    return filed


@pytest.mark.feature("N4", "H3", "H5", "C3")
def test_a_kept_passport_an_accused_official_and_an_appeal(site: Site, chrome: Browser) -> None:
    with site.database.sessions.begin() as session:
        lives = Lives(site, session)
        desk = gather(site, lives)
        story = lives.permit()
        ask(story)
        link = f"{site.url}/como-esta/{token_of(story)}"
        closed = close_for_nothing(desk)
        accused = complain(
            desk.office.work(now=site.now()), categories=(Category.OFFICIAL_MISCONDUCT,)
        )
        complaint_terms.begin_clocks(desk.office.work(SYSTEM, site.now()))
    _passport_is_kept(site, chrome, desk, link)
    _official_is_accused(chrome, desk, accused)
    _another_decides_the_appeal(site, chrome, desk, closed)


def _passport_is_kept(site: Site, chrome: Browser, desk: Desk, link: str) -> None:
    """Told in a check-in by the link of the SMS, and handed over to CICESCT, which confirms."""
    phone = phone_of(chrome).new_page()
    phone.goto(link)
    for name, code in {**WELL, "document": "yes"}.items():
        phone.locator(f"[name={name}][value={code}]").check()
    phone.locator("#como-esta button[type=submit], form button").last.click()
    site.work()

    page = page_of(desk_of(chrome), site, desk.tokens[0])
    page.goto(f"{site.url}/quejas")
    page.locator("[data-rows] tr", has_text="Documento retenido").first.get_by_role("link").click()
    case = Case(page, page.url)
    case.press("Tomar el caso")
    case.move("screen")
    case.accept("s1")
    expect(case.told).to_contain_text("Se propone: CICESCT")
    code = case.hand_over("cicesct", "Le quitaron el pasaporte al llegar.")
    case.open()
    letter = page.get_by_role("link", name="Imprimir el oficio firmado").get_attribute("href")
    paper = page.request.get(f"{site.url}{letter}")
    assert (paper.headers["content-type"], paper.body()[:5]) == ("application/pdf", b"%PDF-")

    cicesct = desk_of(chrome).new_page()
    cicesct.goto(f"{site.url}{str(letter)[str(letter).index('/remisiones/') :].rpartition('/')[0]}")
    cicesct.get_by_label("Código").fill(code)
    cicesct.get_by_role("button", name="Abrir").click()
    expect(cicesct.get_by_text("Le quitaron el pasaporte al llegar.")).to_be_visible()
    cicesct.get_by_label("Su número de expediente").fill("CICESCT-7")
    cicesct.locator("[name=answer][value=confirm]").click()
    expect(cicesct.get_by_text("Quedó anotado. Gracias.")).to_be_visible()
    case.open()
    expect(case.told).to_contain_text("CICESCT-7")
    expect(page.locator("[name=answer][value=confirm]")).to_have_count(0)
    for one in (phone, page, cicesct):
        one.context.close()


def _official_is_accused(chrome: Browser, desk: Desk, accused: Complained) -> None:
    """Nothing is investigated before somebody outside the office has it."""
    case = desk.case(chrome, accused.id)
    case.press("Tomar el caso")
    case.move("screen")
    case.accept("s2")
    expect(case.told).to_contain_text("Se propone: CONADEH")
    expect(case.page.locator("[name=action][value=investigate]")).to_have_count(0)
    case.hand_over("conadeh", "Un oficial pidió dinero.")
    case.open()
    expect(case.page.locator("[name=action][value=investigate]")).to_have_count(0)
    case.page.locator("[name=answer][value=confirm]").click()  # CONADEH said so by telephone
    case.move("investigate")
    expect(case.told).to_contain_text("En investigación")
    case.page.context.close()


def _another_decides_the_appeal(
    site: Site, chrome: Browser, desk: Desk, closed: Complained
) -> None:
    """Asked for under the number; who found and closed has no button for it, a third has."""
    phone = phone_of(chrome).new_page()
    phone.goto(f"{site.url}/consulta")
    phone.fill("[name=number]", closed.digits)
    phone.get_by_role("button", name="Ver la respuesta").click()
    for read in (REASON, "No encontramos cómo comprobarlo.", "¿No está de acuerdo? Dígalo abajo"):
        expect(phone.get_by_text(read)).to_be_visible()
    expect(phone.get_by_text("Nada.", exact=True)).to_have_count(0)
    phone.locator("[name=asks][value=appeal]").check()
    phone.get_by_label("Sus palabras").fill(WHY)
    phone.get_by_role("button", name="Enviar").click()

    own = desk.case(chrome, closed.id)
    expect(own.told).to_contain_text(WHY)
    own.move("appeal", "Pidió apelar.")
    for deed in ("grant-appeal", "uphold"):
        expect(own.page.locator(f"[name=action][value={deed}]")).to_have_count(0)
    other = desk.case(chrome, closed.id, 2)
    other.page.locator("[name=granted][value=partly]").check()
    other.move("grant-appeal", "Hay planillas que no se vieron.", "Tiene razón.")
    expect(other.told).to_contain_text("Quedó anotado.")
    for one in (phone, own.page, other.page):
        one.context.close()
