"""Every reason that the law knows, come about for real, is seen by the camera and told in words.

The table of reasons drives the journey: a reason without a scene here fails it. `make prove` goes
through them once more in English, given by a hand-held reader.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from app.adapters.keyring import KeyRing
from app.settings import DEMO_PASSPHRASE, Settings
from app.web.clock import utc_now
from permits import permit_claims, permit_numbers, qr
from permits.credentials import ToBeSigned, seal
from permits.face import prepare_face, seal_face
from permits.issuing import Credential
from permits.people import Role
from permits.scans import COLOURS, Colour, Reason
from permits.signing import KeyUse, Signer
from tests import key_acts
from tests.databases import Database
from tests.journeys.camera import film
from tests.journeys.conftest import Camera
from tests.journeys.inspection import Inspector
from tests.journeys.lives import Lives
from tests.journeys.people import PHONE, Agent
from tests.journeys.site import Site, running
from tests.journeys.test_devices import shot
from tests.journeys.test_refused_at_the_border import altered, hand_in
from tests.proofs import times
from tests.rights import RightStory
from tests.vectors.face_cases import PICTURE
from tests.vectors.forge import STRANGER, Envelope, permit

pytestmark = pytest.mark.journey

AGENT = "frontera@example.org"
SHIFT = """async (hours) => {
  globalThis.trueNow ??= Date.now;
  const open = indexedDB.open("vereda-scanner");
  await new Promise((done) => (open.onsuccess = done));
  const change = open.result.transaction("kept", "readwrite");
  const room = change.objectStore("kept");
  room.get("unlock").onsuccess = ({ target }) => {
    Date.now = () => globalThis.trueNow() + hours * 3_600_000;
    room.put({ ...target.result, touched: Date.now() }, "unlock");
  };
  await new Promise((done) => (change.oncomplete = done));
  open.result.close();
}"""
"""Set the device's clock so many hours off, and let nobody have been idle for it."""

TOLD = """() => {
  const reasons = JSON.parse(document.getElementById("wording").textContent).reasons;
  const said = document.getElementById("verdict-reason").textContent;
  return Object.keys(reasons).filter((code) => reasons[code].reason === said);
}"""
"""The codes whose words stand on the verdict: one, where all words differ."""

NAMED = frozenset(
    {
        *(Reason.OK, Reason.NOT_YET_VALID, Reason.EXPIRED, Reason.REVOKED, Reason.SUSPENDED),
        *(Reason.LIST_AGING, Reason.WRONG_POST, Reason.LIST_TOO_OLD, Reason.CLOCK_WRONG),
        Reason.WRONG_FACE,
    }
)
"""The reasons with which somebody's name is shown: the signature held."""


@dataclass(frozen=True)
class Scene:
    """A code, by how many hours the device's clock is off when it is scanned, and a second code."""

    text: str
    hours: int = 0
    face: str = ""


def folder_of_old_keys(folder: Path) -> KeyRing:
    """Keys that are four months old, so that a permit has already run out."""
    ring = KeyRing(folder / "keys", DEMO_PASSPHRASE, Settings(data_dir=folder).issuer)
    ring.prepare(utc_now() - timedelta(days=120))
    return ring


def give_up_key(ring: KeyRing) -> None:
    """The first key was in strange hands for forty days; another has signed since yesterday."""
    now = utc_now()
    first = ring.signer(KeyUse.PERMIT).kid
    following = ring.create(KeyUse.PERMIT, now - timedelta(days=20), lambda _: None)
    key_acts.publish(ring, now - timedelta(days=20))
    key_acts.activate(ring, following.kid, now - timedelta(days=1))
    key_acts.compromise(ring, first, now - timedelta(days=40), now)


def stage(site: Site, ring: KeyRing) -> Mapping[Reason, Scene]:
    """Live every case in the site's database; the lists are published after it."""
    with site.database.sessions.begin() as session:
        lives = Lives(site, session)
        lives.official(AGENT, Role.BORDER_AGENT)
        expired = lives.credential(lives.permit(-90, -3, ago=90))
        stained = lives.credential(lives.permit(-30, 50, ago=30))
        give_up_key(ring)
        good = lives.credential(lives.permit())
        early = lives.credential(lives.permit(5, 60))
        suspended = lives.credential(RightStory(lives.permit()).suspend().story)
        taken = RightStory(lives.permit())
        revoked = taken.permit.credential
        taken.propose().confirm()
    site.work()
    text, elsewhere = good.text or "", _at_another_post(good, ring.signer(KeyUse.PERMIT))
    return {
        Reason.OK: Scene(text),
        Reason.UNREADABLE: Scene(text[:-3]),
        Reason.NOT_OURS: Scene("https://example.org/menu"),
        Reason.UNSUPPORTED_VERSION: Scene(_of_another_algorithm()),
        Reason.BAD_SIGNATURE: Scene(altered(text)),
        Reason.KEY_REVOKED: Scene(stained.text or ""),
        Reason.NOT_YET_VALID: Scene(early.text or ""),
        Reason.EXPIRED: Scene(expired.text or ""),
        Reason.REVOKED: Scene(revoked.text or ""),
        Reason.SUSPENDED: Scene(suspended.text or ""),
        Reason.LIST_AGING: Scene(text, hours=30),
        Reason.WRONG_POST: Scene(elsewhere),
        Reason.WRONG_FACE: Scene(text, face=_anothers_face(ring.signer(KeyUse.FACE), elsewhere)),
        Reason.TYPED_NUMBER: Scene(permit_numbers.show(good.number)),
        Reason.UNKNOWN_KEY: Scene(permit(key=STRANGER).text()),
        Reason.LIST_TOO_OLD: Scene(text, hours=80),
        Reason.CLOCK_WRONG: Scene(text, hours=-2),
    }


def _at_another_post(card: Credential, signer: Signer) -> str:
    """The same permit, bound to a post that is not the agent's."""
    claims = replace(permit_claims.read_claims(card.payload), posts=("HN-GT-2",))
    bound = ToBeSigned(signer.kid, permit_claims.write_claims(claims))
    return seal(bound, signer.sign(bound.message))


def _anothers_face(signer: Signer, other: str) -> str:
    """The signed photo of somebody else's card."""
    claims = replace(permit_claims.read_claims(qr.read(other).payload), number="7K3M9XQ2HB4T")
    prepared = prepare_face(claims, PICTURE, utc_now(), signer.kid)
    return seal_face(prepared, signer.sign(prepared.message))


def _of_another_algorithm() -> str:
    """Signed as nobody here signs: EdDSA, says its header."""
    return Envelope(permit().payload, protected=b"\xa1\x01\x27").text()


@dataclass
class Booth:
    """An agent's device whose camera sees what is put before it."""

    agent: Agent
    site: Site
    film: Path

    @property
    def page(self) -> Page:
        """Its one page."""
        return self.agent.page

    def open(self, language: str) -> None:
        """Prepared with a network, then without one."""
        self.page.goto(f"{self.site.url}/escaner/?idioma={language}")
        self.agent.until("document.getElementById('prepare-summary').dataset.ready === 'true'")
        self.page.context.set_offline(True)

    def colour(self) -> str:
        """Of the verdict on the screen."""
        return str(self.page.evaluate("document.getElementById('view-verdict').dataset.verdict"))

    def look_for(self, face: str) -> None:
        """Give the second code, where the scene has one."""
        if face:
            self.page.click("#seek-face")
            hand_in(self.agent, face)

    def see(self, scene: Scene) -> None:
        """Hold a code before the camera."""
        if self.page.is_visible("#view-scan"):
            self.page.click("#to-prepare")  # where the camera is let go
        symbol = self.film.with_suffix(".png")
        symbol.write_bytes(self.site.house.ports.symbols.png(scene.text))
        film(symbol, self.film, frames=1)
        self.page.evaluate(SHIFT, scene.hours)
        self.agent.scan()
        self.look_for(scene.face)

    def go_on(self) -> None:
        """Press *next*: what is still before the camera is not judged once more at once."""
        self.page.click("#next")
        self.page.wait_for_timeout(600)
        expect(self.page.locator("#view-verdict")).to_be_hidden(timeout=1)

    def read(self, scene: Scene) -> None:
        """Give a code by the hand-held reader."""
        self.page.evaluate(SHIFT, scene.hours)
        if not self.page.is_visible("#view-scan"):
            self.page.click("#start")
            self.agent.until("!document.getElementById('view-scan').hidden")
        hand_in(self.agent, scene.text)
        self.look_for(scene.face)


def open_booth(site: Site, camera: Camera, video: Path, first: Scene) -> Booth:
    """A phone of the width that the cheapest have, signed in and prepared."""
    symbol = video.with_suffix(".png")
    symbol.write_bytes(site.house.ports.symbols.png(first.text))
    border = camera(film(symbol, video, frames=1)).new_context(
        permissions=["camera"], viewport=PHONE
    )
    booth = Booth(Agent(border.new_page(), site), site, video)
    booth.agent.prepare(AGENT)
    return booth


def expect_told(page: Page, reason: Reason, words: Mapping[Colour, str]) -> None:
    """One colour, one word, one reason, what to do; names only where a signature held."""
    colour = COLOURS[reason]
    assert page.evaluate(TOLD) == [reason.value]
    expect(page.locator("#verdict-word")).to_have_text(words[colour])
    expect(page.locator("#verdict-act")).not_to_be_empty()
    expect(page.locator("#verdict-shape")).to_have_attribute("href", f"#shape-{colour.value}")
    named = "Gutiérrez Ñamendí" in page.locator("#verdict-facts").inner_text()
    assert named is (reason in NAMED), reason


WORDS = {
    "es": dict(zip(Colour, ("VÁLIDO", "REVISAR", "NO VÁLIDO", "SIN COMPROBAR"), strict=True)),
    "en": dict(zip(Colour, ("VALID", "CHECK", "NOT VALID", "NOT VERIFIED"), strict=True)),
}


@pytest.fixture
def ring(tmp_path: Path) -> KeyRing:
    """The keys of the site of this module."""
    return folder_of_old_keys(tmp_path / "data")


@pytest.mark.promise("P9")
@pytest.mark.feature("B1", "B2", "B3")
def test_every_reason_is_seen_by_the_camera_and_typed_by_the_reader(
    database: Database, ring: KeyRing, camera: Camera, tmp_path: Path
) -> None:
    with running(database, tmp_path / "data") as site:
        scenes = stage(site, ring)
        booth = open_booth(site, camera, tmp_path / "camera.y4m", scenes[Reason.OK])
        inspector = Inspector(booth.page, site.url)
        for language, show in (("es", booth.see), ("en", booth.read))[: times(1, 2)]:
            booth.open(language)
            for reason in sorted(COLOURS, key=lambda reason: scenes[reason].hours):
                show(scenes[reason])
                assert booth.colour() == COLOURS[reason].value, reason
                expect_told(booth.page, reason, WORDS[language])
                shot(booth.page, f"verdict-{language}-{reason.value}", whole=False)
                inspector.look(f"{reason.value} ({language})")
                if scenes[reason].face:
                    booth.go_on()
                else:
                    booth.page.click("#next")
            booth.page.evaluate(SHIFT, 0)
            booth.page.context.set_offline(False)
        assert inspector.found == []
