"""The main job, end to end, on real parts: the seven steps of the story, in a real browser.

A coffee worker applies on a borrowed phone without JavaScript, the employer accepts, two agencies
approve, a signed permit is issued, and a border agent scans it with the server shut down.
"""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from app.services.accounts import add_account
from app.services.second_factors import add_totp
from app.services.work import Work
from app.storage.crossings import list_crossings
from permits.deadlines import legal_day
from permits.people import SYSTEM, Role, Scope
from permits.programmes import Hiring
from tests import builders
from tests.journeys.camera import film
from tests.journeys.conftest import Camera
from tests.journeys.people import (
    CUI,
    PASSWORD,
    Agent,
    Official,
    Worker,
    desk_of,
    phone_of,
    save_permit_symbol,
)
from tests.journeys.site import SECRET, Site

pytestmark = pytest.mark.journey

OFFICIALS = {
    "setrass@example.org": Role.SETRASS_OFFICER,
    "inm@example.org": Role.INM_OFFICER,
    "frontera@example.org": Role.BORDER_AGENT,
}


def people_the_offices(site: Site) -> None:
    """An officer of each agency, an agent at El Florido, and a farm that asks to be asked."""
    now = site.now()
    today = legal_day(now)
    with site.house.sessions.begin() as session:
        work = Work(session, SYSTEM, now, site.house.ports, "test")
        for email, role in OFFICIALS.items():
            post = "HN-GT-1" if role is Role.BORDER_AGENT else None
            person = add_account(work, email, PASSWORD, role, f"Oficial {role.value}", Scope(post))
            add_totp(work, person, SECRET, "Aplicación")
        builders.add_vacancy(
            session,
            site.house.ports,
            hiring=Hiring.ON_ACCEPTANCE,
            starts_on=today,
            ends_on=today + timedelta(days=60),
        )


def apply(worker: Worker) -> tuple[str, str]:
    """One question a page; returns the code to come back with and the receipt number."""
    code = worker.begin()
    worker.answer(document_number="1234 56780 2004")
    worker.expect_error("DPI")
    worker.answer(document_number=CUI)
    worker.answer(given_names="María Ángela", surnames="Gutiérrez Ñamendí")
    birthday(worker, "31", "2", "1994")
    worker.expect_error("fecha")
    birthday(worker, "27", "marzo", "1994")
    worker.choose("Mujer")
    worker.answer(municipality="jocotan")
    if worker.page.get_by_label("Jocotán", exact=False).count():
        worker.page.get_by_label("Jocotán", exact=False).first.check()
        worker.press("Continuar")
    worker.choose("Español")
    worker.choose("No leo")
    worker.page.get_by_role("link", name="Finca El Cedral").click()
    worker.press("Elegir este trabajo")
    worker.choose("Los mostraré en la oficina")
    worker.choose("Que me la tomen en la oficina")
    worker.choose("Sí, estoy de acuerdo")
    worker.expect_question("Revise sus respuestas")
    worker.press("Enviar la solicitud")
    worker.expect_question("Recibimos su solicitud")
    return code, worker.page.locator(".number--large").inner_text()


def birthday(worker: Worker, day: str, month: str, year: str) -> None:
    """The date of birth as three fields."""
    worker.answer(
        **{
            "date_of_birth-day": day,
            "date_of_birth-month": month,
            "date_of_birth-year": year,
        }
    )


@pytest.mark.feature(
    "W1", "W3", "W8", "W10", "W11", "W13", "O2", "O3", "B1", "B2", "B3", "B5", "N2"
)
def test_from_a_borrowed_phone_to_the_border(
    site: Site, chrome: Browser, camera: Camera, tmp_path: Path
) -> None:
    people_the_offices(site)

    # 1. The worker applies, and sees what comes next with a date.
    phone = phone_of(chrome)
    worker = Worker(phone.new_page(), site)
    code, receipt = apply(worker)
    assert re.fullmatch(r"\d{4}-\d{4}-\d{4}", receipt)
    expect(worker.page.get_by_text("Deben responder a más tardar")).to_be_visible()

    # The employer is asked by a link and says yes.
    site.work()
    desk = desk_of(chrome)
    desk_page = desk.new_page()
    desk_page.goto(f"{site.url}/demo/mensajes?a=cedral@demo.example")
    desk_page.get_by_role("link", name="empleadores/respuesta").click()
    desk_page.locator("[name='answer'][value='accept']").check()
    desk_page.get_by_role("button", name="Enviar mi respuesta").click()
    expect(desk_page.get_by_text("Usted dijo que sí contrata")).to_be_visible()

    # 2. SETRASS finds the case in its queue, sees the findings, approves.
    setrass = Official(desk.new_page(), site)
    setrass.sign_in("setrass@example.org")
    setrass.open_case(receipt)
    setrass.decide("approve")
    expect(setrass.page.get_by_text("Su aprobación quedó registrada.")).to_be_visible()

    # 3. INM does the same for migration; SETRASS may not decide for it.
    expect(setrass.page.locator("[name='opinion']")).to_have_count(0)
    other_desk = desk_of(chrome)
    inm = Official(other_desk.new_page(), site)
    inm.sign_in("inm@example.org")
    inm.open_case(receipt)
    inm.decide("approve")
    expect(inm.page.get_by_text("Su aprobación quedó registrada.")).to_be_visible()

    # 4. The permit is signed once, by the worker process.
    site.work()

    # 5. The worker comes back on another phone and keeps the permit.
    other_phone = phone_of(chrome)
    worker = Worker(other_phone.new_page(), site)
    worker.come_back("+502 5551 2345", code)
    worker.press("Ver mi permiso")
    expect(worker.page.get_by_text("Sólo vale si se escanea")).to_be_visible()
    symbol = save_permit_symbol(worker, tmp_path)

    # 6. The agent prepares, the server is shut down, the scan says go, the entry is kept.
    border = camera(film(symbol, tmp_path / "permit.y4m")).new_context(permissions=["camera"])
    agent = Agent(border.new_page(), site)
    agent.prepare("frontera@example.org")
    site.stop()
    agent.page.reload()
    assert agent.scan() == "green"
    agent.page.click("#record-entry")
    agent.until("document.getElementById('crossing-result').textContent !== ''")
    assert agent.waiting() == 1

    # Once the network is back the entry arrives, exactly once.
    site.start()
    agent.page.reload()
    agent.until(r"/\b0\b/.test(document.getElementById('chip-waiting').textContent)")
    with site.house.read_sessions() as session:
        recorded = list_crossings(session, limit=10, posts=None)
    assert [
        (r.crossing.direction.value, r.crossing.post, r.crossing.offline) for r in recorded
    ] == [("entry", "HN-GT-1", True)]
