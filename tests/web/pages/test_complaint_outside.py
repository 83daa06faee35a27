"""Everybody of the office has a part in a case: an institution outside hears until it knows."""

import re
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text

from app.services import complaint_acts, complaint_alarms, complaint_outside, complaint_terms
from app.services.ports import Ports
from app.storage import outbox
from app.storage.database import Session
from permits.people import SYSTEM
from recruitment.complaints.filed import ComplaintId
from recruitment.complaints.handling import reference_of
from recruitment.complaints.words import Category
from tests.builders import NOW
from tests.complained import Office, complain
from tests.databases import Database

LINK = re.compile(r"http://localhost:8000(/remisiones/aviso/[A-Za-z0-9_-]+)")


def told(session: Session) -> list[str]:
    """The payloads of what went outside, taken away."""
    gone = (
        "DELETE FROM outbox WHERE key LIKE '%complaint-outside:%' RETURNING payload::text AS said"
    )
    return [row.said for row in session.execute(text(gone))]


@pytest.mark.feature("H4", "N1")
def test_danger_that_nobody_here_may_read_is_told_outside_until_it_is_taken(
    visitor: TestClient, database: Database, ports: Ports
) -> None:
    with database.sessions.begin() as session:
        office = Office(session, ports).ready()
        case = complain(office.work(), told=None, categories=(Category.VIOLENCE,)).id
        here = rung_for(office, case)
    look_and_take(visitor, here, case)
    with database.sessions.begin() as session:
        office.session = session
        later = NOW + timedelta(hours=5)
        complaint_alarms.raise_alarms(office.work(SYSTEM, later))
        assert told(session) == []
        taken = session.execute(
            text("SELECT count(*) FROM audit_events WHERE act = 'complaint:take-outside'")
        )
        assert taken.scalar_one() == 1
        office.join()  # whoever comes in from outside is told from now on
        assert complaint_outside.list_alone(office.work(SYSTEM)) == []
        complaint_alarms.raise_alarms(office.work(SYSTEM, later + timedelta(minutes=15)))
        keys = session.scalars(outbox.outbox.select().with_only_columns(outbox.outbox.c.key)).all()
        assert [one for one in keys if "complaint-danger" in one]


def rung_for(office: Office, case: ComplaintId) -> str:
    """The address that goes outside, once an hour, after the only handler said that it is theirs.

    Neither the case nor its number is in the message.
    """
    session, quarters = office.session, [16, 31, 46, 61, 76]
    complaint_terms.begin_clocks(office.work(SYSTEM))
    complaint_alarms.raise_alarms(office.work(SYSTEM))
    assert told(session) == []
    complaint_acts.recuse(office.work(office.handlers[0]), case, seen=1)
    said = []
    for minutes in quarters:
        complaint_alarms.raise_alarms(office.work(SYSTEM, NOW + timedelta(minutes=minutes)))
        said.append(told(session))
    assert [len(one) for one in said] == [0, 0, 0, 1, 0]
    (payload,) = said[3]
    found = LINK.search(payload)
    assert found is not None
    assert '"conadeh@example.org"' in payload
    assert '"+50422000001"' in payload
    assert [word for word in (str(case), reference_of(case)) if word in payload] == []
    return found[1]


def look_and_take(visitor: TestClient, here: str, case: ComplaintId) -> None:
    """Opening the page says nothing; a press does, once; a forged address opens nothing."""
    page = visitor.get(here)
    assert (page.status_code, reference_of(case) in page.text) == (200, True)
    kept = (page.headers["cache-control"], page.headers["referrer-policy"])
    assert kept == ("no-store", "no-referrer")
    assert "Ya lo sabemos" in visitor.get(here).text
    form = {"cases": [str(case)], "number": "C-77"}
    assert visitor.post(here, data={**form, "number": "7" * 61}).status_code == 422
    for _ in range(2):
        assert visitor.post(here, data=form).status_code == 303
    page = visitor.get(here)
    assert ("C-77" in page.text, "Ya lo sabemos" in page.text) == (True, False)
    assert visitor.get(f"{here[:-4]}AAAA").status_code == 404
