"""An employer reads what it owes back to its workers: in sums of five people and more."""

from collections.abc import Sequence

from app.services.cost_judging import costs_of
from app.services.work import Work
from app.storage import cost_claims, cost_parts
from permits.deadlines import legal_day, start_of
from permits.errors import Forbidden
from permits.people import Permission
from permits.policies import check_permission
from recruitment.costs import Debtor, debtor_of
from recruitment.owed_back import OwedBack, counted_from, tell_owed
from recruitment.repayments import reckon

MOST = 2000
"""Claims of one employer that are counted, the oldest first."""


def read_owed(work: Work) -> Sequence[OwedBack]:
    """What was asked back until the end of last month and has not come, of the own employer.

    What a recruiter or an official took is theirs to give back and is not told. Forbidden for who
    acts for no employer.
    """
    check_permission(work.actor, Permission.VACANCY_WRITE)
    if work.actor.employer is None:
        raise Forbidden("not-permitted", permission=Permission.VACANCY_WRITE.value)
    today = legal_day(work.now)
    before = start_of(counted_from(today))
    vault = work.ports.vault
    found = cost_claims.list_of_employer(work.session, vault, work.actor.employer, before, MOST)
    costs = {code: costs_of(work, code) for code in {one.programme for one in found}}
    own = [
        one
        for one in found
        if debtor_of(one.entry.payment, costs[one.programme]) is Debtor.EMPLOYER
    ]
    parts = cost_parts.list_of_claims(work.session, vault, [one.entry.id for one in own])
    return tell_owed(
        [
            (
                one.entry.worker,
                reckon(one.entry, parts[one.entry.id], costs[one.programme].repay_days, today),
            )
            for one in own
        ]
    )
