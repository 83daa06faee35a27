"""A complaint on the desk: taken, judged, protected, found, made good, closed, and opened again."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from app.services import (
    complaint_acts,
    complaint_alarms,
    complaint_desk,
    complaint_list,
    complaint_remedies,
    complaint_terms,
)
from app.services.complaint_acts import Judgement
from app.services.complaint_rejudging import note_departure, note_power, rejudge
from app.storage import complaint_clocks
from permits.deadlines import ClockState
from permits.errors import Conflict, DomainError, Forbidden, Invalid, Stale
from permits.people import SYSTEM, Role
from recruitment.complaints.handling import CoercionCheck
from recruitment.complaints.moves import Action
from recruitment.complaints.remedies import RemedyAction, RemedyPlan, RemedyState, Verifier
from recruitment.complaints.words import (
    Category,
    Flag,
    Outcome,
    RemedyKind,
    Severity,
    Status,
)
from tests.builders import Story, add_official
from tests.complained import Office, complain
from tests.complaint_desk import SECRET, Desk
from tests.complaint_remedied import said_under_the_number


@pytest.fixture
def desk(story: Story) -> Desk:
    return Desk(Office(story.session, story.ports)).begin()


def code_of(refused: pytest.ExceptionInfo[DomainError]) -> str:
    return refused.value.code


def kinds(desk: Desk) -> Sequence[tuple[str, str]]:
    return [(one.kind.value, one.state.value) for one in desk.opened().clocks]


@pytest.mark.feature("H1", "H3", "H4", "H9", "C3")
def test_a_complaint_is_led_to_a_remedy_that_the_worker_confirms(desk: Desk, story: Story) -> None:
    employer = _employer(story)
    desk.take()
    desk.act(Action.SCREEN)
    with pytest.raises(Conflict, match="severity-missing"):
        desk.act(Action.ACCEPT)
    desk.accept(employer=employer, departs_on=date(2026, 12, 20))
    filed = desk.opened().handled.filed
    assert (filed.status, filed.severity) == (Status.OPEN, Severity.S2)
    assert Flag.DEPARTURE_SOON in filed.flags
    assert {kind for kind, _ in kinds(desk)} == {"first-contact", "decision", "before-departure"}
    complaint_acts.answer(desk.by(), desk.token(), desk.complaint, "Le oímos.", seen=desk.seen)
    assert "first-contact" not in {kind for kind, _ in kinds(desk)}
    _judged_anew(desk, employer)
    desk.act(Action.INVESTIGATE)
    complaint_acts.find(
        desk.by(), desk.token(), desk.complaint, Outcome.PARTLY, SECRET, seen=desk.seen
    )
    for number, code in ((0, "own-finding"), (1, "")):
        if code:
            with pytest.raises(Forbidden, match=code):
                desk.act(Action.APPROVE_FINDING, number=number)
        else:
            desk.act(Action.APPROVE_FINDING, number=number)
    assert kinds(desk) == []  # decided in time, and before the departure
    assert _standing(story, employer) == ("serious-complaint", False)
    desk.act(Action.PLAN_REMEDY)
    _make_good(desk)
    assert desk.opened().handled.remedies[0].verified_on == date(2026, 11, 24)
    desk.act(Action.CLOSE_RESOLVED, "Recibió todo.")
    assert _standing(story, employer) == ("serious-complaint", True)
    assert _judged_again(story) == [[str(employer)]] * 2  # when it was found, and when remedied
    handled = desk.opened().handled
    assert [one.due_on - date(2026, 11, 24) for one in handled.follow_ups] == [
        timedelta(days=one) for one in (7, 30, 90)
    ]
    _retaliated(desk)


def _judged_anew(desk: Desk, employer: UUID) -> None:
    """Danger is learnt of a day later, and falls away; who leaves is represented."""
    desk.later(days=1)

    def judge(severity: Severity, *flags: Flag, by: int = 0) -> None:
        said = Judgement(severity, (Category.THREATS,), frozenset(flags), employer)
        work, seen = desk.by(by), desk.seen
        rejudge(work, desk.token(by), desk.complaint, said, "Lo contó hoy.", seen=seen)

    with pytest.raises(Conflict, match="held-by-other"):
        judge(Severity.S1, by=1)
    judge(Severity.S1, Flag.MINOR_INVOLVED)
    session = desk.office.session
    letters = text("SELECT key FROM outbox WHERE key LIKE '%complaint-danger:%' ORDER BY id")
    assert len(session.scalars(letters).all()) == 1  # the colleague: nobody is on duty by name
    opened = desk.opened()
    due = {one.kind.value: one.due_at - desk.now for one in opened.clocks}
    assert (due["first-contact"], due["decision"]) == (timedelta(hours=4), timedelta(hours=24))
    assert opened.handled.filed.flags == {Flag.MINOR_INVOLVED, Flag.DEPARTURE_SOON}
    step = opened.handled.steps[-1]
    assert (step.deed, opened.content.words[step.id]) == ("rejudge", "Lo contó hoy.")  # type: ignore[union-attr]
    complaint_acts.note_contact(desk.by(), desk.complaint, seen=desk.seen)
    judge(Severity.S2)
    assert {kind for kind, _ in kinds(desk)} == {"decision", "before-departure"}
    note_departure(desk.by(), desk.complaint, date(2026, 12, 10), seen=desk.seen)
    (leaves,) = (one for one in desk.opened().clocks if one.kind.value == "before-departure")
    assert leaves.last_day == date(2026, 12, 9)
    note_power(desk.by(), desk.token(), desk.complaint, "Su hermana.", seen=desk.seen)
    assert {kind for kind, _ in kinds(desk)} == {"decision"}
    note_departure(desk.by(), desk.complaint, date(2026, 12, 9), seen=desk.seen)
    assert {kind for kind, _ in kinds(desk)} == {"decision"}
    note_departure(desk.by(), desk.complaint, None, seen=desk.seen)
    assert Flag.DEPARTURE_SOON not in desk.opened().handled.filed.flags


def _make_good(desk: Desk) -> None:
    plan = RemedyPlan(
        RemedyKind.WAGES_PAID, date(2026, 12, 1), "Paga la finca", Decimal(4200), "HNL"
    )
    identity = uuid4()
    for _ in range(2):
        complaint_remedies.plan_remedy(
            desk.by(), desk.token(), desk.complaint, identity, plan, seen=desk.seen
        )
    (shown,) = desk.opened().content.remedies  # type: ignore[union-attr]
    assert (shown.remedy.plan, shown.remedy.state) == (plan, RemedyState.PLANNED)
    with pytest.raises(Conflict, match="remedy-unverified"):
        desk.act(Action.CLOSE_RESOLVED, "Ya.")
    _nobody_misses_its_day(desk)
    move = complaint_remedies.move
    move(desk.by(), desk.token(), desk.complaint, identity, RemedyAction.REPORT_DONE, seen=1)
    with pytest.raises(Conflict, match="verified-by-worker"):
        move(
            desk.by(),
            desk.token(),
            desk.complaint,
            identity,
            RemedyAction.VERIFY,
            Verifier.INSPECTION,
            seen=2,
        )
    verify, by = RemedyAction.VERIFY, (desk.by(), desk.token(), desk.complaint, identity)
    with pytest.raises(Stale):
        move(*by, verify, Verifier.TELEPHONE, seen=1)
    with pytest.raises(Conflict, match="verified-under-number"):
        move(*by, verify, Verifier.COMPLAINANT, seen=2)
    with pytest.raises(Conflict, match="verifier-missing"):
        move(*by, verify, seen=2)
    move(*by, verify, Verifier.TELEPHONE, seen=2)
    said_under_the_number(desk, identity)


def _nobody_misses_its_day(desk: Desk) -> None:
    later = desk.now + timedelta(days=30, hours=4)
    for now, due in ((desk.now, None), (later, date(2026, 12, 1))):
        listed = complaint_list.list_desk(desk.office.work(desk.office.handlers[0], now))
        assert (listed.rows[0].remedy_due, listed.late) == (due, 1 if due else 0)
    assert complaint_alarms.tell_digest(desk.office.work(SYSTEM, later)) == 1  # of nothing else


def _retaliated(desk: Desk) -> None:
    """Seven days later somebody asks, and the case is open again."""
    desk.later(days=7)
    first = desk.opened().handled.follow_ups[0].due_on
    complaint_remedies.follow_up(desk.by(), desk.complaint, first, retaliation=True)
    with pytest.raises(Conflict, match="follow-up-done"):
        complaint_remedies.follow_up(desk.by(), desk.complaint, first, retaliation=False)
    desk.act(Action.REOPEN, "Le quitaron la cama.")
    filed = desk.opened().handled.filed
    assert (filed.status, filed.closed_on, filed.outcome) == (Status.OPEN, None, None)
    assert Flag.RETALIATION_RISK in filed.flags
    assert {kind for kind, _ in kinds(desk)} == {"first-contact", "decision"}
    assert len(desk.opened().handled.follow_ups) == 1


def _employer(story: Story) -> UUID:
    from app.storage import vacancies  # noqa: PLC0415
    from tests.builders import add_vacancy  # noqa: PLC0415

    found = vacancies.find_vacancy(story.session, add_vacancy(story.session, story.ports))
    assert found is not None
    return UUID(found.offer.employer)


def _standing(story: Story, employer: UUID) -> tuple[str, bool]:
    row = story.session.execute(
        text("SELECT kind, settled_on FROM measures WHERE employer = :employer"),
        {"employer": employer},
    ).one()
    return row.kind, row.settled_on is not None


def _judged_again(story: Story) -> list[list[str]]:
    runs = "SELECT payload->'employers' FROM outbox WHERE kind = 'judge-vacancies' ORDER BY key"
    return list(story.session.execute(text(runs)).scalars())


@pytest.mark.feature("H4", "N1")
def test_danger_is_told_until_somebody_reads_it_and_reminders_stop_with_the_case(
    desk: Desk, story: Story
) -> None:
    work = desk.office.work(now=desk.now)
    _ = complain(work, told=None, categories=(Category.VIOLENCE,))
    complaint_terms.begin_clocks(desk.system)
    assert complaint_alarms.raise_alarms(desk.system) == 1
    assert complaint_alarms.raise_alarms(desk.system) == 0
    desk.later(minutes=16)
    assert complaint_alarms.raise_alarms(desk.system) == 1  # again, for nobody has read it
    rows = complaint_list.list_desk(desk.by()).rows
    danger = next(one for one in rows if one.filed.gravity is Severity.S1)
    desk.complaint = danger.filed.id
    desk.take().act(Action.SCREEN)
    desk.later(hours=1)
    assert complaint_alarms.raise_alarms(desk.system) == 0
    kept = complaint_clocks.list_clocks(story.session, [desk.complaint])[desk.complaint]
    met = next(one.clock for one in kept if one.clock.kind.value == "acknowledge")
    assert met.in_time
    assert met.started_at.minute == met.started_at.hour - 6 == 0  # its hour is told no longer
    desk.later(hours=4)
    assert complaint_alarms.raise_alarms(desk.system) == 1  # nobody protected in time
    assert complaint_alarms.raise_alarms(desk.system) == 0
    desk.later(days=1)
    assert complaint_alarms.tell_digest(desk.system) == 2
    assert complaint_alarms.tell_digest(desk.system) == 0
    _nothing_left_of_the_hour(desk, story)


def _nothing_left_of_the_hour(desk: Desk, story: Story) -> None:
    letters = [row.key for row in story.session.execute(text("SELECT key FROM outbox ORDER BY id"))]
    about = [key for key in letters if key.startswith("complaint")]
    assert about
    assert not [key for key in about if str(desk.complaint) in key]


@pytest.mark.feature("H4", "H3")
def test_who_is_asked_has_ten_working_days_and_silence_closes_nothing(desk: Desk) -> None:
    desk.take().act(Action.SCREEN)
    desk.act(Action.ASK, "¿En qué finca fue?")
    assert ("decision", "paused") in kinds(desk)
    desk.says("En la del río.")
    assert next(iter(complaint_list.list_desk(desk.by()).rows)).new_message
    desk.later(days=1)
    assert complaint_alarms.take_replies(desk.system) == 1
    assert desk.status is Status.TRIAGE
    desk.act(Action.ASK, "¿Cuándo?")
    desk.later(days=20)
    assert complaint_alarms.take_replies(desk.system) == 1
    assert desk.status is Status.TRIAGE
    assert ClockState.PAUSED.value not in {state for _, state in kinds(desk)}
    with pytest.raises(Invalid) as refused:
        desk.act(Action.WITHDRAW, "Ya no quiere.", checked=[CoercionCheck.SPOKE_ALONE])
    assert [one.code for one in refused.value.faults] == ["coercion-check-missing"]
    desk.act(Action.WITHDRAW, "Ya no quiere.", checked=list(CoercionCheck))
    withdrawn = desk.opened().handled.filed.status
    assert withdrawn is Status.WITHDRAWN
    assert desk.opened().clocks == ()


@pytest.mark.feature("H1", "D1")
def test_who_has_a_part_in_it_opens_it_no_more_and_nobody_else_knows_of_it(
    desk: Desk, story: Story
) -> None:
    complaint_acts.take(desk.by(1), desk.complaint, seen=desk.seen)
    complaint_acts.recuse(desk.by(1), desk.complaint, seen=desk.seen)
    assert desk.opened().handled.filed.handler is None
    with pytest.raises(Forbidden, match="has-a-part"):
        desk.opened(1)
    with pytest.raises(Forbidden, match="has-a-part"):
        complaint_acts.take(desk.by(1), desk.complaint, seen=desk.seen)
    with pytest.raises(Conflict, match="not-your-case"):
        complaint_acts.answer(desk.by(), desk.token(), desk.complaint, "Hola", seen=desk.seen)
    with pytest.raises(Stale):
        complaint_acts.take(desk.by(), desk.complaint, seen=desk.seen + 1)
    for role in (Role.ADMINISTRATOR, Role.SETRASS_SUPERVISOR, Role.AUDITOR):
        work = desk.office.work(add_official(story.session, story.ports, role), desk.now)
        with pytest.raises(Forbidden):
            complaint_desk.open_on_desk(work, "x", desk.complaint)
        with pytest.raises(Forbidden):
            complaint_list.list_desk(work)
    locked = complaint_desk.open_on_desk(desk.by(), "another session", desk.complaint)
    assert (locked.content, locked.locked_because) == (None, "complaints-locked")
