"""The officials' queue: filters in the address, quick views, what is due first on top."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine, event

from app.services.approvals import hold_application
from app.services.ports import Ports
from app.storage.applications import get_application
from permits.approvals import Opinion
from permits.people import Actor, Role
from permits.reach import EVERYTHING
from tests.builders import Story, add_official
from tests.databases import Database
from tests.web.conftest import As, Lived

ReceiptOf = Callable[[Story], str]
ROW = re.compile(r'<tr class="govuk-table__row">\s*<th scope="row".*?</tr>', re.S)
RECEIPT = re.compile(r'href="/casos/[^"]+">([0-9-]+)</a>')


def receipts(page: str) -> list[str]:
    return [found for row in ROW.findall(page) for found in RECEIPT.findall(row)]


def views(page: str) -> dict[str, int]:
    """The quick views with their counts."""
    found = re.findall(r">([^<>]+) <span class=\"views__count\">(\d+)</span>", page)
    return {name.strip(): int(count) for name, count in found}


def chips(page: str) -> dict[str, str]:
    """The active filters, each with the address without it."""
    listed = re.search(r'<ul class="chips".*?</ul>', page, re.S)
    found = re.findall(r'href="([^"]+)"><span>([^<]+)</span>', listed.group() if listed else "")
    return {text: href.replace("&amp;", "&") for href, text in found}


@contextmanager
def counted(engine: Engine) -> Iterator[list[str]]:
    """The statements that are sent meanwhile."""
    sent: list[str] = []

    def note(*arguments: object) -> None:
        sent.append(str(arguments[2]))

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)


@pytest.fixture
def officer(database: Database, ports: Ports) -> Actor:
    with database.sessions.begin() as session:
        return add_official(session, ports, Role.SETRASS_OFFICER, "Lucía Mejía")


@pytest.fixture
def desk(as_: As, officer: Actor) -> TestClient:
    return as_(officer)


@pytest.fixture
def receipt_of(database: Database) -> ReceiptOf:
    """The receipt number of a story that was committed."""

    def read(story: Story) -> str:
        with database.sessions() as session:
            return get_application(session, story.id, reach=EVERYTHING).receipt or ""

    return read


def older(story: Story, days: int) -> Story:
    """The same story, so many days before today."""
    return story.later(days=-days)


@pytest.mark.feature("O3", "O5", "N1")
def test_what_is_due_first_stands_on_top_and_only_what_matters_has_a_badge(
    desk: TestClient, lived: Lived, receipt_of: ReceiptOf
) -> None:
    young = lived(lambda s: older(s, 1).start().submit())
    late = lived(lambda s: older(s, 90).start().submit())
    near = lived(lambda s: older(s, 45).start().submit())
    page = desk.get("/bandeja").text
    assert receipts(page) == [receipt_of(one) for one in (late, near, young)]
    rows = ROW.findall(page)
    assert ["status--stop" in rows[0], "Venció hace" in rows[0]] == [True, True]
    assert ["status--look" in rows[1], "Vence en" in rows[1]] == [True, True]
    assert ["días hábiles</span>" in rows[2], "Quedan" in rows[2]] == [True, True]
    assert [row.count('<strong class="status') for row in rows] == [3, 2, 1]
    assert ["Riesgo de afirmativa ficta" in row for row in rows] == [True, False, False]
    assert "pasó el plazo" not in page  # told to who answers for the desk
    assert views(page) == {
        "Mi turno": 3,
        "Nuevo para mí": 3,
        "Por vencer": 1,
        "Vencidas": 1,
        "Con preguntas": 0,
        "Devueltas": 0,
        "Todas": 3,
    }
    assert receipts(desk.get("/bandeja?vence=pronto").text) == [receipt_of(near)]
    assert receipts(desk.get("/bandeja?vence=vencidas").text) == [receipt_of(late)]


@pytest.mark.feature("O5")
def test_who_answers_for_the_desk_reads_first_how_many_are_over(
    as_: As, lived: Lived, database: Database, ports: Ports
) -> None:
    lived(lambda s: older(s, 90).start().submit())
    lived(lambda s: older(s, 90).start().submit().decide(s.setrass, Opinion.APPROVE))
    lived(lambda s: older(s, 1).start().submit())
    with database.sessions.begin() as session:
        boss = add_official(session, ports, Role.SETRASS_SUPERVISOR)
    page = as_(boss).get("/bandeja").text
    assert "1 caso pasó el plazo" in page[: page.index("Mi turno")]
    late = as_(boss).get("/bandeja?vence=vencidas").text
    assert len(receipts(late)) == 1
    assert "1 caso pasó el plazo" not in late


@pytest.mark.feature("O3", "O7")
def test_each_view_and_each_filter_shows_its_cases(
    desk: TestClient, officer: Actor, lived: Lived, receipt_of: ReceiptOf
) -> None:
    mine = lived(lambda s: s.start(given_names="José Ángel").submit())
    other = lived(lambda s: s.start().submit().decide(s.setrass, Opinion.APPROVE))
    returned = lived(lambda s: s.start().submit().decide(s.setrass, Opinion.RETURN))

    def hold(story: Story) -> Story:
        story.start().submit()
        version = story.application.version
        hold_application(story.work(officer), story.id, seen_version=version)
        return story

    held = lived(hold)
    shown = {
        "/bandeja": {mine, held},
        "/bandeja?espera=todas": {mine, other, returned, held},
        "/bandeja?estado=returned": {returned},
        "/bandeja?estado=under-review": {mine, other, held},
        "/bandeja?estado=under-review&espera=mia": {mine, held},
        "/bandeja?tengo=yo": {held},
        "/bandeja?programa=coffee-hn-gt": {mine, held},
        "/bandeja?programa=twap-spain": set[Story](),
        "/bandeja?q=jose+angel": {mine},
        f"/bandeja?q={receipt_of(mine)}": {mine},
        "/bandeja?estado=returned&vence=vencidas": set[Story](),
    }
    found = {address: set(receipts(desk.get(address).text)) for address in shown}
    expected = {address: {receipt_of(one) for one in stories} for address, stories in shown.items()}
    assert found == expected
    row = ROW.findall(desk.get("/bandeja?tengo=yo").text)[0]
    assert "<strong>Usted</strong>" in row
    asked = ROW.findall(desk.get("/bandeja?estado=returned").text)[0]
    assert "Plazo en pausa<br>La persona tiene 10 días hábiles" in asked


def test_a_count_stops_where_nobody_reads_it_to_the_last_digit(
    desk: TestClient, lived: Lived, monkeypatch: pytest.MonkeyPatch
) -> None:
    def many(story: Story) -> Story:
        for _ in range(4):
            story.start().submit()
        return story

    lived(many)
    monkeypatch.setattr("app.services.queues.MOST_COUNTED", 3)
    page = desk.get("/bandeja?espera=todas").text
    assert len(receipts(page)) == 4
    assert "Más de 3 casos, primero el que vence antes" in page
    assert '>Todas <span class="views__count">más de 3</span>' in page
    assert views(page)["Devueltas"] == 0


def test_active_filters_are_chips_that_take_themselves_away(desk: TestClient) -> None:
    page = desk.get("/bandeja?estado=under-review&espera=mia&q=ana&tengo=yo&vence=pronto").text
    assert chips(page) == {
        "Estado: En revisión": "/bandeja?tengo=yo&vence=pronto&q=ana",
        "Espera a mi institución": "/bandeja?estado=under-review&tengo=yo&vence=pronto&q=ana",
        "Lo tengo yo": "/bandeja?estado=under-review&vence=pronto&q=ana&espera=mia",
        "Por vencer": "/bandeja?estado=under-review&tengo=yo&q=ana&espera=mia",
        "Búsqueda: ana": "/bandeja?estado=under-review&tengo=yo&vence=pronto&espera=mia",
    }
    several = desk.get("/bandeja?estado=returned,asked&vence=2099-12-01&espera=inm").text
    assert chips(several) == {
        "Estado: Se preguntó": "/bandeja?estado=returned&vence=2099-12-01&espera=inm",
        "Estado: Devuelta con pregunta": "/bandeja?estado=asked&vence=2099-12-01&espera=inm",
        "Vence antes del 1 de diciembre de 2099": "/bandeja?estado=asked,returned&espera=inm",
        "Espera a: Instituto Nacional de Migración (INM)": "/bandeja?estado=asked,returned"
        "&vence=2099-12-01",
    }
    assert [f'value="{one}" selected' in several for one in ("asked,returned", "2099-12-01")] == [
        True,
        True,
    ]
    days = "enviada_desde=2026-11-01&enviada_hasta=2026-11-30"
    assert chips(desk.get(f"/bandeja?espera=todas&{days}").text) == {
        "Enviada desde el 1 de noviembre de 2026": "/bandeja?enviada_hasta=2026-11-30&espera=todas",
        "Enviada hasta el 30 de noviembre de 2026": "/bandeja?enviada_desde=2026-11-01"
        "&espera=todas",
    }
    assert chips(desk.get("/bandeja").text) == {"Espera a mi institución": "/bandeja?espera=todas"}
    assert chips(desk.get("/bandeja?espera=todas").text) == {}


def test_an_empty_list_says_why(desk: TestClient) -> None:
    assert "No hay casos que esperen a su institución." in desk.get("/bandeja").text
    assert "Todavía no hay solicitudes enviadas." in desk.get("/bandeja?espera=todas").text
    assert "Ningún caso cumple estos filtros." in desk.get("/bandeja?q=nadie").text


@pytest.mark.parametrize(
    "query",
    [
        "estado=draft",
        "estado=x",
        "programa=x",
        "espera=x",
        "vence=x",
        "desde=x",
        "tengo=x",
        "lugar=x",
    ],
)
def test_a_word_that_is_not_known_is_a_fault(desk: TestClient, query: str) -> None:
    assert desk.get(f"/bandeja?{query}").status_code == 422


def test_pages_of_fifty_follow_by_their_key(desk: TestClient, lived: Lived) -> None:
    def many(story: Story) -> Story:
        for _ in range(52):
            story.start().submit()
        return story

    lived(many)
    first = desk.get("/bandeja").text
    link = re.search(r'rel="next" href="([^"]+)"', first)
    assert link is not None
    second = desk.get(link.group(1).replace("&amp;", "&")).text
    assert [len(receipts(first)), len(receipts(second))] == [50, 2]
    assert len({*receipts(first), *receipts(second)}) == 52
    assert 'rel="next"' not in second
    assert "Volver al principio" in second


def test_one_row_and_three_rows_take_the_same_statements(
    desk: TestClient, lived: Lived, database: Database
) -> None:
    counts = []
    for more in (1, 2):
        for _ in range(more):
            lived(lambda s: s.start().submit())
        with counted(database.engine) as sent:
            page = desk.get("/bandeja").text
        counts.append((len(receipts(page)), len(sent)))
    assert counts == [(1, counts[0][1]), (3, counts[0][1])]
    assert counts[0][1] <= 6


@pytest.mark.asvs("8.2.1")
@pytest.mark.parametrize("role", [Role.BORDER_AGENT, Role.ADMINISTRATOR, Role.WORKER])
def test_the_queue_is_for_officers(
    as_: As, lived: Lived, database: Database, ports: Ports, receipt_of: ReceiptOf, role: Role
) -> None:
    story = lived(lambda s: s.start().submit())
    if role is Role.WORKER:
        actor = story.worker
    else:
        with database.sessions.begin() as session:
            actor = add_official(session, ports, role)
    reply = as_(actor).get("/bandeja")
    assert reply.status_code == 403
    assert receipt_of(story) not in reply.text


def test_who_is_not_signed_in_signs_in_first(visitor: TestClient) -> None:
    reply = visitor.get("/bandeja?q=ana")
    assert (reply.status_code, reply.headers["location"]) == (
        303,
        "/entrar?siguiente=/bandeja%3Fq%3Dana",
    )


def test_the_queue_speaks_english(desk: TestClient, lived: Lived) -> None:
    lived(lambda s: older(s, 45).start().submit())
    desk.cookies.set("idioma", "en")
    page = desk.get("/bandeja").text
    assert [word in page for word in ("Case queue", "My turn", "Due in", "Coffee harvest")] == [
        True
    ] * 4
