"""A brigade's day with no network: written down, killed, sent twice, answers lost; each arrives."""

import time
from pathlib import Path

import pytest
from playwright.sync_api import Playwright, expect
from sqlalchemy import func, select

from app.storage.applications import applications
from app.storage.consents import consents
from permits.identity_documents import cui_remainder
from permits.people import Actor, Role
from tests import proofs
from tests.builders import add_official, add_vacancy
from tests.journeys.border_device import Device, Line, device, find_in, line
from tests.journeys.site import Site
from tests.journeys.tablet import NOT_YET, WRITE, Tablet

pytestmark = pytest.mark.journey

PEOPLE = proofs.times(2, 60)
HALF = "HALF-DONE-777"

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
        today.write(answers(number))
    today.write({**answers(PEOPLE), "document_number": "1234"})
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
