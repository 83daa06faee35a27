"""An employer registers on a telephone without JavaScript, and SETRASS decides at its desk."""

import re
from datetime import timedelta
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text

from app.services import effects, phone_codes, registry_checks
from app.services.ports import Ports
from permits.people import SYSTEM, Role
from recruitment.registries import Registry
from tests.builders import NOW, add_official, work_of
from tests.databases import Database
from tests.recruitment.test_employer_papers import QUIET
from tests.registered import AGENCIES, HEADER, bring_all, verified
from tests.web.conftest import As
from tests.web.pages.walking import words

HERE, DESK = "/registro-empleador", "/registros-de-empleadores"
PHONE = "9988-7766"
ANSWERS = (
    ("tipo", {"kind": "small-grower"}),
    ("nombre", {"name": "Finca La Peña de Prueba"}),
    ("rtn", {"tax_number": "0404-1980-000017"}),
    ("tamano", {"size": "1-10"}),
    ("contacto", {"contact": "Ana Ficticia"}),
    ("ihcafe", {"coffee_key": ""}),
)
FARM = {"farm": "La Peña", "municipality": "copan ruinas", "housed": "6", "point": "14.84, 89.15"}


def do_effects(database: Database, ports: Ports) -> None:
    kinds = {phone_codes.EFFECT, registry_checks.EFFECT}
    with database.sessions.begin() as session:
        while effects.run_next_effect(work_of(session, SYSTEM, ports), kinds):
            pass


def come_in(page: TestClient, database: Database, ports: Ports, after: str = "") -> None:
    wanted = f"?siguiente={after}" if after else ""
    asked = page.post(HERE, data={"phone": PHONE, "after": after})
    assert asked.headers["location"] == f"{HERE}/codigo{wanted}"
    do_effects(database, ports)
    with database.sessions() as session:
        query = "SELECT body FROM messages WHERE kind = 'phone-code' ORDER BY key"
        bodies = session.execute(text(query)).scalars().all()
    wrong = page.post(f"{HERE}/codigo", data={"code": "000000"})
    assert (wrong.status_code, "no es correcto" in wrong.text) == (422, True)
    tried = [re.findall(r"\d{6}", body)[0] for body in bodies]
    said = [{"code": code, "after": after} for code in tried]
    answers = [page.post(f"{HERE}/codigo", data=one) for one in said]
    assert (after or f"{HERE}/mi-registro") in {one.headers.get("location") for one in answers}


def tell(page: TestClient) -> None:
    """Each question is answered, one wrongly first; a farm is added, pressing twice."""
    short = page.post(f"{HERE}/paso/rtn", data={"tax_number": "0404"})
    assert (short.status_code, "tiene 14 números" in short.text) == (422, True)
    assert 'value="0404"' in short.text
    early = page.post(f"{HERE}/enviar")
    assert (early.status_code, "Todavía no se envió" in early.text) == (422, True)
    for slug, answer in ANSWERS:
        answered = page.post(f"{HERE}/paso/{slug}", data=answer)
        assert answered.status_code == 303, (slug, words(answered))
    assert answered.headers["location"] == f"{HERE}/fincas/nueva"
    on_map = FARM | {"point": "", "map300.x": "20", "map300.y": "81"}
    pressed = page.post(f"{HERE}/fincas/nueva", data=on_map)
    assert (pressed.status_code, 'value="14.85, -89.15"' in pressed.text) == (200, True)
    assert 'value="La Peña"' in pressed.text
    lost = page.post(f"{HERE}/fincas/nueva", data=FARM | {"point": "0, 0"})
    assert (lost.status_code, "fuera de Honduras" in lost.text) == (422, True)
    (twice,) = re.findall(r'name="id" value="([0-9a-f-]{36})"', lost.text)
    for _ in range(2):
        assert page.post(f"{HERE}/fincas/nueva", data=FARM | {"id": twice}).status_code == 303
    own = page.get(f"{HERE}/mi-registro")
    assert own.text.count("Duermen ahí: 6") == own.text.count('<circle class="farm-map__farm"') == 1


@pytest.mark.feature("E1")
def test_a_grower_registers_question_by_question_and_is_verified(
    visitor: TestClient, as_: As, database: Database, ports: Ports
) -> None:
    assert visitor.get(f"{HERE}/mi-registro").headers["location"] == HERE
    refused = visitor.post(HERE, data={"phone": "12"})
    assert (refused.status_code, 'value="12"' in refused.text) == (422, True)
    come_in(visitor, database, ports)
    tell(visitor)
    for _ in range(2):
        sent = visitor.post(f"{HERE}/enviar")
        assert sent.headers["location"] == f"{HERE}/mi-registro?hecho=enviado"
    assert "SETRASS lo revisa" in words(visitor.get(f"{HERE}/paso/tipo", follow_redirects=True))
    do_effects(database, ports)
    with database.sessions.begin() as session:
        officer = as_(add_official(session, ports, Role.SETRASS_OFFICER))
    (path,) = re.findall(rf'href="({DESK}/[0-9a-f-]{{36}})"', officer.get(DESK).text)
    shown = officer.get(path)
    assert "No se pudo comprobar" in words(shown)
    said = {"action": "verify"} | dict(re.findall(r'name="(version)" value="(\d+)"', shown.text))
    bare = officer.post(f"{path}/decidir", data=said)
    assert (bare.status_code, "Falta comprobar el RTN" in bare.text) == (409, True)
    empty = officer.post(f"{path}/decidir", data=said | {"action": "return"})
    assert empty.status_code == 422
    done = officer.post(f"{path}/decidir", data=said | {"evidence": "tax-certificate"})
    assert done.headers["location"] == f"{path}?hecho=verify"
    told = visitor.get(f"{HERE}/mi-registro")
    assert "SETRASS verificó su registro." in words(told)
    (profile,) = re.findall(r'href="(/empleador/[0-9a-f-]{36})"', told.text)
    assert "No hay nada en su contra" in words(visitor.get(profile))
    hires(visitor, database, ports)


def hires(page: TestClient, database: Database, ports: Ports) -> None:
    """The message led here: another code opens the account, until the browser is let out of all."""
    assert "Entre con un código nuevo." in words(page.get(f"{HERE}/mi-registro"))
    wanted = page.get("/mis-vacantes").headers["location"]
    assert f'href="{HERE}?siguiente=/mis-vacantes"' in page.get(wanted).text
    assert 'value="+50499887766"' in page.get(f"{HERE}?siguiente=/mis-vacantes").text
    come_in(page, database, ports, "/mis-vacantes")
    assert "Escribir una vacante" in words(page.get("/mis-vacantes"))
    own = page.get(f"{HERE}/mi-registro").text
    rooms = ("/mis-vacantes", "/mis-fincas", "/mis-fincas/salarios", "/mi-cuenta")
    assert all(f'href="{one}"' in own for one in rooms)
    assert "Finca La Peña de Prueba" in words(page.get(f"{HERE}/iris"))
    page.post("/salir")
    assert page.get(f"{HERE}/mi-registro").headers["location"] == HERE
    assert page.get(f"{HERE}/iris").headers["location"] == HERE


@pytest.mark.feature("E1")
def test_the_phone_is_changed_with_both_codes_or_at_the_office(
    visitor: TestClient, as_: As, database: Database, ports: Ports
) -> None:
    come_in(visitor, database, ports)
    tell(visitor)
    visitor.post(f"{HERE}/enviar")
    wrong = visitor.post(f"{HERE}/telefono", data={"phone": PHONE})
    assert (wrong.status_code, "Ese ya es el teléfono" in wrong.text) == (422, True)
    assert f'value="{PHONE}"' in wrong.text
    assert visitor.get(f"{HERE}/telefono/codigos").headers["location"] == f"{HERE}/telefono"
    sent = visitor.post(f"{HERE}/telefono", data={"phone": "9988-1234"})
    assert sent.headers["location"] == f"{HERE}/telefono/codigos"
    bad = visitor.post(f"{HERE}/telefono/codigos", data={"old": "1", "new": "2"})
    assert (bad.status_code, "no es correcto" in bad.text) == (422, True)
    with database.sessions.begin() as session:
        officer = as_(add_official(session, ports, Role.SETRASS_OFFICER))
    (path,) = re.findall(rf'href="({DESK}/[0-9a-f-]{{36}})"', officer.get(DESK).text)
    said = dict(re.findall(r'name="(version)" value="(\d+)"', officer.get(path).text))
    empty = officer.post(f"{path}/telefono", data=said | {"phone": "9988-1234"})
    assert (empty.status_code, 'value="9988-1234"' in empty.text) == (422, True)
    done = officer.post(
        f"{path}/telefono", data=said | {"phone": "9988-1234", "evidence": "tax-certificate"}
    )
    assert done.headers["location"] == f"{path}?hecho=phone"
    assert visitor.get(f"{HERE}/mi-registro").headers["location"] == HERE


@pytest.mark.feature("N15")
def test_anybody_checks_an_offer_and_warns_without_a_name(
    visitor: TestClient, as_: As, database: Database, ports: Ports
) -> None:
    with database.sessions.begin() as session:
        bring_all(session, ports)
        chief = as_(add_official(session, ports, Role.SETRASS_SUPERVISOR))
    path = "/verificar-oferta"
    empty = visitor.get(path)
    assert "Una foto de la oferta no se lee." in words(empty)
    assert re.search(r'<div class="gate-scan" hidden data-offer-scan data-field="text"', empty.text)
    for part in re.findall(r'(?:data-reader|data-wasm)="([^"]+)"', empty.text):
        assert visitor.get(part).status_code == 200  # what reads a code comes from here
    assert "'wasm-unsafe-eval'" in empty.headers["content-security-policy"]
    assert "wasm" not in visitor.get(f"{path}/avisar").headers["content-security-policy"]
    offer = "Trabajo en Canadá, visa segura. Agencia Dos Orillas (demo), WhatsApp 9900-1122"
    checked = visitor.post(path, data={"text": offer})
    assert "No puede reclutar hoy" in words(checked)
    assert "visa segura" in words(checked)
    good = words(visitor.post(path, data={"text": "+504 2222-0001"}))
    assert "Es un reclutador con licencia" in good
    assert "Agencia Buen Camino (demo)" in good
    assert visitor.post(path, data={"text": " "}).status_code == 422
    nobody = visitor.post(f"{path}/avisar", data={"kind": "asked-money"})
    assert (nobody.status_code, "de quien fue" in nobody.text) == (422, True)
    warned = {"kind": "asked-money", "phone": "9900-1122", "id": str(UUID(int=7))}
    for _ in range(2):
        left = visitor.post(f"{path}/avisar", data=warned)
    assert left.headers["location"] == f"{path}/avisar?hecho=si"
    assert "avisos confirmados" not in words(visitor.post(path, data={"text": offer}))
    (act,) = re.findall(
        r'action="(/avisos-de-ofertas/.*?/confirmed)"', chief.get("/avisos-de-ofertas").text
    )
    assert chief.post(act).headers["location"] == "/avisos-de-ofertas?hecho=confirmed"
    assert chief.post(act).status_code == 409
    assert "avisos confirmados" in words(visitor.post(path, data={"text": offer}))
    limited = [visitor.post(path, data={"text": "x y"}).status_code for _ in range(60)]
    assert limited[-1] == 429


@pytest.mark.feature("E2")
def test_a_supervisor_brings_a_list_and_writes_a_measure_down(
    visitor: TestClient, as_: As, database: Database, ports: Ports
) -> None:
    with database.sessions.begin() as session:
        chief = as_(add_official(session, ports, Role.SETRASS_SUPERVISOR))
    day = NOW - timedelta(days=1)
    said = {
        "registry": "hn-recruiters",
        "as_of-day": str(day.day),
        "as_of-month": str(day.month),
        "as_of-year": str(day.year),
        "signer": "Dirección General de Empleo",
    }
    path = "/listas-de-registros"
    for data in (b"", HEADER.encode(), b"\xff\xfe"):
        assert chief.post(path, data=said, files={"file": ("a.csv", data)}).status_code == 422
    done = chief.post(path, data=said, files={"file": ("a.csv", AGENCIES.encode())})
    assert done.headers["location"] == f"{path}?hecho={Registry.HN_RECRUITERS.value}"
    assert "firmada por Dirección General de Empleo" in words(chief.get(path))
    english = visitor.get("/reclutadores?q=Díaz+y+hijos&idioma=en")
    assert english.headers["location"] == "/reclutadores?q=D%C3%ADaz+y+hijos"
    searched = visitor.get(english.headers["location"]).text
    assert ('lang="en"' in searched, 'value="Díaz y hijos"' in searched) == (True, True)
    visitor.cookies.delete("idioma")
    one = "/reclutadores/hn-recruiters/HN-001"
    assert "No hay nada en su contra" in words(visitor.get(one))
    assert visitor.get(f"{one}/qr.svg").headers["content-type"] == "image/svg+xml"
    against = "/medidas?registro=hn-recruiters&licencia=HN001"
    fine = {"kind": "fine", "reference": "DGIT-1-2026"}
    wrong = chief.post(against, data=fine)
    assert (wrong.status_code, 'value="DGIT-1-2026"' in wrong.text) == (422, True)
    days = {f"starts_on-{part}": said[f"as_of-{part}"] for part in ("day", "month", "year")}
    assert chief.post(against, data=fine | days).headers["location"] == against
    assert "Debe una multa." in words(visitor.get(one))
    (settle,) = re.findall(r'action="(/medidas/.*?)"', chief.get(against).text)
    assert chief.post(settle.replace("&amp;", "&")).status_code == 303
    assert "Debe una multa." not in words(visitor.get(one))


@pytest.mark.feature("N5")
def test_a_verified_employer_names_a_recruiter_and_assesses_itself(
    visitor: TestClient, as_: As, database: Database, ports: Ports
) -> None:
    with database.sessions.begin() as session:
        bring_all(session, ports)
        mine, employer = verified(session, ports)
        officer = as_(add_official(session, ports, Role.SETRASS_OFFICER))
        path = f"{DESK}/{mine.registration.id}"
    visitor.cookies.set("registro", mine.token)
    last = {"ends_on-day": "31", "ends_on-month": "1", "ends_on-year": "2027"}
    days = {"starts_on-day": "24", "starts_on-month": "11", "starts_on-year": "2026"} | last
    expired = visitor.post(f"{HERE}/reclutadores", data={"licence": "HN-004"} | days)
    assert (expired.status_code, "vencida" in expired.text) == (422, True)
    given = visitor.post(f"{HERE}/reclutadores", data={"licence": "HN-001"} | days)
    assert given.status_code == 303
    (end,) = re.findall(
        rf'action="({HERE}/reclutadores/.*?)"', visitor.get(f"{HERE}/reclutadores").text
    )
    assert [visitor.post(end).status_code for _ in range(2)] == [303, 409]
    said = {"criterion": "1-fees", "evidence": "Recibos, en la oficina"}
    broken = {"file": ("recibos.pdf", b"%PDF-1.7 cut off", "application/pdf")}
    wrong = visitor.post(f"{HERE}/iris", data=said, files=broken)
    assert wrong.status_code == 422  # and the word was not kept without its file
    brought = {"file": ("recibos.pdf", QUIET, "application/pdf")}
    assert visitor.post(f"{HERE}/iris", data=said, files=brought).status_code == 303
    [own] = re.findall(
        rf'href="({HERE}/papeles/[0-9a-f-]+)"', visitor.get(f"{HERE}/iris?criterio=1-fees").text
    )
    assert visitor.get(own).content == QUIET
    [file] = re.findall(rf'href="({path}/papeles/[0-9a-f-]+)"', officer.get(path).text)
    assert officer.get(file).content == QUIET
    assert "Recibos, en la oficina" not in visitor.get(f"/empleador/{employer}").text
    looked = {"criterion": "1-fees", "said": "confirm", "version": "1"}
    assert officer.post(f"{path}/iris", data=looked).headers["location"] == f"{path}?hecho=audit"
    assert officer.post(f"{path}/iris", data=looked).status_code in {409, 412}
    assert "Comprobado por SETRASS" in words(visitor.get(f"/empleador/{employer}"))
