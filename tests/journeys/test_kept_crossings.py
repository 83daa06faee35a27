"""Crossings on a device with bad luck: no battery, no network, answers lost; and no names on it."""

import time
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright
from sqlalchemy import func, select

from app.storage.audit import audit_events
from app.storage.crossings import crossings
from permits.audit import Act
from permits.people import Role
from tests import proofs
from tests.journeys.border_device import Device, Line, device, find_in, line
from tests.journeys.lives import Lives
from tests.journeys.people import Agent
from tests.journeys.site import Site

pytestmark = pytest.mark.journey

AGENT = "frontera@example.org"
CROSSINGS = proofs.times(60, 1000)

PASS = """async ([text, times]) => {
  const by = (id) => document.getElementById(id);
  const until = async (holds) => {
    for (let turn = 0; turn < 5000; turn += 1) {
      if (holds()) return;
      await new Promise((done) => setTimeout(done, 2));
    }
    throw new Error(document.body.innerText.slice(0, 1000));
  };
  const saved = [];
  for (let turn = 0; turn < times; turn += 1) {
    by("typed-text").value = text;
    by("typed").requestSubmit();
    await until(() => !by("view-verdict").hidden && !by("crossing-buttons").hidden);
    by(turn % 2 ? "record-exit" : "record-entry").click();
    await until(() => by("crossing-result").textContent !== "");
    saved.push(by("crossing-result").textContent);
    by("next").click();
  }
  return saved;
}"""
"""What an agent does for one person after another, as fast as the page goes."""


SENT = r"""(dispatchEvent(new Event('online')), /\b0\b/.test(
    document.getElementById('chip-waiting').textContent))"""
"""Whether nothing waits any more; asking is a network that has just come back."""


@dataclass(frozen=True)
class Bearer:
    """Somebody who crosses: the permit's text, and what must stand nowhere on the device."""

    text: str
    secrets: dict[str, str]


def stage(site: Site) -> Bearer:
    """An agent, and a worker with a permit."""
    with site.house.sessions.begin() as session:
        lives = Lives(site, session)
        lives.official(AGENT, Role.BORDER_AGENT, "Delia Rosa Funes")
        story = lives.permit()
    site.work()
    with site.house.sessions.begin() as session:
        story.session = session
        found = Lives(site, session).credential(story)
    text = found.text or ""
    assert text
    secrets = {
        "surname": "Gutiérrez",
        "second surname": "Ñamendí",
        "permit number": found.number,
        "printed number": "-".join(found.number[at : at + 4] for at in (0, 4, 8)),
        "QR text": text[:40],
        "agent": "Delia Rosa",
    }
    return Bearer(text, secrets)


def open_scanner(page: Page, site: Site) -> Agent:
    """The scanner, looking for codes; who signed in before is signed in, or is not."""
    agent = Agent(page, site)
    page.goto(f"{site.url}/escaner/")
    agent.until("document.getElementById('chip-waiting').textContent !== ''")
    page.click("#start")
    agent.until("!document.getElementById('view-scan').hidden")
    return agent


def first_day(border: Device, site: Site, way: Line) -> Agent:
    """Come in once with a network, and keep everything; then the line goes down."""
    page = border.start()
    Agent(page, site).prepare(AGENT)
    agent = open_scanner(page, site)
    way.up = False
    return agent


def let_pass(agent: Agent, text: str, times: int) -> None:
    """So many crossings, each said to be kept on the device."""
    saved = agent.page.evaluate(PASS, [text, times])
    assert len(saved) == times
    assert all("guardada en este equipo" in told for told in saved), set(saved)


@pytest.mark.promise("P7")
@pytest.mark.feature("B5")
def test_killed_twice_and_sent_twice_with_half_the_answers_lost_each_arrives_once(
    site: Site, playwright: Playwright, tmp_path: Path
) -> None:
    bearer, half = stage(site), CROSSINGS // 2
    with line() as way, device(playwright, tmp_path / "profile", way) as border:
        agent = first_day(border, site, way)
        let_pass(agent, bearer.text, half)
        border.kill()

        agent = open_scanner(border.start(), site)
        assert agent.waiting() == half
        let_pass(agent, bearer.text, CROSSINGS - half)
        border.kill()

        way.up = way.bad = True
        page = border.start()
        agent = open_scanner(page, site)
        assert agent.waiting() == CROSSINGS
        began = time.monotonic()
        agent.come_in()
        agent.until(SENT)
        took = time.monotonic() - began
        assert agent.waiting() == 0
        assert page.locator("#notice-refused").is_hidden()

    with site.house.read_sessions() as session:
        by_direction = select(crossings.c.direction, func.count()).group_by(crossings.c.direction)
        directions = {row[0]: int(row[1]) for row in session.execute(by_direction)}
        recorded = audit_events.c.act == Act.CROSSING_RECORDED.value
        events = session.scalar(select(func.count()).select_from(audit_events).where(recorded))
    assert sum(directions.values()) == events == CROSSINGS
    assert abs(directions["entry"] - directions["exit"]) <= 1
    assert 0 < way.lost < way.uploads <= 2 * way.lost
    proofs.record(
        "kept-crossings",
        "crossings on a device killed twice, each upload sent twice, half of the answers lost",
        CROSSINGS,
        arrived=CROSSINGS,
        uploads=2 * way.uploads,
        answers_lost=way.lost,
        seconds_to_send=round(took, 1),
    )


@pytest.mark.promise("P20")
@pytest.mark.feature("B5", "B8")
def test_what_a_device_keeps_names_nobody(
    site: Site, playwright: Playwright, tmp_path: Path
) -> None:
    bearer = stage(site)
    with line() as way, device(playwright, tmp_path / "profile", way) as border:
        agent = first_day(border, site, way)
        let_pass(agent, bearer.text, 3)
        agent.page.wait_for_timeout(500)
        own = agent.page.evaluate("document.getElementById('device-id').textContent")
        border.kill()
        everything, database = border.files(), border.files("Default/IndexedDB")
        assert find_in(everything, bearer.secrets) == []
        # What is kept in clear is found: the search can see.
        seen = find_in(database, {"device": own, "post": "HN-GT-1"})
        assert {one.split(" ")[0] for one in seen} == {"device", "post"}
