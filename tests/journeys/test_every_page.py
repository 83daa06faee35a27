"""Every page of the site on the narrowest phone, in Spanish and English: accessible, light, whole.

In `make test` the languages take turns, page by page, and every other form is sent with a fault;
`make prove` sees each page in both languages, and what comes of each form.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page

from app.web.pages.steps import WIZARD
from permits import qr
from permits.permit_claims import read_claims
from tests.journeys.cast import OFFICIALS, Cast, gather
from tests.journeys.crew import crew_pages
from tests.journeys.inspection import HEIGHT, LANGUAGES, PHONE_WIDTH, Act, Inspector
from tests.journeys.pages import unvisited
from tests.journeys.people import Agent
from tests.journeys.site import Site
from tests.journeys.steps import PAGES
from tests.proofs import FULL, times

pytestmark = pytest.mark.journey

SPOIL = """() => {
  const image = new Image(700, 20);
  image.src = 'https://elsewhere.example/picture.png';
  document.querySelector('main').append(image);
}"""

RIGHTS = ("suspended", "proposed", "taken", "replaced")


@dataclass(frozen=True)
class View:
    """A page as `who` sees it ("" is a visitor), and what is pressed on it, if anything."""

    who: str
    path: str
    status: int = 200
    act: Act | None = None

    @property
    def light(self) -> bool:
        """Whether it is a page of the worker or of the public; with a code it fetches lists."""
        return self.who not in OFFICIALS and "#" not in self.path


def send(page: Page) -> None:
    """Send the form of the page as it stands; the page that answers has a fault."""
    with page.expect_navigation(wait_until="load"):
        page.locator("main form:not([data-passkey])").last.evaluate("form => form.requestSubmit()")
    assert page.locator(".govuk-error-summary").count() == 1, page.url


def press(page: Page) -> None:
    """Press the one button of the page, which asks nothing."""
    with page.expect_navigation(wait_until="load"):
        page.locator("main form").last.evaluate("form => form.requestSubmit()")


def unfold(page: Page) -> None:
    """Open every part that is folded."""
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")


def await_result(page: Page) -> None:
    """Wait for what the browser says of a code."""
    page.locator("#result").wait_for(state="visible")


def public(cast: Cast) -> Iterator[View]:
    """What anybody sees."""
    for path in ("/", "/extranjero", "/solicitud/nueva", "/demo/mensajes"):
        yield View("", path)
    for path in ("/retomar", "/entrar", "/solicitud/nueva/coffee-hn-gt"):
        yield View("", path, act=send)
    yield View("", f"/v#{quote(cast.codes['issued'])}", act=await_result)
    open_question, answered = cast.questions
    yield View("", open_question, act=send)
    yield View("", answered)
    yield View("", "/v")
    yield View("", "/empleadores/respuesta/nobody-knows-it", 404)
    yield View("", "/nowhere", 404)
    yield View("", "/salir", 405)
    yield View("", "/entrar/institucion?por=provider-refused&con=setrass", 403)
    yield View("", "/entrar/institucion?por=provider-away", 503)


def wizard(cast: Cast) -> Iterator[View]:
    """The worker's way: each question empty, with a fault, and answered; then the check."""
    empty, complete = (f"/solicitud/{cast.cases[name]}" for name in ("empty", "complete"))
    yield View("empty", empty)
    yield View("empty", f"{empty}/codigo")
    for step in WIZARD.steps:
        silent = step.slug in {"trabajo", "telefono"}  # chosen on another page; known already
        yield View("empty", f"{empty}/{step.slug}", act=None if silent else send)
    yield View("empty", f"{empty}/documento?con=passport")
    yield View("empty", f"{empty}/revisar", act=send)
    for step in WIZARD.steps:
        yield View("complete", f"{complete}/{step.slug}")
    yield View("complete", f"{complete}/trabajo/{cast.vacancy}")
    yield View("complete", f"{complete}/revisar")
    yield View("complete", f"{complete}/retirar")
    yield View("issued", "/solicitud")


def outcomes(cast: Cast) -> Iterator[View]:
    """Status, receipt and permit in each state."""
    told = ("review", "waiting", "half", "asked", "returned", "refused", "withdrawn", "issued")
    for name in told:
        yield View(name, f"/mi-solicitud/{cast.cases[name]}", act=unfold)
    for name in ("pending", "revoked", "contested"):
        yield View(name, f"/mi-solicitud/{cast.cases[name]}")
    yield View("refused", f"/mi-solicitud/{cast.cases['refused']}/reclamar", act=send)
    yield View("issued", f"/mi-solicitud/{cast.cases['issued']}/acompanantes", act=send)
    for path, act in (("", None), ("/1", send), ("/2", send)):
        yield View("asked", f"/mi-solicitud/{cast.cases['asked']}/preguntas{path}", act=act)
    yield View("review", f"/solicitud/{cast.cases['review']}/recibo")
    yield View("returned", f"/solicitud/{cast.cases['returned']}/revisar")
    for name, permit in cast.permits.items():
        yield View(name, f"/mi-permiso/{permit}", act=unfold)
    yield View("issued", f"/mi-permiso/{cast.permits['issued']}/reponer", act=send)
    yield View("replaced", f"/mi-permiso/{cast.permits['replaced']}/reponer")
    for name in ("renovar", "empleador", "terminar"):
        yield View("issued", f"/mi-permiso/{cast.permits['issued']}/{name}")
    yield View("issued", f"/mi-permiso/{cast.permits['issued']}/billetera", act=press)
    for name in ("suspended", "taken"):
        yield View(name, f"/mi-solicitud/{cast.cases[name]}")


def own_data(cast: Cast) -> Iterator[View]:
    """What is kept about a worker, in each state, and what they can ask."""
    for name in ("empty", "review", "issued"):
        yield View(name, "/mis-datos")
        yield View(name, f"/mis-datos/{cast.cases[name]}/borrar")
    yield View("review", f"/mis-datos/{cast.cases['review']}/corregir", act=send)
    yield View("review", "/mis-datos/copia")


def desk(cast: Cast) -> Iterator[View]:
    """What an official sees: the queue, each kind of case, what is not theirs."""
    for query in ("", "?espera=todas", "?vence=vencidas", "?estado=returned&q=Maria&tengo=yo"):
        yield View("setrass", f"/bandeja{query}")
    yield View("setrass", "/bandeja?estado=nonsense", 422)
    yield View("chief", "/bandeja/exportar?espera=todas")
    yield View("setrass", f"/casos/{cast.cases['review']}", act=send)
    under_way = ("abroad", "waiting", "half", "asked", "returned", "refused", "pending")
    for name in (*under_way, "issued", "revoked", *RIGHTS):
        yield View("setrass", f"/casos/{cast.cases[name]}", act=unfold)
    yield View("chief", f"/casos/{cast.cases['contested']}")
    yield View("chief", "/recursos")
    yield View("chief", f"/recursos/{cast.appeal}", act=send)
    yield View("setrass", "/recursos", 403)
    yield View("looker", "/segunda-revision")
    yield View("looker", f"/segunda-revision/{cast.alert}", act=send)
    yield View("setrass", "/reglas-y-plazos")
    yield View("agent", "/reglas-y-plazos", 403)
    yield View("setrass", "/escaner/")
    yield View("late", "/mi-cuenta/contrasena", 401)
    yield View("agent", "/bandeja", 403)
    yield View("setrass", "/puestos/pasos")
    yield View("setrass", "/cambios-de-empleador")
    for query in ("", "?ver=senales"):
        yield View("agent", f"/puestos/pasos{query}")
    for query in ("", "?ver=por-terminar"):
        yield View("agent", f"/puestos/no-han-salido{query}", act=unfold)
    yield View("setrass", "/pedidos-de-datos", 403)
    yield View("protector", "/pedidos-de-datos")
    yield View("protector", f"/pedidos-de-datos/{cast.request}", act=send)


def cards(cast: Cast) -> Iterator[View]:
    """Cards by the batch: drawn, ready, printed; the counter, with a card and with a fault."""
    yield View("setrass", "/tarjetas", act=unfold)
    for batch in (cast.batches.drawing, cast.batches.ready, cast.batches.printed):
        yield View("setrass", f"/tarjetas/{batch}")
    yield View("setrass", "/entregas", act=send)
    yield View("setrass", f"/entregas/{cast.batches.card}")
    yield View("agent", "/tarjetas", 403)


def employer(cast: Cast) -> Iterator[View]:
    """What an employer sees: the own vacancies, open and over, and a list that is refused."""
    yield View("farmer", "/mis-vacantes")
    yield View("farmer", f"/mis-vacantes/{cast.vacancy}?hecho=named", act=send)
    yield View("setrass", "/mis-vacantes", 403)


def crew(cast: Cast) -> Iterator[View]:
    """A crew list: registered, answered, witnessed, and approved case by case."""
    for who, path, sending in crew_pages(cast.crew, cast.vacancy):
        yield View(who, path, act=send if sending else None)


def accounts(cast: Cast) -> Iterator[View]:
    """Signing in step by step, and one's own account."""
    for who, path, act in PAGES:
        yield View(who, path, act={"send": send, "unfold": unfold}.get(act))


def views(cast: Cast) -> list[View]:
    """All of them, one person's one after the other."""
    known = [*public(cast), *wizard(cast), *outcomes(cast), *own_data(cast)]
    return [*known, *desk(cast), *cards(cast), *employer(cast), *crew(cast), *accounts(cast)]


def visit(inspector: Inspector, view: View, language: str, *, acting: bool) -> None:
    """Look at a page, and where `acting` at what comes of pressing on it."""
    name = f"{view.path} ({view.who or 'anybody'}, {language})"
    first = unfold if view.act is unfold else None  # what is folded is seen with the rest
    inspector.visit(name, view.path, status=view.status, light=view.light, first=first)
    if acting and view.act is not None and first is None:
        inspector.act(f"{name}, then {view.act.__name__}", view.act)


def scan(inspector: Inspector, site: Site, cast: Cast) -> None:
    """The scanner: prepared, looking, and with a verdict of each colour."""
    agent = Agent(inspector.page, site)
    inspector.visit("scanner", "/escaner/", status=200, light=False)
    agent.until("document.getElementById('prepare-summary').dataset.ready === 'true'")
    inspector.act("scanner, prepared", unfold)
    inspector.act("scanner, looking", lambda page: page.click("#start"))
    good = cast.codes["issued"]
    number = read_claims(qr.read(good).payload).number
    for text, colour in ((good, "green"), (cast.codes["early"], "red"), (number, "amber")):
        agent.page.fill("#typed-text", text)
        agent.page.press("#typed-text", "Enter")
        agent.until("!document.getElementById('view-verdict').hidden")
        agent.page.click("#keep-open")
        shown = agent.page.evaluate("document.getElementById('view-verdict').dataset.verdict")
        assert shown == colour
        inspector.look(f"scanner, {colour}")
        agent.page.click("#next")


def test_what_is_wrong_would_be_seen(site: Site, chrome: Browser) -> None:
    context = chrome.new_context(viewport={"width": PHONE_WIDTH, "height": HEIGHT})
    inspector = Inspector.of(context, site.url)
    inspector.visit("bad", "/nowhere", status=200, light=True)
    inspector.act("bad", lambda page: page.evaluate(SPOIL))
    said = " ".join(inspector.found)
    wanted = ("answered 404", "image-alt: <img", "too wide", "Security Policy")
    assert [word for word in wanted if word not in said] == []
    context.close()


def test_a_page_that_only_refused_was_not_looked_at(site: Site, chrome: Browser) -> None:
    context = chrome.new_context(viewport={"width": PHONE_WIDTH, "height": HEIGHT})
    inspector = Inspector.of(context, site.url)
    inspector.visit("refused", "/salir", status=405, light=True)
    inspector.visit("led away", "/bandeja", status=200, light=True)
    assert inspector.looked == {("/salir", 405), ("/entrar", 200)}
    missed = unvisited(site, {*inspector.looked, ("/bandeja", 403)})
    assert {"/", "/bandeja", "/entrar/institucion"} < set(missed)
    assert not {"/entrar", "/retomar/quien"} & set(missed)  # seen; seen in another room
    context.close()


def test_no_way_from_the_home_page_is_dead(site: Site, chrome: Browser) -> None:
    context = chrome.new_context()
    page = context.new_page()
    page.goto(site.url)
    links = page.locator("main a").evaluate_all("all => all.map((one) => one.href)")
    assert len(links) >= 6
    dead = [link for link in links if context.request.get(link).status != 200]
    assert dead == []
    context.close()


@pytest.mark.feature("W28")
@pytest.mark.parametrize("turn", range(times(1, 2)))
def test_every_page_is_accessible_light_and_whole(site: Site, chrome: Browser, turn: int) -> None:
    cast = gather(site)
    context = chrome.new_context(viewport={"width": PHONE_WIDTH, "height": HEIGHT})
    context.add_cookies([{"name": "codigo", "value": "12345678", "url": site.url}])
    inspector = Inspector.of(context, site.url)
    for number, view in enumerate(views(cast), start=turn):
        language = LANGUAGES[number % 2]
        context.add_cookies([{"name": "idioma", "value": language, "url": site.url}])
        sign_in(inspector, cast, view.who)
        visit(inspector, view, language, acting=FULL or number % 4 < 2)
    sign_in(inspector, cast, "agent")
    scan(inspector, site, cast)
    assert inspector.found + unvisited(site, inspector.looked) == []
    context.close()


def sign_in(inspector: Inspector, cast: Cast, who: str) -> None:
    """Let this person, or nobody, be who looks."""
    context = inspector.page.context
    context.clear_cookies(name="vereda")
    context.clear_cookies(name="vereda-paso")
    if who in cast.steps:
        token = cast.steps[who]
        context.add_cookies([{"name": "vereda-paso", "value": token, "url": inspector.origin}])
    elif who:
        token = cast.sessions[who]
        context.add_cookies([{"name": "vereda", "value": token, "url": inspector.origin}])
