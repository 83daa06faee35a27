"""Places of the quotas that go from one right to the next of the same stay."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import delete, tuple_

from app.storage.database import Session
from app.storage.quotas import KEYS, Found, list_held, quota_places, take_places
from permits.applications import Application
from permits.approvals import Decision
from permits.quotas import Count, Scope, key_of


def give_back_others(session: Session, application: UUID, counts: Sequence[Count]) -> None:
    """Give back what an application holds in heaps other than these."""
    keys = tuple_(*(quota_places.c[name] for name in KEYS))
    session.execute(
        delete(quota_places).where(
            quota_places.c.application == application,
            keys.not_in([key_of(one) for one in counts]),
        )
    )


def hand_over(
    session: Session,
    earlier: Collection[UUID],
    counts: Sequence[Count],
    decision: Decision,
    about: Application,
) -> None:
    """Let an application have the places that others hold in these heaps, by its own approval.

    The number stays. Where it holds one of its own, that of the others is given back.
    """
    if not earlier or not counts:
        return
    named = [quota_places.c[name] for name in KEYS]
    leaving = (
        delete(quota_places)
        .where(
            quota_places.c.application.in_(earlier),
            tuple_(*named).in_([key_of(one) for one in counts]),
        )
        .returning(*named, quota_places.c.total, quota_places.c.place)
    )
    own, found = list_held(session, [about.id]), dict[Any, Found]()
    for row in session.execute(leaving):
        count = Count(row.programme, row.season, Scope(row.scope), row.thing, row.total)
        if key_of(count) not in own:
            found[key_of(count)] = Found(count, row.place)
    take_places(session, list(found.values()), decision, about)
