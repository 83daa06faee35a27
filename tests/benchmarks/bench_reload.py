"""How long from opening the scanner anew, with no network and a slow processor, to a verdict.

The real page in Chromium, four times slower than it is (CDP), the network off: the app comes from
the device, the lists are verified anew, a finger taps as soon as it can, the camera plays a film of
a permit. Beside it stands the limit of two seconds.
"""

from pathlib import Path
from typing import Any

from tests.benchmarks.bench_scanner import permit_of, prepared, until
from tests.benchmarks.ground import Ground, quiet, stand
from tests.journeys.camera import film

Row = dict[str, Any]

LIMIT, SLOWER, RELOADS = 2_000, 4, 6

WATCH = """() => {
  const seen = (globalThis.seen = {});
  const shown = (id) => document.getElementById(id)?.hidden === false;
  const look = () => {
    if (shown("view-verdict")) return (seen.verdict = performance.now());
    if (shown("view-scan")) seen.camera ??= performance.now();
    else document.getElementById("start")?.click();
    setTimeout(look, 5);
  };
  look();
}"""
"""An agent with the finger on the button: what was seen when, in ms since the page was asked."""


def run() -> list[Row]:
    """Reload some times; about half a minute."""
    ground = stand()
    symbol = ground.folder / "permit.png"
    symbol.write_bytes(ground.house.ports.symbols.png(permit_of(ground)))
    told = _reload(ground, film(symbol, ground.folder / "permit.y4m"))
    return [_row("to the camera", told["camera"]), _row("to the verdict", told["verdict"])]


def _row(what: str, taken: list[float]) -> Row:
    ours = quiet(taken)
    return {
        "name": f"scanner opened with no network, CPU {SLOWER}× slower, {what}",
        "unit": "ms",
        "ours": round(ours),
        "against": "limit",
        "theirs": LIMIT,
        "ratio": round(LIMIT / ours, 3),
        "goal": 1,
    }


def _reload(ground: Ground, video: Path) -> dict[str, list[float]]:
    told: dict[str, list[float]] = {"camera": [], "verdict": []}
    with prepared(ground, video) as page:
        page.context.set_offline(True)
        devtools = page.context.new_cdp_session(page)
        devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        page.add_init_script(f"({WATCH})()")
        for _ in range(RELOADS):
            page.reload()
            until(page, "Boolean(globalThis.seen?.verdict)")
            assert page.get_attribute("#view-verdict", "data-verdict") == "green"
            for name, moment in page.evaluate("globalThis.seen").items():
                told[name].append(moment)
    return told
