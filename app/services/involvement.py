"""Who had a part in a case before: they judge no recourse in it."""

from app.services.work import Work
from app.storage import appeals, approvals, recommendations, suspensions
from permits.appeals import involved_in
from permits.applications import ApplicationId
from permits.people import PersonId


def list_involved(work: Work, application: ApplicationId) -> frozenset[PersonId]:
    """All who decided, recommended, suspended, gave back, took away or judged (domain 4.2)."""
    session = work.session
    return involved_in(
        approvals.list_decisions(session, application),
        appeals.list_appeals(session, work.ports.vault, application),
        suspensions.list_of_application(session, application),
        recommendations.list_recommendations(session, application),
    )
