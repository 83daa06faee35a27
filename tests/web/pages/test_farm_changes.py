"""A farm changes on its pages: the employer asks, SETRASS sees both sides and decides."""

import re
from dataclasses import dataclass
from uuid import UUID

import pytest
from fastapi.testclient import TestClient

from app.services import accounts, registrations
from app.services.ports import Ports
from app.storage.accounts import Account
from app.web.forms import DATE_PARTS
from permits.people import SYSTEM, Actor, Role
from tests.builders import Story, add_official
from tests.databases import Database
from tests.farmed import add_farm, another_employer, owner_of
from tests.registered import come_in, some_phone, verified
from tests.web.conftest import As
from tests.web.pages.walking import words

pytestmark = pytest.mark.feature("E1")

DESK = "/registros-de-empleadores/cambios-de-fincas"
FIELDS = (
    *("id", "change", "seen", "farm", "grower", "municipality", "housed", "point"),
    *(f"called_on-{part}" for part in DATE_PARTS),
)
PHONE = "/registro-empleador"
ON = {"closed_on-day": "20", "closed_on-month": "11", "closed_on-year": "2026"}


@dataclass(frozen=True)
class Asking:
    """A farm where nobody sleeps, a stranger with a farm of their own, and an officer."""

    farm: UUID
    owner: Actor
    strange: UUID
    stranger: Actor
    officer: Actor

    @property
    def here(self) -> str:
        """The employer's page for a change."""
        return f"/mis-fincas/{self.farm}/datos"


@pytest.fixture
def asking(database: Database, ports: Ports) -> Asking:
    with database.sessions.begin() as session:
        story, people = Story(session, ports), []
        for name in ("La Nuestra", "La Ajena"):
            employer = another_employer(story)
            farm = add_farm(story.work(SYSTEM), employer, name, housed=0)
            owner = owner_of(employer)
            account = Account.of(owner, f"{farm.hex}@demo.example", None)
            accounts.add(story.work(SYSTEM), account)
            people.append((farm, owner))
        (farm, owner), (strange, stranger) = people
        officer = add_official(session, ports, Role.SETRASS_OFFICER)
        return Asking(farm, owner, strange, stranger, officer)


def form_of(page: TestClient, path: str) -> dict[str, str]:
    """The fields of the form as the page gives them."""
    text = page.get(path).text
    found: dict[str, str] = {}
    for tag in re.findall(r"<input[^>]*>", text):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and name[1] in FIELDS:
            found.setdefault(name[1], value[1] if value else "")  # taking it back comes after
    return found


def waiting(desk: TestClient, name: str) -> str:
    """The address of the one change of this name that waits."""
    [found] = re.findall(rf'href="({DESK}/[0-9a-f-]+)">{name}<', desk.get(DESK).text)
    return str(found)


def test_a_farm_stands_as_before_until_setrass_approves(as_: As, asking: Asking) -> None:
    own, desk = as_(asking.owner), as_(asking.officer)
    old = form_of(own, asking.here)
    same = own.post(asking.here, data=old)
    assert (same.status_code, "Así está la finca ahora" in words(same)) == (422, True)
    english = own.post(asking.here, data={**old, "farm": "La Ancha", "idioma": "en"})
    assert "Change the details of the farm" in words(english)  # and nothing was sent
    assert 'value="La Ancha"' in english.text
    own.cookies.delete("idioma")
    for _ in range(2):  # pressed twice, asked once
        sent = own.post(asking.here, data={**old, "farm": "La Ancha", "housed": "12"})
        assert sent.headers["location"] == "/mis-fincas?hecho=si"
    fresh = form_of(own, asking.here)
    assert (fresh["housed"], fresh["farm"]) == ("12", "La Ancha")
    stale = own.post(asking.here, data={**old, "change": fresh["change"], "housed": "9"})
    assert (stale.status_code, 'value="9"' in stale.text) == (412, True)
    assert as_(asking.stranger).get(asking.here).status_code == 404
    assert own.get(DESK).status_code == 403
    first = waiting(desk, "La Ancha")
    assert own.post(asking.here, data={**fresh, "housed": "14"}).status_code == 303
    late = desk.post(first, data={"approved": "yes"})
    assert (late.status_code, "mandó otros datos" in words(late)) == (412, True)
    second = waiting(desk, "La Ancha")
    shown = words(desk.get(second))
    assert "La Nuestra La Ancha" in shown
    assert "0 14" in shown
    mute = desk.post(second, data={"approved": "no", "note": " "})
    assert (mute.status_code, "Escriba por qué no se aprueba." in words(mute)) == (422, True)
    assert "La Nuestra" in words(own.get("/mis-fincas"))
    for _ in range(2):
        assert desk.post(second, data={"approved": "yes"}).status_code == 303
    assert "La Nuestra" not in words(own.get("/mis-fincas"))
    again = desk.post(second, data={"approved": "no", "note": "No"})
    assert (again.status_code, "ya tiene respuesta" in words(again)) == (409, True)


def test_a_farm_is_added_once_and_a_refusal_says_why(as_: As, asking: Asking) -> None:
    own, desk = as_(asking.owner), as_(asking.officer)
    new = {**form_of(own, "/mis-fincas/nueva"), "farm": "La Nueva", "housed": "8"}
    lost = own.post("/mis-fincas/nueva", data={**new, "municipality": "nowhere at all"})
    assert (lost.status_code, 'value="La Nueva"' in lost.text) == (422, True)
    new["municipality"] = "copan ruinas"
    theirs = own.post("/mis-fincas/nueva", data={**new, "id": str(asking.strange)})
    assert theirs.status_code == 404
    for _ in range(2):
        assert own.post("/mis-fincas/nueva", data=new).status_code == 303
    desk.post(waiting(desk, "La Nueva"), data={"approved": "no", "note": "Falta la escritura."})
    told = words(own.get("/mis-fincas"))
    assert "La Nueva" in told
    assert "No aprobado: Falta la escritura." in told
    here = f"/mis-fincas/{new['id']}/datos"
    assert own.post(here, data=form_of(own, here)).status_code == 303
    assert desk.post(waiting(desk, "La Nueva"), data={"approved": "yes"}).status_code == 303
    assert words(own.get("/mis-fincas")).count("La Nueva") == 1


def test_a_grower_without_an_account_asks_by_telephone_and_takes_it_back(
    visitor: TestClient, as_: As, database: Database, ports: Ports
) -> None:
    with database.sessions.begin() as session:
        mine, _ = verified(session, ports, some_phone())
        draft = come_in(session, ports, some_phone())
        desk = as_(add_official(session, ports, Role.SETRASS_OFFICER))
        (farm,) = registrations.read_mine(mine.work, mine.token).farms
        registration = mine.registration.id
    here, own = f"{PHONE}/cambios/{farm.id}/datos", f"{PHONE}/mi-registro"
    assert visitor.get(here).headers["location"] == PHONE
    visitor.cookies.set("registro", draft.token)
    assert visitor.get(f"{PHONE}/cambios/nueva").headers["location"] == own
    visitor.cookies.set("registro", mine.token)
    assert here in visitor.get(own).text
    assert visitor.get(f"{PHONE}/cambios/{registration}/datos").status_code == 404
    sent = visitor.post(here, data={**form_of(visitor, here), "housed": "14"})
    assert sent.headers["location"] == f"{own}?hecho=finca"
    one = waiting(desk, "La Peña")
    assert "6 14" in words(desk.get(one))
    back = {"change": one.rsplit("/", 1)[1]}
    assert f'name="change" value="{back["change"]}"' in visitor.get(here).text
    for _ in range(2):
        taken = visitor.post(f"{here}/retirar", data=back)
        assert taken.headers["location"] == f"{own}?hecho=retirada"
    late = desk.post(one, data={"approved": "yes"})
    assert (late.status_code, "retiró esta solicitud" in words(late)) == (412, True)
    new = {**form_of(visitor, f"{PHONE}/cambios/nueva"), "farm": "La Nueva", "housed": "2"}
    new["municipality"] = "copan ruinas"
    assert visitor.post(f"{PHONE}/cambios/nueva", data=new).status_code == 303
    desk.post(waiting(desk, "La Nueva"), data={"approved": "yes"})
    late_back = f"{PHONE}/cambios/{new['id']}/datos/retirar"
    gone = visitor.post(late_back, data={"change": new["change"]})
    assert (gone.status_code, "ya tiene respuesta" in words(gone)) == (409, True)
    assert "La Nueva" in words(visitor.get(own))


def test_a_grower_takes_a_farm_away_by_telephone_and_still_reads_of_it(
    visitor: TestClient, as_: As, database: Database, ports: Ports
) -> None:
    with database.sessions.begin() as session:
        mine, _ = verified(session, ports, some_phone())
        desk = as_(add_official(session, ports, Role.SETRASS_OFFICER))
        (farm,) = registrations.read_mine(mine.work, mine.token).farms
    visitor.cookies.set("registro", mine.token)
    own, here = f"{PHONE}/mi-registro", f"{PHONE}/cambios/{farm.id}/datos"
    gone = f"{PHONE}/cambios/{farm.id}/quitar"
    assert gone in visitor.get(here).text
    over = {**form_of(visitor, gone), "reason": "closed", **ON}
    never = visitor.post(gone, data={**over, "closed_on-year": "2031"})
    assert (never.status_code, "Ese día todavía no llega" in words(never)) == (422, True)
    for _ in range(2):
        assert visitor.post(gone, data=over).headers["location"] == f"{own}?hecho=finca"
    wanted = waiting(desk, "La Peña")
    assert "Ya no se trabaja ahí" in words(desk.get(wanted))
    desk.post(wanted, data={"approved": "yes"})
    assert "Fincas que ya no están La Peña" in words(visitor.get(own))
    assert visitor.get(gone).status_code == 404


def test_one_official_writes_down_who_called_and_another_decides(
    as_: As, database: Database, ports: Ports, asking: Asking
) -> None:
    with database.sessions.begin() as session:
        mine, _ = verified(session, ports, some_phone())
        other = as_(add_official(session, ports, Role.SETRASS_OFFICER))
        (farm,) = registrations.read_mine(mine.work, mine.token).farms
        file = f"/registros-de-empleadores/{mine.registration.id}"
    desk = as_(asking.officer)
    here = f"{file}/cambios/{farm.id}/datos"
    assert as_(asking.owner).get(here).status_code == 403
    assert desk.get(f"{file}/cambios/{asking.farm}/datos").status_code == 404
    assert here in desk.get(file).text
    typed = {**form_of(desk, here), "housed": "16", "caller": ""}
    mute = desk.post(here, data=typed)
    assert (mute.status_code, "Escriba quién llamó." in words(mute)) == (422, True)
    assert 'value="16"' in mute.text
    for _ in range(2):
        noted = desk.post(here, data=typed | {"caller": "Ana Ficticia"})
        assert noted.headers["location"] == f"{DESK}?hecho=anotado"
    one = waiting(desk, "La Peña")
    shown = desk.get(one)
    assert "llamada de Ana Ficticia" in words(shown)
    assert 'name="approved"' not in shown.text
    assert desk.post(one, data={"approved": "yes"}).status_code == 403
    assert other.post(one, data={"approved": "yes"}).status_code == 303
    assert "Duermen ahí: 16" in words(desk.get(file))
    gone = f"{file}/cambios/{farm.id}/quitar"
    unnamed = desk.post(gone, data={**form_of(desk, gone), "reason": "sold", **ON})
    assert (unnamed.status_code, "Escriba quién llamó." in words(unnamed)) == (422, True)
    hung = as_(asking.owner).get(f"/mis-fincas/{asking.farm}/quitar")
    assert "Hay vacantes abiertas ahí: 1." in words(hung)
    assert as_(asking.stranger).get(f"/mis-fincas/{asking.farm}/quitar").status_code == 404
