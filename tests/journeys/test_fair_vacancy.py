"""A small grower pays too little by the lata, corrects the vacancy and is published."""

import re
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from playwright.sync_api import Browser, expect

from app.services import vacancy_writing
from app.services.accounts import add
from app.storage.accounts import Account
from permits.deadlines import legal_day
from permits.people import SYSTEM
from tests.builders import work_of
from tests.journeys.lives import Lives
from tests.journeys.people import Worker, desk_of, page_of, phone_of
from tests.journeys.site import Site
from tests.vacancies import FAIR, LATA, add_employer, offer_at_home, wanted

pytestmark = pytest.mark.journey


def season(site: Site, ahead: int = 8) -> tuple[date, date]:
    """Thirty days of a season, so many days ahead or when the next one begins."""
    today = legal_day(site.now())
    coffee = site.house.ports.reference.programmes["coffee-hn-gt"].on(today)
    first, days = today + timedelta(days=ahead), timedelta(days=29)
    while coffee.season and not coffee.season.admits(first, first + days):
        first += timedelta(days=1)
    return first, first + days


def draft(site: Site) -> tuple[str, str, str]:
    """A draft of a new grower, the grower's cookie, and that of a worker who looks for work."""
    first, last = season(site)
    with site.database.sessions.begin() as session:
        lives, ports = Lives(site, session), site.house.ports
        system = work_of(session, SYSTEM, ports, site.now())
        owner = add_employer(system, "Finca La Lata Justa")
        add(system, Account.of(owner, "lata@demo.example", None))
        work = work_of(session, owner, ports, site.now())
        poor = wanted(**LATA, wage=Decimal("45.00"), starts_on=first, ends_on=last)
        vacancy = vacancy_writing.start_draft(work, poor)
        vacancy_writing.change_terms(work, vacancy, 1, replace(FAIR, guaranteed_days=22))
        offer_at_home(work, vacancy)
        story = lives.begin()
        return str(vacancy), lives.token(owner), f"{lives.token(story.worker)} {story.id}"


@pytest.mark.feature("E4", "N10", "E3")
def test_a_small_grower_below_the_minimum_corrects_the_vacancy_and_is_published(
    site: Site, chrome: Browser
) -> None:
    vacancy, token, looking = draft(site)
    grower = page_of(desk_of(chrome), site, token)
    grower.goto(f"{site.url}/mis-vacantes/{vacancy}")
    main = grower.locator("main")
    expect(main).to_contain_text("Para llegar al mínimo faltan")
    expect(main).to_contain_text("El pago por medida no llega al mínimo del día.")
    expect(grower.get_by_role("button", name="Publicar la vacante")).to_have_count(0)

    grower.get_by_role("link", name="Cambiar el trabajo o el pago").click()
    grower.get_by_label("¿Cuánto paga por eso?").fill("62")
    grower.get_by_role("button", name="Guardar y revisar").click()
    expect(main).to_contain_text("Llega al mínimo.")
    expect(main).to_contain_text("La revisión no encontró nada.")
    grower.get_by_role("button", name="Publicar la vacante").click()
    expect(main).to_contain_text("La vacante quedó publicada.")

    # Whoever looks for work reads every condition, and what a day earns, before choosing.
    cookie, application = looking.split()
    worker = Worker(page_of(phone_of(chrome), site, cookie), site)
    worker.page.goto(f"{site.url}/solicitud/{application}/trabajo/{vacancy}")
    read = worker.page.locator("main")
    expect(read).to_contain_text(re.compile(r"Quien corta despacio junta \d+ kilos al día"))
    expect(read).to_contain_text("Llega al mínimo.")
    expect(read).to_contain_text("Se ofreció primero en el país")
    expect(read).to_contain_text("Pick ripe coffee and carry it to the mill.")
    worker.press("Elegir este trabajo")
    expect(worker.page.locator("main")).not_to_contain_text("Elegir este trabajo")
