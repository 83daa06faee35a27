"""A worker agrees to the contract that is offered."""

from typing import TYPE_CHECKING

from app.services import contracts

if TYPE_CHECKING:
    from tests.builders import Story


def agree(story: "Story") -> "Story":
    """The worker agrees to the newest version, having heard it."""
    work = story.work(story.worker)
    seen = contracts.read_own_contract(work, story.id).newest.digest
    contracts.accept_own(work, story.id, seen, heard=True)
    return story
