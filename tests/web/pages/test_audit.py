"""The log on the screen: filters in the address, what is typed wrong, and each proof."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text

from app.services import log_reading
from app.services.ports import Ports
from app.services.sealing import seal_events
from app.storage import audit
from app.storage.checkpoints import find_head
from app.storage.grants import OWNER
from permits.audit import Act
from permits.deadlines import legal_day
from permits.people import SYSTEM, SYSTEM_PERSON, Actor, Role
from tests.builders import CUI, NOW, PHONE, Story, add_official, work_of
from tests.databases import Database
from tests.web.conftest import As, Lived

PATH = "/auditoria"
LINK = re.compile(r'<th scope="row"[^>]*><a class="govuk-link" href="/auditoria/(\d+)">')


@pytest.fixture
def story(lived: Lived) -> Story:
    return lived(lambda story: story.start().submit().approve())


@pytest.fixture
def people(database: Database, ports: Ports) -> dict[Role, Actor]:
    roles = (Role.AUDITOR, Role.DATA_PROTECTION_OFFICER, Role.INM_OFFICER)
    with database.sessions.begin() as session:
        return {role: add_official(session, ports, role) for role in roles}


@pytest.fixture
def auditor(as_: As, people: dict[Role, Actor]) -> TestClient:
    return as_(people[Role.AUDITOR])


def rows(database: Database) -> list[Any]:
    with database.sessions.begin() as session:
        return list(session.execute(text("SELECT * FROM audit_events ORDER BY id DESC")))


def shown(page: str) -> list[int]:
    """The numbers of the events on a page."""
    return [int(number) for number in LINK.findall(page)]


def seal(database: Database, ports: Ports) -> None:
    """Seal all that stands; another test's open transaction may hold some back for a moment."""
    every = text("SELECT count(*) FROM audit_events")
    sealed, standing = 0, 1
    while sealed < standing:
        with database.sessions.begin() as session:
            seal_events(work_of(session, SYSTEM, ports))
            head, standing = find_head(session), session.execute(every).scalar_one()
            sealed = head.size if head else 0


@pytest.mark.feature("D2")
def test_the_address_is_the_filter(auditor: TestClient, story: Story, database: Database) -> None:
    log = rows(database)
    day = legal_day(NOW)
    tomorrow = day + timedelta(days=1)
    for query, chosen in (
        (f"sujeto={story.id}", lambda r: r.subject == story.id),
        (f"persona={story.inm.person}", lambda r: r.person == story.inm.person),
        ("acto=application:decide", lambda r: r.act == Act.APPLICATION_DECIDED),
        ("ver=rechazos", lambda r: False),
        ("ver=roles", lambda r: r.act.startswith(("role:", "account:", "api-client:"))),
        ("ver=roles&acto=application:submit", lambda r: r.act == Act.APPLICATION_SUBMITTED),
        (f"desde={day}&hasta={day}&acto=vacancy:add", lambda r: r.act == Act.VACANCY_ADDED),
        (f"desde={tomorrow}&acto=vacancy:add", lambda r: False),
        (f"hasta={day - timedelta(days=1)}", lambda r: False),
        (f"sujeto={uuid4()}", lambda r: False),
    ):
        page = auditor.get(f"{PATH}?{query}")
        assert page.status_code == 200
        wanted = [row.id for row in log if chosen(row)]
        assert shown(page.text) == wanted, query
        assert ("Ningún acto cumple estos filtros." in page.text) is (wanted == []), query


def test_each_filter_is_taken_away_by_a_link(auditor: TestClient, story: Story) -> None:
    query = f"sujeto={story.id}&persona={story.inm.person}&acto=application:decide&desde=2026-11-23"
    page = auditor.get(f"{PATH}?{query}&hasta=2026-11-24").text
    chips = page.partition('<ul class="chips"')[2].partition("</ul>")[0]
    links = [link.replace("&amp;", "&").replace("%3A", ":") for link in _hrefs(chips)]
    words = [*query.split("&"), "hasta=2026-11-24"]
    assert [sorted(set(words) - set(link.partition("?")[2].split("&"))) for link in links] == [
        [word] for word in words
    ]
    assert "Desde el 23 de noviembre de 2026" in chips


def _hrefs(part: str) -> list[str]:
    return re.findall(r'href="([^"]+)"', part)


@pytest.mark.feature("D2")
def test_the_pages_lead_on_with_their_filters(
    auditor: TestClient, database: Database, ports: Ports
) -> None:
    with database.sessions.begin() as session:
        work = work_of(session, SYSTEM, ports)
        for _ in range(2 * log_reading.PAGE + 3):
            audit.append(session, work.event(Act.EMPLOYER_ADDED, work.new_id()))
    seen, address = list[int](), f"{PATH}?acto=employer:add"
    while address:
        page = auditor.get(address).text
        seen += shown(page)
        address = "".join(re.findall(r'rel="next" href="([^"]+)"', page)).replace("&amp;", "&")
        assert not address or "acto=employer%3Aadd" in address
    wanted = [row.id for row in rows(database) if row.act == "employer:add"]
    assert (seen, len(seen)) == (wanted, 2 * log_reading.PAGE + 3)
    assert "Volver al principio" in page


@pytest.mark.asvs("2.2.1", "2.2.3")
def test_what_is_typed_wrong_is_marked_and_nothing_is_read(
    auditor: TestClient, database: Database
) -> None:
    for query, said in (
        ("sujeto=Juana", "Pegue el identificador completo"),
        ("persona=5f0c1d1e", "Pegue el identificador completo"),
        ("desde=ayer", "fecha"),
        ("hasta=9999-12-31", "fecha"),
        ("desde=2026-11-24&hasta=2026-11-23", "El final debe ser después del principio."),
        ("acto=application:steal", "Elija una de las"),
        ("ver=secretos", "Elija una de las"),
    ):
        page = auditor.get(f"{PATH}?{query}")
        summary = page.text.partition("govuk-error-summary")[2].partition("</form>")[0]
        assert (page.status_code, said in summary) == (422, True), query
        assert shown(page.text) == []
    assert auditor.get(f"{PATH}?tras=0").status_code == 422
    assert auditor.get(f"{PATH}?tras={2**63}").status_code == 422
    assert Act.LOG_READ not in {row.act for row in rows(database)}
    typed = auditor.get(f"{PATH}?sujeto=%3Cb%3E").text
    assert 'value="&lt;b&gt;"' in typed


@pytest.mark.feature("D2")
@pytest.mark.promise("P16")
def test_nobody_is_named_to_whoever_watches(
    as_: As, people: dict[Role, Actor], story: Story, database: Database
) -> None:
    names = ("María", "Gutiérrez", PHONE, CUI, *(actor.name for actor in _officials(story)))
    for role in (Role.AUDITOR, Role.DATA_PROTECTION_OFFICER):
        browser = as_(people[role])
        own = people[role].name
        pages = [
            browser.get(PATH).text,
            *(browser.get(f"{PATH}/{row.id}").text for row in rows(database)[:40]),
        ]
        for page in pages:
            body = page.replace(own, "")
            assert [name for name in names if name and name in body] == []


def _officials(story: Story) -> Iterator[Actor]:
    yield from (story.setrass, story.inm)


@pytest.mark.feature("D2")
@pytest.mark.promise("P11")
def test_an_event_shows_that_it_is_as_it_was_sealed(
    as_: As, people: dict[Role, Actor], story: Story, database: Database, ports: Ports
) -> None:
    auditor, officer = as_(people[Role.AUDITOR]), as_(people[Role.DATA_PROTECTION_OFFICER])
    event = next(row.id for row in rows(database) if row.act == Act.APPLICATION_DECIDED)
    assert "Todavía no está sellado" in auditor.get(f"{PATH}/{event}").text

    seal(database, ports)

    page = auditor.get(f"{PATH}/{event}").text
    assert "Está tal como se selló" in page
    proof = auditor.get(re.findall(r'href="(/api/v1/audit/events/\d+/proof)"', page)[0]).json()
    assert proof["event"] == event
    assert all(part in page for part in proof["path"])
    assert str(story.id) in page
    told = officer.get(f"{PATH}/{event}").text
    assert ("La prueba la ve la auditoría." in told, "/proof" in told) == (True, False)
    assert rows(database)[0].act == Act.LOG_READ
    assert (rows(database)[0].subject, rows(database)[0].facts["by"]) == (story.id, ["event"])

    with database.of(OWNER).sessions.begin() as session:
        changed = {"event": event, "person": SYSTEM_PERSON}
        session.execute(text("UPDATE audit_events SET person = :person WHERE id = :event"), changed)
    altered = auditor.get(f"{PATH}/{event}").text
    assert "No coincide con lo que se selló" in altered
    assert "Está tal como se selló" not in altered


@pytest.mark.promise("P11")
def test_what_was_put_in_behind_the_seal_is_told(
    auditor: TestClient, story: Story, database: Database, ports: Ports
) -> None:
    seal(database, ports)
    columns = "act, subject, person, role, at, request, facts"
    with database.of(OWNER).sessions.begin() as session:
        put_in = (
            f"INSERT INTO audit_events ({columns}, xid) SELECT {columns}, xid FROM audit_events"
            " WHERE act = 'application:decide' LIMIT 1 RETURNING id"
        )
        event = session.execute(text(put_in)).scalar_one()
    page = auditor.get(f"{PATH}?acto=application:decide").text
    tags = re.findall("Fuera del sello|Por sellar|Asiento", page)
    assert tags == ["Fuera del sello", "Asiento", "Asiento"]
    assert "No coincide con lo que se selló" in auditor.get(f"{PATH}/{event}").text


def test_what_is_not_there_is_said(auditor: TestClient) -> None:
    page = auditor.get(f"{PATH}/{2**63 - 1}")
    assert page.status_code == 404
    assert "El registro no tiene un evento con ese número." in page.text
    for wrong in ("0", "-1", "x", str(2**63)):
        assert auditor.get(f"{PATH}/{wrong}").status_code in {404, 422}


@pytest.mark.asvs("8.2.1")
def test_others_read_no_log(as_: As, people: dict[Role, Actor]) -> None:
    officer = as_(people[Role.INM_OFFICER])
    for path in (PATH, f"{PATH}?sujeto=x", f"{PATH}/1"):
        assert officer.get(path).status_code == 403
    assert PATH not in officer.get("/bandeja").text
