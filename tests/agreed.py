"""A worker agrees to the contract that is offered."""

from typing import TYPE_CHECKING

from app.services import contracts
from app.services.case import load_case
from app.services.work import Work
from permits.applications import ApplicationId

if TYPE_CHECKING:
    from tests.builders import Story


def agree(story: "Story") -> "Story":
    """The worker agrees to the newest version, having heard it, where there is one to agree to."""
    agree_to(story.work(story.worker), story.id)
    return story


def agree_to(work: Work, application: ApplicationId) -> None:
    """The like for any worker's own."""
    seen = contracts.see_contract(work, load_case(work, application))
    if seen is not None and seen.acceptable:
        contracts.accept_own(work, application, seen.newest.digest, heard=True)
