"""How fast the officials' queue is shown, beside a route of the same app that does nothing.

Both are asked by one browser-like client over one connection that is kept open, taking turns. The
page signs in by its cookie, reads fifty rows, counts, and writes HTML; the other answers 204.
"""

import gzip
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

from tests.benchmarks import served
from tests.benchmarks.ground import interleaved, stand

Row = dict[str, Any]

PAGE = "/bandeja?espera=todas"
EMAIL = "setrass@demo.vereda.example"
CALLS, TURNS = 5, 40
GOAL = 0.1


def run() -> list[Row]:
    """Measure for some fifteen seconds."""
    ground = stand()
    connection = HTTPConnection(urlsplit(ground.url).netloc)
    headers = {"Cookie": f"vereda={ground.cookie_of(EMAIL)}", "Accept-Encoding": "gzip"}

    def ask(path: str) -> tuple[int, bytes]:
        connection.request("GET", path, headers=headers)
        reply = connection.getresponse()
        return reply.status, reply.read()

    def page() -> None:
        for _ in range(CALLS):
            status, body = ask(PAGE)
            assert (status, len(body) > 2000) == (200, True)

    def nothing() -> None:
        for _ in range(CALLS):
            assert ask(served.EMPTY) == (204, b"")

    shown = gzip.decompress(ask(PAGE)[1])
    assert shown.count(b'class="govuk-link number" href="/casos/') == 50, (
        "the page shows other rows than it is named for"
    )
    page()
    nothing()
    ours, theirs = (CALLS / seconds for seconds in interleaved((page, nothing), TURNS))
    connection.close()
    return [
        {
            "name": "queue page with fifty rows",
            "unit": "requests/s",
            "ours": round(ours, 1),
            "against": "empty route of the same app",
            "theirs": round(theirs, 1),
            "ratio": round(ours / theirs, 3),
            "goal": GOAL,
        }
    ]
