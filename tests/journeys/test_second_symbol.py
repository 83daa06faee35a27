"""The signed photo: scanned after the permit, shown beside its verdict, and refused for another."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from app.services import documents, faces
from permits.people import Role
from permits.submissions import DocumentKind
from tests.builders import Story
from tests.journeys.inspection import Inspector
from tests.journeys.lives import Lives
from tests.journeys.people import Agent
from tests.journeys.site import Site
from tests.journeys.test_devices import shot
from tests.journeys.test_refused_at_the_border import AGENT, hand_in, post_of
from tests.papers import portrait

pytestmark = pytest.mark.journey

Pair = tuple[str, str]
"""The texts of a permit and of its holder's photo."""


def stage(site: Site) -> tuple[Pair, Pair]:
    """Two people whose cards carry their photo."""
    with site.database.sessions.begin() as session:
        lives = Lives(site, session)
        lives.official(AGENT, Role.BORDER_AGENT)
        pairs = _card(lives), _card(lives)
    site.work()
    return pairs


def _card(lives: Lives) -> Pair:
    story: Story = lives.begin()
    documents.attach_document(story.work(story.worker), story.id, DocumentKind.PHOTO, portrait())
    card = lives.credential(story.submit().approve().sign())
    return card.text or "", faces.face_of(story.work(story.worker), card) or ""


def seek(agent: Agent, permit: str) -> None:
    """Scan a permit and go on to look for its photo."""
    hand_in(agent, permit)
    agent.page.click("#seek-face")
    expect(agent.page.locator("#view-verdict")).to_be_hidden()
    expect(agent.page.locator("#leave-face")).to_be_visible()


@pytest.mark.feature("B4")
def test_the_photo_stands_beside_its_own_verdict_and_beside_no_other(
    site: Site, chrome: Browser, tmp_path: Path
) -> None:
    (permit, face), (_, others_face) = stage(site)
    device = chrome.new_context(viewport={"width": 360, "height": 740})
    agent = post_of(device, site, "es")
    device.set_offline(True)
    page, inspector = agent.page, Inspector(agent.page, site.url)

    # 1. Another code is passed over; the photo's, from a picture of it, brings the verdict back.
    seek(agent, permit)
    page.fill("#typed-text", permit)
    page.press("#typed-text", "Enter")
    expect(page.locator("#scan-hint")).not_to_have_text("")
    symbol = tmp_path / "face.png"
    symbol.write_bytes(site.house.ports.symbols.png(face))
    page.set_input_files("#photo", symbol)
    expect(page.locator("#face-said")).to_have_text("Foto firmada. Compárela con la persona.")
    expect(page.locator("#view-verdict")).to_have_attribute("data-verdict", "green")
    agent.until("document.getElementById('face-picture').naturalWidth === 48")
    expect(page.locator("#verdict-facts")).to_contain_text("Gutiérrez Ñamendí")
    expect(page.locator("#seek-face")).to_be_hidden()
    shot(page, "face", whole=False)
    inspector.look("a verdict with a photo")

    # 2. It is gone with the verdict.
    page.click("#next")
    assert page.get_attribute("#face-picture", "src") is None

    # 3. Another person's photo is refused, in words, and can be tried again.
    seek(agent, permit)
    hand_in(agent, others_face)
    expect(page.locator("#face-said")).to_have_text("Esta foto es de otro permiso.")
    expect(page.locator("#view-verdict")).to_have_attribute("data-verdict", "amber")
    expect(page.locator("#verdict-reason")).to_have_text("La foto firmada no es de este permiso.")
    expect(page.locator("#face-picture")).to_be_hidden()
    expect(page.locator("#seek-face")).to_be_visible()
    shot(page, "face-of-another", whole=False)
    inspector.look("a verdict without the photo")
    page.click("#next")

    # 4. The photo's code alone is no permit, and the agent is told which code it is.
    hand_in(agent, face)
    expect(page.locator("#view-verdict")).to_have_attribute("data-verdict", "red")
    expect(page.locator("#verdict-act")).to_contain_text("Escanee primero el del permiso.")
    assert inspector.found == []
    device.close()
