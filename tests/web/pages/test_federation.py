"""An official signs in at SETRASS's own provider, a real one, and comes back."""

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import text

from app.adapters.openid import OpenIdProviders
from app.adapters.outbound import Outbound
from app.services.ports import Ports
from app.services.throttling import allow_try, place_of
from app.storage import accounts
from app.web.clock import Clock, utc_now
from app.web.pages.federation import BEGINNINGS
from permits.audit import Act
from permits.people import SYSTEM, Actor, PersonId, Role
from tests import outside
from tests.builders import NOW, work_of
from tests.databases import Database
from tests.openid import MAIL, REDIRECT, RunningProvider, running_provider
from tests.web.clients import Client
from tests.web.signing import add_person, code_at, enter


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningProvider]:
    with running_provider(tmp_path_factory.mktemp("openid")) as provider:
        yield provider


@pytest.fixture
def ports(running: RunningProvider) -> Ports:
    found = {"setrass": running.settings()}
    return replace(
        outside.ports(), openid=OpenIdProviders(found, Outbound([running.issuer]), REDIRECT)
    )


@pytest.fixture
def clock() -> Clock:
    """The machine's clock, which the provider reads too."""
    return utc_now


@pytest.fixture
def lucia(database: Database, ports: Ports) -> Actor:
    """An official who was invited, and has no password."""
    actor = Actor(PersonId(uuid4()), Role.SETRASS_OFFICER, "Lucía Mejía")
    with database.sessions.begin() as session:
        event = work_of(session, SYSTEM, ports).event(
            Act.ACCOUNT_ADDED, actor.person, {"role": actor.role.value}
        )
        account = accounts.Account.of(actor, MAIL, None)
        accounts.add_account(session, account, SYSTEM.person, NOW, event=event)
    return actor


def refused(visitor: TestClient, back: dict[str, str]) -> tuple[int, str]:
    """Where a refused return leads: its status and the page."""
    reply = visitor.get("/entrar/retorno", params=back)
    assert reply.status_code == 303
    place = reply.headers["location"]
    assert set(parse_qs(urlsplit(place).query)) <= {"por", "con"}
    page = visitor.get(place)
    return page.status_code, page.text


def goes(visitor: TestClient, running: RunningProvider, after: str = "") -> dict[str, str]:
    """The browser goes to the provider, and what it brings back."""
    begun = visitor.get("/entrar/con/setrass", params={"siguiente": after})
    assert begun.status_code == 303
    return running.follow(begun.headers["location"])


@pytest.mark.feature("D3")
@pytest.mark.asvs("10.2.1", "10.5.1", "3.7.2")
@pytest.mark.parametrize(
    ("after", "page"),
    [("", "/bandeja"), ("/casos/1", "/casos/1"), ("https://evil.example/", "/bandeja")],
)
def test_who_signed_in_there_is_signed_in_here(
    visitor: TestClient, running: RunningProvider, lucia: Actor, after: str, page: str
) -> None:
    running.says(amr=["pwd", "mfa"])
    reply = visitor.get("/entrar/retorno", params=goes(visitor, running, after))
    assert (reply.status_code, reply.headers["location"]) == (303, page)
    assert visitor.get("/bandeja").status_code == 200


def test_the_sign_in_names_the_institutions(visitor: TestClient) -> None:
    page = visitor.get("/entrar", params={"siguiente": "/casos/1"}).text
    assert "Entrar con SETRASS" in page
    assert 'href="/entrar/con/setrass?siguiente=/casos/1"' in page


def test_who_was_never_invited_stays_outside(
    visitor: TestClient, running: RunningProvider, database: Database
) -> None:
    running.says(account="u-9", amr=["mfa"])
    status, page = refused(visitor, goes(visitor, running))
    assert (status, "Pida una invitación" in page) == (403, True)
    assert visitor.get("/bandeja").status_code == 303
    assert reasons(database) == ["no-account"]


def test_who_declines_there_comes_back_with_nothing(
    visitor: TestClient, running: RunningProvider, lucia: Actor, database: Database
) -> None:
    running.says(refuse=True)
    status, page = refused(visitor, goes(visitor, running))
    assert (status, 'href="/entrar/con/setrass"' in page) == (403, True)
    assert reasons(database) == ["declined"]


@pytest.mark.asvs("10.1.2")
def test_a_link_that_somebody_else_began_signs_nobody_in(
    visitor: TestClient, app: FastAPI, running: RunningProvider, lucia: Actor, database: Database
) -> None:
    running.says(amr=["mfa"])
    back = goes(visitor, running)
    victim = Client(app, follow_redirects=False)
    assert refused(victim, back)[0] == 403
    assert victim.get("/bandeja").status_code == 303
    assert visitor.get("/entrar/retorno", params=back).headers["location"] == "/bandeja"
    assert refused(visitor, back)[0] == 403
    assert reasons(database) == ["asking", "asking"]


def test_a_forged_answer_is_refused_without_a_word_of_its_own(
    visitor: TestClient, running: RunningProvider, lucia: Actor
) -> None:
    running.says(amr=["mfa"])
    back = goes(visitor, running)
    forged = {**back, "code": "<script>alert(1)</script>", "error_description": "Llame al 555"}
    status, page = refused(visitor, forged)
    assert (status, "555" in page, "alert(1)" in page) == (403, False, False)


def test_a_provider_that_is_away_is_said_so(
    database: Database, ports: Ports, running: RunningProvider, clock: Clock, app: FastAPI
) -> None:
    away = running.settings(issuer="http://127.0.0.1:9")
    app.state.ports = replace(
        ports,
        openid=OpenIdProviders({"setrass": away}, Outbound(["http://127.0.0.1:9"]), REDIRECT),
    )
    browser = Client(app, follow_redirects=False)
    reply = browser.get("/entrar/con/setrass", follow_redirects=True)
    assert (reply.status_code, "no responde" in reply.text) == (503, True)
    assert browser.get("/entrar/con/otra").status_code == 404


def reasons(database: Database) -> list[str]:
    """Why nobody was let in, as the log tells it, in the order of the tries."""
    asked = "SELECT facts ->> 'reason' FROM audit_events WHERE act = 'provider:refuse' ORDER BY id"
    with database.engine.connect() as connection:
        return list(connection.execute(text(asked)).scalars())


@pytest.mark.promise("P19")
def test_who_begins_too_often_keeps_no_known_browser_from_the_provider(
    app: FastAPI, database: Database, ports: Ports, running: RunningProvider
) -> None:
    known, stranger = (Client(app, follow_redirects=False) for _ in range(2))
    add_person(database, ports)
    enter(known, code=code_at(utc_now()))
    with database.sessions.begin() as session:
        work = work_of(session, SYSTEM, ports, utc_now())
        for window in (work, replace(work, now=work.now + BEGINNINGS.window)):
            for _ in range(BEGINNINGS.tries):
                allow_try(window, BEGINNINGS, place_of("testclient"))
    places = [one.get("/entrar/con/setrass").headers["location"] for one in (stranger, known)]
    assert places[0].startswith("/entrar/institucion?por=too-many-tries")
    assert places[1].startswith(running.issuer)
