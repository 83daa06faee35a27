"""A crew from its spreadsheet to the batch approval of both agencies, in the browser."""

import re
import time
from uuid import UUID, uuid4

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from app.services import crew_consents
from app.services.accounts import add
from app.services.work import Work
from app.storage.accounts import Account
from app.storage.crews import ListedMember, list_members
from app.storage.vacancies import find_vacancy
from permits.applications import Status
from permits.people import SYSTEM, Actor, PersonId, Role
from permits.programmes import Hiring
from tests.agreed import agree_to
from tests.builders import add_vacancy
from tests.crew_lists import as_xlsx, people
from tests.journeys.lives import Lives
from tests.journeys.people import Worker, desk_of, phone_of
from tests.journeys.site import Site
from tests.proofs import record, times

pytestmark = pytest.mark.journey

PEOPLE = times(6, 200)


def stage(site: Site) -> tuple[UUID, dict[str, str]]:
    """A vacancy with room for all, and the people who register, witness and decide."""
    with site.database.sessions.begin() as session:
        lives, ports = Lives(site, session), site.house.ports
        vacancy = add_vacancy(session, ports, hiring=Hiring.NAMED, now=site.now(), places=PEOPLE)
        found = find_vacancy(session, vacancy)
        assert found is not None
        employer = Actor(
            PersonId(uuid4()), Role.EMPLOYER, "Dueña", employer=UUID(found.offer.employer)
        )
        work = Work(session, SYSTEM, site.now(), ports, "test")
        add(work, Account.of(employer, "duena@cuadrilla.example", None))
        cast = {
            "employer": employer,
            "witness": lives.official("testigo@cuadrilla.example", Role.FACILITATOR, "Elvia"),
            "setrass": lives.official("setrass@cuadrilla.example", Role.SETRASS_OFFICER),
            "inm": lives.official("inm@cuadrilla.example", Role.INM_OFFICER),
        }
        return vacancy, {part: lives.token(actor) for part, actor in cast.items()}


def page_for(context: BrowserContext, site: Site, token: str) -> Page:
    context.add_cookies([{"name": "vereda", "value": token, "url": site.url}])
    return context.new_page()


def upload(page: Page, rows: list[list[str]]) -> None:
    sheet = {"name": "cuadrilla.xlsx", "mimeType": "", "buffer": as_xlsx(rows)}
    page.locator("[name='list']").set_input_files(sheet)  # type: ignore[arg-type]
    page.get_by_role("button", name="Revisar la lista").click()


def members(site: Site, crew: UUID) -> list[ListedMember]:
    with site.database.sessions() as session:
        return list_members(session, crew)


def register(page: Page, site: Site) -> UUID:
    """A sheet with a fault is told row by row; the right one is confirmed."""
    page.goto(f"{site.url}/listas")
    page.get_by_role("link", name="Corte de café").first.click()
    wrong = people(PEOPLE)
    wrong[4][0] = "1234567802004"
    upload(page, wrong)
    row = page.locator("tbody tr")
    expect(row).to_have_count(1)
    expect(row).to_contain_text("6")
    expect(row).to_contain_text("Número de documento")
    upload(page, people(PEOPLE))
    expect(page.get_by_text(f"Las {PEOPLE} filas están bien")).to_be_visible()
    page.get_by_role("button", name=f"Registrar a las {PEOPLE} personas").click()
    expect(page.get_by_text(f"0 de {PEOPLE} personas dijeron que sí")).to_be_visible()
    return UUID(page.url.rsplit("/", 1)[1])


def consent_by_code(page: Page, site: Site) -> None:
    """On a phone without JavaScript: the number, the code of the SMS, and yes."""
    phone = people(1)[0][6]
    page.goto(f"{site.url}/consentir")
    page.get_by_label("Número de teléfono").fill(phone)
    page.locator("main form button[type='submit']").first.click()
    site.work()
    with site.database.sessions() as session:
        query = "SELECT body FROM messages WHERE kind = 'phone-code' AND recipient = %(phone)s"
        sent = session.connection().exec_driver_sql(query, {"phone": phone}).scalars().all()
    code = re.search(r"\d{6}", sent[-1])
    assert code is not None
    page.locator("[name='code']").fill(code[0])
    page.locator("main form button[type='submit']").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("¿Quiere este trabajo?")
    page.get_by_label("Sí, todo es correcto").check()
    page.get_by_role("button", name="Responder").click()
    page.wait_for_url("**/mi-solicitud/**")
    Worker(page, site).accept_contract()


def consent_by_mark(page: Page, site: Site, crew: UUID) -> None:
    """Before a witness, who reads it out."""
    page.goto(f"{site.url}/marcas/{crew}")
    page.locator("main ul a").first.click()
    page.get_by_label("La persona dijo que sí").check()
    page.get_by_role("button", name="Anotar la marca y enviar").click()
    # The person is still here: the contract is read out next.
    page.get_by_label("Español").check()
    page.get_by_role("button", name="Lo leí en voz alta, y puso su marca ante mí").click()
    page.get_by_role("link", name="Seguir con la lista").click()
    page.wait_for_url(f"**/marcas/{crew}")


def consent_of_the_others(site: Site, crew: UUID) -> None:
    """All others say yes as the first did; the last says no."""
    *saying_yes, last = [one for one in members(site, crew) if one.application.round == 0]
    with site.database.sessions.begin() as session:
        for one in [*saying_yes, last]:
            actor = Actor(one.member.worker, Role.WORKER)
            work = Work(session, actor, site.now(), site.house.ports, "test")
            act = crew_consents.decline if one is last else crew_consents.consent
            act(work, one.application.id)
            agree_to(work, one.application.id)


def approve(page: Page, site: Site, crew: UUID, cases: int) -> float:
    """See and confirm each case, then approve all of them; the seconds that the batch took."""
    page.goto(f"{site.url}/cuadrillas")
    page.locator(f"a[href='/cuadrillas/{crew}']").click()
    page.locator("tbody a").first.click()
    for _ in range(cases):
        expect(page.get_by_role("heading", name="Hallazgos")).to_be_visible()
        page.get_by_role("button", name="Vi los hallazgos y los confirmo").click()
    page.wait_for_url(f"**/cuadrillas/{crew}")
    before = time.perf_counter()
    page.get_by_role("button", name=f"Aprobar los {cases} casos confirmados").click()
    expect(page.get_by_text(f"{cases} casos quedaron aprobados")).to_be_visible(timeout=120_000)
    return time.perf_counter() - before


@pytest.mark.feature("N14", "O11")
def test_a_crew_from_the_spreadsheet_to_the_batch_approval(site: Site, chrome: Browser) -> None:
    _, tokens = stage(site)
    employer = page_for(desk_of(chrome), site, tokens["employer"])
    crew = register(employer, site)

    phone = phone_of(chrome)
    consent_by_code(phone.new_page(), site)
    consent_by_mark(page_for(desk_of(chrome), site, tokens["witness"]), site, crew)
    consent_of_the_others(site, crew)

    employer.reload()
    told = employer.get_by_text(f"{PEOPLE - 1} de {PEOPLE} personas dijeron que sí")
    expect(told).to_be_visible()

    seconds = [
        approve(page_for(desk_of(chrome), site, tokens[agency]), site, crew, PEOPLE - 1)
        for agency in ("setrass", "inm")
    ]
    found = [one.application.status for one in members(site, crew)]
    assert found.count(Status.APPROVED) == PEOPLE - 1
    assert found.count(Status.WITHDRAWN) == 1
    record(
        "crew",
        "people of a crew, from the spreadsheet to the approval of both agencies in the browser",
        PEOPLE,
        setrass_batch_seconds=round(seconds[0], 1),
        inm_batch_seconds=round(seconds[1], 1),
    )
