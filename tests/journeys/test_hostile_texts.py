"""Scripts typed into every form and kept in a case, shown by a real browser: none runs."""

import random

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Dialog, Page

from permits.approvals import Opinion
from tests.journeys.cast import gather
from tests.journeys.lives import Lives
from tests.journeys.site import Site
from tests.proofs import times
from tests.vectors.hostile import XSS

pytestmark = [pytest.mark.journey, pytest.mark.promise("P20")]

TYPE = """(texts) => {
  const form = [...document.querySelectorAll('main form[method="post"]')].at(-1);
  if (!form) return false;
  const fields = form.querySelectorAll('input:not([type=hidden]):not([type=file]), textarea');
  [...fields].filter((one) => !['radio', 'checkbox', 'submit'].includes(one.type))
    .forEach((one, n) => {
      one.type = one.tagName === 'INPUT' ? 'text' : one.type;
      one.removeAttribute('maxlength');
      one.value = texts[n % texts.length];
    });
  form.noValidate = true;
  setTimeout(() => form.requestSubmit());
  return fields.length > 0;
}"""
"""Fill the last form of the page in, whatever its fields would take, and send it."""


class Watch:
    """What ran or was reported on a page."""

    def __init__(self, page: Page) -> None:
        self.found: list[str] = []
        self.page = page
        page.on("dialog", self._dialog)
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.found.append(f"error: {error}"))

    def _dialog(self, dialog: Dialog) -> None:
        self.found.append(f"{self.page.url} opened {dialog.message}")
        dialog.dismiss()

    def _console(self, message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text or "TrustedHTML" in message.text:
            self.found.append(f"{self.page.url}: {message.text}")


def test_what_ran_would_be_seen(site: Site, chrome: Browser) -> None:
    page = chrome.new_page()
    watch = Watch(page)
    page.goto(f"{site.url}/entrar")
    page.evaluate("try { document.body.innerHTML = '<img src=x onerror=alert(1)>' } catch {}")
    page.evaluate("setTimeout(() => alert(1))")
    page.wait_for_timeout(200)
    assert any("TrustedHTML" in one for one in watch.found)
    assert any("opened 1" in one for one in watch.found)
    page.close()


@pytest.mark.asvs("1.1.2", "3.4.3")
def test_no_text_becomes_a_script(site: Site, chrome: Browser) -> None:
    cast = gather(site)
    forms = [
        ("", "/entrar"),
        ("", "/retomar"),
        ("", "/retomar/papel"),
        ("", "/solicitud/nueva/coffee-hn-gt"),
        ("empty", f"/solicitud/{cast.cases['empty']}/nombre"),
        ("empty", f"/solicitud/{cast.cases['empty']}/documento"),
        ("empty", f"/solicitud/{cast.cases['empty']}/direccion"),
        ("setrass", f"/casos/{cast.cases['review']}"),
    ]
    context = chrome.new_context()
    page = context.new_page()
    watch, chance = Watch(page), random.Random(11)
    sent = 0
    for who, path in forms:
        context.clear_cookies(name="vereda")
        if who:
            token = cast.sessions[who]
            context.add_cookies([{"name": "vereda", "value": token, "url": site.url}])
        for _ in range(times(1, 80)):
            page.goto(site.url + path)
            with page.expect_navigation():
                if not page.evaluate(TYPE, chance.sample(XSS, 8)):
                    page.reload()
            sent += page.url.startswith(site.url)
            page.mouse.move(200, 300)
    by_setrass = cast.sessions["setrass"]
    for token, path in (
        *keep_notes(site, chance, by_setrass),
        ("", "/demo/mensajes"),
        (by_setrass, "/bandeja?q=%22%3E%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E"),
        ("", "/nowhere/%3Cscript%3Ealert(1)%3C/script%3E"),
    ):
        context.clear_cookies(name="vereda")
        if token:
            context.add_cookies([{"name": "vereda", "value": token, "url": site.url}])
        page.goto(site.url + path)
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
    assert watch.found == []
    assert sent >= len(forms)
    context.close()


def keep_notes(site: Site, chance: random.Random, official: str) -> list[tuple[str, str]]:
    """Questions to workers that are scripts, and who sees them where: token and address."""
    shown = []
    with site.house.sessions.begin() as session:
        lives = Lives(site, session)
        for _ in range(times(1, 50)):
            story = lives.begin().submit()
            story.decide(story.setrass, Opinion.RETURN, " ".join(chance.sample(XSS, 5))[:400])
            shown.append((lives.token(story.worker), f"/mi-solicitud/{story.id}"))
            shown.append((official, f"/casos/{story.id}"))
    return shown
