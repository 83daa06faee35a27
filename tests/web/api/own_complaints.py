"""Complaints as requests name them: by an open form, and by a number."""

import json
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from uuid import uuid4

from sqlalchemy import text

from app.services import complaint_groups, complaint_numbers
from app.storage.complaint_groups import find_group
from app.storage.complaint_remedies import SealedRemedy, add_remedy
from permits.audit import Act
from permits.people import NOBODY
from recruitment.complaints.filed import Told
from recruitment.complaints.remedies import RemedyState
from recruitment.complaints.words import RemedyKind
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


def add_done_remedy(world: World) -> dict[str, str]:
    """A remedy of which somebody says that it was done, with the number of its complaint."""
    number = number_of_one(world)
    with world.database.sessions.begin() as session:
        work = world.work(session, NOBODY)
        found = complaint_numbers.open_by_number(work, number)
        assert found is not None
        seal, identity = found.seal, uuid4()
        content = {"words": "Devuelve los pasaportes", "amount": None, "currency": None}
        sealed = seal.seal(work, "remedy", identity, json.dumps(content).encode())
        kind, state = RemedyKind.DOCUMENTS_RETURNED, RemedyState.DONE
        due_on = date(2026, 12, 20)
        kept = SealedRemedy(identity, seal.complaint, kind, due_on, state, None, 2, sealed)
        event = work.event(Act.COMPLAINT_REMEDY_PLANNED, seal.complaint, {"kind": kind.value})
        add_remedy(session, kept, event=event)
        set_decided = "UPDATE complaints SET status = 'remedy', severity = 's2',"
        set_decided += " outcome = 'substantiated' WHERE id = :id"
        session.execute(text(set_decided), {"id": seal.complaint})
    return {"number": number, "remedy": str(identity)}


def remedy_by_number(world: World, story: Story) -> Mapping[str, Any]:
    """What its complainant says of a remedy."""
    return {"json": {**add_done_remedy(world), "version": 2, "said": "verify"}}


def complaint(world: World, story: Story) -> Mapping[str, Any]:
    return {"json": {**COMPLAINT_INPUT, "form": open_form(world)}}


def by_number(**body: object) -> Callable[[World, Story], Mapping[str, Any]]:
    def sent(world: World, story: Story) -> Mapping[str, Any]:
        return {"json": {"number": number_of_one(world), **body}}

    return sent


def photo_by_number(world: World, story: Story) -> Mapping[str, Any]:
    return {"data": {"number": number_of_one(world)}, "files": {"files": ("x", PDF)}}
