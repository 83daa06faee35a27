"""A worker agrees to the contract that is offered."""

from typing import TYPE_CHECKING

from app.services import contracts
from app.services.work import Work
from app.storage.contracts import list_newest_work
from permits.applications import ApplicationId
from recruitment.contracts import Party

if TYPE_CHECKING:
    from tests.builders import Story


def agree(story: "Story") -> "Story":
    """The worker agrees to the newest version, having heard it, where there is one to agree to."""
    agree_to(story.work(story.worker), story.id)
    return story


def agree_to(work: Work, application: ApplicationId) -> None:
    """The like for any worker's own."""
    versions = list_newest_work(work.session, application)
    if versions and {one.party for one in versions[-1].agreements} == {Party.EMPLOYER}:
        contracts.accept_own(work, application, versions[-1].digest, heard=True)
