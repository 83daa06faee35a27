"""Two people who want to work abroad, met with no network, come onto the roster afterwards."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect
from sqlalchemy import func, select

from app.storage.applications import applications
from permits.deadlines import legal_day
from permits.people import Actor, PersonId, Role
from permits.programmes import Hiring
from tests.abroad import PICKER, work_abroad
from tests.builders import Story, add_official
from tests.journeys.border_device import Device, Line, device, find_in, line
from tests.journeys.lives import Lives
from tests.journeys.people import desk_of, page_of, phone_of
from tests.journeys.site import Site
from tests.journeys.tablet import NOT_YET, WRITE, Tablet

pytestmark = pytest.mark.journey

CANADA, SPAIN = "twap-canada", "twap-spain"
ANA, LUZ = "0801199490011", "0801199490012"
LISTED = "Quedó en la lista. No es un permiso: un empleador elige. Vale hasta el "


@dataclass(frozen=True)
class Cast:
    """Who carries the tablet, the cookie of SETRASS's desk, and a vacancy in each country."""

    facilitator: Actor
    desk: str
    vacancies: Mapping[str, UUID]


def gather(site: Site) -> Cast:
    """Work is offered in Canada and in Spain, and neither can be picked before its employer did."""
    with site.house.sessions.begin() as session:
        lives, ports = Lives(site, session), site.house.ports
        story, day = Story(session, ports, site.now()), legal_day(site.now())
        spoken = {"hiring": Hiring.NAMED, "starts_on": day + timedelta(days=30)}
        vacancies = {one: work_abroad(story, programme=one, **spoken) for one in (CANADA, SPAIN)}
        officer = lives.official("setrass-abroad@example.org", Role.SETRASS_OFFICER)
        facilitator = add_official(session, ports, Role.FACILITATOR, "Selvin Interiano")
        return Cast(facilitator, lives.token(officer), vacancies)


def answers(number: str, free: date) -> dict[str, str]:
    """What somebody of Honduras says at each question, the roster's among them."""
    return {
        "document_kind": "hn-dni",
        "document_number": number,
        "given_names": "Ana Lucía" if number == ANA else "Luz Marina",
        "surnames": "Gutiérrez Ñamendí",
        "date_of_birth-day": "27",
        "date_of_birth-month": "marzo",
        "date_of_birth-year": "1994",
        "sex": "female",
        "municipality": "Gracias",
        "phone": "9999 1234",
        "languages_spoken": "spa",
        "languages_read": "spa",
        "occupation": PICKER,
        "years": "3",
        "proof": "paper",
        **when(free),
        "brings_documents": "yes",
        "brings_photo": "yes",
        "consent": "yes",
    }


def when(free: date) -> dict[str, str]:
    """The day from which somebody can travel, as three fields."""
    return {f"free_from-{part}": str(getattr(free, part)) for part in ("day", "month", "year")}


def handed_in(site: Site) -> int:
    """How many applications were handed in: the roster is not one."""
    with site.house.read_sessions() as session:
        found = select(func.count()).select_from(applications).where(applications.c.round > 0)
        return session.execute(found).scalar_one()


def day_out(tablet: Device, site: Site, way: Line, cast: Cast) -> None:
    """Both are written down with no network, one with a day too far; then the tablet dies."""
    today = Tablet(tablet.start(), site)
    today.prepare(cast.facilitator)
    way.up = False
    today.open()
    tomorrow = legal_day(site.now()) + timedelta(days=1)
    today.write(answers(ANA, tomorrow), CANADA)
    today.write(answers(LUZ, tomorrow + timedelta(days=3000)), SPAIN)
    assert today.states() == [NOT_YET, NOT_YET]
    expect(today.page.locator("#reach")).to_contain_text("No hay red")
    tablet.kill()


def come_home(tablet: Device, site: Site, way: Line, cast: Cast) -> None:
    """All is sent over a bad line; what came back is corrected at its question and sent again."""
    home = Tablet(tablet.start(), site)
    home.open()
    assert home.states() == [NOT_YET, NOT_YET]  # still with no network
    way.up = way.bad = True
    home.come_in(cast.facilitator)
    home.send_all()
    told = sorted(home.states())
    assert [one.startswith(LISTED) for one in told] == [False, True]
    assert told[0] == "No se registró. Corrija esto:"
    correct(home, legal_day(site.now()) + timedelta(days=2))
    home.send_all()
    assert all(one.startswith(LISTED) for one in home.states())
    expect(home.page.locator(".kept__case[data-state='listed']")).to_have_count(2)
    expect(home.page.locator(".kept__contract")).to_have_count(0)  # there is no contract yet


def correct(home: Tablet, free: date) -> None:
    """The card leads to the roster's question, where the right day is written."""
    home.page.locator(".kept__case[data-state='refused'] .kept__open").click()
    expect(home.page.locator("[data-step='lista']")).to_be_visible()
    home.page.evaluate(WRITE, when(free))
    review = home.page.locator("#review")
    for told in ("¿Cuántos años lo hizo? 3", f"{free.day} {free.month} {free.year}"):
        expect(review).to_contain_text(told)
    expect(review).not_to_contain_text(PICKER)  # a trade is told by its name
    home.save()


def chosen(desk: Page, site: Site, vacancy: UUID) -> UUID:
    """SETRASS finds one person for the vacancy, without a name, and pre-selects them."""
    desk.goto(f"{site.url}/seleccion/{vacancy}")
    expect(desk.locator("main")).not_to_contain_text("Gutiérrez")
    found = desk.locator("[id^='chosen-']")
    expect(found).to_have_count(1)
    found.check()
    person = (found.get_attribute("id") or "").removeprefix("chosen-")
    desk.get_by_role("button", name="Preseleccionar").click()
    expect(desk.get_by_text("La preselección quedó guardada.")).to_be_visible()
    return UUID(person)


def worker_of(site: Site, application: UUID) -> str:
    """The cookie of whoever the application is of."""
    with site.house.sessions.begin() as session:
        found = select(applications.c.worker).where(applications.c.id == application)
        person = PersonId(session.execute(found).scalar_one())
        return Lives(site, session).token(Actor(person, Role.WORKER))


@pytest.mark.feature("W1", "W4", "E6")
def test_who_wants_to_work_abroad_is_on_the_roster_after_a_day_with_no_network(
    site: Site, chrome: Browser, playwright: Playwright, tmp_path: Path
) -> None:
    cast = gather(site)
    with line() as way, device(playwright, tmp_path / "profile", way) as tablet:
        day_out(tablet, site, way, cast)
        names = {"surname": "Gutiérrez", "document": ANA, "trade": PICKER}
        assert find_in(tablet.files("Default/IndexedDB"), names) == []
        come_home(tablet, site, way, cast)
        assert way.lost > 0
    assert handed_in(site) == 0
    desk = page_of(desk_of(chrome), site, cast.desk)
    people = [chosen(desk, site, cast.vacancies[one]) for one in (CANADA, SPAIN)]
    assert len(set(people)) == 2
    desk.context.close()
    # Each reads on a phone of their own that they are on the list, and for which country.
    for application in people:
        phone = page_of(phone_of(chrome), site, worker_of(site, application))
        phone.goto(f"{site.url}/mi-solicitud/{application}/lista")
        expect(phone.get_by_text("Usted está en la lista")).to_be_visible()
        phone.context.close()
