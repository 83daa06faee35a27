"""The work to which a worker with a permit asks to change, while SETRASS has not decided."""

from dataclasses import replace

from app.services.case import Case
from app.services.work import Work
from app.storage import employer_changes
from permits.applications import Status


def asked_for(work: Work, case: Case) -> Case:
    """The case with the work that its worker asks for; the case itself where no wish waits."""
    if case.application.status is not Status.APPROVED:
        return case
    wish = employer_changes.find_asked(work.session, case.application.id)
    return replace(case, offer=wish.offer) if wish else case


def is_wish_waiting(work: Work, case: Case) -> bool:
    """Whether a worker with a permit asks for other work."""
    return asked_for(work, case) is not case
