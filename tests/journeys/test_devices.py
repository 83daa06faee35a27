"""A shared device at the border: enrolled, entered by PIN, locked, scanning, lost."""

import os
from pathlib import Path
from uuid import UUID

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy import select

from app.services import devices
from app.storage.crossings import crossings
from app.storage.database import Session
from permits.people import Actor, Role
from tests.builders import add_official, work_of
from tests.journeys.lives import Lives
from tests.journeys.people import PHONE, Agent
from tests.journeys.site import Site
from tests.journeys.test_signing_in import give_device
from tests.papers import read_symbols

pytestmark = pytest.mark.journey

PIN, CHOSEN = "482915", "739104"
LEFT_ALONE = """async () => {
  const open = indexedDB.open("vereda-scanner");
  await new Promise((done) => (open.onsuccess = done));
  const room = open.result.transaction("kept", "readwrite").objectStore("kept");
  const held = await new Promise((done) => {
    const asked = room.get("unlock");
    asked.onsuccess = () => done(asked.result);
  });
  await new Promise((done) => {
    room.put({ ...held, touched: held.touched - 6 * 60_000 }, "unlock").onsuccess = done;
  });
  open.result.close();
}"""


def shot(page: Page, name: str, *, whole: bool = True) -> None:
    """Keep a picture for whoever asks for one; not the whole page: what the screen shows."""
    folder = os.environ.get("VEREDA_SHOTS")
    if folder:
        page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=whole)


def signed_in(chrome: Browser, site: Site, session: Session, actor: Actor) -> BrowserContext:
    """A desk's browser in which somebody is signed in."""
    context = chrome.new_context(viewport=PHONE)
    token = Lives(site, session).token(actor)
    context.add_cookies([{"name": "vereda", "value": token, "url": site.url}])
    return context


def stage(site: Site, chrome: Browser) -> tuple[Page, Actor, str]:
    """The supervisor's page, an agent without a PIN, and the text of a good permit."""
    with site.house.sessions.begin() as session:
        lives = Lives(site, session)
        supervisor = add_official(session, site.house.ports, Role.POST_SUPERVISOR, "Karla Membreño")
        agent = lives.official("frontera@example.org", Role.BORDER_AGENT, "Delia Rosa")
        story = lives.permit()
        page = signed_in(chrome, site, session, supervisor).new_page()
    site.work()
    with site.house.sessions.begin() as session:
        story.session = session
        text = Lives(site, session).credential(story).text or ""
    page.goto(f"{site.url}/puestos/dispositivos")
    return page, agent, text


def enrol(head: Page, tablet: Page, site: Site) -> list[str]:
    """The supervisor makes a code; the device opens its address, as its camera would.

    Returns the fingerprints of the root keys that the supervisor sees.
    """
    head.get_by_label("Nombre del equipo").last.fill("Ventanilla 1")
    head.get_by_role("button", name="Hacer un código").click()
    code = head.locator(".number--large").inner_text()
    shot(head, "code")
    (address,) = read_symbols(head.locator(".enrolment__symbol").screenshot())
    assert address.startswith(f"{site.url}/escaner/inscribir#{code.replace('-', '')}.")
    tablet.goto(address)
    shot(tablet, "enrol")
    tablet.get_by_role("button", name="Inscribir").click()
    expect(tablet.locator("#device-name")).to_have_text("Ventanilla 1")
    assert code.replace("-", "") not in tablet.url
    shot(tablet, "enrolled")
    return head.locator("main .code").all_text_contents()


def come_in(tablet: Page, pin: str) -> None:
    """Name and PIN."""
    tablet.get_by_label("Su nombre").select_option(label="Delia Rosa")
    tablet.locator("#pin").fill(pin)
    tablet.get_by_role("button", name="Entrar", exact=True).click()


@pytest.mark.feature("B8", "D3")
def test_an_agent_comes_in_by_passkey_and_the_lock_opens_at_the_door(
    site: Site, chrome: Browser
) -> None:
    head, agent, text = stage(site, chrome)
    border = chrome.new_context(viewport=PHONE)
    tablet = border.new_page()
    give_device(tablet)
    with site.house.sessions.begin() as session:
        own = {"name": "vereda", "value": Lives(site, session).token(agent), "url": site.url}
    border.add_cookies([own])  # type: ignore[list-item]
    tablet.goto(f"{site.url}/mi-cuenta/llave")
    tablet.get_by_label("Nombre", exact=False).first.fill("Llavero")
    tablet.get_by_role("button", name="llave").first.click()
    tablet.wait_for_url("**/mi-cuenta?hecho=factor-added")
    border.clear_cookies()

    enrol(head, tablet, site)
    tablet.goto(f"{site.url}/escaner/entrar")
    shot(tablet, "enter-by-passkey")
    tablet.get_by_role("button", name="Entrar con una llave de acceso").click()
    tablet.wait_for_url("**/escaner/", wait_until="load")
    scanner = Agent(tablet, site)
    scanner.until("document.getElementById('prepare-summary').dataset.ready === 'true'")
    tablet.click("#start")
    scanner.until("!document.getElementById('view-scan').hidden")
    tablet.fill("#typed-text", text)
    tablet.press("#typed-text", "Enter")
    tablet.click("#record-entry")
    expect(tablet.locator("#crossing-result")).to_have_text("Entrada registrada.")

    tablet.evaluate(LEFT_ALONE)
    tablet.reload()
    scanner.until("!document.getElementById('view-lock').hidden")
    expect(tablet.locator("#lock-name")).to_have_text("Delia Rosa")
    expect(tablet.locator("#lock-form")).to_be_hidden()
    expect(tablet.locator("#lock-said")).to_contain_text("Entre otra vez con red.")
    shot(tablet, "locked-by-passkey")
    for context in (border, head.context):
        context.close()


@pytest.mark.feature("B5", "B8")
def test_a_browser_that_is_not_enrolled_keeps_what_it_sees_and_says_what_to_do(
    site: Site, chrome: Browser
) -> None:
    head, agent, text = stage(site, chrome)
    with site.house.sessions.begin() as session:
        border = signed_in(chrome, site, session, agent)
    tablet = border.new_page()
    tablet.goto(f"{site.url}/escaner/")
    scanner = Agent(tablet, site)
    scanner.until("document.getElementById('prepare-summary').dataset.ready === 'true'")
    tablet.click("#start")
    scanner.until("!document.getElementById('view-scan').hidden")
    tablet.fill("#typed-text", text)
    tablet.press("#typed-text", "Enter")
    tablet.click("#record-entry")
    expect(tablet.locator("#notice-sign-in")).to_contain_text("Inscriba este equipo para enviar.")
    shot(tablet, "not-enrolled")
    assert scanner.waiting() == 1
    with site.house.read_sessions() as session:
        assert session.scalars(select(crossings.c.id)).all() == []

    roots = enrol(head, tablet, site)
    tablet.goto(f"{site.url}/escaner/entrar")
    with site.house.sessions.begin() as session:
        devices.set_pin(work_of(session, agent, site.house.ports, site.now()), agent.person, PIN)
    come_in(tablet, PIN)
    tablet.wait_for_url("**/escaner/", wait_until="load")
    scanner.until("/\\b0\\b/.test(document.getElementById('chip-waiting').textContent)")
    assert tablet.locator("#device-roots div").all_text_contents() == roots
    assert {len(root) for root in roots} == {len("abcd " * 16) - 1}
    with site.house.read_sessions() as session:
        assert len(session.scalars(select(crossings.c.device)).all()) == 1
    for context in (border, head.context):
        context.close()


@pytest.mark.feature("B8", "D3")
@pytest.mark.promise("P14")
def test_a_device_is_enrolled_entered_locked_and_lost(site: Site, chrome: Browser) -> None:
    head, agent, text = stage(site, chrome)
    border = chrome.new_context(viewport=PHONE)
    tablet = border.new_page()
    enrol(head, tablet, site)

    # 1. The first PIN is the supervisor's and holds once; the agent chooses the next.
    head.goto(f"{site.url}/puestos/dispositivos")
    head.get_by_role("button", name="Dar un PIN nuevo").click()
    given = head.locator(".number--large").inner_text()
    tablet.get_by_role("link", name="Entrar con PIN").click()
    come_in(tablet, "000000" if given != "000000" else "000001")
    expect(tablet.locator("#said")).to_have_text("El PIN no es correcto.")
    shot(tablet, "enter")
    come_in(tablet, given)
    expect(tablet.locator("#said")).to_contain_text("Elija ahora su propio PIN")
    tablet.locator("#chosen").fill(CHOSEN)
    tablet.get_by_role("button", name="Entrar", exact=True).click()
    tablet.wait_for_url("**/escaner/", wait_until="load")
    scanner = Agent(tablet, site)
    scanner.until("document.getElementById('prepare-summary').dataset.ready === 'true'")

    # 2. A crossing is uploaded under the device's name, signed by its key.
    tablet.click("#start")
    scanner.until("!document.getElementById('view-scan').hidden")
    tablet.fill("#typed-text", text)
    tablet.press("#typed-text", "Enter")
    scanner.until("!document.getElementById('view-verdict').hidden")
    tablet.click("#record-entry")
    scanner.until(
        "document.getElementById('crossing-result').textContent === 'Entrada registrada.'"
    )
    with site.house.read_sessions() as session:
        recorded = [UUID(one) for one in session.scalars(select(crossings.c.device))]
        work = work_of(session, Actor(agent.person, Role.ADMINISTRATOR), site.house.ports)
        assert recorded == [device.id for device in devices.list_devices(work)]

    # 3. Left alone it locks, also without a network; the PIN opens it again.
    border.set_offline(True)
    tablet.evaluate(LEFT_ALONE)
    tablet.reload()
    scanner.until("!document.getElementById('view-lock').hidden")
    shot(tablet, "locked")
    tablet.fill("#lock-pin", PIN)
    tablet.get_by_role("button", name="Desbloquear").click()
    expect(tablet.locator("#lock-said")).to_have_text("El PIN no es correcto.")
    tablet.fill("#lock-pin", CHOSEN)
    tablet.get_by_role("button", name="Desbloquear").click()
    scanner.until("document.getElementById('view-lock').hidden")
    border.set_offline(False)

    # 4. A cookie that is copied to another machine opens the page and uploads nothing.
    other = chrome.new_context(viewport=PHONE)
    (token,) = (one["value"] for one in border.cookies() if one["name"] == "vereda")
    other.add_cookies([{"name": "vereda", "value": token, "url": site.url}])
    copied = other.request.post(
        f"{site.url}/api/v1/crossings",
        headers={"Idempotency-Key": "k" * 32, "Origin": site.url},
        data={"crossings": []},
    )
    assert (copied.status, copied.json()["code"]) == (403, "device-proof-missing")

    # 5. The supervisor ends a lost device: its session is over at once, and nobody comes in.
    head.goto(f"{site.url}/puestos/dispositivos")
    shot(head, "devices")
    head.locator("summary", has_text="Ventanilla 1").click()
    head.get_by_role("button", name="Dar de baja").click()
    expect(head.get_by_text("Dado de baja el")).to_be_visible()
    assert border.request.get(f"{site.url}/escaner/config.json").status == 401
    tablet.goto(f"{site.url}/escaner/entrar")
    expect(tablet.locator("#said")).to_have_text("Ya no guarda nada. Entréguelo a su supervisor.")
    expect(tablet.locator("#ended")).to_be_visible()
    expect(tablet.locator("#enter")).to_be_hidden()
    shot(tablet, "ended-at-the-door")
    assert tablet.evaluate("indexedDB.databases()") == []
    for context in (border, other, head.context):
        context.close()
