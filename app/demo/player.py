"""Who lives a case of the demonstration: the people around it, and the moment it has come to."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from app.demo.officials import Cast
from app.demo.stage import Stage
from app.services import credentials
from app.services.work import Work
from app.storage.vacancies import ListedVacancy
from permits.applications import ApplicationId
from permits.people import NOBODY, Actor


@dataclass
class Player:
    """One case while it is lived; `now` walks on from step to step.

    `unread`: its worker leaves the contract unread.
    """

    stage: Stage
    cast: Cast
    vacancy: ListedVacancy
    now: datetime
    worker: Actor = NOBODY
    id: ApplicationId = field(default_factory=lambda: ApplicationId(UUID(int=0)))
    version: int = 1
    unread: bool = False

    def work(self, actor: Actor) -> Work:
        """Work of one of the people, at this moment of the case."""
        return self.stage.work(self.now, actor)

    @property
    def permit(self) -> credentials.Permit:
        """The newest card of the case, which its plan approved."""
        permit = credentials.find_permit_of(self.work(self.worker), self.id)
        assert permit is not None  # noqa: S101  the plan approved it
        return permit
