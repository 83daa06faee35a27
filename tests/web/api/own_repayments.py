"""Repayments in parts, as requests name them."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.services import repayments
from app.storage.cost_entries import cost_entries
from app.storage.cost_parts import cost_parts
from app.storage.database import Session
from permits.deadlines import legal_day
from permits.people import SYSTEM
from tests.builders import Story, work_of
from tests.costs import ask_back, shown
from tests.web.api.world import World, keyed

Sent = Callable[[World, Story], Mapping[str, Any]]


def claimed(story: Story) -> Story:
    """A fee of 777.77 that a worker asked back."""
    ask_back(story.supervise().start())
    return story


def with_days(story: Story) -> Story:
    """The same, and days on which the worker has not agreed."""
    day = legal_day(story.now) + timedelta(days=9)
    cost = cost_of(claimed(story).session, story)
    plan = [(day, Decimal("777.77"))]
    repayments.propose_plan(story.work(story.supervisor), cost, plan, 2)
    return story


def in_parts(story: Story) -> Story:
    """The same, and 300 of it that somebody showed."""
    cost = cost_of(claimed(story).session, story)
    repayments.note_part(story.work(story.supervisor), cost, shown(story, "300.00"), 2)
    return story


def on_claim(*, of_worker: bool = False, **body: Any) -> Sent:  # noqa: ANN401
    """A request about what was asked back."""

    def sent(world: World, story: Story) -> Mapping[str, Any]:
        with world.database.sessions.begin() as session:
            ids: dict[str, object] = {"cost": cost_of(session, story)}
        if of_worker:
            ids["application"] = story.id
        return {"ids": ids, "headers": keyed(), **body}

    return sent


def on_part(**body: Any) -> Sent:  # noqa: ANN401
    """A request of the worker about its part."""

    def sent(world: World, story: Story) -> Mapping[str, Any]:
        with world.database.sessions.begin() as session:
            cost = cost_of(session, story)
            part = part_of(session, cost)
        ids = {"cost": cost, "application": story.id, "part": part}
        return {"ids": ids, "headers": keyed(), **body}

    return sent


def named_by(world: World, story: Story) -> Mapping[str, object]:
    """What the examples name: the claim, its first part, today and in a week."""
    with world.database.sessions.begin() as session:
        cost = cost_of(session, story)
        part = session.scalars(select(cost_parts.c.id).where(cost_parts.c.cost == cost)).first()
    today = legal_day(story.now)
    return {"cost": cost, "part": part, "today": today, "later": today + timedelta(days=7)}


def shown_today(world: World, story: Story) -> Mapping[str, Any]:
    """A part that the debtor shows today."""
    day = legal_day(story.now).isoformat()
    part = {
        "version": 2,
        "id": str(work_of(story.session, SYSTEM, story.ports).new_id()),
        "day": day,
        "amount": "300.00",
        "currency": "HNL",
        "handing": "transfer",
        "evidence": "Recibo 12",
    }
    return on_claim(json=part)(world, story)


def in_a_week(world: World, story: Story) -> Mapping[str, Any]:
    """One day for all of it."""
    day = (legal_day(story.now) + timedelta(days=7)).isoformat()
    body = {"version": 2, "parts": [{"day": day, "amount": "777.77"}]}
    return on_claim(json=body)(world, story)


def cost_of(session: Session, story: Story) -> UUID:
    """What the worker asked back."""
    mine = (cost_entries.c.application == story.id, cost_entries.c.asked_at.is_not(None))
    found: UUID = session.scalars(select(cost_entries.c.id).where(*mine)).one()
    return found


def part_of(session: Session, cost: UUID) -> UUID:
    """Its first part."""
    found: UUID = session.scalars(select(cost_parts.c.id).where(cost_parts.c.cost == cost)).one()
    return found
