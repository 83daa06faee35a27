"""How many codes the scanner reads in bad light, out of focus, turned and small.

72 scenes of 1280 × 720: a permit of 77 modules and one of 81, the symbol 520, 340 or 260 pixels
wide, straight or turned by 17°, blurred with σ 0, 1.5 or 2.5, in full or a quarter of the light.
Each frame of a scene has noise of its own with σ 8, as a camera held still gives them; a scene
counts as read if the scanner's own reader, in Chromium, reads it within a dozen frames, about a
second. The peer is zxing-wasm alone with the same options, on the first frame.
"""

from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any

import numpy as np
from PIL import Image, ImageFilter
from playwright.sync_api import Browser, Page, Route, sync_playwright
from qrcode import ERROR_CORRECT_M, QRCode
from qrcode.util import MODE_ALPHA_NUM, QRData

from permits import credentials
from permits.permit_claims import PermitClaims
from tests import chromium
from tests.benchmarks import served
from tests.permits.samples import CLAIMS, clearance
from tests.vectors import forge

Row = dict[str, Any]

WIDTH, HEIGHT, FINER = 1280, 720, 4
DARK, LIGHT, WALL, QUIET = 20, 235, 150, 4
SIDES, TURNS, BLURS, LIGHTS = (520, 340, 260), (0, 17), (0.0, 1.5, 2.5), (1.0, 0.25)
NOISE, FRAMES = 8, 12
ENOUGH = 4
"""Pixels a module from which on a code is expected to be read."""

LONGER = replace(
    CLAIMS,
    full_name="María de los Ángeles Xiomara Hernández-Zelaya",
    departments=("HN-CP", "HN-OC", "HN-LE", "HN-SB"),
    posts=("el-florido", "corinto"),
)
ORIGIN = "http://localhost:9"  # never asked: every answer is given by the test
WASM = served.ROOT / "node_modules" / "zxing-wasm" / "dist" / "reader" / "zxing_reader.wasm"

LOAD = """async ([sigma]) => {
    window.reader = await import("/reader.js");
    await window.reader.prepareReader("/reader.wasm");
    let seed = 1;
    const chance = () => {
        seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
        return (seed + 1) / 4294967297;
    };
    window.noise = Float32Array.from({ length: 1 << 21 }, () =>
        sigma * Math.sqrt(-2 * Math.log(chance())) * Math.cos(2 * Math.PI * chance()));
}"""

READ = """async ([png, light, frames, number]) => {
    const bytes = Uint8Array.from(atob(png), (one) => one.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes]));
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    const context = canvas.getContext("2d", { willReadFrequently: true });
    context.drawImage(bitmap, 0, 0);
    const scene = context.getImageData(0, 0, canvas.width, canvas.height);
    const take = (turn) => {
        const frame = new ImageData(scene.width, scene.height);
        const spare = window.noise.length - scene.width * scene.height;
        let from = ((number * 31 + turn) * 677_777) % spare;
        for (let at = 0; at < frame.data.length; at += 4, from += 1) {
            const grey = Math.round(scene.data[at] * light + window.noise[from]);
            frame.data[at] = frame.data[at + 1] = frame.data[at + 2] = grey;
            frame.data[at + 3] = 255;
        }
        return frame;
    };
    const begin = performance.now();
    const alone = await window.reader.readSymbol(take(0));
    const once = performance.now() - begin;
    const reader = new window.reader.FrameReader();
    const taken = [];
    for (let turn = 0; turn < frames; turn += 1) {
        const frame = take(turn);
        const begun = performance.now();
        const text = await reader.read(frame);
        taken.push(performance.now() - begun);
        if (text !== null) return { alone, once, text, taken };
    }
    return { alone, once, text: null, taken };
}"""


@dataclass(frozen=True)
class Scene:
    """One symbol before the camera, without noise; `module` is the width of one in pixels."""

    text: str
    picture: bytes
    light: float
    module: float
    blur: float


@dataclass(frozen=True)
class Told:
    """What came of a scene; times in milliseconds."""

    scene: Scene
    read: bool
    read_alone: bool
    frame_ms: float
    alone_ms: float


def run() -> list[Row]:
    """Show every scene to the reader, for about a minute."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.find(), args=list(chromium.ARGUMENTS)
        )
        page = open_reader(browser)
        told = [show(page, scene, number) for number, scene in enumerate(scenes())]
        browser.close()
    large = [one for one in told if one.scene.module >= ENOUGH]
    of_large = f"codes read, of {len(large)} scenes with ≥ {ENOUGH} px a module"
    ours, alone = (np.median([getattr(one, at) for one in told]) for at in ("frame_ms", "alone_ms"))
    return [
        _row(f"codes read, of {len(told)} degraded scenes", _share(told), "all", 1, 0),
        _row(of_large, _share(large), "all", 1, 0.95),
        _row(of_large, _share(large), "zxing-wasm, one frame", _share(large, alone=True), 1.2),
        {
            "name": "a frame looked at, sharpened or not",
            "unit": "ms",
            "ours": round(float(ours), 1),
            "against": "zxing-wasm alone",
            "theirs": round(float(alone), 1),
            "ratio": round(float(alone / ours), 2),
            "goal": 0.5,
        },
    ]


def open_reader(browser: Browser) -> Page:
    """A page with the scanner's reader and nothing else of ours."""
    page = browser.new_page()
    page.route("**/*", _answer)
    page.goto(f"{ORIGIN}/")
    page.evaluate(LOAD, [NOISE])
    return page


def scenes() -> Iterator[Scene]:
    """All of them, in the order of the text above."""
    for claims in (CLAIMS, LONGER):
        text = _issue(claims)
        symbol = QRCode(error_correction=ERROR_CORRECT_M, border=QUIET)
        symbol.add_data(QRData(text, mode=MODE_ALPHA_NUM))
        symbol.make()
        modules = np.array(symbol.get_matrix())
        for side in SIDES:
            module = side / (len(modules) - 2 * QUIET)
            for turn in TURNS:
                still = _draw(modules, module, turn)
                for blur in BLURS:
                    picture = BytesIO()
                    still.filter(ImageFilter.GaussianBlur(blur)).save(picture, "PNG")
                    for light in LIGHTS:
                        yield Scene(text, picture.getvalue(), light, module, blur)


def _issue(claims: PermitClaims) -> str:
    prepared = credentials.prepare(clearance(), claims, forge.PERMIT.kid)
    return credentials.seal(prepared, forge.PERMIT.sign(prepared.message))


def _draw(modules: "np.ndarray[Any, Any]", module: float, turn: int) -> Image.Image:
    """The symbol on a grey wall, drawn finer and then made smaller, as a lens does."""
    sharp = Image.fromarray(np.where(modules, DARK, LIGHT).astype(np.uint8))
    width = round(len(modules) * module * FINER)
    symbol = sharp.resize((16 * len(modules),) * 2, Image.Resampling.NEAREST)
    symbol = symbol.resize((width, width), Image.Resampling.BOX)
    symbol = symbol.rotate(turn, Image.Resampling.BICUBIC, expand=True, fillcolor=WALL)
    wall = Image.new("L", (WIDTH * FINER, HEIGHT * FINER), WALL)
    wall.paste(symbol, ((wall.width - symbol.width) // 2, (wall.height - symbol.height) // 2))
    return wall.resize((WIDTH, HEIGHT), Image.Resampling.BOX)


def show(page: Page, scene: Scene, number: int) -> Told:
    """Show one scene to the reader; its number chooses the noise."""
    png = b64encode(scene.picture).decode()
    told = page.evaluate(READ, [png, scene.light, FRAMES, number])
    assert told["text"] in (scene.text, None), "another text was read"
    return Told(
        scene,
        read=told["text"] == scene.text,
        read_alone=told["alone"] == scene.text,
        frame_ms=sum(told["taken"]) / len(told["taken"]),
        alone_ms=told["once"],
    )


def _answer(route: Route) -> None:
    path = route.request.url.removeprefix(ORIGIN)
    if path == "/reader.js":
        route.fulfill(body=served.bundle_reader(), content_type="text/javascript")
    elif path == "/reader.wasm":
        route.fulfill(body=WASM.read_bytes(), content_type="application/wasm")
    else:
        route.fulfill(body="<!doctype html><title>·</title>", content_type="text/html")


def _share(told: list[Told], *, alone: bool = False) -> float:
    read = sum(one.read_alone if alone else one.read for one in told)
    return round(read / len(told), 3)


def _row(name: str, ours: float, against: str, theirs: float, goal: float) -> Row:
    ratio = round(ours / theirs, 3)
    names = ("name", "unit", "ours", "against", "theirs", "ratio", "goal")
    return dict(zip(names, (name, "share", ours, against, theirs, ratio, goal), strict=True))
