"""Who has a case handed over answers once, and is told what was not kept."""

import re

import pytest

from app.services.ports import Ports
from permits.people import Role
from tests.builders import add_official
from tests.databases import Database
from tests.web.clients import browser
from tests.web.conftest import As
from tests.web.pages.test_complaint_desk import CODE, REFERRAL, OnDesk, World, opened, world
from tests.web.pages.walking import words

__all__ = ["world"]


@pytest.mark.feature("H5", "D1")
def test_a_number_that_is_too_long_is_told_and_an_answer_counts_once(
    as_: As, world: World, database: Database, ports: Ports
) -> None:
    desk = OnDesk(opened(as_, world.handlers[0]), world.complaint)
    desk.send("tomar")
    desk.send("mover", action="screen")
    over = {"channel": "letter", "summary": "Atender."}
    shown = desk.send("remitir", 200, target="labour-inspection", **over)
    code, referral = CODE.search(shown), REFERRAL.search(desk.page)
    assert code is not None
    assert referral is not None
    by_code, path = browser(desk.client.app), f"/remisiones/{referral[1]}"  # type: ignore[arg-type]
    desk.send("remitir", 200, target="mintrab-gt", **over)
    with database.sessions.begin() as session:
        partner = as_(add_official(session, ports, Role.PARTNER_AUTHORITY))
    [own] = re.findall(r'action="(/remisiones/[^"]+/contestar)"', partner.get("/remisiones").text)
    for client, door, answer in (
        (by_code, path, {"code": code[1], "answer": "confirm"}),
        (partner, own, {"answer": "confirm"}),
    ):
        long = client.post(door, data={**answer, "number": "9" * 61})
        assert (long.status_code, f'value="{"9" * 61}"' in long.text) == (422, True)
        assert "Quedó anotado" not in words(long)
        for _ in range(2):  # pressed twice
            assert client.post(door, data={**answer, "number": "7"}).status_code in {200, 303}
