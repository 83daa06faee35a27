"""Telling what happened: without a name, without JavaScript, once for each form, and no trace."""

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import text

from app.services import complaint_groups
from app.services.ports import Ports
from app.web.clock import Clock
from app.web.paces import Flood, Pace
from permits.people import SYSTEM, Role
from tests import outside
from tests.builders import add_official, work_of
from tests.canaries import overheard
from tests.complained import PHRASE, Office
from tests.databases import Database
from tests.web.clients import browser
from tests.web.conftest import As
from tests.web.telling import (
    ENTRY,
    PDF,
    TICKET,
    TOLD,
    WORDS,
    Hand,
    Scan,
    found,
    number_in,
    tell,
    traces,
)
from tests.web.test_quiet_logs import CLIENT

RECOVERY: list[str] = []


@pytest.fixture
def ports() -> Ports:
    Scan.away = False
    return replace(outside.ports(), malware=Scan())


@pytest.fixture
def clock() -> Clock:
    return Hand()  # type: ignore[return-value]


@pytest.fixture(autouse=True)
def ready(database: Database, ports: Ports) -> None:
    with database.sessions.begin() as session:
        RECOVERY[:] = [Office(session, ports).ready().recovery]


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    with overheard() as target:
        yield target


@pytest.mark.feature("C1")
@pytest.mark.feature("C2")
@pytest.mark.feature("C3")
@pytest.mark.feature("C4")
@pytest.mark.feature("C6")
@pytest.mark.promise("P12")
def test_it_is_told_seen_again_answered_and_leaves_no_trace(
    visitor: TestClient, as_: As, database: Database, ports: Ports, stream: io.StringIO
) -> None:
    """Also of somebody who is signed in: nobody reads their cookie, no session is touched."""
    with database.sessions.begin() as session:
        official = add_official(session, ports, Role.SETRASS_ANALYST)
    signed_in = as_(official)
    assert "<title>Consulta · Vereda</title>" in visitor.get("/consulta").text
    before = traces(database)
    code, page = tell(signed_in, files=[("files", ("Ana.pdf", PDF)), ("voice", ("v", b"OggS"))])
    assert (code, "Ya lo tenemos" in page) == (200, True)
    number = number_in(page)
    reply = visitor.post("/consulta/numero", data={"number": number.replace(" ", "-")})
    assert number in reply.text, "at the first return it is shown again"
    assert WORDS in reply.text
    assert reply.headers["Cache-Control"] == "no-store"
    assert "set-cookie" not in reply.headers
    assert "microphone=(self)" in reply.headers["Permissions-Policy"]
    assert number not in visitor.post("/consulta/numero", data={"number": number}).text
    entry = found(ENTRY, reply.text)
    said = {"entry": entry, "after": "1", "words": "¿Qué sigue?", "asks": "withdraw"}
    for _ in range(2):
        again = visitor.post("/consulta/mensaje", data=said)
        assert again.text.count("¿Qué sigue?") == 1
    assert "Quiero retirar lo que conté" in again.text
    files = re.findall(r'name="file" value="([^"]+)"', again.text)
    opened = [visitor.post("/consulta/archivo", data={"entry": entry, "file": f}) for f in files]
    (paper,) = (one for one in opened if one.content == PDF)
    (voice,) = (one for one in opened if one is not paper)  # a player cannot ask for it by POST
    assert 'src="data:audio/ogg;base64,T2dnUw=="' in voice.text
    assert {one.headers["Cache-Control"] for one in opened} == {"no-store"}
    assert traces(database) == before
    ours = [line for line in stream.getvalue().splitlines() if CLIENT not in line]
    told = "\n".join(ours)
    assert not [word for word in ("CANARIO", "consulta", number, "Ana.pdf") if word in told]


@pytest.mark.feature("C2")
@pytest.mark.promise("P18")
def test_what_is_wrong_is_told_and_what_was_typed_stays(
    visitor: TestClient, app: FastAPI, clock: Hand
) -> None:
    code, page = tell(visitor, categories=[], files=[("files", ("x", b"hola"))])
    assert code == 422
    for words in ("Marque de qué se trata", "Este archivo no es foto", WORDS):
        assert words in page
    reply = visitor.post("/consulta/contar", data={**TOLD, "ticket": "x", "idioma": "en"})
    assert "Tell what happened" in reply.text
    assert WORDS in reply.text
    visitor.cookies.clear()
    assert "de hace días" in visitor.post("/consulta/contar", data={**TOLD, "ticket": "x"}).text
    wrong = {
        visitor.post("/consulta/numero", data={"number": n}).status_code for n in ("1" * 16, "7")
    }
    assert wrong == {422}
    number = number_in(tell(visitor)[1])
    entry = found(ENTRY, visitor.post("/consulta/numero", data={"number": number}).text)
    clock.now += timedelta(minutes=31)
    late = visitor.post("/consulta/mensaje", data={"entry": entry, "words": "tarde y con calma"})
    assert "Pasó media hora" in late.text
    kept = re.findall('name="words" value="([^"]+)"', late.text)
    back = visitor.post("/consulta/numero", data={"number": number, "words": kept})
    assert "tarde y con calma</textarea>" in back.text
    Scan.away, sent = True, [("files", ("r.pdf", PDF))]  # the malware scan does not answer
    code, page = tell(visitor, files=sent)
    assert (code, WORDS in page, "no podemos revisar el archivo" in page) == (503, True, True)
    more = {"entry": found(ENTRY, back.text), "words": "Y el recibo"}
    held = visitor.post("/consulta/mensaje", data=more, files=sent)
    assert (held.status_code, "Y el recibo</textarea>" in held.text) == (503, True)
    app.state.complaints = Pace(0, 600)
    assert visitor.post("/consulta/numero", data={"number": number}).status_code == 429


@pytest.mark.promise("P19")
def test_in_a_flood_a_form_must_be_as_old_as_a_hand_needs(
    visitor: TestClient, app: FastAPI, clock: Hand
) -> None:
    """The same form is taken a minute later: the door stays open without JavaScript."""
    app.state.flood = flood = Flood()
    for _ in range(300):
        flood.age_needed(clock.now)
    ticket = found(TICKET, visitor.get("/consulta/contar").text)
    held = visitor.post("/consulta/contar", data={**TOLD, "ticket": ticket})
    assert (held.status_code, "Espere 61 segundos" in held.text) == (422, True)
    assert found(TICKET, held.text) == ticket
    for _ in range(300):
        flood.age_needed(clock.now + timedelta(seconds=60))
    clock.now += timedelta(seconds=60)
    kept = visitor.post("/consulta/contar", data={**TOLD, "ticket": ticket})
    assert kept.status_code == 200
    # Gone back to and written anew: told that the first is kept, and kept with a number of its own.
    more = {**TOLD, "words": "Ahora nos pegan"}
    used = visitor.post("/consulta/contar", data={**more, "ticket": ticket})
    assert (used.status_code, "Ahora nos pegan" in used.text) == (422, True)
    assert f"Su número es {number_in(kept.text)}" in used.text
    fresh = found(TICKET, used.text)
    clock.now += timedelta(minutes=2)
    new = visitor.post("/consulta/contar", data={**more, "ticket": fresh})
    assert number_in(new.text) != number_in(kept.text)


def test_without_keys_it_says_so_and_loses_nothing(app: FastAPI, database: Database) -> None:
    with database.sessions.begin() as session:
        session.execute(text("UPDATE complaint_groups SET retired_on = now()"))
    code, page = tell(browser(app))
    assert (code, WORDS in page, "Llame a la línea gratis" in page) == (503, True, True)


@pytest.mark.feature("H2")
def test_a_handler_chooses_a_phrase_waits_opens_and_lets_in(
    as_: As, database: Database, ports: Ports
) -> None:
    with database.sessions.begin() as session:
        first, second, other = (
            add_official(session, ports, role)
            for role in (Role.COMPLAINT_HANDLER, Role.COMPLAINT_HANDLER, Role.ADMINISTRATOR)
        )
    desk, colleague, key = as_(first), as_(second), "/quejas/llave"
    assert as_(other).get(key).status_code == 403
    for phrase, again in (("corta", "corta"), (PHRASE, "otra")):
        said = {"phrase": phrase, "again": again}
        refused = desk.post(f"{key}/frase", data=said)
        assert refused.status_code == 422
        assert PHRASE not in refused.text
    for client in (desk, colleague):
        said = {"phrase": PHRASE, "again": PHRASE}
        assert client.post(f"{key}/frase", data=said).status_code == 303
        assert "le deje entrar" in client.get(key).text
    with database.sessions.begin() as session:
        complaint_groups.let_in_by_recovery(
            work_of(session, SYSTEM, ports),
            complaint_groups.read_recovery(RECOVERY[0]),
            first.person,
        )
    assert desk.post(f"{key}/abrir", data={"phrase": "no es esta frase"}).status_code == 422
    assert desk.post(f"{key}/abrir", data={"phrase": PHRASE}).status_code == 303
    assert "Las quejas están abiertas" in desk.get(key).text
    assert "Abrir las quejas" in as_(first).get(key).text, "another session is locked"
    person = {"person": str(second.person)}
    assert desk.post(f"{key}/dejar-entrar", data=person).status_code == 303
    assert "Abrir las quejas" in colleague.get(key).text
    assert desk.post(f"{key}/quitar", data=person).status_code == 303
    assert "Elija su frase" in colleague.get(key).text
    assert desk.post(f"{key}/cerrar").status_code == 303
    assert desk.post(f"{key}/dejar-entrar", data=person).status_code == 409


@pytest.mark.feature("C2", "C3", "C4", "C6")
@pytest.mark.promise("P12")
def test_a_program_files_reads_and_answers_as_silently_as_the_page(
    visitor: TestClient, as_: As, database: Database, ports: Ports, stream: io.StringIO
) -> None:
    """Also with a cookie and a token that nobody reads, and where something is refused."""
    with database.sessions.begin() as session:
        official = add_official(session, ports, Role.SETRASS_ANALYST)
    signed_in, api = as_(official), "/api/v1/consultations"
    before = traces(database)
    headers = {"Authorization": "Bearer none-of-ours", "Idempotency-Key": "k1"}
    form = signed_in.post(f"{api}/forms", headers=headers).json()["form"]
    wrong = {**TOLD, "form": form, "categories": [], "department": "Mi casa CANARIO"}
    refused = signed_in.post(api, json=wrong, headers=headers)
    assert {one["code"] for one in refused.json()["errors"]} == {
        "complaint-about-missing",
        "not-an-option",
    }
    numbers = {
        signed_in.post(api, json={**TOLD, "form": form}, headers=headers).json()["number"]
        for _ in range(2)
    }
    (number,) = numbers  # sent twice it is one
    talk_on(visitor, number)
    for path, body in (("read", {}), ("messages", {"words": "x"})):
        none = visitor.post(f"{api}/{path}", json={"number": "1" * 16, **body})
        assert none.json()["errors"][0]["code"] == "complaint-number-wrong"
    with database.sessions.begin() as session:
        session.execute(text("UPDATE complaint_groups SET retired_on = now()"))
    form = visitor.post(f"{api}/forms").json()["form"]
    assert visitor.post(api, json={**TOLD, "form": form}).status_code == 503
    assert traces(database) == before
    ours = [line for line in stream.getvalue().splitlines() if CLIENT not in line]
    known = ("CANARIO", "consultations", number, "Ana.pdf")
    assert not [word for word in known if word in "\n".join(ours)]
    page = visitor.post("/consulta/numero", data={"number": number})
    assert "¿Qué sigue?" in page.text  # one door leads where the other does


def talk_on(visitor: TestClient, number: str) -> None:
    """Words and a file, each sent twice, and all of it read again."""
    api = "/api/v1/consultations"
    said = {"number": number, "after": 1, "words": "¿Qué sigue? CANARIO", "asks": "withdraw"}
    for _ in range(2):
        told = visitor.post(f"{api}/messages", json=said)
    assert [one["words"] for one in told.json()["messages"]] == [WORDS, said["words"]]
    fields, files = {"number": number, "after": "2"}, {"files": ("Ana.pdf", PDF)}
    for _ in range(2):
        told = visitor.post(f"{api}/files", data=fields, files=files)
    read = visitor.post(f"{api}/read", json={"number": number.replace(" ", "-")})
    assert read.json() == told.json()
    assert [one["place"] for one in read.json()["files"]] == [3]
    assert (read.headers["Cache-Control"], "set-cookie" in read.headers) == ("no-store", False)


@pytest.mark.promise("P19")
def test_a_program_meets_the_same_limits(visitor: TestClient, app: FastAPI, clock: Hand) -> None:
    api = "/api/v1/consultations"
    form = visitor.post(f"{api}/forms").json()["form"]
    app.state.flood = flood = Flood()
    for _ in range(300):
        flood.age_needed(clock.now)
    hasty = visitor.post(api, json={**TOLD, "form": form})
    assert hasty.json()["errors"][0]["code"] == "complaint-wait"
    for bad in ({"form": "x"}, {"form": form, "filing": "check-in"}):
        assert visitor.post(api, json={**TOLD, **bad}).status_code == 422
    app.state.complaints = Pace(0, 600)
    for path, body in (("", {**TOLD, "form": form}), ("/read", {"number": "1" * 16})):
        assert visitor.post(api + path, json=body).status_code == 429
