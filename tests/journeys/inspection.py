"""What every page is held to: axe finds nothing, nothing is cut off, nothing leaves the site."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, CDPSession, ConsoleMessage, Page
from playwright.sync_api import Request as Asked
from playwright.sync_api import Response as Answered

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
BROKEN = """async ([tags, contrast]) => {
  const options = {
    runOnly: {type: 'tag', values: tags}, resultTypes: ['violations'], preload: false,
    rules: {'color-contrast': {enabled: contrast}},
  };
  const result = await axe.run(document, options);
  return result.violations.flatMap((v) => v.nodes.map((n) => v.id + ': ' + n.html.slice(0, 120)));
}"""
"""What axe finds wrong, as `rule: element`."""

PRESSED = """async () => {
  const button = document.querySelector('button[name="idioma"]');
  const form = button && button.form;
  if (!form) return button ? 'its language button belongs to no form' : '';
  const typed = new FormData(form, button);
  const body = form.enctype.startsWith('multipart') ? typed : new URLSearchParams(typed);
  const to = form.getAttribute('action') || location.href;
  const gets = form.method === 'get';
  const reply = await (gets ? fetch(`${to}?${body}`) : fetch(to, {method: 'POST', body}));
  const page = await reply.text();
  const [, spoken] = page.match(/<html[^>]* lang="([^"]*)"/) || [];
  const sent = (reply.redirected && !gets) || page.includes('govuk-error-summary');
  if (reply.ok && spoken === button.lang && !sent) return '';
  return `its language button answered ${reply.status} in ${spoken}${sent ? ', and was sent' : ''}`;
}"""
"""Chooses the other language inside the form of the page: nothing is sent, and it says so."""

TOO_WIDE = "document.documentElement.scrollWidth - innerWidth"
HEIGHT, PHONE_WIDTH = 740, 320
"""In CSS pixels: the narrowest phone (WCAG 1.4.10); what fits there fits on wider ones."""
LANGUAGES = ("es", "en")
"""They take turns in `make test`; in `make prove` each page is seen in both."""
MOST_BYTES, MOST_REQUESTS = 30_000, 4
"""Of a page of the worker or of the public, on the wire and with nothing kept."""

OWN_STATUS = "Failed to load resource"
"""The browser's own words for an answer of 4xx, which some pages are meant to have."""

OWN = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|(?<=/)[\w.-]{20,}|(?<=/)\d+(?=/|$)")
"""What of an address says whose page it is: an identity, a secret of a link, a number."""

Act = Callable[[Page], None]
Looked = tuple[str, int]
"""The path of a page that was looked at, and the status it was answered with."""


@dataclass
class Turns:
    """Which pages are opened: the first of an address, then one `of` so many like it.

    Addresses are alike that differ by whose they are or by what is asked of them, and that answer
    alike.
    """

    of: int
    _seen: Counter[tuple[str, int]] = field(default_factory=Counter)

    def due(self, path: str, status: int = 200) -> bool:
        """Whether it is the turn of this page; it counts as seen."""
        like = (OWN.sub("*", urlsplit(path).path), status)
        self._seen[like] += 1
        return self._seen[like] % self.of == 1 % self.of


@dataclass
class Inspector:
    """Watches one tab; `found` are the sentences about what is wrong.

    Of `contrast_of` pages one has its contrast looked at, which is half of axe's time.
    """

    page: Page
    origin: str
    found: list[str] = field(default_factory=list)
    looked: set[Looked] = field(default_factory=set)
    weights: dict[str, tuple[int, int]] = field(default_factory=dict)
    contrast_of: int = 1
    _looks: int = 0
    _loader: str = ""
    _asked: dict[str, str] = field(default_factory=dict)
    _received: dict[str, float] = field(default_factory=dict)
    _name: str = ""
    _answered: Looked = ("", 0)
    _devtools: CDPSession | None = None
    _keeps: bool = False

    @classmethod
    def of(cls, context: BrowserContext, origin: str) -> "Inspector":
        """A new tab that is watched from its first request."""
        context.add_init_script(path=AXE)  # sent once, and not again for each page
        page = context.new_page()
        inspector = cls(page, origin)
        page.on("console", inspector._hear)
        page.on("pageerror", lambda error: inspector._tell(str(error)))
        page.on("request", inspector._follow)
        page.on("response", inspector._note)
        devtools = context.new_cdp_session(page)
        devtools.send("Network.enable")
        devtools.send("Network.setCacheDisabled", {"cacheDisabled": True})
        inspector._devtools = devtools
        devtools.on("Network.requestWillBeSent", inspector._ask)
        devtools.on("Network.loadingFinished", inspector._weigh)
        return inspector

    def ask(self, name: str, path: str, *, status: int) -> None:
        """Ask for a page without opening it: it has to answer."""
        self._name = name
        answer = self.page.context.request.get(self.origin + path, headers={"Accept": "text/html"})
        self.looked.add((urlsplit(answer.url).path, answer.status))
        if answer.status != status:
            self._tell(f"answered {answer.status}, not {status}")

    def visit(
        self,
        name: str,
        path: str,
        *,
        status: int,
        light: bool,
        first: Act | None = None,
        by_axe: bool = True,
    ) -> None:
        """Open a page, do what comes `first`, and look; where it is `light`, its weight counts."""
        self._name, self._asked, self._received = name, {}, {}
        self._keep(not light)
        answer = self.page.goto(self.origin + path, wait_until="load")
        if answer is None or answer.status != status:
            self._tell(f"answered {answer and answer.status}, not {status}")
        if light:
            bytes_, requests = int(sum(self._received.values())), len(self._received)
            self.weights[name] = (bytes_, requests)
            if bytes_ > MOST_BYTES or not 0 < requests <= MOST_REQUESTS:
                self._tell(f"weighs {bytes_} bytes in {requests} requests: {self._asked}")
        if first is not None:
            first(self.page)
        self.look(name, by_axe=by_axe)

    def press_language(self) -> None:
        """Choose the other language in the form of the page that is open, where it has one."""
        if wrong := self.page.evaluate(PRESSED):
            self._tell(wrong)

    def act(self, name: str, act: Act) -> None:
        """Do something on the page that is open and look at what comes of it."""
        self._name = name
        act(self.page)
        self.look(name)

    def look(self, name: str, *, by_axe: bool = True) -> None:
        """What axe says, where it is asked, and whether the tab is wide enough to show it all."""
        self._name = name
        self.looked.add(self._answered)
        if by_axe:
            self._ask_axe()
        if (pixels := self.page.evaluate(TOO_WIDE)) > 0:
            self._tell(f"is {pixels} pixels too wide")

    def _ask_axe(self) -> None:
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE.read_text("utf-8"))
        contrast, self._looks = self._looks % self.contrast_of == 0, self._looks + 1
        for wrong in self.page.evaluate(BROKEN, [RULES, contrast]):
            self._tell(wrong)

    def _keep(self, keeps: bool) -> None:
        """Let the tab keep what it fetched, or fetch all anew, as what is weighed must be."""
        if self._devtools is not None and keeps is not self._keeps:
            self._devtools.send("Network.setCacheDisabled", {"cacheDisabled": not keeps})
            self._keeps = keeps

    def _tell(self, wrong: str) -> None:
        self.found.append(f"{self._name}: {wrong}")

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not message.text.startswith(OWN_STATUS):
            self._tell(message.text)

    def _follow(self, asked: Asked) -> None:
        if not asked.url.startswith((f"{self.origin}/", "data:", "blob:")):
            self._tell(f"asks {asked.url}")

    def _note(self, answered: Answered) -> None:
        if answered.request.is_navigation_request():
            self._answered = (urlsplit(answered.url).path, answered.status)

    def _ask(self, event: dict[str, Any]) -> None:
        """Note what the visited page asks for: the one before may still be asking, too."""
        if event["requestId"] == event["loaderId"]:  # the page itself
            self._asked, self._received = {}, {}
            self._loader = event["loaderId"]
        url = event["request"]["url"]
        if event["loaderId"] == self._loader and not url.startswith("data:"):
            self._asked[event["requestId"]] = url

    def _weigh(self, event: dict[str, Any]) -> None:
        if (asked := event["requestId"]) in self._asked:
            self._received[asked] = event["encodedDataLength"]
