"""The worker signs in as a user of its own: whatever it does by itself, that user may do."""

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TypeVar
from uuid import UUID

import pytest
from sqlalchemy import func, select

from app.services import (
    check_in_complaints,
    check_ins,
    cost_claims,
    cost_complaints,
    costs,
    housekeeping,
    nothing_paid,
    repayments,
)
from app.services.cost_claims import Taker
from app.services.effects import EFFECTS, run_next_effect
from app.services.work import Work
from app.storage.authorisations import find_of_application
from app.storage.employer_changes import list_of_right
from app.storage.grants import APP, WORKER
from app.storage.nothing_paid import nothing_paid as said
from app.storage.outbox import outbox
from permits.applications import Status
from permits.approvals import Opinion
from permits.authorisations import RightEnding
from permits.deadlines import legal_day
from permits.employer_changes import ChangeOutcome
from permits.people import SYSTEM
from permits.suspensions import Ending
from recruitment.costs import Asker, ClaimAction
from tests import outside
from tests.builders import NOW, Story, work_of
from tests.complained import Office
from tests.costs import ask_back, note_fee
from tests.databases import Database
from tests.raised import said_yes
from tests.rights import RightStory, signed
from tests.working import WELL, ask_all, at_work
from tests.working import token_of as link_of

T = TypeVar("T")


@pytest.mark.feature("D2")
def test_every_task_and_effect_finds_its_rights(database: Database) -> None:
    """At several instants, some long after, so that each finds something to do."""
    ports, kinds = outside.ports(), set[str]()
    with database.of(APP).sessions.begin() as session:
        for status in (Status.RETURNED, Status.ASKED, Status.REFUSED, Status.DRAFT):
            begun = Story(session, ports).reach(status)
            nothing_paid.say_nothing(begun.work(begun.worker), begun.id)
        unused = RightStory(Story(session, ports).reach(Status.APPROVED))
        suspended = signed(Story(session, ports)).suspend()
        owed_in_parts(Story(session, ports).supervise().reach(Status.REFUSED))
        said_yes(pooled := Story(session, ports))
        wished = find_of_application(session, pooled.id)
        assert wished is not None

    def run(act: Callable[[Work], T], now: datetime) -> T:
        with database.of(WORKER).sessions.begin() as session:
            return act(work_of(session, SYSTEM, ports, now))

    for days in (0, 1, 40, 48, 200, 4000):
        now = NOW + timedelta(days=days)
        for task in housekeeping.TASKS:
            run(task, now)
        while done := run(run_next_effect, now):
            kinds.add(done.effect.kind)
    with database.of(APP).sessions.begin() as session:
        suspended.story.session = unused.story.session = session
        assert unused.right.authorisation.ending is RightEnding.UNUSED
        assert [one.outcome for one in list_of_right(session, wished.id)] == [ChangeOutcome.LAPSED]
        assert [one.ending for one in suspended.right.suspensions] == [Ending.TIME]
        assert session.scalar(select(func.count()).select_from(said)) == 0  # with their files
        told = select(func.count()).where(outbox.c.key.like("cost-part-late:%"))
        assert session.scalar(told) == 1
    assert {"notice", "publish-status-list", "sign-credential"} <= kinds <= set(EFFECTS)


def owed_in_parts(story: Story) -> None:
    """A fee that was asked back, and a day on which it was to come."""
    cost = UUID(ask_back(story))
    plan = [(legal_day(story.now) + timedelta(days=9), Decimal("777.77"))]
    repayments.propose_plan(story.work(story.supervisor), cost, plan, 2)
    repayments.answer_plan(story.work(story.worker), story.id, cost, 3, agrees=True)


@pytest.mark.feature("H7", "N4", "N9")
def test_cases_that_nobody_had_to_file_find_their_rights(database: Database) -> None:
    """A fee that was established, and danger told in a check-in, each with its worker's shield."""
    ports = outside.ports()
    with database.sessions.begin() as session:
        charged = Story(session, ports).supervise().start().submit()
        charged.decide(charged.setrass, Opinion.APPROVE)
        fee = note_fee(charged, Asker.OFFICIAL)
        costs.move_own_claim(charged.work(charged.worker), charged.id, fee, ClaimAction.ASK, 1)
        cost_claims.confirm_fee(charged.work(charged.supervisor), fee, 2, Taker(), "ACTA-8")
        hurt = at_work(Story(session, ports).supervise())
        ask_all(hurt)
        check_ins.answer_link(hurt.work(SYSTEM), link_of(hurt), WELL | {"safe": "hurt"}, act=False)
        Office(session, ports).ready()
    for file in (cost_complaints.file_waiting, check_in_complaints.file_waiting):
        with database.of(WORKER).sessions.begin() as session:
            assert file(work_of(session, SYSTEM, ports)) >= 1
