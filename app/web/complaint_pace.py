"""How old a complaint's form must be: two days at most, and in a flood as old as a hand needs."""

from fastapi import Request

from app.services.complaint_numbers import Ticket
from app.web.dependencies import now_of
from permits.errors import Fault


def find_haste(request: Request, ticket: Ticket | None) -> Fault | None:
    """What keeps a form from being taken now; None where nothing does.

    It is too old, none of ours, or in a flood younger than a hand can fill it. Each one counts.
    """
    if ticket is None:
        return Fault("complaint-form-old")
    now = now_of(request)
    age = (now - ticket.opened_at).total_seconds()
    needed = request.app.state.flood.age_needed(now)
    return Fault("complaint-wait", "", {"seconds": int(needed - age) + 1}) if age < needed else None
