"""A farm of a verified employer changes, or another is added, only once SETRASS has approved it."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from permits.errors import Conflict, Fault, Forbidden, Stale, refuse_if
from permits.people import Actor, Permission, PersonId
from recruitment.registrations import NOTE_LIMIT, Farm


class FarmChangeOutcome(StrEnum):
    """`asked`: with SETRASS; `replaced`: the employer asked for something else meanwhile."""

    ASKED = "asked"
    REPLACED = "replaced"
    APPROVED = "approved"
    REFUSED = "refused"


@dataclass(frozen=True)
class FarmChange:
    """What an employer asks of a farm: `farm` is the whole farm as it would stand.

    `number` counts the changes of one farm, from 1. The farm's id is of one that stands, or of one
    to be added. `note` says why it was refused.
    """

    id: UUID
    registration: UUID
    number: int
    farm: Farm
    outcome: FarmChangeOutcome
    asked_by: PersonId
    asked_at: datetime
    decided_by: PersonId | None = None
    decided_at: datetime | None = None
    note: str = ""


def decide_farm_change(
    actor: Actor, change: FarmChange, note: str, now: datetime, *, approved: bool
) -> FarmChange:
    """The change after an official's word; a refusal needs a reason.

    Forbidden for who may not verify employers, and for who asked. Stale("farm-change-replaced")
    where the employer asked for something else, Conflict("farm-change-decided") where it is over.
    """
    if not actor.can(Permission.EMPLOYER_VERIFY):
        raise Forbidden("not-permitted", permission=Permission.EMPLOYER_VERIFY.value)
    if change.asked_by == actor.person:
        raise Forbidden("farm-change-own")
    if change.outcome is FarmChangeOutcome.REPLACED:
        raise Stale("farm-change-replaced")
    if change.outcome is not FarmChangeOutcome.ASKED:
        raise Conflict("farm-change-decided")
    said = note.strip()
    if len(said) > NOTE_LIMIT:
        refuse_if([Fault("too-long", "note", {"limit": NOTE_LIMIT})])
    if not approved and not said:
        refuse_if([Fault("missing", "note")])
    outcome = FarmChangeOutcome.APPROVED if approved else FarmChangeOutcome.REFUSED
    return replace(change, outcome=outcome, decided_by=actor.person, decided_at=now, note=said)
