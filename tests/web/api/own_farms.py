"""Farms of the API's employer, as requests name them."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID, uuid4

from permits.people import SYSTEM
from tests.builders import Story
from tests.farmed import add_farm
from tests.web.api.own_vacancies import add_own
from tests.web.api.world import FARMER, World, keyed, now


def own_farm(**body: Any) -> Callable[[World, Story], Mapping[str, Any]]:  # noqa: ANN401
    """A farm of the employer, with a gate."""

    def sent(world: World, story: Story) -> Mapping[str, Any]:
        return {"ids": {"farm": add_own_farm(world)}, "headers": keyed(), **body}

    return sent


def add_own_farm(world: World) -> UUID:
    """A new farm of the API's employer."""
    add_own(world)
    employer = FARMER.employer
    assert employer is not None
    with world.database.sessions.begin() as session:
        return add_farm(world.work(session, SYSTEM), employer)


def movement() -> dict[str, object]:
    """An entry of somebody whom nobody knows: refused, and stops no other."""
    return {
        "id": str(uuid4()),
        "direction": "entry",
        "number": "T-482-139-0759",
        "happened_at": now().isoformat().replace("+00:00", "Z"),
        "offline": True,
    }
