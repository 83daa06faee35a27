"""The demonstration alone shows the codes of its own accounts, so that anybody can try it."""

from collections.abc import Mapping

from fastapi import Request

from app.services import one_time_codes, second_factors
from app.services.work import Work
from permits.people import PersonId


def shown_code(request: Request, work: Work, person: PersonId) -> str:
    """A code that this account of the demonstration would be let in with now; "" elsewhere."""
    secrets: Mapping[PersonId, str] = getattr(request.app.state, "demo_secrets", {})
    secret = secrets.get(person)
    if secret is None:
        return ""
    last = second_factors.last_step(work, person)
    return one_time_codes.next_code(secret, work.now, last) or ""
