"""Told without a name on a phone, answered, made good; and no permit pays for it.

States between what people see are reached through the services.
"""

from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, FilePayload, Locator, Page, expect
from sqlalchemy import text

from app.services import (
    complaint_acts,
    complaint_alarms,
    complaint_keys,
    complaint_remedies,
    complaint_terms,
)
from app.services.complaint_acts import Judgement
from app.services.complaint_cases import load
from app.services.work import Work
from app.storage.database import Session
from permits.deadlines import legal_day, start_of
from permits.people import SYSTEM, Actor, Role
from permits.permit_numbers import show
from recruitment.complaints.filed import ComplaintId
from recruitment.complaints.moves import Action
from recruitment.complaints.remedies import RemedyAction, RemedyPlan
from recruitment.complaints.words import Category, Outcome, RemedyKind, Severity
from tests.complained import PHRASE, Office
from tests.journeys.lives import Lives
from tests.journeys.people import Worker, desk_of, page_of, phone_of
from tests.journeys.site import Site

pytestmark = pytest.mark.journey

WORDS = "Me quitaron el pasaporte y no me pagan."
QUESTION = "¿En qué finca fue?"
ANSWER = "En la del río."
PAID = "Ya me pagaron todo."
WISH = "Ya no viene a trabajar."
SECOND = b"".join((0x7000 * (n % 40 < 20)).to_bytes(2, "little") for n in range(8000))
RIFF = (
    b"RIFF"
    + (36 + len(SECOND)).to_bytes(4, "little")
    + b"WAVEfmt "
    + bytes.fromhex("1000000001000100401f0000803e000002001000")
)
VOICE: FilePayload = {
    "name": "voz.wav",
    "mimeType": "audio/wav",
    "buffer": RIFF + b"data" + len(SECOND).to_bytes(4, "little") + SECOND,
}
"""One second of a humming voice (RIFF: 16 bits, 8 kHz, one channel)."""


@dataclass(frozen=True)
class Permit:
    """The id and receipt of its case, and its number."""

    id: str
    receipt: str
    number: str


@dataclass
class Handlers:
    """Two people of the office with their cookies; the first has the case."""

    site: Site
    people: tuple[Actor, Actor]
    tokens: tuple[str, str]

    def work(self, session: Session, number: int = 0) -> Work:
        return Work(session, self.people[number], self.site.now(), self.site.house.ports, "test")

    def case(self) -> ComplaintId:
        """The only one that there is."""
        with self.site.database.sessions() as session:
            found = session.execute(text("SELECT id FROM complaints")).scalar_one()
        return ComplaintId(found)

    def read(self) -> None:
        """Clocks begin, and the first handler takes it and reads it."""
        case = self.case()
        with self.site.database.sessions.begin() as session:
            work = self.work(session)
            complaint_terms.begin_clocks(
                Work(session, SYSTEM, self.site.now(), self.site.house.ports, "test")
            )
            complaint_acts.take(work, case, seen=load(work, case).filed.version)
            self._act(work, Action.SCREEN)

    def take_replies(self) -> None:
        """What the worker process does once a night, where this one's hour has not come yet."""
        now = self.site.now()
        night = start_of(legal_day(now)) + timedelta(hours=complaint_alarms.NIGHT)
        with self.site.database.sessions.begin() as session:
            work = replace(self.work(session), actor=SYSTEM, now=max(now, night))
            complaint_alarms.take_replies(work)

    def find(self) -> None:
        """It is true, and two say so; a remedy is planned and said to be done."""
        case, remedy = self.case(), uuid4()
        with self.site.database.sessions.begin() as session:
            work, token = self.work(session), self.tokens[0]
            said = Judgement(Severity.S2, (Category.DOCUMENT_RETAINED,))
            seen = load(work, case).filed.version
            complaint_acts.accept(work, token, case, said, seen=seen)
            self._act(work, Action.INVESTIGATE)
            seen, upheld = load(work, case).filed.version, Outcome.SUBSTANTIATED
            complaint_acts.find(work, token, case, upheld, "Hay planillas.", seen=seen)
            self._act(self.work(session, 1), Action.APPROVE_FINDING, 1)
            self._act(work, Action.PLAN_REMEDY)
            due_on = legal_day(self.site.now()) + timedelta(days=5)
            plan = RemedyPlan(RemedyKind.WAGES_PAID, due_on, "Paga la finca", Decimal(900), "HNL")
            seen = load(work, case).filed.version
            complaint_remedies.plan_remedy(work, token, case, remedy, plan, seen=seen)
            complaint_remedies.move(work, token, case, remedy, RemedyAction.REPORT_DONE, seen=1)

    def protect(self, number: str) -> None:
        """The permit with this number is shielded."""
        case = self.case()
        with self.site.database.sessions.begin() as session:
            work = self.work(session)
            seen = load(work, case).filed.version
            complaint_acts.protect(work, self.tokens[0], case, "Plan.", number, seen=seen)

    def _act(self, work: Work, action: Action, number: int = 0) -> None:
        case = self.case()
        seen = load(work, case).filed.version
        complaint_acts.act(work, self.tokens[number], case, action, "", seen=seen)


def gather(site: Site) -> tuple[Handlers, Permit, str]:
    """The office with two handlers, a permit, and the cookie of SETRASS's supervisor."""
    with site.database.sessions.begin() as session:
        lives = Lives(site, session)
        office = Office(session, site.house.ports).ready()
        office.join()
        tokens = []
        for handler in office.handlers:
            tokens.append(lives.token(handler))
            work = office.work(handler, site.now())
            assert complaint_keys.unlock(work, tokens[-1], PHRASE)
        chief = lives.token(lives.official("jefa@example.org", Role.SETRASS_SUPERVISOR))
        first, second = office.handlers
        handlers = Handlers(site, (first, second), (tokens[0], tokens[1]))
        permit = lives.permit()
        number = show(lives.credential(permit).number)
        return handlers, Permit(str(permit.id), permit.application.receipt or "", number), chief


def come_back(worker: Worker, number: str) -> None:
    """With the number, to what was answered."""
    worker.page.goto(f"{worker.site.url}/consulta")
    worker.page.fill("[name=number]", number)
    worker.press("Ver la respuesta")


def seconds_of(page: Page, way: Locator, why: str = "") -> float:
    """How long the voice plays that opens in a page of its own; nothing where none can be heard.

    `why` a handler opens it, who is asked first.
    """
    with page.context.expect_page() as opening:
        way.click()
    heard = opening.value
    if why:
        heard.get_by_label(why).check()
        heard.get_by_role("button", name="Abrir").click()
    expect(heard.get_by_label("La voz")).to_have_js_property("readyState", 4)
    seconds: float = heard.get_by_label("La voz").evaluate("voice => voice.duration")
    heard.close()
    return seconds


@pytest.mark.feature("C2", "C3", "H1", "H3", "H9", "N12")
def test_told_without_a_name_answered_made_good_and_no_permit_lost(
    site: Site, chrome: Browser
) -> None:
    handlers, permit, chief = gather(site)

    # On a phone without JavaScript: a voice and few words, and a number to note.
    worker = Worker(phone_of(chrome).new_page(), site)
    worker.page.goto(f"{site.url}/consulta")
    worker.press("Contar qué pasó")
    worker.page.get_by_text("No quiero decir quién soy").click()
    worker.page.locator("summary", has_text="Papeles").click()
    worker.page.locator("[value='document-retained']").check()
    worker.page.get_by_label("¿Qué pasó?").fill(WORDS)
    worker.page.set_input_files("[name=voice]", VOICE)
    worker.press("Enviar")
    number = worker.page.locator(".case-number").inner_text()

    # The handler reads it and asks; nobody sends a message to anybody.
    handlers.read()
    desk = page_of(desk_of(chrome), site, handlers.tokens[0])
    case = f"{site.url}/quejas/{handlers.case()}"
    desk.goto(case)
    expect(desk.get_by_text(WORDS)).to_be_visible()
    assert seconds_of(desk, desk.get_by_role("link", name="Oír la voz"), "Investigar") == 1
    desk.locator("[name=action][value=ask]").check()
    desk.locator("[name=move_words]").fill(QUESTION)
    desk.get_by_role("button", name="Hacerlo").click()
    expect(desk.get_by_text("Quedó anotado.")).to_be_visible()

    # Under the number stand the question and, from now on, the answer.
    come_back(worker, number)
    expect(worker.page.get_by_text(QUESTION)).to_be_visible()
    assert seconds_of(worker.page, worker.page.get_by_role("button", name="Oír la voz")) == 1
    worker.page.get_by_label("Sus palabras").fill(ANSWER)
    worker.press("Enviar")
    expect(worker.page.get_by_text("Llegó. Quien atiende su caso lo verá.")).to_be_visible()
    site.work()
    handlers.take_replies()
    desk.goto(case)
    expect(desk.get_by_text(ANSWER)).to_be_visible()

    _make_good(worker, desk, handlers, number, permit.number)
    _retaliate(chrome, desk, permit, chief, handlers)
    worker.page.context.close()
    desk.context.close()


def _make_good(worker: Worker, desk: Page, handlers: Handlers, number: str, protected: str) -> None:
    """Money is verified on its receiver's word alone."""
    handlers.find()
    handlers.protect(protected)
    come_back(worker, number)
    worker.page.get_by_label("Sus palabras").fill(PAID)
    worker.press("Enviar")
    desk.reload()
    expect(desk.get_by_text(PAID)).to_be_visible()
    who = desk.get_by_label("¿Quién lo confirma?")
    who.select_option("inspection")
    desk.locator("[name=remedy_action][value=verify]").click()
    expect(desk.get_by_text("El dinero lo confirma la persona que lo recibe.")).to_be_visible()
    who.select_option("telephone")
    desk.locator("[name=remedy_action][value=verify]").click()
    expect(desk.get_by_text("Quedó anotado.")).to_be_visible()
    desk.locator("[name=action][value=close-resolved]").check()
    desk.locator("[name=move_words]").fill("Recibió todo.")
    desk.locator("[name=told_words]").fill("Ya recibió todo lo que le debían.")
    desk.get_by_role("button", name="Hacerlo").click()
    expect(desk.get_by_role("heading", name="Después del cierre")).to_be_visible()


def _retaliate(chrome: Browser, desk: Page, permit: Permit, chief: str, handlers: Handlers) -> None:
    """What an employer wants waits for the office, and SETRASS reads no reason."""
    agency = page_of(desk_of(chrome), handlers.site, chief)
    right = f"{handlers.site.url}/casos/{permit.id}"
    agency.goto(right)
    agency.locator("summary", has_text="El empleador pide suspender o revocar").click()
    agency.locator("[name=wish][value=suspend]").check()
    agency.locator("[name=wish_words]").fill(WISH)
    agency.get_by_role("button", name="Preguntar a la oficina de quejas").click()
    expect(agency.get_by_text("Espera a la oficina de quejas.")).to_be_visible()
    desk.goto(f"{handlers.site.url}/quejas")
    desk.locator("summary", has_text=permit.receipt).click()
    expect(desk.get_by_text("Esta persona está protegida")).to_be_visible()
    desk.locator("[name=agreed][value=no]").check()
    desk.locator("[name=why]").fill("Es represalia.")
    desk.get_by_role("button", name="Contestar").click()
    agency.goto(right)
    expect(agency.get_by_text("La oficina de quejas no está de acuerdo.")).to_be_visible()
    expect(agency.get_by_text("Es represalia.")).to_have_count(0)
    expect(agency.get_by_text("protegida")).to_have_count(0)
    agency.context.close()
