import pytest
from fastapi.testclient import TestClient

from tests.web.conftest import Lived


def test_health_says_ok_and_how_much_waits(visitor: TestClient) -> None:
    reply = visitor.get("/api/v1/health")
    assert reply.status_code == 200
    assert reply.json() == {"status": "ok", "waiting_effects": 0}


def test_an_unknown_path_of_the_api_is_a_problem(visitor: TestClient) -> None:
    reply = visitor.get("/api/v1/nowhere")
    assert reply.status_code == 404
    assert reply.headers["content-type"] == "application/problem+json"
    assert reply.json()["code"] == "no-such-page"


def test_an_unknown_page_says_so_in_spanish(visitor: TestClient) -> None:
    reply = visitor.get("/nada")
    assert reply.status_code == 404
    assert "No encontramos esta página" in reply.text


def test_the_proxy_asks_whether_it_lives_and_whether_it_can_answer(visitor: TestClient) -> None:
    assert visitor.get("/health/live").text == "alive\n"
    assert visitor.get("/health/ready").text == "ready, 0 effects wait\n"


@pytest.mark.feature("D2")
def test_a_log_that_nobody_seals_is_told_beside(visitor: TestClient, lived: Lived) -> None:
    lived(lambda story: story.start())
    status, told = (reply := visitor.get("/health/ready")).status_code, reply.text.splitlines()
    assert (status, told[0].startswith("ready, ")) == (200, True)
    assert told[1:] == ["log not sealed since 2026-11-23T15:00:00+00:00"]
