"""The widgets in a real browser: accessible, light, and kind to whoever types on a small phone."""

import io
from collections.abc import Iterator

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.journeys.inspection import AXE, BROKEN, RULES
from tests.web.gallery import served

pytestmark = pytest.mark.journey

SMALL = """() => [...document.querySelectorAll('a, button, input, select, textarea, summary')]
  .map((e) => [e.closest('.govuk-radios__item, .govuk-checkboxes__item, [class*="__prev"], '
    + '[class*="__next"]') || e, e])
  .filter(([box, e]) => e.offsetWidth > 1 && !e.closest('p, th') && !e.matches('.default-press'))
  .filter(([box, e]) => box.getBoundingClientRect().height < 48 && !box.closest('label'))
  .map(([box, e]) => e.outerHTML.slice(0, 100))"""

SHRUNK = """() => new Promise((done) => {
  const look = () => document.querySelector('#photo').files[0].type === 'image/jpeg'
    ? done() : setTimeout(look, 20);
  look();
})"""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with served() as where:
        yield where


@pytest.fixture(scope="module")
def browser(chrome: Browser) -> Browser:
    """The one of all journeys: a process holds one Playwright at a time."""
    return chrome


def opened(
    browser: Browser, address: str, *, width: int = 360, code: str = "es", script: bool = True
) -> BrowserContext:
    context = browser.new_context(
        viewport={"width": width, "height": 740}, java_script_enabled=script
    )
    context.add_cookies([{"name": "idioma", "value": code, "url": address}])
    return context


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """A phone with JavaScript."""
    context = opened(browser, address)
    yield context.new_page()
    context.close()


@pytest.fixture
def plain(browser: Browser, address: str) -> Iterator[Page]:
    """A phone without JavaScript."""
    context = opened(browser, address, script=False)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize(("width", "code"), [(320, "es"), (360, "en"), (1280, "es")])
def test_every_widget_is_accessible_and_fits(
    browser: Browser, address: str, width: int, code: str
) -> None:
    context = opened(browser, address, width=width, code=code)
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    for path in ("/form", "/form?wrong", "/show/applicant", "/show/official"):
        page.goto(address + path)
        if "wrong" in path:
            page.get_by_role("button", name="Continuar").click()
            expect(page.locator(".govuk-error-summary")).to_be_focused()
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, path
        page.evaluate(AXE.read_text("utf-8"))
        assert page.evaluate(BROKEN, [RULES, True]) == [], path
        if "official" not in path:
            assert page.evaluate(SMALL) == [], path
    # A 422 and the recording that does not exist are told by the browser; nothing else is.
    assert [text for text in said if "422" not in text and "404" not in text] == []
    context.close()


def test_a_page_weighs_little(browser: Browser, address: str) -> None:
    context = opened(browser, address)
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    devtools.send("Network.enable")
    weights: list[float] = []
    devtools.on("Network.loadingFinished", lambda e: weights.append(e["encodedDataLength"]))
    page.goto(f"{address}/form", wait_until="networkidle")
    assert 1 < len(weights) <= 4
    assert sum(weights) <= 20_000  # 30 KB is the budget of any page; these are all widgets
    context.close()


@pytest.mark.feature("W28")
def test_another_language_in_the_middle_keeps_what_was_typed(plain: Page, address: str) -> None:
    plain.goto(f"{address}/form")
    plain.get_by_label("Nombres").fill("María José")
    plain.get_by_label("Mes", exact=True).fill("marzo")
    plain.get_by_text("Ch’orti’").click()
    plain.get_by_role("button", name="English").click()
    expect(plain.locator("html")).to_have_attribute("lang", "en")
    expect(plain.get_by_label("Nombres")).to_have_value("María José")
    expect(plain.get_by_label("Month", exact=True)).to_have_value("marzo")
    expect(plain.get_by_label("Ch’orti’")).to_be_checked()
    expect(plain.locator(".govuk-error-summary")).to_have_count(0)
    plain.goto(f"{address}/show")
    expect(plain.locator("html")).to_have_attribute("lang", "en")


def test_enter_means_continue_and_not_another_language(plain: Page, address: str) -> None:
    plain.goto(f"{address}/form")
    plain.get_by_label("Nombres").fill("María")
    plain.get_by_label("Nombres").press("Enter")
    expect(plain).to_have_title("Error: Entrar · Vereda")
    expect(plain.get_by_label("Nombres")).to_have_value("María")


def test_an_error_leads_to_its_field_without_javascript(plain: Page, address: str) -> None:
    plain.goto(f"{address}/form")
    plain.get_by_label("Día", exact=True).fill("31")
    plain.get_by_label("Mes", exact=True).fill("2")
    plain.get_by_label("Año", exact=True).fill("1994")
    plain.get_by_role("button", name="Continuar").click()
    plain.get_by_role("link", name="La fecha no existe. Revise el día y el mes.").click()
    expect(plain.get_by_label("Día", exact=True)).to_be_focused()
    expect(plain.get_by_label("Día", exact=True)).to_have_value("31")


def test_the_focus_is_seen(page: Page, address: str) -> None:
    page.goto(f"{address}/form")
    for name in ("English", "Continuar"):
        page.get_by_role("button", name=name).focus()
        shadow = page.evaluate("getComputedStyle(document.activeElement).boxShadow")
        assert shadow.count("rgb") == (1 if name == "English" else 2)
    page.get_by_label("Nombres").focus()
    outline = page.evaluate("getComputedStyle(document.activeElement).outline")
    assert "rgb(11, 79, 138) solid 3px" in outline


def test_a_photo_is_made_smaller_before_it_is_sent(page: Page, address: str) -> None:
    large = io.BytesIO()
    Image.effect_noise((2400, 1800), 60).save(large, "PNG")
    page.goto(f"{address}/form")
    page.set_input_files(
        "#photo", {"name": "yo.png", "mimeType": "image/png", "buffer": large.getvalue()}
    )
    page.evaluate(SHRUNK)
    sides = page.evaluate(
        """async () => {
          const image = await createImageBitmap(document.querySelector('#photo').files[0]);
          return [image.width, image.height, document.querySelector('#photo').files[0].name];
        }"""
    )
    assert sides == [1600, 1200, "yo.jpg"]


def test_a_second_press_is_not_sent(page: Page, address: str) -> None:
    page.goto(f"{address}/form")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method))
    page.evaluate(
        """() => {
          const button = document.querySelector('[data-primary]');
          button.click();
          button.click();
        }"""
    )
    expect(page).to_have_title("Error: Entrar · Vereda")
    assert sent.count("POST") == 1


def test_keys_walk_the_rows_and_can_be_switched_off(browser: Browser, address: str) -> None:
    context = opened(browser, address, width=1280)
    page = context.new_page()
    page.goto(f"{address}/show/official")
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.get_by_role("link", name="Caso 2")).to_be_focused()
    page.keyboard.press("k")
    expect(page.get_by_role("link", name="Caso 1")).to_be_focused()
    page.keyboard.press("/")
    expect(page.get_by_label("Buscar")).to_be_focused()
    page.keyboard.press("j")
    expect(page.get_by_label("Buscar")).to_have_value("j")
    page.get_by_label("Teclas").uncheck()
    page.get_by_role("heading", name="Todo", exact=True).click()
    page.keyboard.press("/")
    expect(page.get_by_label("Buscar")).not_to_be_focused()
    page.reload()
    expect(page.get_by_label("Teclas")).not_to_be_checked()
    context.close()
