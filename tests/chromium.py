"""The real browser of the journeys: found on the machine, or installed, or a clear failure."""

import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

from playwright.sync_api import sync_playwright

SHELL = "chromium-headless-shell"
"""Chromium without windows, as Playwright takes it: half the work for the same pages."""

NAMES = (SHELL, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MACOS = (
    Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
    Path("/Applications/Chromium.app/Contents/MacOS/Chromium"),
)
INSTALL = ".venv/bin/playwright install --with-deps chromium"
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
"""What every launch takes: works as root and in containers, and calls nobody."""

BRIEF = "--js-flags=--no-opt --no-maglev"
"""For a browser that goes from page to page: what is read a moment later by another page is not
worth the compilers' work, which is a fifth of what looking at a page costs."""


class NoBrowser(RuntimeError):
    """There is no Chromium; the text names the command that installs it."""


@cache
def find() -> Path:
    """The browser to start: VEREDA_CHROMIUM, else the machine's, else Playwright's own."""
    given = os.environ.get("VEREDA_CHROMIUM")
    found = [shutil.which(name) for name in NAMES]
    for path in [Path(given)] if given else [*map(Path, filter(None, found)), *MACOS]:
        if path.exists():
            return path
    with sync_playwright() as playwright:
        own = Path(playwright.chromium.executable_path)
    if own.exists() and not given:
        return own
    raise NoBrowser(f"The journeys need Chromium: run `{INSTALL}`, or set VEREDA_CHROMIUM.")


def install() -> Path:
    """Find the browser or bring it: as root by apt, else by Playwright."""
    commands = [["playwright", "install", "chromium"]]
    if os.geteuid() == 0 and shutil.which("apt-get"):
        apt = ["apt-get", "install", "-y", "--no-install-recommends"]
        packages = [[*apt, SHELL], [*apt, "chromium"]]  # the first since Debian 12
        commands = [["apt-get", "update"], *packages, *commands]
    for command in commands:
        try:
            return find()
        except NoBrowser:
            print(f"· {' '.join(command)} …", file=sys.stderr, flush=True)  # noqa: T201
            program = shutil.which(command[0]) or str(Path(sys.executable).parent / command[0])
            subprocess.run([program, *command[1:]], check=False)
    return find()


if __name__ == "__main__":
    try:
        install()
    except NoBrowser as missing:
        sys.exit(str(missing))
