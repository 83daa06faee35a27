"""What a row of the queue offers is what its case would accept, and nothing else."""

from collections.abc import Sequence

import pytest

from app.services import approvals, queues
from app.services.case import load_case
from app.services.ports import Ports
from app.services.queue_steps import steps_of
from app.services.queues import QueueFilter
from app.services.recommendations import recommend_application
from app.storage.database import Session
from permits.approvals import Opinion
from permits.next_actions import NextAction, next_step
from permits.people import Actor, Role
from tests.builders import Story, add_official
from tests.recommended import with_recommendation
from tests.recourse import judge_twice
from tests.services.test_statement_counts import counted

Steps = Sequence[NextAction | None]


def offered(stories: Sequence[Story], actor: Actor) -> Steps:
    """By the list, which says the same as each case by itself."""
    work = stories[0].work(actor)
    rows = queues.list_queue(work, QueueFilter()).rows
    with counted(work.session) as sent:
        steps = steps_of(work, rows)
    assert len(sent) == 1
    for one in stories:
        assert steps.get(one.id) is next_step(actor, load_case(work, one.id).turn)
    return [steps.get(one.id) for one in stories]


@pytest.mark.feature("O3")
def test_the_list_offers_what_the_case_would_accept(session: Session, ports: Ports) -> None:
    fresh, held, half, back = (Story(session, ports).start().submit() for _ in range(4))
    seen = held.application.version
    approvals.hold_application(held.work(held.setrass), held.id, seen_version=seen)
    half.decide(half.setrass, Opinion.APPROVE)
    back.decide(back.setrass, Opinion.RETURN)
    stories = (fresh, held, half, back)
    decide, take = NextAction.APPROVE, NextAction.HOLD
    assert offered(stories, fresh.setrass) == [decide, None, None, None]
    assert offered(stories, held.setrass) == [decide, decide, None, None]
    assert offered(stories, fresh.inm) == [take, None, decide, None]
    supervisor = add_official(session, ports, Role.SETRASS_SUPERVISOR)
    assert offered(stories, supervisor) == [None] * 4
    analyst = add_official(session, ports, Role.INM_ANALYST)
    assert offered(stories, analyst) == [take, None, take, None]


@pytest.mark.feature("O3")
def test_who_advised_is_offered_nothing_more(session: Session, ports: Ports) -> None:
    ports = with_recommendation(ports)
    fresh, advised = (Story(session, ports).start().submit() for _ in range(2))
    analyst = add_official(session, ports, Role.SETRASS_ANALYST)
    recommend_application(
        advised.work(analyst),
        advised.id,
        approvals.Ruling(Opinion.APPROVE),
        seen_version=advised.application.version,
    )
    stories = (fresh, advised)
    assert offered(stories, analyst) == [NextAction.RECOMMEND, None]
    assert offered(stories, fresh.setrass) == [NextAction.RECOMMEND, NextAction.APPROVE]


@pytest.mark.feature("O3")
def test_who_decided_before_a_recourse_is_offered_nothing_after_it(
    session: Session, ports: Ports
) -> None:
    again = Story(session, ports).start().submit()
    judge_twice(again.decide(again.setrass, Opinion.REFUSE))
    colleague = add_official(session, ports, Role.SETRASS_OFFICER)
    assert offered([again], again.setrass) == [None]
    assert offered([again], colleague) == [NextAction.APPROVE]
