"""A brigade's day with no network: written down, killed, sent twice, answers lost; each arrives."""

import time
from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright, expect
from sqlalchemy import func, select

from app.storage.applications import applications
from app.storage.consents import consents
from app.web.prompts import BUILT, read_prompts
from permits.identity_documents import cui_remainder
from permits.people import Actor, Role
from tests import proofs
from tests.builders import add_official, add_vacancy
from tests.journeys.border_device import Device, Line, device, find_in, line
from tests.journeys.lives import Lives
from tests.journeys.site import Site

pytestmark = pytest.mark.journey

PEOPLE = proofs.times(2, 60)
HALF = "HALF-DONE-777"
NOT_YET = "Guardado en este teléfono, aún NO registrado"

WEIGH = "async (one) => (await (await fetch(one)).blob()).size"

WRITE = """async (answers) => {
  const until = async (holds) => {
    for (let turn = 0; turn < 3000; turn += 1) {
      if (holds()) return;
      await new Promise((done) => setTimeout(done, 5));
    }
    throw new Error(document.body.innerText.slice(0, 1000));
  };
  const shown = () => document.querySelector("section[data-step]:not([hidden])");
  await until(shown);
  while (shown().dataset.step !== "guardar") {
    const section = shown();
    for (const field of section.querySelector("form").elements) {
      const value = answers[field.name];
      if (value === undefined) continue;
      const isTicked = field.type === "checkbox" || field.type === "radio";
      if (isTicked) field.checked = value === field.value;
      else field.value = value;
    }
    const form = section.querySelector("form");
    form.requestSubmit();
    await until(() => shown() !== section || document.getElementById("fault").textContent);
    if (shown() === section) {
      await new Promise((read) => setTimeout(read, 800));
      form.requestSubmit(); // looked at again, and meant
    }
    await until(() => shown() && shown() !== section);
  }
}"""
"""What a facilitator does at each question, as fast as the page goes."""


SERIALS = [serial for at in range(500) if cui_remainder(serial := f"4{at:07d}") != 10]


def cui(number: int) -> str:
    """A CUI of Jocotán that nobody else has."""
    return f"{SERIALS[number]}{cui_remainder(SERIALS[number])}2004"


def answers(number: int) -> dict[str, str]:
    """What somebody says at each question."""
    return {
        "document_kind": "gt-dpi",
        "document_number": cui(number),
        "given_names": "María Ángela",
        "surnames": "Gutiérrez Ñamendí",
        "date_of_birth-day": "27",
        "date_of_birth-month": "marzo",
        "date_of_birth-year": "1994",
        "sex": "female",
        "municipality": "Jocotán",
        "phone": "5551 2345",
        "languages_spoken": "caa",
        "languages_read": "none",
        "brings_documents": "yes",
        "brings_photo": "yes",
        "consent": "yes",
    }


class Tablet:
    """The tablet's page, and who carries it."""

    def __init__(self, page: Page, site: Site) -> None:
        self.page, self.site = page, site

    def come_in(self, actor: Actor) -> None:
        """Sign in; the browser that was killed has forgotten it."""
        with self.site.house.sessions.begin() as session:
            token = Lives(self.site, session).token(actor)
        cookie = {"name": "vereda", "value": token, "url": self.site.url}
        self.page.context.add_cookies([cookie])  # type: ignore[list-item]

    def open(self) -> None:
        """The list, whole."""
        self.page.goto(f"{self.site.url}/brigada/")
        expect(self.page.locator("#count")).not_to_be_empty()

    def prepare(self, actor: Actor) -> None:
        """Once with a network: everything is kept, and who carries it is known."""
        self.come_in(actor)
        self.open()
        expect(self.page.locator("html[data-saved='yes']")).to_be_attached()
        expect(self.page.locator("#holder")).to_contain_text(actor.name)

    def hear(self) -> None:
        """Every voice that the site has is on the tablet, whole, with no network."""
        sounds = [one for slugs in read_prompts().values() for one in slugs.values()]
        sizes = [self.page.evaluate(WEIGH, one) for one in sounds]
        assert sizes == [(BUILT / one.rsplit("/")[-1]).stat().st_size for one in sounds]

    def begin(self) -> None:
        """A new registration."""
        self.page.locator("[data-begin='coffee-hn-gt']").click()
        self.page.wait_for_selector("section:not([hidden])")

    def write(self, number: int, **other: str) -> None:
        """One person from the first question to the list."""
        self.begin()
        vacancy = self.page.locator("[name='vacancy']").first.get_attribute("value") or ""
        self.page.evaluate(WRITE, {**answers(number), "vacancy": vacancy, **other})
        self.save()

    def save(self) -> None:
        """Keep it on the tablet."""
        self.page.locator("#save button").click()
        expect(self.page.locator("#count")).not_to_be_empty()

    def send_all(self) -> None:
        """Press *Enviar ahora* until nothing waits."""
        for _ in range(40 * PEOPLE):
            if NOT_YET not in self.states():
                return
            self.page.locator("[name='send']").click()
            self.page.wait_for_timeout(50)
        raise AssertionError(self.page.locator("main").inner_text())

    def states(self) -> list[str]:
        """What the list says of each."""
        return self.page.locator(".kept__state").all_inner_texts()


def handed_in(site: Site) -> int:
    """How many applications there are."""
    with site.house.read_sessions() as session:
        found = select(func.count()).select_from(applications).where(applications.c.round > 0)
        return session.execute(found).scalar_one()


def stage(site: Site) -> Actor:
    """A facilitator, and work that takes applications."""
    with site.house.sessions.begin() as session:
        add_vacancy(session, site.house.ports, now=site.now())
        return add_official(session, site.house.ports, Role.FACILITATOR, "Selvin Interiano")


def day_out(tablet: Device, site: Site, way: Line, actor: Actor) -> None:
    """Everybody written down with no network; one with a wrong number, one half done; then dead."""
    today = Tablet(tablet.start(), site)
    today.prepare(actor)
    way.up = False
    today.open()
    today.hear()
    for number in range(PEOPLE - 1):
        today.write(number)
    today.write(PEOPLE, document_number="1234")
    assert set(today.states()) == {NOT_YET}
    today.begin()
    today.page.locator("[name='document_number']").fill(HALF)
    today.page.locator("[name='document_number']").blur()
    today.page.wait_for_timeout(700)
    tablet.kill()


@pytest.mark.feature("W4")
def test_a_day_with_no_network_arrives_whole_and_once(
    site: Site, playwright: Playwright, tmp_path: Path
) -> None:
    actor = stage(site)
    with line() as way, device(playwright, tmp_path / "profile", way) as tablet:
        day_out(tablet, site, way, actor)
        names = {"surname": "Gutiérrez", "document": cui(0), "half": HALF}
        assert find_in(tablet.files("Default/IndexedDB"), names) == []

        way.up = True
        home = Tablet(tablet.start(), site)
        home.open()
        assert len(home.states()) == PEOPLE + 1
        expect(home.page.locator("#reach")).to_contain_text("Entre otra vez")
        home.come_in(actor)
        way.bad = True
        began = time.monotonic()
        home.send_all()
        took = time.monotonic() - began
        told = home.states()
        assert sum(text.startswith("Registrado con el número ") for text in told) == PEOPLE - 1
        assert "No se registró. Corrija esto:" in told
        assert handed_in(site) == PEOPLE - 1

        home.page.locator(".kept__case[data-state='refused'] .kept__open").click()
        expect(home.page.locator("[data-step='documento']")).to_be_visible()
        home.page.locator("[name='document_number']").fill(cui(PEOPLE))
        home.page.locator("[data-step='documento'] form .govuk-button").click()
        home.page.evaluate(WRITE, {})
        home.save()
        home.send_all()
        registered = home.page.locator(".kept__case[data-state='registered']")
        expect(registered).to_have_count(PEOPLE)
        aloud = registered.locator(".kept__contract").first.get_attribute("href") or ""
        assert aloud.startswith("/marcas-de-contratos?recibo=")
        assert handed_in(site) == PEOPLE
        leave(home)
    with site.house.read_sessions() as session:
        ways = session.execute(select(consents.c.way, consents.c.witness).distinct()).all()
    assert [tuple(one) for one in ways] == [("witnessed", actor.person)]
    assert way.lost > 0
    proofs.record(
        "brigade-day",
        "registrations of a tablet killed once, each sent twice, half of the answers lost",
        PEOPLE,
        arrived=PEOPLE,
        answers_lost=way.lost,
        seconds_to_send=round(took, 1),
    )


def leave(home: Tablet) -> None:
    """What is half done is warned of before it is wiped, and stays where somebody thinks better."""
    page = home.page
    page.locator("[name='leave']").click()
    expect(page.locator("#warning")).to_contain_text("Por enviar: 1")
    page.locator("[name='keep']").click()
    assert page.locator(".kept__case[data-state='draft']").count() == 1
    page.locator("[name='leave']").click()
    page.locator("[name='wipe']").click()
    expect(page.locator("#holder")).to_contain_text("Entre una vez con red")
    assert page.locator(".kept__case").count() == 0
