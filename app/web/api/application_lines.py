"""An application in a line of a list, and how it stands: only what the reader may see."""

from datetime import datetime
from functools import partial
from typing import Any, TypeVar
from uuid import UUID

from pydantic import BaseModel, Field

from app.services.queues import QueueRow
from permits.applications import Application, Status, risks_deemed_grant
from permits.people import Actor
from permits.visibility import Group, sees

T = TypeVar("T")


class ApplicationState(BaseModel):
    """Where an application stands; `version` is also the ETag."""

    id: UUID
    programme: str
    status: Status
    round: int = Field(description="How often it was handed in; a decision counts in its round.")
    version: int = Field(description="Grows with every change; give it back in If-Match.")
    receipt: str | None = Field(description="The receipt number, from the first submission on.")
    submitted_at: datetime | None
    due_at: datetime | None = Field(description="When the agencies must have decided.")


DEEMED_GRANTED_RISK: bool | None = Field(
    description="The clock runs past `due_at`: it may count as granted (afirmativa ficta, Ley de"
    " Procedimiento Administrativo, art. 29; to be confirmed). With its worker a clock stands still"
    " where the programme says so. Told to officials only."
)


class ApplicationLine(ApplicationState):
    """One line of a list; null is what the reader may not see, or what is not there yet."""

    worker_name: str | None = Field(description="Null in a worker's own list.")
    nationality: str | None = Field(description="ISO 3166-1 alpha-3; null in a worker's own list.")
    vacancy: UUID | None = Field(description="Null in a worker's own list.")
    employer_name: str | None
    held_by: str | None = Field(description="The official at work on it; told to officials only.")
    held_by_me: bool
    deemed_granted_risk: bool | None = DEEMED_GRANTED_RISK


def state_of(application: Application) -> ApplicationState:
    """Where an application stands."""
    return ApplicationState(**state_fields(application))


def line_of(application: Application) -> ApplicationLine:
    """A line of the worker's own list."""
    return ApplicationLine(
        **state_fields(application),
        worker_name=None,
        nationality=None,
        vacancy=None,
        employer_name=None,
        held_by=None,
        held_by_me=False,
        deemed_granted_risk=None,
    )


def line_of_row(row: QueueRow, actor: Actor, now: datetime, *, pauses: bool) -> ApplicationLine:
    """A line of somebody else's list, as this actor may see it; `pauses` as `deadlines`."""

    seen = partial(seen_by, actor)
    risks = partial(risks_deemed_grant, pauses=pauses, paused_at=row.paused_at)
    told = {name: getattr(row, name) for name in ApplicationState.model_fields}
    return ApplicationLine(
        **told,
        worker_name=seen(Group.NAME, row.worker_name),
        nationality=seen(Group.NATIONALITY, row.nationality),
        vacancy=seen(Group.OFFER, row.vacancy),
        employer_name=seen(Group.OFFER, row.employer_name or None),
        held_by=seen(Group.OFFICIALS, row.held_by_name or None),
        held_by_me=row.held_by == actor.person,
        deemed_granted_risk=seen(Group.OFFICIALS, risks(row.status, row.due_at, now)),
    )


def state_fields(application: Application) -> dict[str, Any]:
    """The fields of `ApplicationState`, for a reply that has more."""
    names = ApplicationState.model_fields
    return {name: getattr(application, name) for name in names}


def seen_by(actor: Actor, group: Group, value: T) -> T | None:
    """The value for who may see its group, None for everybody else."""
    return value if sees(actor, group) else None
