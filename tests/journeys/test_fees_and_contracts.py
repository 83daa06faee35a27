"""A recruiter who charges is found, frozen and repays; a worse contract is found and blocks."""

from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from playwright.sync_api import Browser, Page, expect

from app.services import complaint_list, costs, farm_register
from app.services.accounts import add
from app.services.farm_register import Sent
from app.services.vacancy_judging import judge_vacancies
from app.storage.accounts import Account
from app.storage.vacancies import find_vacancy
from permits.deadlines import legal_day
from permits.people import SYSTEM, Role
from recruitment.complaints.words import Category, Flag, Severity
from recruitment.costs import ClaimAction
from recruitment.farm_register import Direction
from recruitment.recruiters import LicenceKey
from recruitment.registries import Registry
from tests.agreed import agree
from tests.builders import work_of
from tests.complained import Office
from tests.costs import NAME, note_fee
from tests.farmed import add_farm
from tests.farmed import owner_of as farm_owner
from tests.hirers import know, name_recruiter
from tests.journeys.lives import Lives
from tests.journeys.people import desk_of, page_of, phone_of
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

    worker = page_of(phone_of(chrome), site, told["worker"])
    for amount, left in (("500", "277.77"), ("277.77", "0.00")):
        chief.goto(f"{site.url}/pagos-por-devolver/{told['fee']}")
        note_part(chief, site, amount)
        expect(main).to_contain_text("Quedó anotado.")
        worker.goto(f"{site.url}/mi-solicitud/{told['case']}/pagos")
        worker.get_by_role("button", name="Sí, lo recibí").click()
        expect(worker.locator("main")).to_contain_text(f"Falta recibir {left}")
    expect(worker.locator("main")).to_contain_text("Devuelto y recibido")


def note_part(chief: Page, site: Site, amount: str) -> None:
    """The agency shows that it gave back so much today."""
    today = legal_day(site.now())
    group = chief.get_by_role("group", name="¿Qué día se devolvió?")
    for label, value in (("Día", today.day), ("Mes", today.month), ("Año", today.year)):
        group.get_by_label(label).fill(str(value))
    chief.get_by_label("¿Cuánto se devolvió?").fill(amount)
    chief.get_by_label("Lempiras").check()
    chief.get_by_label("Por banco o teléfono").check()
    chief.get_by_label("¿Qué le mostraron?").fill("Recibo 12")
    chief.get_by_role("button", name="Anotar lo que se devolvió").click()


@pytest.mark.feature("W9", "O2", "C1")
def test_a_contract_substituted_on_arrival_is_found_and_blocks(site: Site, chrome: Browser) -> None:
    """At the farm, with the permit in hand: the worse paper binds nobody, and a case stands."""
    with site.database.sessions.begin() as session:
        lives = Lives(site, session)
        office = Office(session, site.house.ports).ready()
        story = agree(lives.begin(ago=3).submit()).approve().sign()
        vacancy = find_vacancy(session, lives.vacancies[story.id])
        assert vacancy is not None
        farm = add_farm(story.work(SYSTEM), UUID(vacancy.offer.employer), "Finca La Cumbre")
        gate = story.work(farm_owner(UUID(vacancy.offer.employer)))
        entry = Sent(uuid4(), Direction.ENTRY, story.now, application=story.id)
        assert [one.faults for one in farm_register.record(gate, farm, [entry])] == [()]
        offer_anew(story, wage=Decimal("300.00"), housing=False)
        chief = lives.official("jefa2@x.hn", Role.SETRASS_SUPERVISOR)
        tokens = {one.role: lives.token(one) for one in (story.worker, chief)}
        handler, case = office.handlers[0], story.id
    worker = page_of(phone_of(chrome), site, tokens[Role.WORKER])
    worker.goto(f"{site.url}/mi-solicitud/{case}/contrato")
    read = worker.locator("main")
    expect(read).to_contain_text("Este contrato es peor que el acordado")
    expect(worker.get_by_role("button", name="Acepto este contrato")).to_have_count(0)
    worker.get_by_text("Al llegar, el contrato es otro").click()
    worker.get_by_label("El pago", exact=True).check()
    worker.get_by_label("Quiero que se abra una queja por esto").check()
    worker.get_by_role("button", name="Contarlo a SETRASS").click()
    expect(read).to_contain_text("SETRASS ya sabe lo que usted contó.")

    desk = page_of(desk_of(chrome), site, tokens[Role.SETRASS_SUPERVISOR])
    desk.goto(f"{site.url}/durante-el-trabajo")
    expect(desk.locator("main")).to_contain_text("Contratos que al llegar son otros")
    expect(desk.locator("main")).to_contain_text("El pago")
    with site.database.sessions() as session:
        work = work_of(session, handler, site.house.ports, site.now())
        filed = [one.filed for one in complaint_list.list_desk(work).rows]
        about = [one for one in filed if one.categories == (Category.CONTRACT_CHANGED,)]
        assert [(one.gravity, Flag.PROTECTION in one.flags) for one in about] == [
            (Severity.S2, True)
        ]
        story.session = session
        assert story.application.status.value == "approved"


@pytest.mark.feature("W9", "E4")
def test_a_job_that_is_exchanged_by_its_words_meets_a_person_of_setrass(
    site: Site, chrome: Browser
) -> None:
    """With the permit in hand, and no number changed but for a higher wage."""
    with site.database.sessions.begin() as session:
        lives = Lives(site, session)
        story = agree(lives.begin(ago=3).submit()).approve().sign()
        offer_anew(story, title="Corte de café y cuido de la casa", wage=Decimal("400.00"))
        analyst = lives.official("analista@x.hn", Role.SETRASS_ANALYST)
        tokens = {one.role: lives.token(one) for one in (story.worker, analyst)}
        contract = f"{site.url}/mi-solicitud/{story.id}/contrato"
        receipt = story.application.receipt or ""
    worker = page_of(phone_of(chrome), site, tokens[Role.WORKER])
    worker.goto(contract)
    expect(worker.locator("main")).to_contain_text("SETRASS lee primero lo que cambió")
    expect(worker.get_by_role("button", name="Acepto este contrato")).to_have_count(0)

    desk = page_of(desk_of(chrome), site, tokens[Role.SETRASS_ANALYST])
    desk.goto(f"{site.url}/bandeja")
    desk.get_by_role("link", name="Contratos").click()
    desk.get_by_role("link", name=receipt).click()
    expect(desk.locator("mark")).to_have_text("y cuido de la casa")
    desk.get_by_label("Es peor para quien trabaja").check()
    desk.get_by_label("¿Por qué?").fill("Cuidar la casa es otro trabajo.")
    desk.get_by_role("button", name="Guardar").click()
    expect(desk.locator("main")).to_contain_text("Ningún contrato espera ahora.")

    worker.goto(contract)
    expect(worker.locator("main")).to_contain_text("Este contrato es peor que el acordado")
    expect(worker.locator("main")).to_contain_text("Una persona de SETRASS comparó")
