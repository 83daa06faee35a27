"""What workers ask and nobody answers in time: its desk hears of it once, by a count alone."""

from datetime import date

import pytest
from sqlalchemy import select

from app.services import appeals, employer_changes, identity_changes, notices, own_data
from app.services.case import load_case
from app.services.request_terms import Asked, tell_overdue, term_of
from app.storage import outbox
from app.storage.audit import audit_events
from app.storage.database import Session
from permits.approvals import Opinion
from permits.audit import Act
from permits.data_requests import RequestKind
from permits.deadlines import ClockState
from permits.employer_changes import ChangeOutcome
from permits.notices import Notice, NoticeKind
from permits.people import SYSTEM, Actor, Agency, Role
from tests.builders import Story, add_official
from tests.renamed import ask as ask_identity
from tests.rights import RightStory, signed
from tests.services.test_employer_changes import ask as ask_employer


def told(session: Session) -> list[Notice]:
    left = outbox.outbox.c
    rows = session.scalars(
        select(left.payload).where(left.kind == notices.EFFECT).order_by(left.id)
    )
    every = [notices.read(row) for row in rows]
    return [one for one in every if one.kind is NoticeKind.REQUESTS_OVERDUE]


def heard(session: Session) -> list[tuple[str | None, str, str]]:
    """Who was told, of how many, and where to look."""
    return [
        (one.email, one.facts["cases"], one.facts["link"].rpartition("/")[2])
        for one in told(session)
    ]


def address(actor: Actor) -> str:
    return f"{actor.person.hex}@demo.example"


@pytest.mark.feature("O15", "N1")
def test_wishes_that_wait_too_long_are_told_to_each_desk_once(
    story: Story, session: Session
) -> None:
    lived = signed(story)
    labour, border = (lived.supervisors[agency] for agency in (Agency.SETRASS, Agency.INM))
    office = add_official(session, story.ports, Role.DATA_PROTECTION_OFFICER)
    ask_employer(story)
    ask_identity(story)
    own_data.ask_office(story.work(story.worker), story.id, RequestKind.CORRECTION, "Me llamo Ana.")
    own_data.ask_office(story.work(story.worker), story.id, RequestKind.ERASURE, "Bórrenlo.")
    story.later(days=14)  # Monday to Monday: ten working days, the last one counts
    assert tell_overdue(story.work(SYSTEM)) == 0
    (waiting,) = employer_changes.list_changes(story.work(story.setrass), ChangeOutcome.ASKED)
    term = term_of(
        story.work(SYSTEM), waiting.programme, Asked.EMPLOYER_CHANGE, waiting.change.asked_at
    )
    assert term is not None
    assert (term.state, term.days) == (ClockState.RED, 0)
    assert tell_overdue(story.later(hours=17).work(SYSTEM)) == 0  # two in the morning
    assert tell_overdue(story.later(hours=7).work(SYSTEM)) == 4
    assert heard(session) == [
        (address(labour), "1", "cambios-de-empleador"),
        (address(border), "1", "cambios-de-datos"),
        (address(labour), "1", "cambios-de-datos"),
        (address(office), "1", "pedidos-de-datos"),
    ]
    assert all(set(one.facts) == {"cases", "link"} for one in told(session))
    assert tell_overdue(story.later(days=1).work(SYSTEM)) == 0
    facts = select(audit_events.c.facts).where(audit_events.c.act == Act.APPLICATION_TOLD.value)
    assert {(one["notice"], one["to"]) for one in session.scalars(facts)} == {
        ("employer-change-overdue", "setrass"),
        ("identity-change-overdue", "setrass"),
        ("identity-change-overdue", "inm"),
        ("data-request-overdue", "data-protection"),
    }


@pytest.mark.feature("O10", "N1")
def test_a_recourse_has_a_term_in_the_list_and_its_agency_alone_hears_of_a_breach(
    story: Story, session: Session
) -> None:
    story.start().submit().decide(story.setrass, Opinion.REFUSE)
    bosses = RightStory(story).supervisors
    appeals.file_appeal(story.work(story.worker), story.id, "Sí tengo los papeles.")
    own = appeals.recourse_of(story.work(story.worker), load_case(story.work(SYSTEM), story.id))
    assert own.answer_by == date(2026, 12, 7)
    judge = bosses[Agency.SETRASS]
    (one,) = appeals.list_open(story.later(days=10).work(judge))
    assert one.term is not None
    assert (one.term.state, one.term.days) == (ClockState.AMBER, 2)
    assert tell_overdue(story.later(days=5).work(SYSTEM)) == 1
    assert heard(session) == [(address(judge), "1", "recursos")]
    (one,) = appeals.list_open(story.work(judge))
    assert one.term is not None
    assert one.term.state is ClockState.BREACHED


def test_who_has_decided_hears_of_no_breach(story: Story, session: Session) -> None:
    border = signed(story).supervisors[Agency.INM]
    ask_identity(story)
    identity_changes.decide_change(story.work(story.setrass), story.id, "", granted=True)
    assert tell_overdue(story.later(days=15).work(SYSTEM)) == 1
    assert heard(session) == [(address(border), "1", "cambios-de-datos")]
