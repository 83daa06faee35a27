"""The farm of a complaint: found in its form, in clear where it names nobody, counted by farm."""

import re
from uuid import UUID, uuid4

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from app.services import complaint_acts, complaint_patterns
from app.services.complaint_acts import Judgement
from app.services.ports import Ports
from app.storage import complaint_messages
from app.storage.complaints import complaints
from app.storage.vacancies import find_vacancy
from permits.errors import Invalid
from permits.people import SYSTEM, Role
from recruitment.complaints.filed import ComplaintId
from recruitment.complaints.moves import Action
from recruitment.complaints.words import Category, Severity
from tests.builders import add_official, add_vacancy, work_of
from tests.complained import Office, token_of
from tests.databases import Database
from tests.farmed import add_farm
from tests.web.conftest import As

TICKET = re.compile(r'name="ticket" value="([^"]+)"')
CHOICE = re.compile(r'name="farm" type="radio" value="([^"]+)"')
TOLD = {"filing": "anonymous", "categories": ["document-retained", "debt"], "words": "No nos pagan"}


@pytest.mark.feature("C2", "N4")
def test_a_farm_is_found_and_told_and_a_small_one_stays_under_the_seal(
    visitor: TestClient, as_: As, database: Database, ports: Ports
) -> None:
    large, small = f"Él Mirador {uuid4().hex[:6]}", f"La Quebrada {uuid4().hex[:6]}"
    with database.sessions.begin() as session:
        office = Office(session, ports).ready()
        found = find_vacancy(session, add_vacancy(session, ports))
        assert found is not None
        owner, work = UUID(found.offer.employer), work_of(session, SYSTEM, ports)
        farms = add_farm(work, owner, large, 30), add_farm(work, owner, small, 2)
        inspector = add_official(session, ports, Role.LABOUR_INSPECTOR)
    form = {**TOLD, "ticket": ticket_in(visitor.get("/consulta/contar").text), "buscar": "finca"}
    short = visitor.post("/consulta/contar", data={**form, "employer": "Él"})
    assert (short.status_code, "al menos 4 letras" in short.text) == (422, True)
    none = visitor.post("/consulta/contar", data={**form, "employer": "Ninguna así"})
    assert (none.status_code, "No la encontramos" in none.text) == (200, True)
    file_about(visitor, large.lower().replace("é", "e"), farms[0])
    hidden = file_about(visitor, small, farms[1])
    with database.sessions.begin() as session:
        office.session = session
        rows = select(complaints.c.id, complaints.c.farm, complaints.c.employer)
        kept = {row.id: (row.farm, row.employer) for row in session.execute(rows)}
        (case,) = [one for one, (farm, _) in kept.items() if farm == farms[0]]
        assert [one for one in kept.values() if farms[1] in one] == []
        others = [one for one in kept if one != case]
        assert small in " ".join(words_of(office, ComplaintId(one)) for one in others)
        assert complaint_patterns.list_patterns(office.work(office.handlers[0])) == []
        judge(office, ComplaintId(case), farms)
        (pattern,) = complaint_patterns.list_patterns(office.work(office.handlers[0]))
        assert (pattern.name.split(" · ")[0], pattern.pattern.farm) == (large, farms[0])
        assert (pattern.pattern.employer, pattern.pattern.sources) == (owner, 1)
        for _ in range(2):  # pressed twice, once
            complaint_patterns.propose_inspection(
                office.work(office.handlers[0]), owner, pattern.pattern.farm
            )
    look_at_desk(as_(office.handlers[0]), case, large, farms)
    page = as_(inspector).get("/inspecciones").text
    assert page.count(f"<strong>{large} · ") == 1
    assert hidden not in page


def look_at_desk(desk: TestClient, case: UUID, name: str, farms: tuple[UUID, UUID]) -> None:
    """The farm is chosen in the case's form; another one of few people is refused in words."""
    here = f"/quejas/{case}"
    page = desk.get(here).text
    assert re.search(f'value="{farms[0]}" selected>\\s*{name} · ', page)
    assert "Pregunte por deudas que atan" in page  # it is about a debt
    wrong = desk.post(f"{here}/finca", data={"version": "6", "farm": str(farms[1])})
    assert (wrong.status_code, "menos de 5 personas" in wrong.text) == (422, True)


def ticket_in(page: str) -> str:
    found = TICKET.search(page)
    assert found is not None
    return found[1]


def file_about(visitor: TestClient, name: str, farm: UUID) -> str:
    """Look for a farm in the form, choose it, and send; the number's last group."""
    form = {**TOLD, "ticket": ticket_in(visitor.get("/consulta/contar").text), "employer": name}
    page = visitor.post("/consulta/contar", data={**form, "buscar": "finca"}).text
    assert (CHOICE.findall(page), "No nos pagan" in page) == ([str(farm)], True)
    kept = visitor.post("/consulta/contar", data={**form, "farm": str(farm)}).text
    return number_in(kept)


def number_in(page: str) -> str:
    """The last four digits of a number that is shown."""
    groups: list[str] = re.findall(r"<strong>(\d{4})</strong>", page)
    return groups[3]


def words_of(office: Office, case: ComplaintId) -> str:
    """What its handler reads of the farm."""
    seal, session = office.open(case), office.session
    (first, *_) = complaint_messages.list_messages(session, case)
    return seal.open(office.work(), "message", first.id, first.sealed).decode()


def judge(office: Office, case: ComplaintId, farms: tuple[UUID, UUID]) -> None:
    """Accept it with the farm that was told: its employer follows; a small one is refused."""
    work, token = office.work(office.handlers[0]), token_of(office.handlers[0])
    complaint_acts.take(work, case, seen=1)
    complaint_acts.act(work, token, case, Action.SCREEN, "", seen=2)
    about = (Category.DOCUMENT_RETAINED, Category.DEBT)
    small = Judgement(Severity.S2, about, farm=farms[1])
    with pytest.raises(Invalid) as refused:
        complaint_acts.accept(work, token, case, small, seen=3)
    assert [one.code for one in refused.value.faults] == ["farm-too-small"]
    said = Judgement(Severity.S2, about, farm=farms[0])
    complaint_acts.accept(work, token, case, said, seen=3)
    complaint_acts.name_farm(work, case, None, seen=4)
    complaint_acts.name_farm(work, case, farms[0], seen=5)
