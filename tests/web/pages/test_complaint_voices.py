"""The pages of a case read out: the page's own words, in both languages, and no trace of it."""

import io
import re
from html import unescape
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.services import complaint_groups
from app.services.ports import Ports
from app.web.i18n import COOKIE, locale_for
from app.web.pages.complaint_voices import HOW, READ
from app.web.pages.voices import SYNTHETIC, make, texts
from app.web.prompts import UNTRACED_AT, read_prompts, read_untraced
from app.web.templating import Pages, Site
from permits.people import SYSTEM
from tests.builders import work_of
from tests.canaries import overheard
from tests.databases import Database
from tests.web.clients import browser
from tests.web.test_quiet_logs import CLIENT

TICKET = re.compile(r'name="ticket" value="([^"]+)"')
TOLD = {"filing": "anonymous", "categories": ["document-retained"], "words": "Palabras"}
TAG = re.compile(r"<[^>]*>")
PLAYER = re.compile(r'<audio controls preload="none" src="([^"]+)" aria-label="([^"]+)"')


def speak(text: str, voice: str, path: Path) -> None:
    path.write_bytes(f"{voice}: {text}".encode())


@pytest.fixture
def talking(app: FastAPI, tmp_path: Path) -> FastAPI:
    """The site with the sounds of every page."""
    built = tmp_path / "audio"
    make(speak, tmp_path / "nobody", built)
    site: Site = app.state.pages.site
    app.state.pages = Pages(Site(site.assets, read_prompts(built), read_untraced(built)))
    return app


def pages_of(client: TestClient) -> dict[str, str]:
    """Every page of a case, as somebody meets them."""
    start, form = client.get("/consulta").text, client.get("/consulta/contar").text
    found = TICKET.search(form)
    assert found is not None
    kept = client.post("/consulta/contar", data={**TOLD, "ticket": found[1]}).text
    number = " ".join(re.findall(r"<strong>(\d{4})</strong>", kept))
    case = client.post("/consulta/numero", data={"number": number}).text
    return {"consulta": start, "contar": form, "numero": kept, "caso": case}


@pytest.mark.feature("C2", "W29")
def test_each_page_is_read_out_in_its_own_words_and_nothing_tells_who_listened(
    talking: FastAPI, database: Database, ports: Ports
) -> None:
    with database.sessions.begin() as session:
        complaint_groups.init_group(work_of(session, SYSTEM, ports))
    for code, name in (("es", "Escuchar esta página"), ("en", "Listen to this page")):
        client, locale = browser(talking), locale_for(code)
        client.cookies.set(COOKIE, code)
        said = texts(locale)
        for slug, page in pages_of(client).items():
            address = f"{UNTRACED_AT}/{code}/{slug}"
            assert PLAYER.findall(page) == [(address, name)]
            shown, at = " ".join(unescape(TAG.sub(" ", page)).split()), 0
            for one in READ[slug]:
                words = " ".join(locale.text(one).split())
                at = shown.find(words, at)
                assert at >= 0, (slug, words)
                assert words in said[slug]
            assert said[slug].endswith(locale.text(HOW[slug]))
            with overheard() as stream:
                reply = client.get(address, headers={"Range": "bytes=2-"})
            assert reply.content == f"{SYNTHETIC[code]}: {said[slug]}".encode()[2:]
            assert (reply.status_code, reply.headers["content-type"]) == (206, "audio/ogg")
            assert reply.headers["cache-control"] == "no-store"
            assert "set-cookie" not in reply.headers
            assert not heard_of(stream, slug)
    assert browser(talking).get(f"{UNTRACED_AT}/es/nombre").status_code == 404
    kept = browser(talking).get("/brigada/paginas.json").json()
    assert [one for one in kept if "audio/es-" in one]
    assert not [one for one in kept if "consulta" in one], "no tablet keeps a sound of a case"


def heard_of(stream: io.StringIO, slug: str) -> list[str]:
    """Lines of the service's own log that tell of a sound."""
    ours = [line for line in stream.getvalue().splitlines() if CLIENT not in line]
    return [line for line in ours if "voz" in line or slug in line]
