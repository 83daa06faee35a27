"""Who had a part in a case before: they judge no recourse in it, and take no second look."""

from app.services.work import Work
from app.storage import (
    appeals,
    applications,
    approvals,
    authorisations,
    codecisions,
    hands,
    preparers,
    recommendations,
    revocations,
    suspensions,
    taken_back,
)
from permits.appeals import involved_in
from permits.applications import ApplicationId
from permits.people import PersonId
from permits.reach import EVERYTHING


def list_involved(
    work: Work, application: ApplicationId, *, looking: bool = False
) -> frozenset[PersonId]:
    """All who had a part in the case, or in one that is the same matter (domain 4.2).

    That is one whose lost right it gives anew, and one whose right was lost along. With `looking`
    but for who looked again: the same desk looks at whatever else the list finds.
    """
    cases, session = _cases(work, application), work.session
    lookers = frozenset[PersonId]() if looking else hands.list_lookers(session, cases)
    return lookers.union(
        preparers.list_preparers(session, cases),
        hands.list_changers(session, cases),
        *(_involved(work, one) for one in cases),
    )


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
    """The case, all before it that a recourse gave anew, and what was lost along with each."""
    found, waiting = list[ApplicationId](), [application]
    while waiting:
        one = waiting.pop()
        if one in found:
            continue
        found.append(one)
        waiting += taken_back.list_lost_along(work.session, one)
        lost = applications.get_application(work.session, one, reach=EVERYTHING).restores
        if lost is not None:
            right = authorisations.get_authorisation(work.session, lost, reach=EVERYTHING)
            waiting.append(right.application)
            waiting += taken_back.list_contested(work.session, lost)
    return found
