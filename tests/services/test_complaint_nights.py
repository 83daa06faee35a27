"""The nights of complaints: nothing ties an anonymous one to who sent it, and its time ends."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from app.services import complaint_nights, complaint_numbers, complaint_talk, sign_in
from app.services.ports import Ports
from app.storage import audit, complaint_keys, complaints
from app.storage.database import Session
from permits.audit import Act
from permits.people import NOBODY, SYSTEM, Role
from recruitment.complaints.filed import Told
from recruitment.complaints.words import DangerSign, Status
from tests.builders import NOW, add_official, work_of
from tests.complained import WORDS, Office, complain
from tests.databases import Database
from tests.memory_files import MemoryObjects

DAY = timedelta(days=1)
NIGHT = datetime(2026, 11, 24, 9, tzinfo=UTC)
PDF = b"%PDF-1.4 CANARIO-7731"


@pytest.fixture
def office(session: Session, ports: Ports) -> Office:
    return Office(session, ports).ready()


def everything(session: Session) -> dict[str, list[str]]:
    """Every row of every table as PostgreSQL writes it: what a full dump holds."""
    names = session.execute(
        text("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
    ).scalars()
    return {
        name: [row[0] for row in session.execute(text(f'SELECT t::text FROM "{name}" t'))]
        for name in names.all()
    }


def holds_nothing(office: Office, rows: dict[str, list[str]], digits: list[str]) -> None:
    """No word of the content, nor any number, stands in a row or a file."""
    whole = json.dumps(rows)
    for secret in ("CANARIO", WORDS[:20], b"CANARIO-7731".hex(), *digits):
        assert secret not in whole
    objects = office.ports.objects
    assert isinstance(objects, MemoryObjects)
    assert not any(b"CANARIO" in data for data in objects.files.values())


@pytest.mark.feature("C2")
@pytest.mark.feature("H2")
@pytest.mark.promise("P12")
@pytest.mark.promise("P13")
def test_a_full_copy_tells_neither_who_nor_when_nor_what(office: Office) -> None:
    """With every row and every file in hand: no word of the content, and no time but the day."""
    at = NOW.replace(hour=17, minute=43, second=21)
    account = add_official(office.session, office.ports, Role.SETRASS_ANALYST)
    sign_in.open_session(office.work(account, at), account, "password")
    told = Told(WORDS, employer="Finca CANARIO-7731", name="", place="CANARIO-7731")
    ours = [complain(office.work(now=at), [PDF], told) for _ in range(3)]
    found = complaint_numbers.open_by_number(office.work(now=at), ours[0].digits)
    assert found is not None
    complaint_talk.tell(office.work(now=at), found.seal, "CANARIO-7731 otra vez", after=1)
    before = everything(office.session)
    assert not [row for row in before["audit_events"] if str(ours[0].id) in row]
    complaint_nights.run_nightly(work_of(office.session, SYSTEM, office.ports, at + DAY))
    kept = everything(office.session)
    holds_nothing(office, before, [one.digits for one in ours])
    holds_nothing(office, kept, [one.digits for one in ours])
    own = {name: rows for name, rows in kept.items() if name.startswith("complaint")}
    assert sum(map(len, own.values())) >= 3 * 5
    clock = at.strftime("%H:%M")
    for row in (row for rows in own.values() for row in rows):
        assert clock not in row
        assert str(account.person) not in row
    # The log hears of them by night, without anybody, in the order of random ids.
    heard = [e for one in ours for e in audit.list_events(office.session, one.id)]
    assert {(e.person, e.role, dict(e.facts)["day"]) for e in heard} == {
        (SYSTEM.person, SYSTEM.role, "2026-11-23")
    }
    assert {e.at for e in heard} == {at + DAY}
    events = [e.subject for e in audit.list_about(office.session, [o.id for o in ours])]
    assert events[::-1] == sorted(events)
    again = work_of(office.session, SYSTEM, office.ports, at + 2 * DAY)
    assert complaint_nights.tell_log(again) == 0, "once"
    wrote = text(
        "SELECT count(DISTINCT t.xmin::text) FROM complaints t WHERE noted AND id = ANY(:ids)"
    )
    assert office.session.execute(wrote, {"ids": [one.id for one in ours]}).scalar() == 1


LEANT = text(
    "SELECT (SELECT count(*) FROM complaints WHERE xmax::text NOT IN ('0', xmin::text))"
    " + (SELECT count(*) FROM complaint_groups WHERE xmax::text NOT IN ('0', xmin::text))"
    " + (SELECT count(*) FROM complaint_keys WHERE returned AND NOT noted)"
)


@pytest.mark.feature("C2", "C3")
@pytest.mark.promise("P12")
def test_no_row_remembers_who_leant_on_it(database: Database, ports: Ports) -> None:
    """Neither the last filing in the group, nor who came back, nor who wrote to an old case."""
    with database.sessions.begin() as session:
        Office(session, ports).ready()
    with database.sessions.begin() as session:
        one = complain(work_of(session, NOBODY, ports))
    with database.sessions.begin() as session:
        later = work_of(session, NOBODY, ports, NOW + DAY)
        found = complaint_numbers.open_by_number(later, one.digits)
        assert found is not None
        complaint_talk.tell(later, found.seal, "Otra vez", after=1)
    left = []
    for _ in range(2):
        with database.sessions.begin() as session:
            left.append(session.execute(LEANT).scalar_one())
            complaint_nights.run_nightly(work_of(session, SYSTEM, ports, NOW + 3 * DAY))
    assert left == [3, 0]


@pytest.mark.feature("C2")
def test_an_hour_is_kept_while_its_clock_runs_and_then_the_day(office: Office) -> None:
    grave = complain(office.work(), told=Told(WORDS, frozenset({DangerSign.IN_DANGER_NOW})))

    def hour(now: datetime) -> datetime | None:
        complaint_nights.run_nightly(work_of(office.session, SYSTEM, office.ports, now))
        return complaints.get_complaint(office.session, grave.id).hour

    assert hour(NIGHT) == NOW.replace(minute=0, second=0, microsecond=0)
    assert hour(NIGHT + 2 * DAY) is None


@pytest.mark.feature("H8")
def test_two_years_after_its_closing_the_content_is_shredded(office: Office) -> None:
    one, other = complain(office.work(), [PDF]), complain(office.work(), [PDF])
    [handler] = office.handlers
    seal, closed_on = office.open(one.id), NOW.date()
    filed = complaints.get_complaint(office.session, one.id)
    closed = replace(
        filed, status=Status.CLOSED_RESOLVED, closed_on=closed_on, handler=handler.person
    )
    event = office.work(handler).event(Act.COMPLAINT_ANSWERED, filed.id)
    complaints.save_complaint(office.session, closed, event=event)

    def night(days: int) -> None:
        now = NIGHT + timedelta(days=days)
        complaint_nights.run_nightly(work_of(office.session, SYSTEM, office.ports, now))

    night(729)
    assert complaint_talk.read_conversation(office.work(), seal).told.words == WORDS
    night(731)
    left = complaints.get_complaint(office.session, one.id)
    assert (left.status, left.handler, left.categories) == (
        Status.ANONYMISED,
        None,
        filed.categories,
    )
    assert complaint_keys.find_key(office.session, one.id) is None
    assert complaint_numbers.open_by_number(office.work(), one.digits) is None
    kept = everything(office.session)
    for table in ("complaint_messages", "complaint_files", "complaint_keys"):
        assert [str(other.id) in row for row in kept[table]] == [True]
    doomed = [row for row in kept["outbox"] if "delete-object" in row]
    assert len(doomed) == 1


def test_a_file_whose_filing_broke_off_is_swept(office: Office) -> None:
    complain(office.work(), [PDF])
    office.ports.objects.put("complaints/stray", b"x", "")
    work = work_of(office.session, SYSTEM, office.ports, NIGHT)
    assert complaint_nights.sweep_files(work) == 1
    doomed = [row for row in everything(office.session)["outbox"] if "delete:" in row]
    assert ["complaints/stray" in row for row in doomed] == [True]
