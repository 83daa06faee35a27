"""A farm of a verified employer changes, or another is added, only once SETRASS has approved it."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from permits.deadlines import legal_day
from permits.errors import Conflict, Fault, Forbidden, Stale, refuse_if
from permits.people import Actor, Permission, PersonId
from recruitment.employers import NAME_LIMIT
from recruitment.farm_closings import Closing
from recruitment.registrations import NOTE_LIMIT, Farm


class FarmChangeOutcome(StrEnum):
    """`asked`: with SETRASS; `replaced`: the employer asked for something else meanwhile.

    `withdrawn`: the employer wants it no more, before anybody decided.
    """

    ASKED = "asked"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"
    APPROVED = "approved"
    REFUSED = "refused"


@dataclass(frozen=True)
class Call:
    """Who asked SETRASS by telephone or at its counter, and on which day."""

    caller: str
    called_on: date


@dataclass(frozen=True)
class FarmChange:
    """What an employer asks of a farm: `farm` is the whole farm as it would stand.

    `number` counts the changes of one farm, from 1. The farm's id is of one that stands, or of one
    to be added. `note` says why it was refused. Where an official wrote it down for who called,
    `asked_by` is the official and `call` tells of the caller. With `closing` it is taken away.
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
    call: Call | None = None
    closing: Closing | None = None


def find_call_faults(call: Call, now: datetime) -> list[Fault]:
    """What is wrong with what an official tells of a call: nobody named, or a day to come."""
    faults = []
    if not call.caller.strip():
        faults.append(Fault("missing", "caller"))
    elif len(call.caller) > NAME_LIMIT:
        faults.append(Fault("too-long", "caller", {"limit": NAME_LIMIT}))
    if call.called_on > legal_day(now):
        faults.append(Fault("call-to-come", "called_on"))
    return faults


def _check_waits(change: FarmChange) -> None:
    if change.outcome is FarmChangeOutcome.REPLACED:
        raise Stale("farm-change-replaced")
    if change.outcome is FarmChangeOutcome.WITHDRAWN:
        raise Stale("farm-change-withdrawn")
    if change.outcome is not FarmChangeOutcome.ASKED:
        raise Conflict("farm-change-decided")


def withdraw_farm_change(change: FarmChange) -> FarmChange:
    """The change that its employer wants no more; the errors of `decide_farm_change` once over."""
    _check_waits(change)
    return replace(change, outcome=FarmChangeOutcome.WITHDRAWN)


def decide_farm_change(
    actor: Actor, change: FarmChange, note: str, now: datetime, *, approved: bool
) -> FarmChange:
    """The change after an official's word; a refusal needs a reason.

    Forbidden for who may not verify employers, and for who asked or wrote it down for a caller.
    Stale("farm-change-replaced") or Stale("farm-change-withdrawn") where the employer asked for
    something else or for nothing, Conflict("farm-change-decided") where it is over.
    """
    if not actor.can(Permission.EMPLOYER_VERIFY):
        raise Forbidden("not-permitted", permission=Permission.EMPLOYER_VERIFY.value)
    if change.asked_by == actor.person:
        raise Forbidden("farm-change-own")
    _check_waits(change)
    said = note.strip()
    if len(said) > NOTE_LIMIT:
        refuse_if([Fault("too-long", "note", {"limit": NOTE_LIMIT})])
    if not approved and not said:
        refuse_if([Fault("missing", "note")])
    outcome = FarmChangeOutcome.APPROVED if approved else FarmChangeOutcome.REFUSED
    return replace(change, outcome=outcome, decided_by=actor.person, decided_at=now, note=said)
