"""Children along on the pages: the farm's, the family's, the labour office's, and the paper."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from app.services import accounts, companions
from app.services.companions import Told
from app.services.ports import Ports
from app.storage.accounts import Account
from permits.companions import Relation
from permits.deadlines import legal_day
from permits.people import SYSTEM, Actor
from tests.builders import Story, work_of
from tests.databases import Database
from tests.farmed import add_farm, owner_of, working
from tests.web.conftest import As, Lived
from tests.web.pages.walking import words

pytestmark = pytest.mark.feature("N11")


def on_day(field: str, day: date) -> dict[str, str]:
    """A date of a form, in its three parts."""
    parts = {"day": day.day, "month": day.month, "year": day.year}
    return {f"{field}-{name}": str(value) for name, value in parts.items()}


@dataclass(frozen=True)
class Along:
    """A worker with a son along, whose employer has a farm, and who acts for it."""

    story: Story
    farm: UUID
    owner: Actor

    @property
    def family(self) -> str:
        """The family's own page."""
        return f"/mi-solicitud/{self.story.id}/acompanantes"


@pytest.fixture
def along(lived: Lived, database: Database, ports: Ports) -> Along:
    made: list[UUID] = []

    def live(story: Story) -> Story:
        employer = working(story)
        made.extend((employer, add_farm(story.work(SYSTEM), employer)))
        son = Told(Relation.CHILD, "José Ñamendí", date(2018, 5, 4))
        companions.add_companion(story.work(story.worker), story.id, son)
        return story

    story = lived(live)
    owner = owner_of(made[0])
    with database.sessions.begin() as session:
        account = Account.of(owner, f"{uuid4().hex}@demo.example", None)
        accounts.add(work_of(session, SYSTEM, ports), account)
    return Along(story, made[1], owner)


def test_senaf_is_told_by_hand_and_the_family_reads_it(as_: As, along: Along) -> None:
    story, case = along.story, f"/casos/{along.story.id}/menores"
    desk, today = as_(story.setrass), legal_day(story.now)
    assert "Todavía no hay cuido ni escuela" in words(as_(story.worker).get(along.family))
    assert f"{story.application.receipt} " in words(desk.get("/inspecciones/menores"))
    assert desk.post(case).status_code == 303
    page = desk.get(case)
    [handover] = {one for one in page.text.split('"') if one.startswith(f"{case}/")}
    assert desk.get(f"{case}.pdf").headers["content-type"] == "application/pdf"
    unsigned = desk.post(handover, data=on_day("received_on", today))
    assert (unsigned.status_code, "Escriba el nombre" in words(unsigned)) == (422, True)
    taken = {"received_by": "Lic. Ficticia", **on_day("received_on", today)}
    assert desk.post(handover, data=taken).status_code == 303
    assert "SENAF lo recibió el" in words(as_(story.worker).get(along.family))


def test_a_farm_tells_of_a_school_and_is_told_of_no_child(as_: As, along: Along) -> None:
    farmer, here = as_(along.owner), f"/mis-fincas/{along.farm}/cuido"
    asked, today = farmer.get(here), legal_day(along.story.now)
    assert "Con sus trabajadores viene 1 menor." in words(asked)
    assert "José" not in asked.text
    form = {
        "id": asked.text.split('name="id" value="')[1][:36],
        "kind": "school",
        "where": "Escuela La Peña",
        "places": "4",
        **on_day("starts_on", today),
        **on_day("ends_on", today + timedelta(days=60)),
    }
    wrong = farmer.post(here, data={**form, "places": "0"})
    assert (wrong.status_code, 'value="Escuela La Peña"' in wrong.text) == (422, True)
    for _ in range(2):
        assert farmer.post(here, data=form).status_code == 303
    more = {**form, "where": "Escuela El Pino"}  # the page was gone back to
    used = farmer.post(here, data=more)
    assert (used.status_code, "envíelo otra vez" in words(used)) == (409, True)
    fresh = used.text.split('name="id" value="')[1][:36]
    assert farmer.post(here, data={**more, "id": fresh}).status_code == 303
    told = words(as_(along.story.worker).get(along.family))
    assert told.count("Una escuela: Escuela La Peña · 4 menores") == 1
