"""Asked once for each moment, answered once; danger is a case at once, the rest if wanted."""

from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from app.services import check_in_desk, check_ins, erasing, journeys, own_data, wanted_cases
from app.services.complaint_filing import read_told
from app.services.ports import Ports
from app.storage import complaint_messages, erasures
from app.storage.audit import audit_events
from app.storage.check_ins import check_ins as table
from app.storage.complaints import complaints
from app.storage.database import Session
from app.storage.outbox import outbox
from app.storage.wanted_cases import wanted_cases as wanted
from permits.audit import Act
from permits.crossings import Direction
from permits.deadlines import legal_day
from permits.erasure import Cause
from permits.errors import Conflict, Forbidden, Hidden, NotFound
from permits.journeys import JourneyStep
from permits.people import SYSTEM, Actor, PersonId, Role
from recruitment.check_ins import Moment, Way
from recruitment.complaints.filed import ComplaintId
from recruitment.wanted_cases import Grade, Ground
from tests.builders import NOW, Story, add_vacancy
from tests.complained import Office
from tests.services.test_stays import DAY, Border
from tests.working import WELL, answer, ask_all, asked, at_work, token_of


@pytest.mark.feature("N4")
def test_who_works_is_asked_once_for_each_moment_by_one_sms(story: Story, session: Session) -> None:
    at_work(story)
    assert [ask_all(story, 14), ask_all(story, 1), ask_all(story, 0)] == [0, 1, 0]
    assert ask_all(story, 1) == 0
    found = asked(story)
    assert (found.moment, found.answers, found.is_open(story.now)) == (
        Moment.FIRST_WEEK,
        None,
        True,
    )
    (row,) = session.execute(
        select(outbox.c.payload).where(outbox.c.key == f"check-in:{story.id}:first-week")
    )
    assert row.payload["phone"]
    token = token_of(story)
    assert check_ins.read_link(story.work(SYSTEM), token).id == found.id
    with pytest.raises(NotFound):
        check_ins.read_link(story.work(SYSTEM), token + "x")
    story.later(days=7)
    with pytest.raises(NotFound):
        check_ins.answer_link(story.work(SYSTEM), token, WELL, act=False)
    with pytest.raises(Conflict, match="check-in-closed"):
        answer(story)
    assert ask_all(story, 16) == 1
    assert asked(story).moment is Moment.FIRST_MONTH


@pytest.mark.feature("N4")
def test_who_crossed_is_asked_by_the_crossing_and_who_went_home_is_not(
    session: Session, ports: Ports
) -> None:
    border = Border(session, ports)
    story, number, _ = border.permit()
    border.cross(number, Direction.ENTRY, NOW + 12 * DAY)
    assert [ask_all(story, 16), ask_all(story, 3)] == [0, 1]
    home, other, _ = border.permit()
    border.cross(other, Direction.ENTRY, NOW + 9 * DAY)
    border.cross(other, Direction.EXIT, NOW + 12 * DAY)
    home.now = story.now
    assert ask_all(home, 1) == 0


@pytest.mark.feature("N4")
def test_who_noted_the_arrival_is_asked_by_it(story: Story) -> None:
    at_work(story).later(days=12)
    today, worker = legal_day(story.now), story.work(story.worker)
    journeys.note_step(worker, story.id, JourneyStep.DEPARTED, today - DAY)
    journeys.note_step(worker, story.id, JourneyStep.ARRIVED, today)
    assert [ask_all(story, 6), ask_all(story, 1)] == [0, 1]


def waiting(story: Story) -> list[tuple[Grade, Ground, tuple[str, ...]]]:
    """The alarms about this worker that nobody has taken."""
    found = wanted_cases.list_waiting(story.work(story.supervisor))
    return [
        (one.wanted.grade, one.wanted.ground, tuple(name for name, _ in one.wanted.told))
        for one in found
        if one.application == story.id
    ]


@pytest.mark.feature("N4")
def test_danger_is_a_case_at_once_and_stays_until_somebody_takes_it(
    story: Story, session: Session
) -> None:
    at_work(story.supervise())
    ask_all(story)
    after = check_ins.answer_link(
        story.work(SYSTEM), token_of(story), WELL | {"safe": "hurt", "paid": "late"}, act=False
    )
    with pytest.raises(Conflict, match="check-in-answered"):
        check_ins.answer_link(story.work(SYSTEM), token_of(story), WELL, act=False)
    # Two signs of one worker: R37 too.
    assert [one.rule.value for one in after.findings] == ["R34", "R36", "R37"]
    assert waiting(story) == [(Grade.S1, Ground.EX_OFFICIO, ("paid", "safe"))]
    (row,) = session.execute(select(table).where(table.c.application == story.id))
    assert b"hurt" not in row.answers + row.findings
    keys = session.scalars(select(outbox.c.key).where(outbox.c.key.contains("check-in-alarm:")))
    assert any(str(story.supervisor.person) in key for key in keys)


@pytest.mark.feature("N4")
def test_who_had_the_phone_first_silences_nobody(story: Story, session: Session) -> None:
    at_work(story.supervise())
    ask_all(story)
    check_ins.answer_link(story.work(SYSTEM), token_of(story), WELL, act=False)
    chief = story.work(story.supervisor)
    (called,) = [o for o in check_in_desk.read_desk(chief).unanswered if o.id == asked(story).id]
    assert called.by_link
    after = answer(story, paid="late", free="cannot-leave")
    assert after.answers is not None
    assert (after.answers.free, after.told.free) == ("yes", "cannot-leave")
    assert {one.rule.value for one in after.findings} == {"R34", "R35", "R37"}
    assert waiting(story) == [(Grade.S1, Ground.EX_OFFICIO, ("free", "paid"))]
    with pytest.raises(Conflict, match="check-in-answered"):
        answer(story, free="cannot-leave")
    told = check_in_desk.answer_by_phone(chief, after.id, {"safe": "hurt"}, act=True)
    assert [(one.way, one.by) for one in told.added] == [
        (Way.OWN, None),
        (Way.PHONE, story.supervisor.person),
    ]
    assert asked(story) == told
    assert len(waiting(story)) == 2
    assert called.id not in {o.id for o in check_in_desk.read_desk(chief).unanswered}
    acts = select(audit_events.c.facts).where(
        audit_events.c.subject == after.id, audit_events.c.act == Act.CHECK_IN_ANSWERED
    )
    ways = [(one["way"], one.get("added")) for one in session.scalars(acts.order_by("id"))]
    assert ways == [("link", None), ("own", 1), ("phone", 2)]
    tables = own_data.read_own_data(story.work(story.worker), "json").tables
    assert len(tables["check_ins"][0]["added"]) == 2  # type: ignore[arg-type]
    with pytest.raises(IntegrityError, match="added_after"), session.begin_nested():
        session.execute(text("UPDATE check_ins SET answer_way = 'own' WHERE added IS NOT NULL"))


@pytest.mark.feature("N4", "N8")
def test_each_look_is_logged_and_told(story: Story, session: Session) -> None:
    at_work(story.supervise())
    ask_all(story)
    after = answer(story, safe="hurt")
    chief = story.work(story.supervisor)
    (case,) = [one for one in wanted_cases.list_waiting(chief) if one.check_in == after.id]
    opened = check_in_desk.open_alarm(chief, case.id)
    assert opened.called is not None
    wanted_cases.acknowledge(chief, case.id)
    with pytest.raises(Conflict, match="alarm-taken"):
        wanted_cases.acknowledge(chief, case.id)
    assert waiting(story) == []
    log = session.execute(
        select(audit_events.c.act, audit_events.c.facts)
        .where(audit_events.c.subject == after.id)
        .order_by(audit_events.c.id)
    )
    assert [(one.act, one.facts) for one in log] == [
        (Act.CHECK_IN_ASKED, {"moment": "first-week"}),
        (Act.CHECK_IN_ANSWERED, {"way": "own"}),
        (Act.CHECK_IN_READ, {"form": "alarm"}),
        (Act.CHECK_IN_ALARM_TAKEN, {}),
    ]
    looks = own_data.list_looks(story.work(story.worker))
    assert Act.CHECK_IN_READ in {one.act for one in looks}


@pytest.mark.feature("N4")
def test_a_wanted_case_is_a_complaint_under_the_handlers_key_at_once_or_when_taken(
    story: Story, session: Session
) -> None:
    at_work(story.supervise())
    ask_all(story)
    after = answer(story, safe="threatened")
    here = select(wanted).where(wanted.c.check_in == after.id)
    row = session.execute(here).one()
    assert row.complaint is None  # nobody has made the handlers' keys yet
    office = Office(session, story.ports).ready()
    wanted_cases.acknowledge(story.work(story.supervisor), row.id)
    first = session.execute(here).one().complaint
    assert categories(session, first) == ("check-in", ["threats"], "s1")
    seal = office.open(ComplaintId(first))
    (message,) = complaint_messages.list_messages(session, ComplaintId(first))
    told = read_told(office.work(), seal, message)
    alarm = f"{story.ports.public_url}/durante-el-trabajo/alarmas/{row.id}"
    assert told.words == f"safe=threatened\n{alarm}"
    assert told.name.endswith("Ñamendí")
    ask_all(story, 23)
    answer(story, living="untended")
    rows = session.execute(select(wanted.c.complaint).where(wanted.c.worker == row.worker))
    assert None not in {one.complaint for one in rows}


def categories(session: Session, complaint: UUID) -> tuple[str, list[str], str]:
    """What stands in clear of a complaint: how it was filed, about what, how grave it seems."""
    here = complaints.c.id == complaint
    columns = (complaints.c.filing, complaints.c.categories, complaints.c.proposed)
    row = session.execute(select(*columns).where(here)).one()
    return row.filing, row.categories, row.proposed


@pytest.mark.feature("N4")
def test_everything_else_is_a_case_only_where_its_worker_asks(story: Story) -> None:
    at_work(story.supervise())
    ask_all(story)
    answer(story, paid="late")
    assert waiting(story) == []
    ask_all(story, 23)
    # Another sign of the same worker within thirty days: R37 asks nobody.
    answer(story, living="bad")
    assert waiting(story) == [(Grade.S1, Ground.EX_OFFICIO, ("living",))]


@pytest.mark.feature("N4")
def test_a_farm_is_seen_as_a_whole_and_nobody_is_named(story: Story) -> None:
    vacancy = str(add_vacancy(story.session, story.ports))
    every = [story.supervise(), *(Story(story.session, story.ports) for _ in range(4))]
    for one in every:
        at_work(one, vacancy=vacancy)
    ask_all(story)
    for one in every[1:]:
        one.now = story.now
    for one in every[:3]:
        answer(one, paid="late", act=one is every[0])
    desk = check_in_desk.read_desk(story.work(story.supervisor))
    employer = asked(story).employer
    (farm,) = [o for o in desk.alarms if o.employer == employer and o.check_in is None]
    assert (farm.worker, farm.wanted.told, farm.wanted.grade) == (None, (), Grade.S1)
    assert farm.findings[0].facts == {"indicators": "withholding-of-wages"}
    assert waiting(story) == [(Grade.S2, Ground.CONSENT, ("paid",))]
    answer(every[3], paid="less")  # the same sign once more is told no second time
    names = {one.id for one in desk.unanswered}
    assert asked(every[4]).id in names
    chief = story.work(story.supervisor)
    check_in_desk.open_call(chief, asked(every[4]).id)
    told = check_in_desk.answer_by_phone(chief, asked(every[4]).id, WELL, act=False)
    assert (told.way, told.by) == (Way.PHONE, story.supervisor.person)
    with pytest.raises(Conflict, match="check-in-answered"):
        check_in_desk.open_call(chief, told.id)
    after = check_in_desk.read_desk(chief)
    assert len([o for o in after.alarms if o.employer == employer and not o.check_in]) == 1
    rates = [one for one in after.farms if one.asked == 5 == one.answered]
    assert [(one.silent, one.weeks[0].answered) for one in rates] == [(False, 5)]
    assert ask_all(story, 53) == 5
    story.later(days=10)
    (silent,) = check_in_desk.read_desk(story.work(story.supervisor)).farms
    assert (silent.silent, silent.asked, silent.answered) == (True, 5, 0)


@pytest.mark.feature("N4")
def test_answers_are_the_workers_and_go_with_the_file(story: Story, session: Session) -> None:
    at_work(story.supervise())
    ask_all(story)
    answer(story, free="guarded")
    stranger = Actor(PersonId(uuid4()), Role.WORKER)
    for actor in (stranger, story.setrass, story.inm, story.supervisor):
        with pytest.raises((Hidden, NotFound)):
            check_ins.list_own(story.work(actor), story.id)
    for actor in (story.setrass, story.inm, story.worker):
        with pytest.raises(Forbidden):
            check_in_desk.read_desk(story.work(actor))
    tables = own_data.read_own_data(story.work(story.worker), "json").tables
    assert tables["check_ins"][0]["answers"]["free"] == "guarded"  # type: ignore[index]
    assert tables["wanted_cases"][0]["reasons"]["answers"] == [["free", "guarded"]]  # type: ignore[index]
    with pytest.raises(IntegrityError, match="noted_by_phone"), session.begin_nested():
        session.execute(text("UPDATE check_ins SET noted_by = worker"))
    kept = erasures.get_case(session, story.id, lock=True)
    erasing.erase(story.work(SYSTEM), kept, Cause.TIME)
    for left in (table, wanted):
        rows = session.execute(select(left.c.id).where(left.c.application == story.id))
        assert rows.all() == []
