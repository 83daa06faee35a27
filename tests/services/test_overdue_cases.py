"""The clock ran out on a case: whose turn it is hears it once, by day, without a name."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.services import deadlines, notices, overdue_cases, queues
from app.services.ports import Ports
from app.storage import outbox
from app.storage.audit import audit_events
from app.storage.database import Session
from permits.approvals import Opinion
from permits.audit import Act
from permits.notices import Notice, NoticeKind
from permits.people import SUPERVISOR_OF, SYSTEM, Agency
from tests.agencies import BOTH
from tests.builders import Story, add_official

LATE = 65
"""Days after the submission: the term is over, and the offer still runs."""


def told(session: Session) -> list[Notice]:
    rows = session.scalars(select(outbox.outbox.c.payload).order_by(outbox.outbox.c.id))
    every = [notices.read(row) for row in rows]
    return [one for one in every if one.kind is NoticeKind.CASES_OVERDUE]


@pytest.mark.feature("O5", "N1")
def test_each_agency_hears_once_of_the_cases_that_are_late_at_its_desk(
    session: Session, ports: Ports
) -> None:
    bosses = {a: add_official(session, ports, role) for a, role in SUPERVISOR_OF.items()}
    address = {a: f"{boss.person.hex}@demo.example" for a, boss in bosses.items()}
    late = Story(session, ports).start().submit().later(days=LATE)
    Story(session, ports, late.now).start().submit()  # in time
    asked = Story(session, ports).start().submit().decide(late.setrass, Opinion.RETURN)
    asked.later(days=LATE)

    def tell(**time: int) -> int:
        return overdue_cases.tell_overdue(late.later(**time).work(SYSTEM))

    assert late.now.hour == 15  # nine in the morning at the office
    late.later(hours=-2)
    assert tell() == 0  # nobody is there yet
    assert tell(hours=2) == 1
    assert tell(hours=1) == tell(days=1) == 0
    assert [(one.email, one.facts["cases"]) for one in told(session)] == [
        (address[Agency.SETRASS], "1")
    ]
    late.decide(late.setrass, Opinion.APPROVE)  # and now it is late at the other desk
    assert tell(days=1) == 1
    assert tell(days=1) == 0
    assert [one.email for one in told(session)] == [address[a] for a in BOTH]
    assert all(set(one.facts) == {"cases", "link"} for one in told(session))
    events = session.execute(
        select(audit_events.c.subject, audit_events.c.facts)
        .where(audit_events.c.act == Act.APPLICATION_TOLD.value)
        .order_by(audit_events.c.id)
    ).all()
    assert [(one.subject, one.facts["to"]) for one in events] == [
        (late.id, "setrass"),
        (late.id, "inm"),
    ]


def test_what_nobody_can_be_told_waits_for_somebody(session: Session, ports: Ports) -> None:
    late = Story(session, ports).start().submit().later(days=LATE)
    assert overdue_cases.tell_overdue(late.work(SYSTEM)) == 0
    add_official(session, ports, SUPERVISOR_OF[Agency.SETRASS])
    late.now += timedelta(days=1)
    assert overdue_cases.tell_overdue(late.work(SYSTEM)) == 1


@pytest.mark.feature("O5")
@pytest.mark.parametrize("how", ["ask", "return"])
def test_a_question_after_the_end_hides_no_breach(story: Story, how: str) -> None:
    boss = story.supervise().start().submit().work(story.supervisor)
    in_time = Story(story.session, story.ports).start().submit().ask()
    work = replace(boss, now=story.later(days=LATE).now)
    in_time.now = story.now
    if how == "ask":
        story.ask()
    else:
        story.decide(story.setrass, Opinion.RETURN)
    case = story.application
    term = deadlines.term_of(
        work,
        case.programme,
        case.status,
        case.submitted_at,
        case.due_at,
        paused_at=deadlines.paused_since(work, case),
    )
    assert term is not None
    assert term.risks_deemed_grant
    late = queues.list_queue(work, queues.filter_of(work, queues.Wanted(due=queues.Due.LATE))).rows
    assert [one.id for one in late] == [story.id]
