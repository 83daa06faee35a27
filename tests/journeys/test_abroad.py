"""Who goes abroad: from the roster to the departure, in both agencies' hands at the same time."""

from datetime import timedelta

import pytest
from playwright.sync_api import Browser, expect

from permits import permit_numbers
from permits.deadlines import legal_day
from permits.people import Role
from permits.programmes import Hiring
from tests import builders
from tests.journeys.applying import birthday, jpeg
from tests.journeys.lives import Lives
from tests.journeys.people import Official, Worker, desk_of, page_of, phone_of
from tests.journeys.programs import Program
from tests.journeys.site import Site
from tests.web.api.operations import crossing
from tests.web.zoo import noted

pytestmark = pytest.mark.journey

ADVICE = "Cumple los requisitos de la lista."


def gather(site: Site) -> tuple[dict[str, str], Program]:
    """Cookies of an analyst, an officer of each agency, and a program at the border."""
    with site.database.sessions.begin() as session:
        lives, today = Lives(site, session), legal_day(site.now())
        builders.add_vacancy(
            session,
            site.house.ports,
            hiring=Hiring.OPEN,
            programme="twap-canada",
            starts_on=today,
            ends_on=today + timedelta(days=120),
        )
        roles = (Role.SETRASS_ANALYST, Role.SETRASS_OFFICER, Role.INM_OFFICER, Role.BORDER_AGENT)
        people = {role: lives.official(f"{role.value}@example.org", role) for role in roles}
        tokens = {role.value: lives.token(actor) for role, actor in people.items()}
    return tokens, Program.of(site, people[Role.BORDER_AGENT])


def enrol(worker: Worker) -> str:
    """From the home page to the roster, on a phone; returns the receipt."""
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
    worker.page.get_by_role("link", name="Finca El Cedral").click()
    worker.press("Elegir este trabajo")
    worker.upload(**{side: jpeg(noted()) for side in ("identity-front", "identity-back")})
    worker.upload(photo=jpeg(noted()))
    worker.choose("Sí, estoy de acuerdo")
    worker.press("Enviar la solicitud")
    worker.expect_question("Recibimos su solicitud")
    return worker.page.locator(".number--large").inner_text()


def opened(chrome: Browser, site: Site, token: str, receipt: str) -> Official:
    """An official before the case."""
    official = Official(page_of(desk_of(chrome), site, token), site)
    official.open_case(receipt)
    return official


def approve(official: Official) -> None:
    official.decide("approve")
    expect(official.page.get_by_text("Su aprobación quedó registrada.")).to_be_visible()
    official.page.context.close()


@pytest.mark.feature("W1", "W15", "N13", "O2")
def test_from_the_roster_to_the_departure(site: Site, chrome: Browser) -> None:
    tokens, border = gather(site)
    worker = Worker(phone_of(chrome).new_page(), site)
    receipt = enrol(worker)
    # The contract comes first: who works far away agrees to it before anybody approves.
    worker.page.goto(f"{site.url}/mi-solicitud")
    worker.page.get_by_role("link", name="Lea y acepte su contrato de trabajo").click()
    worker.press("Acepto este contrato")
    expect(worker.page.get_by_text("Usted aceptó este contrato.")).to_be_visible()

    # Neither agency waits for the other; in SETRASS one recommends and another decides.
    approve(opened(chrome, site, tokens["inm-officer"], receipt))
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
    site.work()

    # The way ahead is told up to the return; the departure is done once a post saw it.
    worker.page.goto(f"{site.url}/mi-solicitud")
    expect(worker.page.locator(".path__step--now")).to_contain_text("Viaje de ida")
    worker.press("Ver mi permiso")
    number = worker.page.locator(".carrier__number").inner_text()
    gone = crossing(permit_number=permit_numbers.read(number), direction="exit")
    [kept] = border.send("POST", "crossings", crossings=[gone])["items"]
    assert kept["outcome"] == "recorded"
    worker.page.goto(f"{site.url}/mi-solicitud")
    expect(worker.page.locator(".path__step--now")).to_contain_text("Trabajo")
    expect(worker.page.locator(".path__step--done").last).to_contain_text("Viaje de ida")
    worker.page.context.close()
