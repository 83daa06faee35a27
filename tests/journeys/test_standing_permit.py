"""Without leaving the country: a permit goes on by a renewal, or with another employer."""

from datetime import timedelta
from gettext import NullTranslations

import pytest
from playwright.sync_api import Browser, expect

from app.web.i18n import SPANISH, Locale
from permits.deadlines import legal_day
from tests import builders
from tests.builders import Story
from tests.journeys.lives import Lives
from tests.journeys.people import Official, Worker, desk_of, page_of, phone_of
from tests.journeys.site import Site

pytestmark = pytest.mark.journey

LEFT, MORE = 20, 30
"""Days that the first permit still has, and those that the next one adds."""


def gather(site: Site, until: int = 0) -> tuple[Story, dict[str, str]]:
    """Somebody in the middle of the job, another farm that has work, and everybody's cookie."""
    with site.database.sessions.begin() as session:
        lives, today = Lives(site, session), legal_day(site.now())
        story = lives.permit(-10, LEFT, ago=12)
        builders.add_vacancy(
            session,
            site.house.ports,
            farm="Finca La Esperanza",
            starts_on=today - timedelta(days=10),
            ends_on=today + timedelta(days=until),
        )
        people = {"worker": story.worker, "setrass": story.setrass, "inm": story.inm}
        return story, {part: lives.token(actor) for part, actor in people.items()}


def holder(chrome: Browser, site: Site, token: str) -> Worker:
    """The worker at the page of the own permit."""
    worker = Worker(page_of(phone_of(chrome), site, token), site)
    worker.page.goto(f"{site.url}/mi-solicitud")
    worker.press("Ver mi permiso")
    return worker


@pytest.mark.feature("W22", "O15")
def test_a_permit_goes_on_without_a_gap(site: Site, chrome: Browser) -> None:
    _, tokens = gather(site, LEFT + MORE)
    today, spanish = legal_day(site.now()), Locale(SPANISH, NullTranslations())
    worker = holder(chrome, site, tokens["worker"])
    first = worker.page.locator(".carrier__number").inner_text()

    # Only what can have changed is asked anew: the job, and the consent.
    worker.press("Renovar mi permiso")
    worker.press("Pedir la renovación")
    worker.press("Seguir con lo que falta")
    worker.page.get_by_role("link", name="Finca La Esperanza").click()
    worker.press("Elegir este trabajo")
    worker.choose("Sí, estoy de acuerdo")
    worker.press("Enviar la solicitud")
    receipt = worker.page.locator(".number--large").inner_text()
    worker.accept_contract()

    # Both agencies decide again, and see that it is a renewal.
    for agency in ("setrass", "inm"):
        official = Official(page_of(desk_of(chrome), site, tokens[agency]), site)
        official.open_case(receipt)
        expect(official.page.locator("main")).to_contain_text("Es una renovación")
        official.decide("approve")
        expect(official.page.get_by_text("Su aprobación quedó registrada.")).to_be_visible()
        official.page.context.close()
    site.work()

    # The next permit begins on the day after the first one's last.
    worker.page.goto(f"{site.url}/mi-solicitud")
    worker.page.get_by_role("link", name=receipt).click()
    worker.press("Ver mi permiso")
    assert worker.page.locator(".carrier__number").inner_text() != first
    told = worker.page.locator("main")
    expect(told).to_contain_text("Antes no podrá entrar con él.")
    for number, of in ((LEFT + 1, "Primer día"), (LEFT + MORE, "Último día")):
        row = worker.page.locator(".govuk-summary-list__row", has_text=of)
        expect(row).to_contain_text(spanish.day(today + timedelta(days=number)))
    worker.page.context.close()


@pytest.mark.feature("W21", "O15")
def test_a_worker_goes_to_another_farm(site: Site, chrome: Browser) -> None:
    story, tokens = gather(site, LEFT)
    worker = holder(chrome, site, tokens["worker"])
    before = worker.page.locator(".carrier__number").inner_text()
    worker.press("Cambiar de empleador")
    expect(worker.page.get_by_text("nadie puede castigarle por pedirlo")).to_be_visible()
    worker.press("Pedir el cambio a Finca La Esperanza")
    expect(worker.page.get_by_text("Su pedido espera a SETRASS")).to_be_visible()
    worker.accept_contract()

    # SETRASS decides alone.
    official = Official(page_of(desk_of(chrome), site, tokens["setrass"]), site)
    official.page.goto(f"{site.url}/cambios-de-empleador")
    official.page.locator(f"a[href='/casos/{story.id}']").first.click()
    official.page.locator("[name='change_verdict'][value='grant']").check()
    official.page.get_by_role("button", name="Registrar la decisión sobre el cambio").click()
    expect(official.page.get_by_text("El cambio de empleador quedó aceptado.")).to_be_visible()
    official.page.context.close()
    site.work()

    # The same right on a new card, and the days are the same.
    worker.page.goto(f"{site.url}/mi-solicitud")
    worker.press("Ver mi permiso")
    expect(worker.page.locator("main")).to_contain_text("Finca La Esperanza")
    assert worker.page.locator(".carrier__number").inner_text() != before
    worker.page.context.close()
