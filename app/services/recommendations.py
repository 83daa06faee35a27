"""Recommending a decision to one's own agency; somebody else there decides."""

from app.services import contract_blocks
from app.services.approvals import Ruling, blocking
from app.services.case import Case, load_case
from app.services.work import Work
from app.storage import recommendations
from permits.applications import Application, ApplicationId, released
from permits.approvals import Opinion
from permits.audit import Act, Fact
from permits.errors import Stale, refuse_if
from permits.people import Agency, Permission
from permits.policies import check_permission, check_read, check_recommend
from permits.recommendations import (
    Recommendation,
    digest_findings,
    find_recommendation_faults,
)


def recommend_application(
    work: Work, application: ApplicationId, ruling: Ruling, *, seen_version: int
) -> Application:
    """Record what one official recommends, with the digest of content and findings.

    1. the row is locked, and must be the version that the official saw; 2. may this official
    recommend, now; 3. is it well-formed, and does no blocking finding stand against an approval;
    4. it is recorded, and the case is in nobody's hands for who decides.
    """
    check_permission(work.actor, Permission.APPLICATION_RECOMMEND)
    case = load_case(work, application, lock=True)  # 1
    found = case.application
    check_read(work.actor, found)
    if found.version != seen_version:
        raise Stale("changed-meanwhile")
    agency = check_recommend(work.actor, case.turn)  # 2
    refuse_if(find_recommendation_faults(agency, ruling.opinion, ruling.grounds, ruling.note))  # 3
    if ruling.opinion is Opinion.APPROVE:
        refuse_if(blocking(case) or contract_blocks.blocking(work, case, agency))
    given = _given(work, case, agency, ruling)
    event = work.event(Act.APPLICATION_RECOMMENDED, application, _facts(given))
    after = released(found)
    return recommendations.add_recommendation(  # 4
        work.session, found, after, given, event=event
    )


def _given(work: Work, case: Case, agency: Agency, ruling: Ruling) -> Recommendation:
    found = case.application
    return Recommendation(
        found.id,
        found.round,
        found.digest or "",
        agency,
        work.actor.person,
        ruling.opinion,
        digest_findings(case.findings),
        work.now,
        ruling.grounds,
        ruling.note.strip(),
    )


def _facts(given: Recommendation) -> dict[str, Fact]:
    return {
        "agency": given.agency.value,
        "opinion": given.opinion.value,
        "grounds": [ground.value for ground in given.grounds],
        "round": given.round,
        "digest": given.digest,
        "findings": given.findings,
    }
