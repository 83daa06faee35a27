"""Housing on its pages: the inspector writes down what was seen, the employer reads it."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

import pytest

from app.services import accounts
from app.services.ports import Ports
from app.storage import audit
from app.storage.accounts import Account
from permits.audit import Act
from permits.deadlines import legal_day
from permits.people import SYSTEM, Actor, Role
from recruitment.ethics.words import HousingItem
from tests.builders import Story, add_official
from tests.databases import Database
from tests.farmed import add_farm, another_employer, owner_of
from tests.web.conftest import As
from tests.web.pages.walking import words

pytestmark = pytest.mark.feature("E8")

MET = {item.value.replace("-", "_"): "yes" for item in HousingItem}


def on_day(field: str, day: date) -> dict[str, str]:
    """A date of a form, in its three parts."""
    parts = {"day": day.day, "month": day.month, "year": day.year}
    return {f"{field}-{name}": str(value) for name, value in parts.items()}


@dataclass(frozen=True)
class House:
    """A farm that nobody inspected, another one of the same employer, and who may write."""

    farm: UUID
    other: UUID
    owner: Actor
    inspector: Actor
    today: date

    @property
    def page(self) -> str:
        """The inspector's page."""
        return f"/inspecciones/{self.farm}/vivienda"

    @property
    def own(self) -> str:
        """The employer's page."""
        return f"/mis-fincas/{self.farm}"

    def look(self, page: str) -> dict[str, str]:
        """The form of a look that finds the water bad, and says until when it is mended."""
        seen = {"capacity": "24", "toilets": "2", "showers": "2", **MET, "potable_water": "no"}
        identity = page.split('name="id" value="')[1][:36]
        until = on_day("mend_by", self.today + timedelta(days=9))
        return {"id": identity, **on_day("on", self.today), **seen, **until}


@pytest.fixture
def house(database: Database, ports: Ports) -> House:
    with database.sessions.begin() as session:
        story = Story(session, ports)
        employer, work = another_employer(story), story.work(SYSTEM)
        farm = add_farm(work, employer, housed=30)
        other = add_farm(work, employer, "La otra", housed=0)
        owner = owner_of(employer)
        accounts.add(work, Account.of(owner, f"{farm.hex}@demo.example", None))
        inspector = add_official(session, ports, Role.LABOUR_INSPECTOR)
        return House(farm, other, owner, inspector, legal_day(story.now))


def test_a_look_is_kept_once_and_the_employer_reads_what_to_mend(as_: As, house: House) -> None:
    looking, page = as_(house.inspector), house.page
    assert "Nadie la ha inspeccionado" in words(as_(house.owner).get(house.own))
    assert as_(house.owner).get(page).status_code == 403
    planned = words(looking.get("/inspecciones/plan"))
    assert "Nadie ha inspeccionado la vivienda: 25" in planned
    form = house.look(looking.get(page).text)
    wrong = looking.post(page, data={**form, **dict.fromkeys(on_day("mend_by", house.today), "")})
    assert (wrong.status_code, 'value="24"' in wrong.text) == (422, True)
    assert "Algo falla: escriba hasta cuándo se arregla." in words(wrong)
    unlooked = looking.post(page, data={**form, "cooking": ""})
    assert "Diga de cada punto si está bien o falla." in words(unlooked)
    for _ in range(2):  # pressed twice, kept once
        assert looking.post(page, data=form).headers["location"] == f"{page}?hecho=si"
    changed = looking.post(page, data={**form, "capacity": "99"})
    assert (changed.status_code, "con otros datos" in words(changed)) == (409, True)
    told = words(as_(house.owner).get(house.own))
    assert "Hay que arreglar Agua para beber Plazo: hasta el" in told


def test_what_was_mended_is_closed_once_by_who_saw_it(
    as_: As, house: House, database: Database
) -> None:
    looking, page = as_(house.inspector), house.page
    form = house.look(looking.get(page).text)
    looking.post(page, data=form)
    here = f"{page}/{form['id']}"
    mended = {**on_day("mended_on", house.today), "item": "potable-water", "evidence": "Acta 12"}
    assert looking.post(here, data={**mended, "evidence": " "}).status_code == 422
    stray = f"/inspecciones/{house.other}/vivienda/{form['id']}"
    assert looking.post(stray, data=mended).status_code == 404
    for _ in range(2):
        assert looking.post(here, data=mended).status_code == 303
    again = looking.post(here, data={**mended, "evidence": "Acta 13"})
    assert (again.status_code, "ya está cerrada" in words(again)) == (409, True)
    told = words(as_(house.owner).get(house.own))
    assert ("Hay que arreglar" in told, "Acta 12" in told) == (False, True)
    with database.sessions() as session:
        logged = [one.act for one in audit.list_events(session, UUID(form["id"]))]
    assert logged == [Act.HOUSING_INSPECTED, Act.HOUSING_MENDED]
