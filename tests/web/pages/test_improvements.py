"""A plan of improvements on its pages: the inspection asks, the employer reads it and answers."""

import re
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from fastapi.testclient import TestClient

from app.services import accounts, improvements
from app.services.ports import Ports
from app.storage.accounts import Account
from permits.people import SYSTEM, Actor, Role
from recruitment.complaints.words import Category
from recruitment.ethics.words import HousingItem
from recruitment.housing import Shortcoming
from recruitment.improvements import CheckedBy
from tests.builders import Story, add_official
from tests.databases import Database
from tests.farmed import add_farm, another_employer, owner_of
from tests.hirers import FIT, inspect
from tests.web.conftest import As
from tests.web.pages.walking import words

FAILED = replace(
    FIT, shortcomings=(Shortcoming(HousingItem.COOKING),), mend_by=FIT.on + timedelta(days=90)
)


@dataclass(frozen=True)
class Planned:
    """A farm whose owner reads of one point since this month."""

    farm: UUID
    owner: Actor
    inspector: Actor
    officer: Actor
    told: UUID

    @property
    def here(self) -> str:
        """The inspection's page."""
        return f"/inspecciones/{self.farm}/mejoras"


@pytest.fixture
def planned(database: Database, ports: Ports) -> Planned:
    with database.sessions.begin() as session:
        story = Story(session, ports)
        employer = another_employer(story)
        farm, owner = add_farm(story.work(SYSTEM), employer), owner_of(employer)
        accounts.add(story.work(SYSTEM), Account.of(owner, f"{farm.hex}@demo.example", None))
        inspect(story.work(SYSTEM), farm, FAILED)
        officer, inspector = (
            add_official(session, ports, role)
            for role in (Role.SETRASS_OFFICER, Role.LABOUR_INSPECTOR)
        )
        then = replace(story.work(inspector), now=story.now - timedelta(days=32))
        due = improvements.read_plan(then, farm).due[1]
        asked = improvements.Asked(
            uuid4(), Category.DOCUMENT_RETAINED, "devolver documentos", CheckedBy.VISIT, due
        )
        told = improvements.ask_point(then, farm, asked).id
        return Planned(farm, owner, inspector, officer, told)


def blank(page: TestClient, path: str, change: str) -> dict[str, str]:
    """The form of another point, with the first month that is offered."""
    text = page.get(path).text
    names = {"id": r'name="id" value="([^"]+)"', "due_by": r'option value="(20[0-9-]+)"'}
    found = {name: re.search(pattern, text) for name, pattern in names.items()}
    typed = {name: match[1] for name, match in found.items() if match}
    return {**typed, "topic": "hours", "change": change, "checked_by": "visit"}


@pytest.mark.feature("N4")
def test_the_employer_reads_what_is_told_and_the_inspection_verifies(
    as_: As, planned: Planned
) -> None:
    desk, own = as_(planned.inspector), as_(planned.owner)
    form = blank(desk, planned.here, "dejar salir a Juana a su hora")
    warned = desk.post(planned.here, data=form)
    assert (warned.status_code, "Puede decir quién habló" in words(warned)) == (422, True)
    assert "dejar salir a Juana" in warned.text
    form["change"] = "respetar la jornada"
    for _ in range(2):
        assert desk.post(planned.here, data=form).status_code == 303
    assert words(desk.get(planned.here)).count("respetar la jornada") == 1
    assert as_(planned.officer).get(planned.here).status_code == 403
    plan = own.get("/mis-fincas/mejoras")
    assert ("Documento retenido" in words(plan), "jornada" in words(plan)) == (True, False)
    assert own.get(f"/mis-fincas/mejoras/{form['id']}").status_code == 404
    one = f"/mis-fincas/mejoras/{planned.told}"
    mute = own.post(one, data={"seen": "0", "said": " "})
    assert (mute.status_code, "Escriba qué hizo." in words(mute)) == (422, True)
    for _ in range(2):
        assert own.post(one, data={"seen": "0", "said": "Ya se devolvieron."}).status_code == 303
    theirs = f"{planned.here}/{planned.told}"
    assert "Ya se devolvieron." in words(desk.get(theirs))
    stale = desk.post(theirs, data={"seen": "0", "action": "verify", "note": ""})
    assert stale.status_code == 412
    desk.post(theirs, data={"seen": "1", "action": "reopen", "note": "falta una parte"})
    assert "falta una parte" in words(own.get(one))
    assert desk.post(theirs, data={"seen": "2", "action": "verify"}).status_code == 303
    assert "La inspección lo vio cumplido" in words(own.get("/mis-fincas/mejoras"))
    over = own.post(one, data={"seen": "3", "said": "Otra vez."})
    assert (over.status_code, "ya no se puede cambiar" in words(over)) == (409, True)
