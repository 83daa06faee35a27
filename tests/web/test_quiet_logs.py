"""A life of a case through the whole site, every fault on the way: no log names anybody."""

import io
import logging
from collections.abc import Iterator

import pytest

from app import worker
from app.settings import Settings
from app.storage.grants import WORKER
from app.wiring import House
from permits.approvals import Opinion
from tests.builders import CUI, PHONE, Story
from tests.canaries import named_in, overheard
from tests.databases import Database
from tests.outside import Letterbox
from tests.web.conftest import As, Lived

CLIENT = '"logger": "httpx2"'
"""The browser of the tests writes its own requests into the same log; it is not the service."""


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    with overheard() as target:
        yield target


def browse(as_: As, story: Story) -> None:
    """Pages and faults of the worker and of both officials, with canaries in every place."""
    browser, typed = as_(story.worker), "CANARIO-8841"
    base = f"/solicitud/{story.id}"
    for path in ("/mis-datos", "/mi-solicitud", base, f"{base}/documento", "/mis-datos/copia.json"):
        browser.get(path)
    browser.get(f"/bandeja?q={CUI}")
    browser.get(f"/{typed}/{CUI}?phone={PHONE}")
    browser.post(f"{base}/documento", data={"document_number": CUI, "document_kind": typed})
    browser.post(f"{base}/nombre", data={"given_names": "María Ángela", "surnames": typed * 99})
    browser.post("/retomar", data={"phone": PHONE, "code": "48151623"})
    browser.post("/entrar", data={"email": "cedral@demo.example", "password": typed})
    browser.post(f"/mis-datos/{story.id}/corregir", data={"words": f"Gutiérrez {typed}"})
    api = "/api/v1/applications"
    browser.post(
        api, content=f'{{"answers": {{"given_names": "{typed}", "phone": "{PHONE}"'.encode()
    )
    browser.post(api, json={"programme": typed, "answers": {"document_number": CUI}})
    browser.put(f"{api}/{story.id}/documents/photo", content=typed.encode())
    for official in (story.setrass, story.inm):
        desk = as_(official)
        for path in (
            f"/bandeja?q={CUI}",
            f"/bandeja?q=Gutiérrez&estado={typed}",
            f"/casos/{story.id}",
        ):
            desk.get(path)
        desk.post(f"/casos/{story.id}/decidir", data={"opinion": typed, "note": "segundo apellido"})
        desk.post("/api/v1/credentials/verify", json={"text": f"{typed}{CUI}"})


@pytest.mark.promise("P26")
@pytest.mark.asvs("14.2.1", "16.2.5")
def test_no_log_names_anybody_whatever_happens(
    stream: io.StringIO, as_: As, lived: Lived, database: Database
) -> None:
    stories = [
        lived(lambda s: s.start()),
        lived(lambda s: s.start().submit()),
        lived(lambda s: s.start().submit().decide(s.setrass, Opinion.RETURN)),
        lived(lambda s: s.start().submit().approve().sign()),
    ]
    for story in stories:
        browse(as_, story)
    own = database.of(WORKER)
    settings = Settings(database_url=own.url)  # type: ignore[arg-type]
    ports = stories[0].ports
    assert isinstance(ports.messenger, Letterbox)
    ports.messenger.broken = True  # a letter that cannot be sent, with a phone in it
    house = House(settings, own.engine, own.sessions, own.read_sessions, ports)
    worker.run_pending(house)
    worker.keep_house(house)
    lines = [line for line in stream.getvalue().splitlines() if CLIENT not in line]
    told = "\n".join(lines)
    assert told.count("effect failed") > 10  # each letter that could not be sent says so
    assert named_in(told) == {}


def test_a_canary_would_be_seen(stream: io.StringIO) -> None:
    logging.getLogger("careless").error("who: %s", CUI)
    assert CUI in stream.getvalue()
