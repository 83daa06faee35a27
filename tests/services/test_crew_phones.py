"""A phone on crew lists is the worker's own, or a household's: over all lists, and nobody's who
registers or hires."""

from uuid import uuid4

import pytest
from sqlalchemy import text

from app.services import crews
from app.services.ports import Ports
from app.storage.database import Session
from permits.crew_rows import HOUSEHOLD
from permits.people import Actor, Role
from tests.builders import add_official
from tests.crew_lists import as_csv, people
from tests.crewed import Crewed, crew_of, phone

pytestmark = pytest.mark.feature("N14")
SHARED = "+50241112222"


@pytest.fixture
def crewed(session: Session, ports: Ports) -> Crewed:
    return crew_of(session, ports)


def check(crewed: Crewed, actor: Actor, data: bytes) -> list[tuple[int, str]]:
    read = crews.check_list(crewed.work(actor), crewed.vacancy, data, phone)
    return [(one.row, one.fault.code) for one in read.faults]


def test_lists_one_after_another_put_no_more_people_on_a_phone(
    crewed: Crewed, ports: Ports
) -> None:
    rows = people(HOUSEHOLD + 2)
    for row in rows:
        row[6] = SHARED
    first, second = as_csv(rows[: HOUSEHOLD - 1]), as_csv(rows[HOUSEHOLD - 1 :])
    assert crewed.check(first) == []
    work = crewed.work(crewed.employer)
    crews.register_crew(work, uuid4(), crewed.vacancy, ports.sheets.read(first), phone)
    assert crewed.check(second) == [(row, "crew-phone-shared") for row in (3, 4)]


def test_no_worker_stands_on_the_phone_of_who_registers_or_hires(crewed: Crewed) -> None:
    foreman = add_official(crewed.session, crewed.ports, Role.FACILITATOR)
    [row] = people(1)
    row[6] = SHARED
    sheet = as_csv([row])
    assert check(crewed, foreman, sheet) == crewed.check(sheet) == []
    crewed.session.execute(
        text("UPDATE accounts SET phone = :phone WHERE person = :person"),
        {"phone": SHARED, "person": foreman.person},
    )
    assert check(crewed, foreman, sheet) == [(2, "crew-phone-of-employer")]
    assert crewed.check(sheet) == []
    crewed.session.execute(
        text(
            "INSERT INTO grants (id, person, role, employer, granted_by, granted_at)"
            " SELECT gen_random_uuid(), person, 'employer', :employer, gen_random_uuid(), now()"
            " FROM accounts WHERE person = :person"
        ),
        {"employer": crewed.employer.employer, "person": foreman.person},
    )
    assert crewed.check(sheet) == [(2, "crew-phone-of-employer")]
