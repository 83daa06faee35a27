"""What does not count is refused at the border, each with its own reason, without a network too.

What this cannot promise: a device that has not fetched the list of after a revocation lets the
permit pass. It says how old its list is, and turns amber after a day and grey after three.
"""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, BrowserContext, Request, expect

from app.adapters.keyring import KeyRing
from app.settings import DEMO_PASSPHRASE, Settings
from app.storage.crossings import CrossingFilter, list_crossings
from app.web.clock import utc_now
from permits import base45, qr
from permits.credentials import ToBeSigned, seal
from permits.deadlines import legal_day
from permits.people import Role
from tests.builders import Story
from tests.databases import Database
from tests.journeys.lives import Lives
from tests.journeys.people import DESK, PHONE, Agent, Official
from tests.journeys.site import Site, running
from tests.vectors.forge import STRANGER

pytestmark = pytest.mark.journey

AGENT, SETRASS = "frontera@example.org", "setrass@example.org"
SIGNED = """async ([key, body]) => {
  const open = indexedDB.open("vereda-scanner");
  await new Promise((done) => (open.onsuccess = done));
  const asked = open.result.transaction("kept").objectStore("kept").get("device-key");
  const { device, privateKey } = await new Promise((done) => {
    asked.onsuccess = () => done(asked.result);
  });
  open.result.close();
  const message = new TextEncoder().encode(["vereda crossings", device, key, body].join("\\n"));
  const how = { name: "ECDSA", hash: "SHA-256" };
  const signature = new Uint8Array(await crypto.subtle.sign(how, privateKey, message));
  const letters = btoa(String.fromCharCode(...signature));
  return letters.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}"""
"""What the device signs of an upload: its key serves there and leaves it never."""

WORDS = {
    "green": ("VÁLIDO", "VALID"),
    "red": ("NO VÁLIDO", "NOT VALID"),
    "grey": ("SIN COMPROBAR", "NOT VERIFIED"),
}


@dataclass(frozen=True)
class Shown:
    """A code and what the agent is to be told of it: colour, reason in both languages, name."""

    text: str
    colour: str
    reason: tuple[str, str]
    named: bool


@pytest.fixture
def site(database: Database, tmp_path: Path) -> Iterator[Site]:
    """A site whose keys are four months old, so that its first permits have run out."""
    folder = tmp_path / "data"
    keys = KeyRing(folder / "keys", DEMO_PASSPHRASE, Settings(data_dir=folder).issuer)
    keys.prepare(utc_now() - timedelta(days=120))
    with running(database, folder) as site:
        yield site


def altered(text: str) -> str:
    """The permit of another farm: one word of it changed, well packed again."""
    envelope = zlib.decompress(base45.decode(text))
    changed = envelope.replace(b"Finca", b"Banco")
    assert changed != envelope
    return base45.encode(qr.deflate(changed))


def shelf(lives: Lives) -> dict[str, Shown]:
    """Every kind of code that an agent may meet, by a name."""
    good = lives.permit()
    found = lives.credential(good)
    text, kid, payload = found.text or "", found.kid, found.payload
    stranger = STRANGER.kid
    own_name = seal(ToBeSigned(stranger, payload), STRANGER.sign(_message(stranger, payload)))
    stolen_name = seal(ToBeSigned(kid, payload), STRANGER.sign(_message(kid, payload)))
    expired = lives.credential(lives.permit(-90, -3, ago=90)).text or ""
    early = lives.credential(lives.permit(5, 60)).text or ""
    forged = ("La firma es falsa o el permiso fue alterado.", "The signature is false")
    return {
        "good": Shown(text, "green", ("Firma, fechas y estado correctos.", "Signature"), True),
        "altered": Shown(altered(text), "red", forged, False),
        "another key": Shown(stolen_name, "red", forged, False),
        "an unknown key": Shown(own_name, "grey", ("No se conoce la llave", "key"), False),
        "expired": Shown(expired, "red", ("El permiso venció.", "expired"), True),
        "early": Shown(early, "red", ("El permiso todavía no empieza.", "not started"), True),
        "no permit": Shown(
            "https://example.org/menu", "red", ("Este código no es de un permiso.", "not"), False
        ),
    }


def _message(kid: bytes, payload: bytes) -> bytes:
    return ToBeSigned(kid, payload).message


def stage(site: Site) -> tuple[dict[str, Shown], Story, Story]:
    """The codes, and two people: whose permit is taken back, and whose is not."""
    with site.database.sessions.begin() as session:
        lives = Lives(site, session)
        lives.official(AGENT, Role.BORDER_AGENT)
        lives.official(SETRASS, Role.SETRASS_OFFICER)
        codes, lost, kept = shelf(lives), lives.permit(), lives.permit()
        for name, story in (("lost", lost), ("kept", kept)):
            text = lives.credential(story).text or ""
            codes[name] = Shown(text, "green", ("Firma, fechas", "Signature"), True)
    site.work()
    return codes, lost, kept


def post_of(context: BrowserContext, site: Site, language: str) -> Agent:
    """An agent's device, prepared and looking for codes."""
    agent = Agent(context.new_page(), site)
    agent.prepare(AGENT)
    if language == "en":
        agent.page.goto(f"{site.url}/escaner/?idioma=en")
        agent.until("document.getElementById('prepare-summary').dataset.ready === 'true'")
    agent.page.click("#start")
    agent.until("!document.getElementById('view-scan').hidden")
    return agent


def hand_in(agent: Agent, text: str) -> None:
    """As a hand-held reader types it: the text, then Enter."""
    agent.page.fill("#typed-text", text)
    agent.page.press("#typed-text", "Enter")
    agent.until("!document.getElementById('view-verdict').hidden")


def expect_verdict(agent: Agent, shown: Shown, language: str) -> None:
    """Colour, shape, word and one reason; the age of the list; what to compare where it helps."""
    at, page = ("es", "en").index(language), agent.page
    expect(page.locator("#view-verdict")).to_have_attribute("data-verdict", shown.colour)
    expect(page.locator("#verdict-shape")).to_have_attribute("href", f"#shape-{shown.colour}")
    expect(page.locator("#verdict-word")).to_have_text(WORDS[shown.colour][at])
    expect(page.locator("#verdict-reason")).to_contain_text(shown.reason[at])
    expect(page.locator("#verdict-act")).not_to_be_empty()
    expect(page.locator("#verdict-lists")).not_to_be_empty()
    facts = page.locator("#verdict-facts")
    assert ("Gutiérrez Ñamendí" in facts.inner_text()) is shown.named
    compares = page.locator("#verdict-facts .photo").count() == 1
    assert compares is (shown.colour == "green")


def try_every(agent: Agent, codes: dict[str, Shown], language: str) -> None:
    """Each bad code in turn, and after each of them the good one passes at once."""
    for name in codes:
        hand_in(agent, codes[name].text)
        expect_verdict(agent, codes[name], language)
        agent.page.click("#next")
        hand_in(agent, codes["good"].text)
        expect_verdict(agent, codes["good"], language)
        agent.page.click("#next")


@pytest.mark.promise("P9")
@pytest.mark.feature("B1", "B2", "B3")
def test_each_bad_permit_has_its_own_reason_and_keeps_no_other_waiting(
    site: Site, chrome: Browser
) -> None:
    codes, _, _ = stage(site)
    for language in ("es", "en"):
        device = chrome.new_context(viewport=PHONE)
        agent = post_of(device, site, language)
        device.set_offline(True)
        try_every(agent, codes, language)
        device.close()


def revoke_as_official(chrome: Browser, site: Site, story: Story) -> None:
    """SETRASS takes a lost card back, on the case's page."""
    desk = chrome.new_context(viewport=DESK)
    official = Official(desk.new_page(), site)
    official.sign_in(SETRASS)
    official.page.goto(f"{site.url}/casos/{story.id}")
    official.page.locator("summary", has_text="Revocar el permiso").click()
    official.page.locator("[name='reason'][value='lost']").check()
    official.page.get_by_role("button", name="Revocar el permiso").click()
    expect(official.page.get_by_text("El permiso quedó revocado.")).to_be_visible()
    desk.close()


@pytest.mark.promise("P8")
@pytest.mark.feature("B3", "N2", "N3")
def test_a_revoked_permit_is_red_where_the_list_is_fresh_and_only_there(
    site: Site, chrome: Browser
) -> None:
    codes, lost, _ = stage(site)
    near, far = (chrome.new_context(viewport=PHONE) for _ in range(2))
    with_network, without = post_of(near, site, "es"), post_of(far, site, "es")
    far.set_offline(True)
    hand_in(with_network, codes["lost"].text)
    expect_verdict(with_network, codes["lost"], "es")
    with_network.page.click("#next")

    revoke_as_official(chrome, site, lost)
    site.work()
    with_network.page.click("#to-prepare")
    with_network.page.click("#refresh")
    expect(with_network.page.locator("#prepare-summary")).to_have_text("Datos actualizados.")
    with_network.page.click("#start")
    hand_in(with_network, codes["lost"].text)
    revoked = Shown(codes["lost"].text, "red", ("El permiso fue revocado.", ""), True)
    expect_verdict(with_network, revoked, "es")
    with_network.page.click("#next")
    hand_in(with_network, codes["kept"].text)
    expect_verdict(with_network, codes["kept"], "es")

    # The device without a network cannot know; it tells of when its list is.
    hand_in(without, codes["lost"].text)
    expect_verdict(without, codes["lost"], "es")
    day = legal_day(site.now()).day
    expect(without.page.locator("#verdict-lists")).to_have_text(
        re.compile(rf"^Listas: ({day}|{day - 1}) .+ \(.+\)$")
    )
    for device in (near, far):
        device.close()


@pytest.mark.promise("P7")
@pytest.mark.feature("B5")
def test_a_crossing_that_is_sent_twice_is_recorded_once(site: Site, chrome: Browser) -> None:
    codes, _, _ = stage(site)
    device = chrome.new_context(viewport=PHONE)
    agent = post_of(device, site, "es")
    sent: list[Request] = []
    device.on("request", lambda r: sent.append(r) if r.method == "POST" else None)
    hand_in(agent, codes["good"].text)
    agent.page.click("#record-entry")
    expect(agent.page.locator("#crossing-result")).to_have_text("Entrada registrada.")
    first = sent[-1]
    assert first.url == f"{site.url}/api/v1/crossings"
    outcomes = []
    for key in (first.headers["idempotency-key"], uuid4().hex):
        signature = agent.page.evaluate(SIGNED, [key, first.post_data])
        headers = {
            "Content-Type": "application/json",
            "Idempotency-Key": key,
            "Device-Signature": signature,
        }
        again = device.request.post(first.url, headers=headers, data=first.post_data or "")
        outcomes += [item["outcome"] for item in again.json()["items"]]
    assert outcomes == ["recorded", "already-recorded"]
    with site.house.read_sessions() as session:
        recorded = list_crossings(session, CrossingFilter(None), limit=10)
    assert [(r.crossing.direction.value, r.crossing.verdict) for r in recorded] == [
        ("entry", "green")
    ]
    device.close()
