"""A site on real parts and a real browser."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright, expect, sync_playwright

from tests import chromium
from tests.canaries import named_in, overheard
from tests.databases import Database
from tests.journeys.site import Site, running

Camera = Callable[[Path], Browser]
expect.set_options(timeout=30_000)  # a machine that is busy is no fault of what is tested
FAKE_CAMERA = ("--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream")


@pytest.fixture
def site(database: Database, tmp_path: Path) -> Iterator[Site]:
    """The service; whatever a journey does, its log names nobody."""
    with overheard() as log, running(database, tmp_path / "data") as site:
        yield site
    assert named_in(log.getvalue()) == {}


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    chromium.find()  # may ask Playwright itself, which a process can do only before
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def chrome(playwright: Playwright) -> Iterator[Browser]:
    browser = playwright.chromium.launch(
        executable_path=chromium.find(), args=[*chromium.ARGUMENTS, chromium.BRIEF]
    )
    yield browser
    browser.close()


@pytest.fixture
def steady_chrome(playwright: Playwright) -> Iterator[Browser]:
    """A browser for one page that works long, with its compilers."""
    browser = playwright.chromium.launch(
        executable_path=chromium.find(), args=list(chromium.ARGUMENTS)
    )
    yield browser
    browser.close()


@pytest.fixture
def camera(playwright: Playwright) -> Iterator[Camera]:
    """A browser whose camera plays a film: `camera(path_of_y4m)`."""
    opened: list[Browser] = []

    def open_with(film: Path) -> Browser:
        arguments = [
            *chromium.ARGUMENTS,
            *FAKE_CAMERA,
            f"--use-file-for-fake-video-capture={film}",
        ]
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=arguments)
        opened.append(browser)
        return browser

    yield open_with
    for browser in opened:
        browser.close()
