"""The contract is another on arrival (R16): its worker says so, and has a case opened by a tick.

SETRASS reads every report in the case and in one list. The complaints office hears of it with the
worker's word alone: what is other is no danger to life or liberty by itself. Who is in danger says
so in a check-in or a complaint, which act at once.
"""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from app.services import contracts, cost_complaints
from app.services.contracts import SeenContract
from app.services.work import Work
from app.storage import cost_cases, reported_contracts
from app.storage.cost_cases import CostCase
from app.storage.reported_contracts import ReportedContract as ReportedContract
from permits.applications import ApplicationId
from permits.people import Permission
from permits.policies import check_permission
from recruitment.contracts import Reported
from recruitment.cost_cases import CostReason, CostWish
from recruitment.wanted_cases import Ground

LISTED, LOOKED_BACK = 200, timedelta(days=180)
"""A season, and what comes of it."""


def report_own(
    work: Work, application: ApplicationId, fields: frozenset[Reported], *, act: bool
) -> SeenContract:
    """Keep what is other; with `act` the complaints office opens a case of S2, once of a contract.

    As `contracts.report_own` refuses. Where the office has no keys yet the case waits for them.
    """
    shown = contracts.report_own(work, application, fields)
    every = cost_cases.list_of_application(work.session, work.ports.vault, application)
    asked = {reason for one in every for reason in one.wish.reasons}
    if act and CostReason.CONTRACT not in asked:
        words = ", ".join(sorted(one.value for one in fields))
        case = CostCase(
            work.new_id(),
            application,
            shown.case.application.worker,
            UUID(shown.offer.employer),
            CostWish(Ground.CONSENT, (CostReason.CONTRACT,), f"R16: {words}"),
            work.now,
        )
        cost_complaints.want_case(work, case)
    return shown


def list_reported(work: Work) -> Sequence[ReportedContract]:
    """What workers of every employer reported this season, for who protects them."""
    check_permission(work.actor, Permission.CHECK_IN_ATTEND)
    return reported_contracts.list_reported(work.session, work.now - LOOKED_BACK, LISTED)
