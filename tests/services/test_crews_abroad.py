"""A brigade's list for work whose employer chooses first holds only whom it has chosen."""

from functools import partial
from uuid import uuid4

import pytest

from app.services import crew_consents, crews
from app.services.ports import Ports
from app.storage import nominations
from app.storage.database import Session
from app.storage.outbox import list_messages
from permits.applications import Status
from permits.audit import Act
from permits.errors import Invalid
from permits.people import Actor, Role
from permits.programmes import Hiring
from tests.builders import add_official, add_vacancy, work_of
from tests.crew_lists import as_csv, people
from tests.crewed import Crewed, crew_of, phone

NUMBERS = ("0801199490001", "0801199490002")


@pytest.fixture
def crewed(session: Session, ports: Ports) -> Crewed:
    vacancy = add_vacancy(session, ports, programme="twap-canada", hiring=Hiring.NAMED)
    return crew_of(session, ports, vacancy)


def sheet() -> bytes:
    rows = people(2)
    for at, number in enumerate(NUMBERS):
        rows[at][0], rows[at][5] = number, "Copán Ruinas"
    return as_csv(rows)


@pytest.mark.feature("N14", "E6")
def test_a_brigades_list_is_refused_at_the_dry_run_until_the_employer_chose(
    crewed: Crewed, session: Session, ports: Ports
) -> None:
    work = work_of(session, add_official(session, ports, Role.FACILITATOR), ports)
    check = partial(crews.check_list, work, crewed.vacancy, sheet(), phone)
    told = [(one.row, one.fault.code, one.fault.field) for one in check().faults]
    field = "document_number"
    assert told == [(2, "crew-not-selected", field), (3, "crew-not-selected", field)]
    rows = ports.sheets.read(sheet())
    register = partial(crews.register_crew, work, uuid4(), crewed.vacancy, rows, phone)
    with pytest.raises(Invalid), work.attempt():
        register()
    assert list_messages(session, 10) == []  # nobody was asked for a yes that leads nowhere

    event = work.event(Act.WORKERS_NAMED, crewed.vacancy, {"count": 2})
    nominations.name_workers(session, ports.vault, crewed.vacancy, NUMBERS, event=event)
    assert check().faults == ()
    register()


@pytest.mark.feature("N14", "E6")
def test_an_employer_chooses_by_its_own_list(crewed: Crewed) -> None:
    work = crewed.work(crewed.employer)
    assert crews.check_list(work, crewed.vacancy, sheet(), phone).faults == ()
    rows = crewed.ports.sheets.read(sheet())
    crews.register_crew(work, crewed.crew, crewed.vacancy, rows, phone)
    for one in crewed.members:
        worker = Actor(one.member.worker, Role.WORKER)
        crew_consents.consent(crewed.work(worker), one.application.id)
    assert {one.application.status for one in crewed.members} == {Status.UNDER_REVIEW}
