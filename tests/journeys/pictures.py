"""Draws docs/images/three-screens.png: the worker's question, the official's case, the verdict.

`python -m tests.journeys.pictures` takes the three screens from a site of invented people.
"""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageFilter
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from app.services import documents
from permits.people import Role
from permits.submissions import OWN_FILES
from tests import chromium
from tests.databases import test_server
from tests.journeys.lives import Lives
from tests.journeys.people import Agent
from tests.journeys.site import Site, running
from tests.web.pages.walking import photo

TARGET = Path(__file__).parents[2] / "docs" / "images" / "three-screens.png"
GROUND, SHADE = "#f3f5f2", "#c9cfcb"
HEIGHT, WIDE, NARROW = 800, 1240, 360
MARGIN, GAP, ROUND = 44, 36, 18
AGENT = "frontera@example.org"
COLOURS = 200
"""The screens have few colours: a palette keeps the picture small."""


@dataclass(frozen=True)
class Scene:
    """Three pages to take: where, who looks, and the text that the agent scans."""

    question: str
    case: str
    sessions: dict[str, str]
    code: str


def stage(site: Site) -> Scene:
    """A worker in the middle of the questions, a case to be decided, a permit that counts."""
    with site.house.sessions.begin() as session:
        lives = Lives(site, session)
        asked, judged, issued = lives.begin(), lives.begin(), lives.permit()
        for kind in OWN_FILES:
            documents.attach_document(judged.work(judged.worker), judged.id, kind, photo())
        judged.submit()
        setrass = lives.official("setrass@example.org", Role.SETRASS_OFFICER, "Ana Lucía Mejía")
        lives.official(AGENT, Role.BORDER_AGENT)
        people = {"worker": asked.worker, "setrass": setrass}
        sessions = {name: lives.token(actor) for name, actor in people.items()}
    site.work()  # where the permit is signed
    with site.house.sessions.begin() as session:
        issued.session = session
        code = Lives(site, session).credential(issued).text or ""
    return Scene(f"/solicitud/{asked.id}/idiomas", f"/casos/{judged.id}", sessions, code)


def take(browser: Browser, site: Site, scene: Scene) -> list[Image.Image]:
    """The three screens, in the order of the story."""
    return [
        _shot(browser, site, scene.sessions["worker"], scene.question, NARROW),
        _shot(browser, site, scene.sessions["setrass"], scene.case, WIDE),
        _verdict(browser, site, scene.code),
    ]


def _shot(browser: Browser, site: Site, session: str, path: str, width: int) -> Image.Image:
    page = _page(browser, width)
    page.context.add_cookies([{"name": "vereda", "value": session, "url": site.url}])
    page.goto(site.url + path)
    return _picture(page)


def _verdict(browser: Browser, site: Site, code: str) -> Image.Image:
    page = _page(browser, NARROW)
    agent = Agent(page, site)
    agent.prepare(AGENT)
    page.click("#start")
    page.fill("#typed-text", code)
    page.press("#typed-text", "Enter")
    agent.until("!document.getElementById('view-verdict').hidden")
    return _picture(page)


def _page(browser: Browser, width: int) -> Page:
    size = ViewportSize(width=width, height=HEIGHT)
    return browser.new_context(viewport=size, locale="es-HN").new_page()


def _picture(page: Page) -> Image.Image:
    picture = page.screenshot()
    page.context.close()
    return Image.open(BytesIO(picture)).convert("RGB")


def compose(screens: Sequence[Image.Image]) -> Image.Image:
    """Side by side on a plain ground, each with round corners and a soft shadow."""
    width = sum(screen.width for screen in screens) + GAP * (len(screens) - 1) + 2 * MARGIN
    ground = Image.new("RGB", (width, HEIGHT + 2 * MARGIN), GROUND)
    masks, at = [], MARGIN
    shadow = Image.new("L", ground.size, 0)
    for screen in screens:
        box = (at, MARGIN, at + screen.width - 1, MARGIN + HEIGHT - 1)
        mask = Image.new("L", ground.size, 0)
        ImageDraw.Draw(mask).rounded_rectangle(box, ROUND, fill=255)
        masks.append((mask, at))
        shadow = ImageChops.lighter(shadow, ImageChops.offset(mask, 0, 6))
        at += screen.width + GAP
    ground.paste(SHADE, mask=shadow.filter(ImageFilter.GaussianBlur(9)))
    for screen, (mask, left) in zip(screens, masks, strict=True):
        layer = Image.new("RGB", ground.size)
        layer.paste(screen, (left, MARGIN))
        ground.paste(layer, mask=mask)
    return ground


def main() -> None:
    """Take the screens and write the picture."""
    browser_path = chromium.find()
    with (
        tempfile.TemporaryDirectory() as folder,
        test_server() as server,
        server.clone() as database,
        running(database, Path(folder)) as site,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(
            executable_path=browser_path, args=list(chromium.ARGUMENTS)
        )
        picture = compose(take(browser, site, stage(site)))
        browser.close()
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(TARGET, optimize=True)


if __name__ == "__main__":
    main()
