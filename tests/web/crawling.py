"""Every page that a person can come to from their first one, and what of it is a case's own."""

import html
import re
from collections import Counter

from fastapi.testclient import TestClient

from tests.web.clients import SITE

FIRST = "/bandeja"
PUBLIC = ("/entrar", "/escaner", "/extranjero", "/retomar", "/solicitud")
NOT_FOLLOWED = ("/salir", "/demo", "/static", "/idioma", *PUBLIC)
QUESTIONS = 2
"""Of one address are followed: lists lead on from day to day without an end."""


def plain(answer: str) -> str:
    """An answer without what is each case's own: ids, numbers, instants, how many looked."""
    answer = re.sub(r" \(\d+ veces\)", "", answer)
    answer = re.sub(
        r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{64}|\b[0-9a-f]{16}\b", "ID", answer
    )
    answer = re.sub(r"\d{4}-\d{4}-\d{4,}|T-\d{3}-\d{3}-\d{4}", "NUMBER", answer)
    answer = re.sub(r"\b(\d ){3}\d(, (\d ){3}\d){2}", "ALOUD", answer)
    return re.sub(r"\d\d?:\d\d(:\d\d(\.\d+)?)?|T\d\d:\S+?Z", "TIME", answer)


def crawl(client: TestClient, first: str = FIRST, beside: tuple[str, ...] = ()) -> dict[str, str]:
    """Every page that the desk leads to, by its address; of one page a few of its questions.

    Addresses that begin with one of `beside` are left out.
    """
    found: dict[str, str] = {}
    asked: Counter[str] = Counter()
    waiting = [first]
    while waiting:
        address = waiting.pop(0)
        path = address.partition("?")[0]
        if (
            address in found
            or path.startswith((*NOT_FOLLOWED, *beside))
            or asked[path] == QUESTIONS
        ):
            continue
        asked[path] += 1
        answer = client.get(address)
        found[address] = answer.text if "text" in answer.headers.get("content-type", "") else ""
        links = re.findall(r'href="(/[^"#]*)', found[address])
        links += [answer.headers.get("location", "").removeprefix(SITE)]
        waiting += [html.unescape(link) for link in links if link.startswith("/")]
    return found
