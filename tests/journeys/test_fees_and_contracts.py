"""A recruiter who charges is found, frozen and repays; a worse contract is found and blocks."""

from decimal import Decimal
from uuid import UUID

import pytest
from playwright.sync_api import Browser, expect

from app.services import costs
from app.services.accounts import add
from app.services.vacancy_judging import judge_vacancies
from app.storage.accounts import Account
from permits.people import SYSTEM, Role
from recruitment.costs import ClaimAction
from recruitment.recruiters import LicenceKey
from recruitment.registries import Registry
from tests.agreed import agree
from tests.builders import work_of
from tests.costs import NAME, note_fee
from tests.hirers import know, name_recruiter
from tests.journeys.lives import Lives
from tests.journeys.people import Official, desk_of, page_of, phone_of
from tests.journeys.site import Site
from tests.registered import AGENCIES, RECRUITERS, bring
from tests.services.test_contracts import offer_anew
from tests.vacancies import owner_of, tell_terms

pytestmark = pytest.mark.journey

LICENCE = LicenceKey(Registry.HN_RECRUITERS, "HN001")


def charged(site: Site) -> dict[str, str]:
    """A worker of a recruiter's vacancy asked a fee back: cookies, the vacancy and the payment."""
    with site.database.sessions.begin() as session:
        lives, ports = Lives(site, session), site.house.ports
        story = lives.begin().submit()
        vacancy = lives.vacancies[story.id]
        owner, chief = (
            owner_of(session, vacancy),
            lives.official("jefa@x.hn", Role.SETRASS_SUPERVISOR),
        )
        system = work_of(session, SYSTEM, ports, site.now())
        bring(session, ports, chief, Registry.HN_RECRUITERS, AGENCIES, now=site.now())
        bring(session, ports, chief, Registry.GT_RECRUITERS, RECRUITERS, now=site.now())
        know(system, owner.employer or UUID(int=0))
        name_recruiter(system, owner.employer or UUID(int=0), LICENCE.number)
        tell_terms(system, vacancy)
        judge_vacancies(system, [vacancy], "change")
        fee = note_fee(story)
        costs.move_own_claim(story.work(story.worker), story.id, fee, ClaimAction.ASK, 1)
        add(system, Account.of(owner, "finca@demo.example", None))
        people = {"worker": story.worker, "chief": chief, "owner": owner}
        tokens = {name: lives.token(actor) for name, actor in people.items()}
        return tokens | {"vacancy": str(vacancy), "fee": str(fee), "case": str(story.id)}


@pytest.mark.feature("N9", "E2", "E4")
def test_a_recruiter_who_charges_is_found_frozen_and_repays(site: Site, chrome: Browser) -> None:
    told = charged(site)
    chief = page_of(desk_of(chrome), site, told["chief"])
    chief.goto(f"{site.url}/pagos-por-devolver/{told['fee']}")
    main = chief.locator("main")
    expect(main).to_contain_text(NAME)
    chief.get_by_label("Licencia de quien cobró").fill("HN-001")
    chief.get_by_label("Número del acta o la resolución").fill("ACTA-7")
    chief.get_by_role("button", name="Comprobar el cobro").click()
    expect(main).to_contain_text("Quien cobró quedó suspendido.")
    site.work()

    # Everybody reads it, and the farm that named the agency offers nothing more.
    chief.goto(f"{site.url}/reclutadores/hn-recruiters/HN-001")
    expect(main).to_contain_text("Una autoridad le suspendió.")
    owner = page_of(desk_of(chrome), site, told["owner"])
    owner.goto(f"{site.url}/mis-vacantes/{told['vacancy']}")
    expect(owner.locator("main")).to_contain_text("No hay licencia vigente el")
    expect(owner.locator("main")).to_contain_text("Esta vacante está detenida")

    chief.goto(f"{site.url}/pagos-por-devolver/{told['fee']}")
    chief.get_by_role("button", name="Me mostraron que se devolvió").click()
    expect(main).to_contain_text("Quedó anotado.")
    worker = page_of(phone_of(chrome), site, told["worker"])
    worker.goto(f"{site.url}/mi-solicitud/{told['case']}/pagos")
    worker.get_by_role("button", name="Sí, lo recibí").click()
    expect(worker.locator("main")).to_contain_text("Devuelto y recibido")


@pytest.mark.feature("W9", "O2")
def test_a_contract_substituted_on_arrival_is_found_and_blocks(site: Site, chrome: Browser) -> None:
    with site.database.sessions.begin() as session:
        lives = Lives(site, session)
        story = agree(lives.begin().submit())
        offer_anew(story, wage=Decimal("300.00"), housing=False)
        officer = lives.official("oficial@x.hn", Role.SETRASS_OFFICER)
        tokens = {one.role: lives.token(one) for one in (story.worker, officer)}
        receipt, case = story.application.receipt or "", story.id
    worker = page_of(phone_of(chrome), site, tokens[Role.WORKER])
    worker.goto(f"{site.url}/mi-solicitud/{case}/contrato")
    read = worker.locator("main")
    expect(read).to_contain_text("Este contrato es peor que el acordado")
    expect(worker.get_by_role("button", name="Acepto este contrato")).to_have_count(0)

    desk = Official(page_of(desk_of(chrome), site, tokens[Role.SETRASS_OFFICER]), site)
    desk.open_case(receipt)
    expect(desk.page.locator("main")).to_contain_text("R16")
    desk.decide("approve")
    expect(desk.page.locator("main")).to_contain_text("El contrato es peor que el acordado")
    # The worker was told by one message, with nothing of the contract in it.
    site.work()
    with site.database.sessions() as session:
        story.session = session
        assert story.application.status.value == "under-review"
