"""Complaints as requests name them: by an open form, and by a number."""

from collections.abc import Callable, Mapping
from typing import Any

from app.services import complaint_groups, complaint_numbers
from app.storage.complaint_groups import find_group
from permits.people import NOBODY
from recruitment.complaints.filed import Told
from tests.builders import Story
from tests.complained import complain
from tests.web.api.world import World

WORDS = "El dueño guarda nuestros pasaportes."
PDF = b"%PDF-1.4 CANARIO-7731"
COMPLAINT_INPUT: Mapping[str, Any] = {
    "filing": "anonymous",
    "categories": ["document-retained"],
    "words": WORDS,
    "department": "HN-CP",
}


def open_form(world: World) -> str:
    """A form that is open, where complaints are taken."""
    with world.database.sessions.begin() as session:
        work = world.work(session, NOBODY)
        if find_group(session) is None:
            complaint_groups.init_group(work)
        return complaint_numbers.make_ticket(work)


def number_of_one(world: World) -> str:
    """The number of a new complaint."""
    open_form(world)
    with world.database.sessions.begin() as session:
        return complain(world.work(session, NOBODY), told=Told(WORDS)).digits


def complaint(world: World, story: Story) -> Mapping[str, Any]:
    return {"json": {**COMPLAINT_INPUT, "form": open_form(world)}}


def by_number(**body: object) -> Callable[[World, Story], Mapping[str, Any]]:
    def sent(world: World, story: Story) -> Mapping[str, Any]:
        return {"json": {"number": number_of_one(world), **body}}

    return sent


def photo_by_number(world: World, story: Story) -> Mapping[str, Any]:
    return {"data": {"number": number_of_one(world)}, "files": {"files": ("x", PDF)}}
