"""Minors at the window: with a parent they cross, without one child protection is told."""

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from app.storage.child_alerts import child_alerts
from app.storage.crossings import crossings
from tests.journeys.people import PHONE, Agent
from tests.journeys.site import Site
from tests.journeys.test_devices import shot
from tests.journeys.test_kept_crossings import AGENT, stage

pytestmark = pytest.mark.journey


def scan(agent: Agent, text: str) -> Page:
    """A permit by the hand-held reader."""
    agent.page.fill("#typed-text", text)
    agent.page.press("#typed-text", "Enter")
    agent.until("!document.getElementById('view-verdict').hidden")
    return agent.page


def tick(page: Page, where: str, at: int, *, passport: bool, parent: bool) -> None:
    """What the agent sees of one minor."""
    page.locator(f"{where} [data-add]").click()
    row = page.locator(f"{where} .minor").nth(at)
    row.locator("[data-passport]").set_checked(passport)
    row.locator("[data-parent]").set_checked(parent)


@pytest.mark.feature("B9")
def test_with_a_parent_they_cross_and_without_one_child_protection_is_told(
    site: Site, chrome: Browser
) -> None:
    bearer = stage(site)
    device = chrome.new_context(viewport=PHONE)
    agent = Agent(device.new_page(), site)
    agent.prepare(AGENT)
    agent.page.click("#start")

    # 1. Two children with their mother: the crossing tells of both.
    page = scan(agent, bearer.text)
    page.locator("#minors summary").click()
    tick(page, "#minors", 0, passport=True, parent=True)
    tick(page, "#minors", 1, passport=False, parent=True)
    expect(page.locator("#countdown")).to_have_text("Queda abierto")
    shot(page, "minors")
    page.click("#record-entry")
    expect(page.locator("#crossing-result")).to_have_text("Entrada registrada.")
    page.click("#next")

    # 2. One who is not hers: no crossing can be recorded, only an alert.
    page = scan(agent, bearer.text)
    expect(page.locator("#minors .minor")).to_have_count(0)
    page.locator("#minors summary").click()
    tick(page, "#minors", 0, passport=True, parent=False)
    expect(page.locator("#minors-said")).to_contain_text("No registre el paso: avise.")
    expect(page.locator("#record-exit")).to_have_text("Avisar: quería salir")
    shot(page, "minor-alone")
    page.click("#record-exit")
    expect(page.locator("#crossing-result")).to_contain_text("El aviso va en camino")
    page.click("#next")

    # 3. A child without anybody and without a permit.
    page.locator("#lone summary").click()
    expect(page.locator("#lone-buttons")).to_be_visible()
    shot(page, "lone")
    page.click("#lone-entry")
    expect(page.locator("#lone-said")).to_contain_text("El aviso va en camino")

    with site.house.read_sessions() as session:
        passed = session.execute(select(crossings.c.direction, crossings.c.minors)).all()
        alerts = session.execute(
            select(child_alerts.c.direction, child_alerts.c.number, child_alerts.c.minors)
        ).all()
    assert [tuple(row) for row in passed] == [
        ("entry", [{"passport": True, "parent": True}, {"passport": False, "parent": True}])
    ]
    assert sorted(tuple(row) for row in alerts) == [
        ("entry", None, [{"passport": False, "parent": False}]),
        ("exit", bearer.secrets["permit number"], [{"passport": True, "parent": False}]),
    ]
    device.close()
