"""A crew list on paper: officials read their cases, an employer no more than on the page."""

from dataclasses import replace
from uuid import uuid4

import pytest

from app.services import crew_consents, crew_papers, crews, own_data
from app.services.ports import Ports
from app.storage.database import Session
from permits.audit import Act
from permits.errors import Forbidden, NotFound
from permits.people import Actor, PersonId, Role
from tests.crew_lists import as_csv, people
from tests.crewed import Crewed, crew_of, phone
from tests.papers import words_of

FIRST, SECOND, THIRD = "Ana Ana Xol Xol", "Berta Ana Caal Xol", "Celia Ana Tzul Xol"


@pytest.fixture
def crew(session: Session, ports: Ports) -> Crewed:
    """Three people: the first said yes, the second no, the third nothing yet."""
    crewed = crew_of(session, ports).register(3)
    first, second, _ = crewed.members
    worker = Actor(first.member.worker, Role.WORKER)
    crew_consents.consent(crewed.work(worker), first.application.id)
    worker = Actor(second.member.worker, Role.WORKER)
    crew_consents.decline(crewed.work(worker), second.application.id)
    return crewed


@pytest.mark.feature("O18", "N14")
def test_an_official_reads_receipt_consent_and_status_of_who_said_yes(crew: Crewed) -> None:
    said = words_of(crew_papers.print_file(crew.work(crew.setrass), crew.crew, "es"))
    assert FIRST in said
    assert crew.members[0].application.receipt in said.split()
    assert "Con código, 23 de noviembre de 2026" in said
    assert "1 de 3 personas dijeron que sí" in said
    assert [name for name in (SECOND, THIRD) if name in said] == []


@pytest.mark.feature("O18", "N14")
def test_an_employer_reads_no_more_than_on_the_page(crew: Crewed) -> None:
    said = words_of(crew_papers.print_own(crew.work(crew.employer), crew.crew, "es"))
    assert [name for name in (FIRST, SECOND, THIRD) if name not in said] == []
    assert "Con código" not in said
    assert crew.members[0].application.receipt in said.split()
    # Who said no looks like who has said nothing.
    assert said.count("Sin consentimiento") == said.count("Todavía no") == 2


@pytest.mark.feature("O18", "N14")
def test_a_brigade_reads_no_receipt_of_what_was_handed_in(session: Session, ports: Ports) -> None:
    crewed = crew_of(session, ports)
    brigade = Actor(PersonId(uuid4()), Role.FACILITATOR, "Brigada")
    rows = ports.sheets.read(as_csv(people(1)))
    crews.register_crew(crewed.work(brigade), crewed.crew, crewed.vacancy, rows, phone)
    said = words_of(crew_papers.print_own(crewed.consent().work(brigade), crewed.crew, "en"))
    (member,) = crewed.members
    assert member.application.receipt
    assert member.application.receipt not in said
    assert (FIRST in said, "Has said yes" in said) == (True, True)


@pytest.mark.feature("N8", "N14")
def test_each_person_on_it_reads_who_took_it_and_nobody_else_has_it(crew: Crewed) -> None:
    stranger = replace(crew.employer, person=PersonId(uuid4()), employer=uuid4())
    with pytest.raises(NotFound):
        crew_papers.print_own(crew.work(stranger), crew.crew, "es")
    with pytest.raises(Forbidden):
        crew_papers.print_file(crew.work(crew.employer), crew.crew, "es")
    for one in crew.members:
        assert looks_at(crew, one.member.worker) == []
    crew_papers.print_own(crew.work(crew.employer), crew.crew, "es")
    crew_papers.print_file(crew.work(crew.inm), crew.crew, "es")
    asked = [looks_at(crew, one.member.worker) for one in crew.members]
    assert asked[0] == [Role.INM_OFFICER, Role.EMPLOYER]
    assert asked[1:] == [[Role.EMPLOYER], [Role.EMPLOYER]]


def looks_at(crew: Crewed, worker: PersonId) -> list[Role]:
    looks = own_data.read_overview(crew.work(Actor(worker, Role.WORKER))).looks
    assert {look.act for look in looks} <= {Act.APPLICATION_READ}
    return [look.role for look in looks]
