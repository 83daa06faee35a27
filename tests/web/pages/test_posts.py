"""A post's day and who has not left, as a post's supervisor and an agency see them."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient

from app.services import crossings
from app.services.credentials import find_permit_of
from app.services.ports import Ports
from permits.crossings import Crossing, CrossingId, Direction
from permits.deadlines import legal_day
from permits.people import Actor, Role
from tests.builders import NOW, Story, add_official, add_vacancy, work_of
from tests.databases import Database
from tests.web.conftest import As

DAY_PAGE, STAYS_PAGE = "/puestos/pasos", "/puestos/no-han-salido"
Cross = Callable[..., str]


def words(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def now() -> datetime:
    return NOW


@pytest.fixture
def cross(database: Database, ports: Ports) -> Cross:
    """A person with a permit of so many days, who crosses so long ago; the permit's number."""

    def make(
        *passages: tuple[Direction, float, str], ends_in: int = 10, verdict: str = "green"
    ) -> str:
        with database.sessions.begin() as session:
            begun = now() - timedelta(days=30)
            story = Story(session, ports, begun)
            first = legal_day(begun)
            vacancy = add_vacancy(
                session,
                ports,
                now=begun,
                starts_on=first,
                ends_on=legal_day(now()) + timedelta(ends_in),
            )
            story.start(vacancy=str(vacancy)).submit().approve().sign()
            permit = find_permit_of(story.work(story.worker), story.id)
            assert permit is not None
            agent = add_official(session, ports, Role.BORDER_AGENT)
            for direction, ago, post in passages:
                at = now() - timedelta(hours=ago)
                crossing = Crossing(
                    CrossingId(uuid4()),
                    permit.credential.number,
                    direction,
                    post,
                    "d",
                    agent.person,
                    at,
                    verdict,
                    "ok" if verdict == "green" else "list-aging",
                    offline=False,
                )
                crossings.record_crossings(work_of(session, agent, ports, now()), [crossing])
            return permit.credential.number

    return make


@pytest.fixture
def someone(database: Database, ports: Ports, as_: As) -> Callable[[Role], TestClient]:
    def enter(role: Role) -> TestClient:
        with database.sessions.begin() as session:
            actor: Actor = add_official(session, ports, role)
        return as_(actor)

    return enter


def shown(number: str) -> str:
    return "-".join(number[at : at + 4] for at in range(0, len(number), 4))


def tallies(page: str) -> dict[str, str]:
    return dict(re.findall(r"<div><dt>([^<]+)</dt><dd>([^<]+)</dd></div>", page))


@pytest.mark.feature("B5")
def test_a_day_tells_its_tallies_and_explains_what_to_look_at(
    cross: Cross, someone: Callable[[Role], TestClient]
) -> None:
    clean = cross((Direction.ENTRY, 0.01, "HN-GT-1"))
    odd = cross((Direction.EXIT, 0.01, "HN-GT-1"), verdict="amber")
    elsewhere = cross((Direction.ENTRY, 0.01, "HN-GT-2"))
    supervisor = someone(Role.POST_SUPERVISOR)
    day = supervisor.get(DAY_PAGE)
    text = words(day.text)
    assert tallies(day.text) == {
        "Entradas": "1",
        "Salidas": "1",
        "Sin verde": "1",
        "Anotados sin red": "0",
    }
    assert shown(clean) in text
    assert shown(odd) in text
    assert shown(elsewhere) not in text
    assert "Quizá la entrada sigue en un equipo sin red." in text
    assert "Pregunte por qué." in text

    marked = words(supervisor.get(f"{DAY_PAGE}?ver=senales").text)
    assert shown(odd) in marked
    assert shown(clean) not in marked
    everywhere = words(someone(Role.INM_OFFICER).get(DAY_PAGE).text)
    assert shown(elsewhere) in everywhere
    assert "Agua Caliente" in everywhere


@pytest.mark.feature("B5")
def test_another_day_is_another_page_and_what_is_no_day_is_a_fault(
    cross: Cross, someone: Callable[[Role], TestClient]
) -> None:
    number = cross((Direction.ENTRY, 0.01, "HN-GT-1"))
    agent = someone(Role.BORDER_AGENT)
    before = (legal_day(now()) - timedelta(days=1)).isoformat()
    page = agent.get(f"{DAY_PAGE}?dia={before}").text
    assert "Todavía no llegó ningún paso de este día." in words(page)
    assert shown(number) not in page
    later = (legal_day(now()) + timedelta(days=1)).isoformat()
    for wrong in (f"dia={later}", "dia=ayer", "puesto=X", "ver=x", "desde=x", "dia=2001-01-01"):
        assert agent.get(f"{DAY_PAGE}?{wrong}").status_code == 422, wrong
    assert agent.get(DAY_PAGE, headers={"Accept-Language": "en"}).status_code == 200


@pytest.mark.feature("B7", "N16")
def test_who_has_not_left_is_listed_with_what_they_were_told(
    cross: Cross, someone: Callable[[Role], TestClient]
) -> None:
    over = cross((Direction.ENTRY, 300, "HN-GT-1"), ends_in=-3)
    ending = cross((Direction.ENTRY, 300, "HN-GT-1"), ends_in=5)
    left = cross((Direction.ENTRY, 300, "HN-GT-1"), (Direction.EXIT, 90, "HN-GT-1"), ends_in=-3)
    agent = someone(Role.BORDER_AGENT)
    page = agent.get(STAYS_PAGE).text
    assert shown(over) in page
    assert shown(ending) not in page
    assert shown(left) not in page
    assert "Terminó hace 3 días" in words(page)
    assert "Todavía nada" in words(page)
    assert "/casos/" not in page  # who works at a post opens no file
    soon = agent.get(f"{STAYS_PAGE}?ver=por-terminar").text
    assert shown(ending) in soon
    assert shown(over) not in soon
    assert "/casos/" in someone(Role.INM_OFFICER).get(STAYS_PAGE).text
    for wrong in ("ver=x", "puesto=X", "desde=x"):
        assert agent.get(f"{STAYS_PAGE}?{wrong}").status_code == 422, wrong


@pytest.mark.feature("B7")
def test_neither_page_is_for_others(someone: Callable[[Role], TestClient]) -> None:
    for role in (Role.RECRUITER, Role.ADMINISTRATOR, Role.AUDITOR, Role.COMPLAINT_HANDLER):
        other = someone(role)
        assert {other.get(path).status_code for path in (DAY_PAGE, STAYS_PAGE)} == {403}, role
