"""How long a border agent waits from the camera's frame to the verdict, beside decoding alone.

The real scanner page in Chromium, whose camera plays a film of a permit. Ours is the page's own
measure: frame taken, symbol decoded, signature, dates and list checked, verdict drawn. The peer is
zxing-wasm alone, with the same options, on the same frame in the same page.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from app.storage.authorisations import find_of_application
from app.storage.credentials import find_standing
from app.storage.queue_filters import QueueFilter
from app.storage.queues import list_queue
from permits.applications import Status
from permits.authorisations import AuthorisationStatus
from permits.issuing import CredentialState
from permits.reach import EVERYTHING
from tests import chromium
from tests.benchmarks import served
from tests.benchmarks.ground import Ground, now, quiet, stand
from tests.journeys.camera import film
from tests.journeys.conftest import FAKE_CAMERA
from tests.journeys.people import PHONE

Row = dict[str, Any]

EMAIL = "frontera@demo.vereda.example"
SCANS, DECODINGS = 8, 3
GOAL = 0.5
OPEN = "!document.getElementById('view-verdict').hidden"

DECODE = """async ([reader, times]) => {
    window.alone ??= await (async () => {
        const alone = await import(reader);
        await alone.prepareReader(document.body.dataset.wasm);
        return alone;
    })();
    const video = document.getElementById("video");
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [video.videoWidth, video.videoHeight];
    const context = canvas.getContext("2d", { willReadFrequently: true });
    context.drawImage(video, 0, 0);
    const frame = context.getImageData(0, 0, canvas.width, canvas.height);
    const taken = [];
    for (let turn = 0; turn < times; turn += 1) {
        const begin = performance.now();
        const text = await window.alone.readSymbol(frame);
        taken.push(performance.now() - begin);
        if (text === null) throw new Error("the frame shows no symbol");
    }
    return taken;
}"""

MEASURED = "performance.getEntriesByName('vereda:frame-to-verdict').map((one) => one.duration)"


def run() -> list[Row]:
    """Scan one permit again and again for about half a minute."""
    ground = stand()
    symbol = ground.folder / "permit.png"
    symbol.write_bytes(ground.house.ports.symbols.png(permit_of(ground)))
    ours, theirs = _scan(ground, film(symbol, ground.folder / "permit.y4m"))
    return [
        {
            "name": "scanner, frame to verdict",
            "unit": "ms",
            "ours": round(quiet(ours), 1),
            "against": "zxing-wasm decoding alone",
            "theirs": round(quiet(theirs), 1),
            "ratio": round(quiet(theirs) / quiet(ours), 3),
            "goal": GOAL,
        }
    ]


def permit_of(ground: Ground) -> str:
    """The text of a permit of the demonstration that is valid today."""
    with ground.house.read_sessions() as session:
        approved = QueueFilter(statuses=frozenset({Status.APPROVED}))
        for row in list_queue(session, approved, (), reach=EVERYTHING, limit=500):
            right = find_of_application(session, row.id)
            found = find_standing(session, ground.house.ports.vault, right.id) if right else None
            if right is None or found is None or found.state is not CredentialState.ISSUED:
                continue
            stands = right.stored is AuthorisationStatus.GRANTED
            if stands and found.valid_from <= now() < found.expires:
                return found.text or ""
    raise AssertionError("the demonstration has no valid permit")


@contextmanager
def prepared(ground: Ground, video: Path) -> Iterator[Page]:
    """The scanner's page on a phone whose camera plays a film, with the lists on the device."""
    camera = (*FAKE_CAMERA, f"--use-file-for-fake-video-capture={video}")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.find(), args=[*chromium.ARGUMENTS, *camera]
        )
        context = browser.new_context(permissions=["camera"], viewport=PHONE)
        token = ground.cookie_of(EMAIL)
        context.add_cookies([{"name": "vereda", "value": token, "url": ground.url}])
        page = context.new_page()
        page.goto(f"{ground.url}/escaner/")
        until(page, "document.getElementById('prepare-summary').dataset.ready === 'true'")
        yield page
        browser.close()


def _scan(ground: Ground, video: Path) -> tuple[list[float], list[float]]:
    decoded = list[float]()
    with prepared(ground, video) as page:
        page.click("#start")
        for turn in range(SCANS):
            if turn:
                page.click("#next")
            until(page, OPEN)
            told = page.locator("#verdict-reason").inner_text()
            assert page.get_attribute("#view-verdict", "data-verdict") == "green", told
            decoded += page.evaluate(DECODE, [served.READER, DECODINGS])
        measured: list[float] = page.evaluate(MEASURED)
    assert len(measured) == SCANS
    return measured, decoded


def until(page: Page, condition: str) -> None:
    """Poll a condition of the page; the policy forbids Playwright's own way."""
    for _ in range(600):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(50)
    raise AssertionError(condition)
