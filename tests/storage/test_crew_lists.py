"""Which crew lists somebody reaches: the same, however few or many of the cases are looked for."""

from uuid import UUID

import pytest

from app.services import crew_approvals
from app.services.ports import Ports
from app.storage import crew_lists
from app.storage.database import Session
from permits.people import Agency
from permits.programmes import Hiring
from permits.reach import Reach, Whose
from tests.agencies import CONSULAR, coffee_of, knowing
from tests.builders import add_vacancy
from tests.crewed import Crewed, crew_of

pytestmark = pytest.mark.feature("O7", "N14")


def crewed(session: Session, ports: Ports, programme: str) -> Crewed:
    """Two people on a list for a programme, who agreed."""
    vacancy = add_vacancy(session, ports, hiring=Hiring.NAMED, programme=programme)
    return crew_of(session, ports, vacancy).register(2).consent()


def reached(session: Session, country: str = "GTM", *opened: UUID) -> set[UUID]:
    """The lists that a consulate reaches."""
    reach = Reach(Whose.ASKED, country=country, agency=Agency.CONSULATE, opened=frozenset(opened))
    return {one.crew.id for one in crew_lists.list_reached(session, reach)}


def test_a_consulate_reaches_lists_of_its_people_in_programmes_that_ask_it(
    session: Session, ports: Ports
) -> None:
    ports = knowing(ports, coffee_of(CONSULAR))
    asked, other = (crewed(session, ports, code) for code in (CONSULAR, "coffee-hn-gt"))
    assert reached(session) == {asked.crew}
    assert reached(session, "SLV") == set()
    opened = other.members[0].application.id
    assert reached(session, "SLV", opened) == {other.crew}
    assert reached(session, "GTM", opened) == {asked.crew, other.crew}


@pytest.mark.parametrize("few", [0, crew_lists.FEW])
@pytest.mark.parametrize(
    ("text", "found"), [("berta", 1), ("cedral", 1), ("CEDRAL finca", 1), ("", 1), ("inventada", 0)]
)
def test_a_word_finds_the_same_lists_whether_many_or_few_have_it(
    session: Session,
    ports: Ports,
    monkeypatch: pytest.MonkeyPatch,
    few: int,
    text: str,
    found: int,
) -> None:
    monkeypatch.setattr(crew_lists, "FEW", few)
    one = crewed(session, ports, "coffee-hn-gt")
    assert len(crew_approvals.list_crews(one.work(one.setrass), text)) == found
