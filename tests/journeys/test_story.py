"""The main job, end to end, on real parts: the seven steps of the story, in a real browser.

A coffee worker applies on two borrowed phones without JavaScript, the employer accepts, two
agencies approve, a signed permit is issued, and a border agent scans it with the server shut down.
Then the same by programs, through JSON alone.
"""

import re
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from pypdf import PdfReader

from app.services.accounts import add_account
from app.services.second_factors import add_totp
from app.services.work import Work
from app.storage.crossings import CrossingFilter, list_crossings
from permits import permit_numbers
from permits.deadlines import legal_day
from permits.people import SYSTEM, Role, Scope
from permits.programmes import Hiring
from tests import builders
from tests.journeys.applying import begin, go_on
from tests.journeys.camera import film
from tests.journeys.conftest import Camera
from tests.journeys.lives import Lives
from tests.journeys.people import (
    PASSWORD,
    Agent,
    Official,
    Worker,
    desk_of,
    phone_of,
    save_permit_symbol,
)
from tests.journeys.programs import Program
from tests.journeys.site import SECRET, Site
from tests.papers import read_symbols, words_of
from tests.web.api.operations import answers, crossing
from tests.web.zoo import is_clean

pytestmark = pytest.mark.journey

OFFICIALS = {
    "setrass@example.org": Role.SETRASS_OFFICER,
    "inm@example.org": Role.INM_OFFICER,
    "frontera@example.org": Role.BORDER_AGENT,
}
PHONE = "+502 5551 2345"


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


def accept(site: Site, employer: Official) -> None:
    """The employer follows the link of the message and says yes."""
    page = employer.page
    page.goto(f"{site.url}/demo/mensajes?a=cedral@demo.example")
    page.get_by_role("link", name="empleadores/respuesta").click()
    page.locator("[name='answer'][value='accept']").check()
    page.get_by_role("button", name="Enviar mi respuesta").click()
    expect(page.get_by_text("Usted dijo que sí contrata")).to_be_visible()


def study(official: Official, *told: str) -> None:
    """Before deciding: what the checks found, the papers beside it, and what happened so far."""
    page = official.page
    findings = page.locator("[aria-labelledby='controles']")
    expect(findings).to_contain_text("Hay que leerle el contrato en voz alta.")
    expect(findings).to_contain_text("Fuente: R17")
    papers = page.locator("[aria-labelledby='archivos'] img")
    expect(papers).to_have_count(3)
    page.wait_for_load_state("load")
    for paper in papers.all():
        address = paper.get_attribute("src") or ""
        assert paper.evaluate("one => one.complete && one.naturalWidth > 0")
        assert is_clean(page.context.request.get(official.site.url + address).body())
    for line in told:
        expect(page.locator(".timeline")).to_contain_text(line)


def approve(official: Official) -> None:
    """Say yes for the agency, once."""
    official.decide("approve")
    expect(official.page.get_by_text("Su aprobación quedó registrada.")).to_be_visible()
    expect(official.page.locator("[name='opinion']")).to_have_count(0)


def follow(worker: Worker, site: Site, now: str, message: str) -> None:
    """The worker sees where it stands, and was told by a message."""
    site.work()
    worker.page.goto(f"{site.url}/mi-solicitud")
    expect(worker.page.locator(".path__step--now").first).to_contain_text(now)
    worker.page.goto(f"{site.url}/demo/mensajes?a=%2B50255512345")
    expect(worker.page.locator(".letter__body").first).to_contain_text(message)


def print_out(worker: Worker, number: str) -> None:
    """The card and the sheet: tagged PDFs that bear the number."""
    for name in ("Tarjeta para el bolsillo", "Hoja con todos los datos"):
        href = worker.page.get_by_role("link", name=name).get_attribute("href") or ""
        pdf = worker.page.context.request.get(worker.site.url + href).body()
        assert PdfReader(BytesIO(pdf)).root_object["/MarkInfo"]["/Marked"]  # type: ignore[index]
        assert number in words_of(pdf)


@pytest.mark.feature(
    *("W1", "W3", "W5", "W6", "W8", "W10", "W11", "W13", "W14", "N13"),
    *("O2", "O3", "B1", "B2", "B3", "B5", "N2"),
)
def test_from_a_borrowed_phone_to_the_border(
    site: Site, chrome: Browser, camera: Camera, tmp_path: Path
) -> None:
    people_the_offices(site)

    # 1. The worker begins, stops, goes on at another phone, and sees what comes next with a date.
    worker = Worker(phone_of(chrome).new_page(), site)
    code = begin(worker)
    worker.page.context.close()
    worker = Worker(phone_of(chrome).new_page(), site)
    worker.come_back(PHONE, code)
    receipt = go_on(worker)
    assert re.fullmatch(r"\d{4}-\d{4}-\d{4}", receipt)
    expect(worker.page.get_by_text("Deben responder a más tardar")).to_be_visible()
    follow(worker, site, "El empleador responde", f"recibimos su solicitud {receipt}")

    # The employer is asked by a link and says yes; the worker, to the contract, too.
    setrass = Official(desk_of(chrome).new_page(), site)
    accept(site, setrass)
    worker.page.goto(f"{site.url}/mi-solicitud")
    expect(worker.page.get_by_text("SETRASS decide después de su sí.")).to_be_visible()
    worker.accept_contract()

    # 2. SETRASS finds the case in its queue, sees findings, papers and timeline, approves.
    setrass.sign_in("setrass@example.org")
    setrass.open_case(receipt)
    study(setrass, "Se envió la solicitud", "Se agregó un documento")
    approve(setrass)
    follow(worker, site, "Instituto Nacional de Migración", "Falta otra")

    # 3. INM does the same for migration; nobody decides twice or for both.
    inm = Official(desk_of(chrome).new_page(), site)
    inm.sign_in("inm@example.org")
    inm.open_case(receipt)
    study(inm, "Aprob")
    approve(inm)

    # 4. The permit is signed once, by the worker process.
    site.work()

    # 5. The worker is told, comes back on the other phone and keeps the permit, on paper too.
    worker = Worker(phone_of(chrome).new_page(), site)
    worker.come_back(PHONE, code)
    worker.press("Ver mi permiso")
    expect(worker.page.get_by_text("Sólo vale si se escanea")).to_be_visible()
    number = worker.page.locator(".carrier__number").inner_text()
    print_out(worker, number)
    symbol = save_permit_symbol(worker, tmp_path)
    assert len(read_symbols(symbol.read_bytes())) == 1
    worker.page.goto(f"{site.url}/demo/mensajes?a=%2B50255512345")
    expect(worker.page.locator(".letter__body").first).to_contain_text(f"su permiso {number}")

    # 6. The agent prepares, the server is shut down, the scan says go, the entry is kept.
    border = camera(film(symbol, tmp_path / "permit.y4m")).new_context(permissions=["camera"])
    agent = Agent(border.new_page(), site)
    agent.prepare("frontera@example.org")
    site.stop()
    agent.page.reload()
    assert agent.scan() == "green"
    agent.page.click("#record-entry")
    agent.until("document.getElementById('crossing-result').textContent !== ''")
    agent.until(r"/\b1\b/.test(document.getElementById('chip-waiting').textContent)")

    # Once the network is back the entry arrives, exactly once.
    site.start()
    agent.page.reload()
    agent.until(r"/\b0\b/.test(document.getElementById('chip-waiting').textContent)")
    with site.house.read_sessions() as session:
        recorded = list_crossings(session, CrossingFilter(None), limit=10)
    assert [
        (r.crossing.direction.value, r.crossing.post, r.crossing.offline) for r in recorded
    ] == [("entry", "HN-GT-1", True)]


@pytest.mark.feature("W1", "W7", "W10", "O2", "B1", "B3", "B5", "D10")
def test_the_same_story_by_programs_that_speak_json(site: Site) -> None:
    with site.house.sessions.begin() as session:
        lives = Lives(site, session)
        draft = lives.begin()
        vacancy = str(lives.vacancies[draft.id])
        agent = lives.official("frontera@example.org", Role.BORDER_AGENT)
    worker, setrass, inm, border = (
        Program.of(site, actor) for actor in (draft.worker, draft.setrass, draft.inm, agent)
    )

    # 7. Read what is offered, apply, correct, send; the queue shows it to the agencies.
    assert worker.get("health")["status"] == "ok"
    assert "coffee-hn-gt" in {one["code"] for one in worker.get("programmes")["items"]}
    offered = worker.get("vacancies?programme=coffee-hn-gt")["items"]
    assert vacancy in {one["id"] for one in offered}
    told = {**answers(), "vacancy": vacancy, "given_names": "Mariana"}
    case = worker.send("POST", "applications", status=201, programme="coffee-hn-gt", answers=told)
    here = f"applications/{case['id']}"
    case = worker.send("PATCH", here, case["version"], answers={"given_names": "María"})
    case = worker.send("POST", f"{here}/submit", case["version"])
    listed = setrass.get("applications")["items"]
    assert [one["id"] for one in listed] == [case["id"]]

    # SETRASS waits for the worker's yes to the contract, and says where it is given.
    waits = worker.get(here)
    assert waits["contract"]["accepted_at"] is None
    given = {"digest": waits["contract"]["sha256"], "heard": True}
    worker.send("POST", waits["links"]["accept-contract"]["href"], **given)

    # Each agency decides for itself, once; the permit is signed by the worker process.
    for agency, status in ((setrass, "under-review"), (inm, "approved")):
        seen = agency.get(here)
        case = agency.send("POST", f"{here}/decisions", seen["version"], opinion="approve")
        assert case["status"] == status
        again = agency.send(
            "POST", f"{here}/decisions", case["version"], status=409, opinion="approve"
        )
        assert again["type"]
    case = worker.get(here)
    links = case["links"]
    assert worker.get(links["credential"]["href"])["state"] == "pending"
    site.work()
    carrier = worker.get(links["credential"]["href"])
    assert worker.get(links["authorisation"]["href"])["digest"] == case["digest"]

    # The border verifies, records an entry twice and finds it once; then the card is stolen.
    for listed in ("trust-list", "status-lists/1"):
        assert border.fetch(listed).headers["content-type"].endswith("cwt")
    verdict = border.send("POST", "credentials/verify", text=carrier["text"])
    assert (verdict["verdict"], verdict["claims"]["full_name"]) == (
        "green",
        "María Gutiérrez Ñamendí",
    )
    entered = crossing(permit_number=permit_numbers.read(carrier["number"]))
    outcomes = [border.send("POST", "crossings", crossings=[entered])["items"] for _ in range(2)]
    assert [one["outcome"] for [one] in outcomes] == ["recorded", "already-recorded"]
    assert [one["id"] for one in border.get("crossings")["items"]] == [entered["id"]]
    place = f"credentials/{carrier['id']}/revoke"
    gone = inm.send("POST", place, carrier["version"], reason="stolen")
    assert gone["state"] == "revoked"
    site.work()
    verdict = border.send("POST", "credentials/verify", text=carrier["text"])
    assert (verdict["verdict"], verdict["reason"]) == ("red", "revoked")
