"""Every page of the site on the narrowest phone, in Spanish and English: accessible, light, whole.

In `make test` the languages take turns, page by page, and every fourth form is sent with a fault.
The browser opens, and axe looks at, the first page of each address and every third of those like
it; the others are only asked for, and have to answer. Of what is opened axe looks at the contrast
of every third. `make prove` opens each page in both languages, sees it by axe with its contrast,
and what comes of each form.
"""

import pytest
from playwright.sync_api import Browser

from permits import qr
from permits.permit_claims import read_claims
from tests.journeys.cast import Cast, gather
from tests.journeys.inspection import HEIGHT, LANGUAGES, PHONE_WIDTH, Inspector, Turns
from tests.journeys.pages import unvisited
from tests.journeys.people import Agent
from tests.journeys.pressing import unfold
from tests.journeys.site import Site
from tests.journeys.views import View, views
from tests.proofs import FULL, times

pytestmark = pytest.mark.journey

SPOIL = """() => {
  const image = new Image(700, 20);
  image.src = 'https://elsewhere.example/picture.png';
  document.querySelector('main').append(image);
}"""


def visit(
    inspector: Inspector, view: View, language: str, *, due: bool, acting: bool, switching: bool
) -> None:
    """Look at a page where it is `due`, and where `acting` at what comes of pressing on it.

    Where `switching`, the other language is chosen on it, too. Else it only has to answer.
    """
    name = f"{view.path} ({view.who or 'anybody'}, {language})"
    first = unfold if view.act is unfold else None  # what is folded is seen with the rest
    act = view.act if acting and first is None else None
    if not (due or switching or act):
        inspector.ask(name, view.path, status=view.status)
        return
    inspector.visit(name, view.path, status=view.status, light=view.light, first=first, by_axe=due)
    if switching:
        inspector.press_language()
        speak(inspector, language)
    if act is not None:
        inspector.act(f"{name}, then {act.__name__}", act)


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
    inspector.visit("sent", "/entrar", status=200, light=True)
    inspector.page.evaluate("document.getElementById('sign-in').setAttribute('action', '/')")
    inspector.press_language()
    said = " ".join(inspector.found)
    wanted = (
        "answered 404",
        "image-alt: <img",
        "too wide",
        "Security Policy",
        "button answered 405",
    )
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


def test_a_page_that_is_only_asked_for_has_to_answer(site: Site, chrome: Browser) -> None:
    context = chrome.new_context()
    inspector = Inspector.of(context, site.url)
    inspector.ask("home", "/", status=200)
    inspector.ask("missed", "/nowhere", status=200)
    inspector.ask("led away", "/bandeja", status=200)
    assert inspector.found == ["missed: answered 404, not 200"]
    assert inspector.looked == {("/", 200), ("/nowhere", 404), ("/entrar", 200)}
    context.close()


def test_each_address_is_opened_and_one_in_three_of_those_like_it() -> None:
    one, other = "a" * 8 + "-0000-4000-8000-" + "b" * 12, "c" * 8 + "-0000-4000-8000-" + "d" * 12
    turns = Turns(3)
    due = [turns.due(f"/casos/{whose}?q={whose}") for whose in (one, other, one, other)]
    assert due == [True, False, False, True]
    assert turns.due(f"/casos/{one}/cita")
    assert turns.due("/solicitud/nombre")
    assert turns.due("/solicitud/nacimiento")
    assert turns.due("/solicitud/nombre", 404)  # a refusal is another page
    assert not turns.due("/solicitud/nombre")
    assert all(Turns(1).due("/casos") for _ in range(2))


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
    inspector.contrast_of, turns = times(3, 1), Turns(times(3, 1))
    here = None  # who is signed in as the test left them, after an act nobody knows
    for number, view in enumerate(views(cast), start=turn):
        language = LANGUAGES[number % 2]
        speak(inspector, language)
        if view.who != here:
            sign_in(inspector, cast, view.who)
        doing = {"acting": FULL or number % 8 < 2, "switching": FULL or number % 8 == 2}
        visit(inspector, view, language, due=turns.due(view.path, view.status), **doing)
        here = None if any(doing.values()) else view.who
    sign_in(inspector, cast, "agent")
    scan(inspector, site, cast)
    assert inspector.found + unvisited(site, inspector.looked) == []
    context.close()


def speak(inspector: Inspector, language: str) -> None:
    """Let this language be the chosen one."""
    context = inspector.page.context
    context.add_cookies([{"name": "idioma", "value": language, "url": inspector.origin}])


def sign_in(inspector: Inspector, cast: Cast, who: str) -> None:
    """Let this person, or nobody, be who looks."""
    context = inspector.page.context
    context.clear_cookies(name="vereda")
    context.clear_cookies(name="vereda-paso")
    for name in ("registro", "registro-codigo"):
        context.clear_cookies(name=name)
    if who in cast.registrants.cookies:
        name = "registro-codigo" if who == "farm-code" else "registro"
        token = cast.registrants.cookies[who]
        context.add_cookies([{"name": name, "value": token, "url": inspector.origin}])
    elif who in cast.steps:
        token = cast.steps[who]
        context.add_cookies([{"name": "vereda-paso", "value": token, "url": inspector.origin}])
    elif who:
        token = cast.sessions[who]
        context.add_cookies([{"name": "vereda", "value": token, "url": inspector.origin}])
