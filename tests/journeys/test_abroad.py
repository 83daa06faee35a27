"""Who goes abroad: from the roster and an employer's choice to the departure."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import pytest
from playwright.sync_api import Browser, expect

from app.services import journeys, roster
from app.services.candidates import Move
from permits import permit_numbers
from permits.applications import ApplicationId
from permits.deadlines import legal_day
from permits.journeys import JourneyStep
from permits.orientation import SessionKind
from permits.people import Actor, Role
from permits.programmes import Hiring
from recruitment.candidacies import CandidacyAction, Outcome
from tests import oriented
from tests.abroad import PICKER, move_on, owner_of, work_abroad
from tests.builders import Story
from tests.journeys.applying import birthday, jpeg
from tests.journeys.lives import Lives
from tests.journeys.people import Official, Worker, desk_of, page_of, phone_of
from tests.journeys.programs import Program
from tests.journeys.site import Site
from tests.web.api.operations import crossing
from tests.web.zoo import noted

pytestmark = pytest.mark.journey

ADVICE = "Cumple los requisitos de la lista."


@dataclass(frozen=True)
class Cast:
    """Cookies of the desks by role, a program at the border, and the vacancy of an employer."""

    tokens: Mapping[str, str]
    border: Program
    vacancy: UUID


def gather(site: Site) -> Cast:
    """An analyst, an officer of each agency, the employer of a vacancy, a program at the border."""
    with site.database.sessions.begin() as session:
        lives, ports = Lives(site, session), site.house.ports
        story = Story(session, ports, site.now())
        today = legal_day(story.now)
        ends = today + timedelta(days=120)
        vacancy = work_abroad(story, hiring=Hiring.NAMED, starts_on=today, ends_on=ends)
        roles = (Role.SETRASS_ANALYST, Role.SETRASS_OFFICER, Role.INM_OFFICER, Role.BORDER_AGENT)
        people = {role: lives.official(f"{role.value}@example.org", role) for role in roles}
        tokens = {role.value: lives.token(actor) for role, actor in people.items()}
        tokens["employer"] = lives.token(owner_of(story, vacancy))
    return Cast(tokens, Program.of(site, people[Role.BORDER_AGENT]), vacancy)


@contextmanager
def lived(worker: UUID, site: Site, **later: int) -> Iterator[Story]:
    """The story of an application that was begun in the browser, some time from now."""
    with site.database.sessions.begin() as session:
        story = Story(session, site.house.ports, site.now()).later(**later)
        story.id = ApplicationId(worker)
        story.worker = Actor(story.application.worker, Role.WORKER)
        yield story


def enrol(worker: Worker) -> UUID:
    """From the home page to the roster, on a phone; returns the application."""
    worker.page.goto(worker.site.url)
    worker.page.get_by_role("link", name="Trabajar en el extranjero").click()
    worker.page.get_by_role("link", name="Trabajo temporal en Canadá").click()
    worker.page.get_by_label("Número de teléfono").fill("+504 9999 1234")
    worker.press("Empezar")
    worker.press("Ya lo anoté")
    worker.answer(document_number="0801 1994 90001")
    worker.answer(given_names="María Ángela", surnames="Gutiérrez Ñamendí")
    birthday(worker, "27", "marzo", "2007")
    worker.expect_error("21")
    birthday(worker, "27", "marzo", "1994")
    worker.choose("Mujer")
    worker.answer(municipality="Gracias")
    worker.choose("Español")
    worker.choose("Español")
    # The terms can be read; the work cannot be picked before its employer chose.
    worker.page.get_by_role("link", name="Finca El Cedral").click()
    expect(worker.page.get_by_text("Este empleador todavía no le ha elegido")).to_be_visible()
    expect(worker.page.get_by_role("button", name="Elegir este trabajo")).to_have_count(0)
    worker.page.get_by_role("link", name="Ir a la lista").click()
    page, today = worker.page, legal_day(worker.site.now())
    page.locator("[name='occupation']").select_option(PICKER)
    page.locator("[name='years']").fill("3")
    page.locator("[name='proof'][value='paper']").check()
    for part in ("day", "month", "year"):
        page.locator(f"[name='free_from-{part}']").fill(str(getattr(today, part)))
    page.locator("[name='destinations'][value='twap-canada']").check()
    worker.press("Anotarme")
    expect(page.get_by_text("Usted está en la lista")).to_be_visible()
    return UUID(page.url.split("/mi-solicitud/")[1][:36])


def select(cast: Cast, chrome: Browser, site: Site, worker: UUID) -> None:
    """SETRASS pre-selects without a name; the employer reads initials, meets, and offers."""
    desk = page_of(desk_of(chrome), site, cast.tokens["setrass-officer"])
    desk.goto(f"{site.url}/seleccion/{cast.vacancy}")
    expect(desk.locator("main")).not_to_contain_text("Gutiérrez")
    desk.locator(f"#chosen-{worker}").check()
    desk.get_by_role("button", name="Preseleccionar").click()
    expect(desk.get_by_text("La preselección quedó guardada.")).to_be_visible()
    desk.context.close()
    owner = page_of(desk_of(chrome), site, cast.tokens["employer"])
    owner.goto(f"{site.url}/mis-vacantes/{cast.vacancy}/candidatos")
    expect(owner.locator("main")).not_to_contain_text("Gutiérrez")
    owner.get_by_role("link", name="M. Á. G. Ñ.").click()
    day = legal_day(site.now()) + timedelta(days=1)
    for part in ("day", "month", "year"):
        owner.locator(f"[name='interview_day-{part}']").fill(str(getattr(day, part)))
    owner.locator("[name='interview_hour']").fill("09:30")
    owner.locator("[name='interview_place']").fill("https://video.example/sala")
    owner.get_by_role("button", name="Enviar la invitación").click()
    expect(owner.locator("main")).to_contain_text("Gutiérrez")
    owner.context.close()
    # The hour of the interview is tomorrow, and the clock of the site is the real one.
    with lived(worker, site, days=2) as story:
        found = roster.read_own(story.work(story.worker), story.id).candidacies
        met = move_on(
            story, found[0].candidacy, Move(CandidacyAction.MEET, outcome=Outcome.SUITABLE)
        )
        until = legal_day(story.now) + timedelta(days=7)
        move_on(story, met, Move(CandidacyAction.OFFER, offer_until=until))


def accept(worker: Worker, application: UUID) -> str:
    """The worker's yes, the rest of the application, and the contract; returns the receipt."""
    worker.page.goto(f"{worker.site.url}/mi-solicitud/{application}/lista")
    worker.press("Acepto este trabajo")
    worker.press("Seguir con lo que falta")
    worker.upload(**{side: jpeg(noted()) for side in ("identity-front", "identity-back")})
    worker.upload(photo=jpeg(noted()))
    worker.choose("Sí, estoy de acuerdo")
    worker.press("Enviar la solicitud")
    worker.expect_question("Recibimos su solicitud")
    receipt = worker.page.locator(".number--large").inner_text()
    # The contract comes first: who works far away agrees to it before anybody approves.
    worker.page.goto(f"{worker.site.url}/mi-solicitud")
    worker.press("Leer mi contrato")
    worker.press("Acepto este contrato")
    expect(worker.page.get_by_text("Usted aceptó este contrato.")).to_be_visible()
    return receipt


def learn(worker: Worker, application: UUID) -> None:
    """A session of orientation, the test and the certificate; then the visa is noted."""
    with lived(application, worker.site) as story:
        held = oriented.hold(story, kind=SessionKind.PRE_DEPARTURE)
    mine = f"{worker.site.url}/mi-solicitud/{application}/orientacion"
    worker.page.goto(mine)
    worker.press("Tomar un lugar")
    with lived(application, worker.site) as story:
        oriented.came(oriented.at_hour(story.supervise(), held), held)
    worker.page.goto(mine)
    worker.press("Hacer la prueba")
    for topic, right in oriented.RIGHT.items():
        worker.page.locator(f"[name='{topic.value}'][value='{right}']").check()
    worker.press("Terminar la prueba")
    certificate = worker.page.get_by_role("button", name="Guardar mi certificado (PDF)")
    expect(certificate).to_be_visible()
    with lived(application, worker.site) as story:
        chief, today = story.work(story.setrass), legal_day(story.now)
        journeys.note_step(chief, story.id, JourneyStep.VISA_GRANTED, today)


def opened(chrome: Browser, site: Site, token: str, receipt: str) -> Official:
    """An official before the case."""
    official = Official(page_of(desk_of(chrome), site, token), site)
    official.open_case(receipt)
    return official


def approve(official: Official) -> None:
    official.decide("approve")
    expect(official.page.get_by_text("Su aprobación quedó registrada.")).to_be_visible()
    official.page.context.close()


@pytest.mark.feature("W1", "W15", "E6", "N13", "O2")
def test_from_the_roster_to_the_departure(site: Site, chrome: Browser) -> None:
    cast = gather(site)
    worker = Worker(phone_of(chrome).new_page(), site)
    application = enrol(worker)
    select(cast, chrome, site, application)
    receipt = accept(worker, application)

    # SETRASS first: there one recommends and another decides. INM waits for it.
    tokens = cast.tokens
    early = opened(chrome, site, tokens["inm-officer"], receipt)
    expect(early.page.locator("[name='opinion'][value='approve']")).to_have_count(0)
    early.page.context.close()
    analyst = opened(chrome, site, tokens["setrass-analyst"], receipt)
    analyst.page.locator("[name='advice'][value='approve']").check()
    analyst.page.locator("[name='advice_note']").fill(ADVICE)
    analyst.page.get_by_role("button", name="Registrar mi recomendación").click()
    expect(analyst.page.get_by_text("Su recomendación quedó registrada.")).to_be_visible()
    expect(analyst.page.locator("[name='opinion']")).to_have_count(0)
    analyst.page.context.close()
    officer = opened(chrome, site, tokens["setrass-officer"], receipt)
    expect(officer.page.locator("main")).to_contain_text(ADVICE)
    approve(officer)
    approve(opened(chrome, site, tokens["inm-officer"], receipt))
    site.work()
    learn(worker, application)

    # The way ahead is told up to the return; the departure is done once a post saw it.
    worker.page.goto(f"{site.url}/mi-solicitud")
    expect(worker.page.locator(".path__step--now")).to_contain_text("Viaje de ida")
    worker.press("Ver mi permiso")
    number = worker.page.locator(".carrier__number").inner_text()
    gone = crossing(permit_number=permit_numbers.read(number), direction="exit")
    [kept] = cast.border.send("POST", "crossings", crossings=[gone])["items"]
    assert kept["outcome"] == "recorded"
    worker.page.goto(f"{site.url}/mi-solicitud")
    expect(worker.page.locator(".path__step--now")).to_contain_text("Trabajo")
    expect(worker.page.locator(".path__step--done").last).to_contain_text("Viaje de ida")
    worker.page.context.close()
