"""Who has no farm yet is written down for the pool of a department, as in the wizard."""

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from app.services.ports import Ports
from app.storage.applications import applications
from tests.databases import Database
from tests.pools import POOL, with_pool
from tests.web.pages.test_brigade import Send
from tests.web.pages.test_brigade import case as case
from tests.web.pages.test_brigade import facilitator as facilitator
from tests.web.pages.test_brigade import send as send


@pytest.fixture
def ports() -> Ports:
    return with_pool()


@pytest.mark.feature("W1", "W4", "W8")
def test_the_tablet_offers_the_pools_and_registers_for_one(
    visitor: TestClient, send: Send, case: dict[str, object], database: Database
) -> None:
    page = visitor.get("/brigada/preguntas/coffee-hn-gt?idioma=es").text
    asked = page.split('data-step="trabajo"')[1].split("</section>")[0]
    assert f'value="{POOL}"' in asked
    assert asked.count('name="vacancy"') == 1 + 3  # the employer's work, then three departments
    assert asked.index("Finca El Cedral") < asked.index("Todavía sin finca · Copán")
    for fact in ("Al menos 301.77 lempiras", "Después usted elige la finca.", "Todavía sin emple"):
        assert fact in asked, fact
    typed = {**case["typed"], "trabajo": {"vacancy": [str(POOL)]}}  # type: ignore[dict-item]
    reply = send(case | {"typed": typed})
    assert reply.status_code == 200, reply.text
    assert reply.json()["receipt"]
    with database.sessions.begin() as session:
        row = session.execute(select(applications)).one()
    assert (row.status, row.vacancy) == ("under-review", POOL)
