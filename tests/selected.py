"""The employer's selection, where it comes before everything else."""

from typing import TYPE_CHECKING

from app.services.case import load_case
from app.storage import nominations
from permits.audit import Act
from permits.people import SYSTEM

if TYPE_CHECKING:
    from tests.builders import Story


def select(story: "Story") -> "Story":
    """The employer of the work that a draft names has chosen its worker, as an accepted offer."""
    case, work = load_case(story.work(story.worker), story.id), story.work(SYSTEM)
    assert case.vacancy is not None
    event = work.event(Act.WORKERS_NAMED, case.vacancy.id, {"count": 1})
    number = case.answers.document_number or ""
    vault = story.ports.vault
    nominations.name_workers(story.session, vault, case.vacancy.id, [number], event=event)
    return story
