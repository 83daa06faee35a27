"""Refused and appealed: asked on a phone without JavaScript, judged at a desk by keyboard alone."""

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from permits.applications import ApplicationId
from permits.approvals import Opinion
from permits.people import Role
from tests.journeys.lives import Lives
from tests.journeys.people import Official, Worker, desk_of, page_of, phone_of
from tests.journeys.site import Site

pytestmark = pytest.mark.journey

WORDS = "La foto sí se lee. El documento es mío."
ANSWER = "Se revisó la foto otra vez y se lee bien."
PATIENCE = 60
"""So many times somebody presses Tab before they give up."""


def gather(site: Site) -> tuple[ApplicationId, str, dict[str, str]]:
    """A case that labour approved and migration refused, its receipt, and what signs people in."""
    with site.database.sessions.begin() as session:
        lives = Lives(site, session)
        story = lives.begin().submit()
        story.decide(story.setrass, Opinion.APPROVE)
        story.decide(story.inm, Opinion.REFUSE, "La foto del documento no se lee.")
        story.relieve()  # who decided before decides no more
        chief = lives.official("jefa@example.org", Role.INM_SUPERVISOR, "Jefa del INM")
        people = {
            "worker": story.worker,
            "setrass": story.setrass,
            "inm": story.inm,
            "chief": chief,
        }
        tokens = {part: lives.token(actor) for part, actor in people.items()}
        return story.id, story.application.receipt or "", tokens


def tab_to(page: Page, wanted: Locator) -> None:
    """Go on by Tab until this has the focus, and shows it; AssertionError where it never has."""
    for _ in range(PATIENCE):
        page.keyboard.press("Tab")
        if wanted.evaluate("one => one === document.activeElement"):
            ring = "one => getComputedStyle(one).outlineStyle + getComputedStyle(one).boxShadow"
            assert wanted.evaluate(ring) != "nonenone"
            return
    raise AssertionError(page.locator("main").inner_text())


def overturn(page: Page, site: Site, receipt: str) -> None:
    """From the queue to the answer, without a mouse."""
    page.goto(f"{site.url}/bandeja")
    for name in ("Recursos", receipt):
        tab_to(page, page.get_by_role("link", name=name, exact=True))
        page.keyboard.press("Enter")
        page.wait_for_load_state("load")
        page.wait_for_url("**/recursos**")
    expect(page.locator(".asked")).to_have_text(WORDS)
    tab_to(page, page.get_by_label("Respuesta a la persona"))
    page.keyboard.type(ANSWER)
    tab_to(page, page.get_by_role("button", name="Dar la razón"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("El caso se revisa otra vez.")).to_be_visible()
    expect(page.get_by_text("No hay recursos por responder.")).to_be_visible()


@pytest.mark.feature("O10")
def test_refused_and_appealed(site: Site, chrome: Browser) -> None:
    case, receipt, tokens = gather(site)
    status = f"{site.url}/mi-solicitud/{case}"

    # The worker reads why, and asks for somebody else to look at it.
    worker = Worker(page_of(phone_of(chrome), site, tokens["worker"]), site)
    worker.page.goto(status)
    expect(worker.page.get_by_text("La foto del documento no se lee.")).to_be_visible()
    worker.press("Pedir que revisen la decisión")
    worker.page.get_by_label("¿Por qué no está de acuerdo?").fill(WORDS)
    worker.press("Enviar")
    expect(worker.page.get_by_text("Esperando respuesta")).to_be_visible()

    # Who is new to the case gives right, by keyboard.
    desk = page_of(desk_of(chrome), site, tokens["chief"])
    overturn(desk, site, receipt)
    desk.context.close()
    worker.page.goto(status)
    expect(worker.page.get_by_text("Le dieron la razón")).to_be_visible()
    expect(worker.page.get_by_text(ANSWER)).to_be_visible()

    # Both agencies decide anew, and the permit is prepared.
    for agency in ("setrass", "inm"):
        official = Official(page_of(desk_of(chrome), site, tokens[agency]), site)
        official.open_case(receipt)
        expect(official.page.get_by_text("Se dio la razón a la persona")).to_be_visible()
        official.decide("approve")
        expect(official.page.get_by_text("Su aprobación quedó registrada.")).to_be_visible()
        official.page.context.close()
    worker.page.goto(status)
    expect(worker.page.locator(".path__step--now")).to_contain_text("Se está preparando.")
    worker.page.context.close()
