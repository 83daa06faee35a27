"""A time machine: exactly what is due goes, from the tables and the object store, nothing else."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from PIL import Image
from sqlalchemy import func, select, text

from app.services import (
    applications,
    companions,
    crossings,
    documents,
    effects,
    erasing,
    retention,
)
from app.services.case import load_case
from app.services.ports import Ports
from app.storage import accounts, audit
from app.storage.account_tables import accounts as account_rows
from app.storage.crossing_counts import crossing_counts
from app.storage.crossings import crossings as crossing_rows
from app.storage.database import Session
from app.storage.erasures import list_erased
from app.storage.outbox import messages, outbox
from app.storage.rounds import find_round
from permits.applications import ApplicationId, Status
from permits.approvals import Opinion
from permits.audit import Act
from permits.crossings import Crossing, CrossingId, Direction
from permits.errors import Conflict, NotFound
from permits.people import SYSTEM, Actor, Role
from permits.submissions import DocumentKind
from tests.builders import COMPANION, CUI, NOW, PHONE, Story, add_official, work_of
from tests.memory_files import MemoryObjects
from tests.storage.test_sealed import dump

DAY = timedelta(days=1)
NAMES = (COMPANION.full_name, "María Ángela", "Gutiérrez Ñamendí", "gutierrez", PHONE, CUI)


def picture() -> bytes:
    stream = BytesIO()
    Image.new("RGB", (300, 400), "#33aa77").save(stream, "JPEG")
    return stream.getvalue()


def send_all(story: Story) -> None:
    while effects.run_next_effect(story.work(SYSTEM)) is not None:
        pass


def lived(session: Session, ports: Ports, status: Status) -> Story:
    """A case with a picture, its messages sent."""
    story = Story(session, ports)
    story.start(brings_photo=False)
    companions.add_companion(story.work(story.worker), story.id, COMPANION)
    documents.attach_document(story.work(story.worker), story.id, DocumentKind.PHOTO, picture())
    if status is not Status.DRAFT:
        story.submit()
    if status is Status.APPROVED:
        story.approve().sign()
    if status is Status.REFUSED:
        story.decide(story.setrass, Opinion.REFUSE)
    if status is Status.WITHDRAWN:
        applications.withdraw_application(story.work(story.worker), story.id)
    send_all(story)
    return story


def at(story: Story, instant: datetime) -> Story:
    story.now = instant
    return story


def mentions(session: Session, wanted: str) -> set[str]:
    forms = (wanted, wanted.encode().hex())
    return {
        name
        for name, rows in dump(session).items()
        if any(form in row for row in rows for form in forms)
    }


@pytest.fixture
def files(ports: Ports) -> dict[str, bytes]:
    assert isinstance(ports.objects, MemoryObjects)
    return ports.objects.files


@pytest.mark.feature("H8")
@pytest.mark.promise("P26")
@pytest.mark.asvs("14.2.7")
@pytest.mark.parametrize(
    ("status", "kind", "last_day"),
    [
        (Status.DRAFT, "drafts", NOW + 90 * DAY),
        (Status.WITHDRAWN, "closed", NOW.replace(year=2028)),
        (Status.REFUSED, "closed", NOW.replace(year=2028)),
        (Status.APPROVED, "permits", datetime(2032, 2, 16, 6, tzinfo=UTC)),
    ],
)
def test_a_file_goes_when_its_time_is_over_and_not_a_day_before(
    session: Session,
    ports: Ports,
    files: dict[str, bytes],
    status: Status,
    kind: str,
    last_day: datetime,
) -> None:
    story = lived(session, ports, status)
    assert mentions(session, "gutierrez") == {"applications"}  # the canaries are seen
    assert mentions(session, COMPANION.full_name) == {"companions"}
    early = at(story, last_day - DAY).work(SYSTEM)
    assert retention.run_retention(early).counts[kind] == 0
    assert applications.list_own(story.work(story.worker)) != []
    assert len(files) == 1
    late = at(story, last_day + DAY).work(SYSTEM)
    assert retention.plan_retention(late).counts[kind] == 1
    assert applications.list_own(story.work(story.worker)) != []  # a plan changes nothing
    report = retention.run_retention(late)
    assert report.counts[kind] == 1
    send_all(story)
    assert files == {}
    assert {name: mentions(session, name) for name in NAMES} == {key: set() for key in NAMES}
    assert [entry[:2] for entry in list_erased(session)] == [(story.id, "time")]
    events = [event.act for event in audit.list_events(session, story.id)]
    assert events[-1] is Act.APPLICATION_ERASED
    assert retention.run_retention(late).total == 0


@pytest.mark.feature("H8")
@pytest.mark.promise("P26")
def test_an_erased_file_is_not_there_for_anybody_and_its_constraints_hold(
    session: Session, ports: Ports
) -> None:
    story = lived(session, ports, Status.APPROVED)
    number = session.execute(text("SELECT number FROM credentials")).scalar_one()
    retention.run_retention(at(story, NOW.replace(year=2040)).work(SYSTEM))
    session.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
    with pytest.raises(NotFound):
        load_case(story.work(story.setrass), story.id)
    with pytest.raises(NotFound) as refused:
        find_round(session, ports.vault, story.id, 1)
    assert refused.value.code == "file-erased"
    kept = session.execute(
        text(
            "SELECT number, status_index, payload, a.digest, r.content IS NOT NULL AS round"
            " FROM credentials c JOIN authorisations h ON h.id = c.authorisation"
            " JOIN applications a ON a.id = h.application"
            " JOIN application_rounds r ON r.application = a.id"
        )
    ).one()
    assert (kept.number, kept.payload, kept.round) == (number, None, True)
    assert kept.digest == session.execute(text("SELECT digest FROM decisions LIMIT 1")).scalar_one()


def test_others_are_left_alone(session: Session, ports: Ports, files: dict[str, bytes]) -> None:
    """One of everything a day younger than its limit stays, whatever else goes."""
    old = lived(session, ports, Status.DRAFT)
    young = Story(session, ports, NOW + 2 * DAY)
    young.start(given_names="Petrona", surnames="Xol", brings_photo=True)
    review = lived(session, ports, Status.UNDER_REVIEW)
    retention.run_retention(at(old, NOW + 91 * DAY).work(SYSTEM))
    send_all(old)
    rows = session.execute(text("SELECT id FROM applications")).scalars()
    assert set(rows) == {young.id, review.id}
    assert [key.split("/")[1] for key in files] == [str(review.id)]


@pytest.mark.feature("H8")
def test_a_legal_hold_beats_time_and_wish(session: Session, ports: Ports) -> None:
    story = lived(session, ports, Status.REFUSED)
    keeper = add_official(session, ports, Role.DATA_PROTECTION_OFFICER)
    erasing.place_hold(story.work(keeper), story.id, "court")
    at(story, NOW.replace(year=2035))
    assert retention.plan_retention(story.work(SYSTEM)).counts["closed"] == 0
    assert retention.run_retention(story.work(SYSTEM)).counts["closed"] == 0
    with pytest.raises(Conflict) as refused:
        erasing.erase_own(story.work(story.worker), story.id)
    assert (refused.value.code, refused.value.facts) == ("not-erasable", {"obstacle": "held"})
    erasing.lift_hold(story.work(keeper), story.id)
    assert retention.run_retention(story.work(SYSTEM)).counts["closed"] == 1


@pytest.mark.feature("D8")
def test_a_worker_erases_what_the_law_of_the_case_allows(session: Session, ports: Ports) -> None:
    story = lived(session, ports, Status.WITHDRAWN)
    with pytest.raises(Conflict) as refused:
        erasing.erase_own(story.work(story.worker), story.id)
    assert refused.value.facts == {"obstacle": "recourse"}
    stranger = Actor(replace(story.worker, person=uuid4()).person, Role.WORKER)  # type: ignore[arg-type]
    with pytest.raises(NotFound):
        erasing.erase_own(story.work(stranger), story.id)
    at(story, NOW + 31 * DAY)
    erasing.erase_own(story.work(story.worker), story.id)
    assert mentions(session, PHONE) != set()
    send_all(story)
    assert mentions(session, PHONE) == set()
    assert list_erased(session)[0][1] == "asked"


def test_what_a_copy_brings_back_is_erased_again(session: Session, ports: Ports) -> None:
    story = lived(session, ports, Status.REFUSED)
    again = erasing.erase_again(story.work(SYSTEM), [story.id, ApplicationId(uuid4())])
    assert [application.id for application in again] == [story.id]
    assert mentions(session, CUI) == set()
    assert erasing.erase_again(story.work(SYSTEM), [story.id]) == []


@pytest.mark.asvs("14.2.7")
def test_codes_go_after_a_day_and_messages_after_a_month(session: Session, ports: Ports) -> None:
    story = lived(session, ports, Status.UNDER_REVIEW)
    assert session.execute(select(func.count()).where(outbox.c.payload != {})).scalar_one() == 0
    sent = set(session.execute(select(messages.c.kind)).scalars())
    assert "draft-started" in sent
    retention.run_retention(at(story, NOW + 2 * DAY).work(SYSTEM))
    assert set(session.execute(select(messages.c.kind)).scalars()) == sent - {"draft-started"}
    plan = retention.plan_retention(at(story, NOW + 31 * DAY).work(SYSTEM))
    assert plan.counts["messages"] == len(sent) - 1
    retention.run_retention(story.work(SYSTEM))
    assert session.execute(select(func.count()).select_from(messages)).scalar_one() == 0


@pytest.mark.feature("H8")
def test_crossings_become_counts(session: Session, ports: Ports) -> None:
    agent = add_official(session, ports, Role.BORDER_AGENT)
    work = work_of(session, agent, ports)
    sent = [
        Crossing(
            CrossingId(uuid4()),
            "ABCD-EFGH",
            Direction.ENTRY,
            "HN-GT-1",
            "device",
            agent.person,
            NOW - hours * timedelta(hours=1),
            "green",
            "ok",
            offline=False,
            list_issued_at=NOW,
        )
        for hours in (1, 2, 3)
    ]
    crossings.record_crossings(work, sent)
    a_year = work_of(session, SYSTEM, ports, NOW.replace(year=2027) - timedelta(minutes=90))
    assert retention.run_retention(a_year).counts["crossings"] == 2
    [counted] = session.execute(select(crossing_counts)).all()
    assert tuple(counted) == (date(2026, 11, 1), "HN-GT-1", "entry", "green", False, 2)
    assert session.execute(select(func.count()).select_from(crossing_rows)).scalar_one() == 1
    later = work_of(session, SYSTEM, ports, NOW.replace(year=2027))
    assert retention.run_retention(later).counts["crossings"] == 1
    assert session.execute(select(crossing_counts.c.crossings)).scalars().all() == [3]


def test_a_closed_account_loses_its_name_after_five_years(session: Session, ports: Ports) -> None:
    official = add_official(session, ports, Role.INM_OFFICER, "Rosa Mejía")
    session.execute(account_rows.update().values(disabled_at=NOW))
    before = work_of(session, SYSTEM, ports, NOW.replace(year=2031) - DAY)
    assert retention.run_retention(before).counts["accounts"] == 0
    after = work_of(session, SYSTEM, ports, NOW.replace(year=2031) + DAY)
    assert retention.run_retention(after).counts["accounts"] == 1
    assert accounts.list_names(session, {official.person}) == {official.person: ""}
    assert mentions(session, "Rosa Mejía") == set()


def test_the_nightly_job_runs_once_a_local_day_and_says_what_it_did(
    session: Session, ports: Ports
) -> None:
    story = lived(session, ports, Status.DRAFT)
    night = (NOW + 91 * DAY).replace(hour=7, minute=59)  # 01:59 in Tegucigalpa
    assert retention.run_daily(at(story, night).work(SYSTEM)) == 0
    assert retention.run_daily(at(story, night + timedelta(minutes=2)).work(SYSTEM)) > 0
    lived_again = lived(session, ports, Status.DRAFT)
    session.execute(
        text("UPDATE applications SET updated_at = :then WHERE id = :id"),
        {"then": NOW, "id": lived_again.id},
    )
    assert retention.run_daily(at(story, night + timedelta(hours=3)).work(SYSTEM)) == 0
    assert retention.run_daily(at(story, night + timedelta(days=1, hours=1)).work(SYSTEM)) > 0
    runs = session.execute(
        select(audit.audit_events.c.facts).where(audit.audit_events.c.act == "retention:run")
    ).scalars()
    assert [facts["drafts"] for facts in runs] == [1, 1]


def test_a_full_batch_goes_on_the_next_minute(session: Session, ports: Ports) -> None:
    for _ in range(3):
        lived(session, ports, Status.DRAFT)
    work = work_of(session, SYSTEM, ports, NOW + 91 * DAY)
    first = retention.run_retention(work, limit=2)
    assert (first.counts["drafts"], first.more) == (2, True)
    second = retention.run_retention(work, limit=2)
    assert (second.counts["drafts"], second.more) == (1, False)
