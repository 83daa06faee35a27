"""A world in which the coffee programme has the pool of Copán, and the wages that it pays."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from app.adapters.reference import read_reference
from app.services.ports import Ports
from permits.pools import pool_id
from tests import outside
from tests.builders import Story

POOL = pool_id("coffee-hn-gt", "HN-CP", date(2026, 10, 1))
"""Of Copán, in the season of the tests."""


def with_pool(ports: Ports | None = None) -> Ports:
    """The outside world with the minimum wages of the reference data."""
    world = ports or outside.ports()
    reference = replace(world.reference, minimum_wages=read_reference().minimum_wages)
    return replace(world, reference=reference)


def in_pool(story: Story, pool: UUID = POOL) -> Story:
    """Handed in for the pool of Copán."""
    return story.start(vacancy=str(pool)).submit()
