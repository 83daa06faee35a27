"""Who had a part in a case before: they judge no recourse in it."""

from app.services.work import Work
from app.storage import (
    appeals,
    applications,
    approvals,
    authorisations,
    codecisions,
    recommendations,
    revocations,
    suspensions,
    taken_back,
)
from permits.appeals import involved_in
from permits.applications import ApplicationId
from permits.people import PersonId
from permits.reach import EVERYTHING


def list_involved(work: Work, application: ApplicationId) -> frozenset[PersonId]:
    """All who had a part in the case, or in one whose lost right it gives anew (domain 4.2)."""
    return frozenset().union(*(_involved(work, one) for one in _cases(work, application)))


def _involved(work: Work, application: ApplicationId) -> frozenset[PersonId]:
    session, vault = work.session, work.ports.vault
    return involved_in(
        approvals.list_decisions(session, application),
        appeals.list_appeals(session, vault, application),
        suspensions.list_of_application(session, application),
        recommendations.list_recommendations(session, application),
        revocations.list_of_application(session, vault, application),
        codecisions.list_of_application(session, vault, application),
    )


def _cases(work: Work, application: ApplicationId) -> list[ApplicationId]:
    """The case and all before it that a recourse gave anew, also with the right before them."""
    found, waiting = list[ApplicationId](), [application]
    while waiting:
        one = waiting.pop()
        if one in found:
            continue
        found.append(one)
        lost = applications.get_application(work.session, one, reach=EVERYTHING).restores
        if lost is not None:
            right = authorisations.get_authorisation(work.session, lost, reach=EVERYTHING)
            waiting.append(right.application)
            waiting += taken_back.list_contested(work.session, lost)
    return found
