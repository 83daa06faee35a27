"""What goes otherwise than straight on at a desk: amended, too late, and no place left."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest
from playwright.sync_api import Browser, Page, expect

from app.services import applications
from permits.applications import ApplicationId
from permits.people import Role
from permits.quotas import Scope
from tests.builders import Story
from tests.canaries import named_in, overheard
from tests.databases import Server
from tests.journeys.lives import Lives
from tests.journeys.people import Official, Worker, desk_of, page_of, phone_of
from tests.journeys.site import Site
from tests.quotas import rule, with_quotas

pytestmark = pytest.mark.journey

NOTE = "Su nombre no es el del documento. ¿Cómo se llama?"
WELCOME = "Bienvenida."


@dataclass(frozen=True)
class Desk:
    """A site on which every employer has one place, and who works there: their cookies."""

    site: Site
    lives: Lives
    cookies: dict[str, str]

    def official(self, chrome: Browser, who: str) -> Official:
        """A desk of their own, signed in a moment ago."""
        return Official(page_of(desk_of(chrome), self.site, self.cookies[who]), self.site)


@dataclass(frozen=True)
class Case:
    """One case: its id, its number, and the cookie of its worker."""

    id: ApplicationId
    receipt: str
    cookie: str


@pytest.fixture(scope="module")
def desk(database_server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """One server for all of them; whatever they do, its log names nobody."""
    with overheard() as log, database_server.clone() as database:
        site = Site(database, tmp_path_factory.mktemp("desk"))
        ports = with_quotas(rule(Scope.EMPLOYER, 1), ports=site.house.ports)
        site.house = replace(site.house, ports=ports)
        site.start()
        with site.database.sessions.begin() as session:
            lives = Lives(site, session)
            people = {
                "ana": lives.official("ana@example.org", Role.SETRASS_OFFICER, "Ana Zúniga"),
                "beto": lives.official("beto@example.org", Role.SETRASS_OFFICER, "Beto Zelaya"),
                "carla": lives.official("carla@example.org", Role.INM_OFFICER, "Carla Paz"),
            }
            cookies = {who: lives.token(actor) for who, actor in people.items()}
        yield Desk(site, lives, cookies)
        site.stop()
    assert named_in(log.getvalue()) == {}


def hand_in(desk: Desk, number: int = 1) -> list[Case]:
    """So many cases that were handed in for the work of one farm."""
    with desk.site.database.sessions.begin() as session:
        lives = desk.lives
        lives.session = session
        stories = [lives.begin() for _ in range(number)]
        made = []
        for story in stories:
            at_one_farm(lives, story, stories[0])
            case = story.submit().application
            made.append(Case(story.id, case.receipt or "", lives.token(story.worker)))
        return made


def at_one_farm(lives: Lives, story: Story, first: Story) -> None:
    """The work that the first chose."""
    if story is not first:
        vacancy = str(lives.vacancies[first.id])
        applications.save_answers(story.work(story.worker), story.id, {"vacancy": vacancy})


def refused_in(page: Page) -> str:
    """What the page says against what was sent."""
    return page.locator(".govuk-error-summary, .notice--stop").first.inner_text()


@pytest.mark.feature("O3", "W12")
def test_returned_and_amended(desk: Desk, chrome: Browser) -> None:
    (case,) = hand_in(desk)
    ana = desk.official(chrome, "ana")
    ana.open_case(case.receipt)
    ana.page.locator("[name='opinion'][value='return']").check()
    ana.page.locator("[name='reasons'][value='D2']").check()
    ana.decide("return", NOTE)
    expect(ana.page.locator("[name='opinion']")).to_have_count(0)

    # The worker reads why on a phone without JavaScript, corrects the name and sends it again.
    worker = Worker(page_of(phone_of(chrome), desk.site, case.cookie), desk.site)
    worker.page.goto(f"{desk.site.url}/mi-solicitud/{case.id}")
    expect(worker.page.get_by_text(NOTE).first).to_be_visible()
    worker.press("Corregir y enviar otra vez")
    worker.press("¿Cómo se llama?")
    worker.answer(given_names="Mariana")
    worker.press("Enviar otra vez")
    worker.expect_question("Recibimos su solicitud")
    worker.page.context.close()

    # The officer sees what is another now, and approves.
    ana.page.goto(f"{desk.site.url}/casos/{case.id}")
    expect(ana.page.locator("main")).to_contain_text("Mariana")
    ana.decide("approve")
    expect(ana.page.get_by_text("Su aprobación quedó registrada.")).to_be_visible()
    ana.page.context.close()


@pytest.mark.feature("O4")
def test_of_two_who_press_at_once_the_second_reads_who_was_first(
    desk: Desk, chrome: Browser
) -> None:
    (case,) = hand_in(desk)
    ana, beto = desk.official(chrome, "ana"), desk.official(chrome, "beto")
    for official in (ana, beto):
        official.open_case(case.receipt)
    beto.page.locator("[name='note']").fill(WELCOME)
    ana.decide("approve")
    expect(ana.page.get_by_text("Su aprobación quedó registrada.")).to_be_visible()
    beto.decide("approve")
    assert "Ana Zúniga" in refused_in(beto.page)
    expect(beto.page.locator("[name='opinion']")).to_have_count(0)
    for official in (ana, beto):
        official.page.context.close()


@pytest.mark.feature("O12")
def test_a_full_quota_says_what_to_do_and_a_place_that_comes_back_is_taken(
    desk: Desk, chrome: Browser
) -> None:
    first, second = hand_in(desk, 2)
    ana, carla = desk.official(chrome, "ana"), desk.official(chrome, "carla")
    ana.open_case(first.receipt)
    ana.decide("approve")
    ana.open_case(second.receipt)
    ana.decide("approve", WELCOME)
    assert "Rechace por el motivo L4, o deje el caso en espera." in refused_in(ana.page)
    expect(ana.page.locator("[name='note']")).to_have_value(WELCOME)

    # INM refuses the other: its place is free again, and the same button takes it.
    carla.open_case(first.receipt)
    carla.page.locator("[name='opinion'][value='refuse']").check()
    carla.page.locator("[name='grounds'][value='M1']").check()
    carla.decide("refuse")
    expect(carla.page.locator("[name='opinion']")).to_have_count(0)
    ana.decide("approve", WELCOME)
    expect(ana.page.get_by_text("Su aprobación quedó registrada.")).to_be_visible()
    for official in (ana, carla):
        official.page.context.close()
