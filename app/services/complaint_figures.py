"""Figures of complaints for everybody: each quarter told once, and what was repaid added to it.

1. By night, fifteen days after a quarter, what stands in clear is counted in fives and kept so.
2. Amounts lie under the keys of their cases. A supervisor who is unlocked adds their sums, once;
   nobody reads one of them by that, and no sum of fewer than five cases is told.
"""

from collections.abc import Sequence
from datetime import date

from app.services.complaint_keys import open_case
from app.services.complaint_remedies import read_plan
from app.services.work import Work
from app.storage import complaint_figures as kept
from app.storage.complaint_remedies import SealedRemedy
from permits.audit import Act
from permits.deadlines import legal_day
from permits.errors import Conflict, NotFound
from permits.people import Permission
from permits.policies import check_permission
from recruitment.complaints.figures import (
    QuarterFigures,
    Repaid,
    figures_of,
    is_settled,
    quarter_after,
    quarter_of,
    sums_of,
)

SHOWN = 12
"""Three years of quarters."""


def tell_quarters(work: Work) -> int:
    """Of the night: tell each quarter that is settled and was not told, from the first complaint.

    Of older ones than three years nothing is told any more.
    """
    first_day = kept.find_first_day(work.session)
    if first_day is None:
        return 0
    known = {one.quarter for one in kept.list_quarters(work.session, SHOWN)}
    waiting = [one for one in _settled(first_day, legal_day(work.now)) if one not in known]
    return sum(_tell(work, one) for one in waiting)


def list_figures(work: Work) -> Sequence[QuarterFigures]:
    """What is told to everybody, the newest quarter first."""
    return kept.list_quarters(work.session, SHOWN)


def list_without_sums(work: Work) -> list[date]:
    """Quarters to which a supervisor may add what was repaid."""
    check_permission(work.actor, Permission.COMPLAINT_SUPERVISE)
    return [one.quarter for one in list_figures(work) if one.repaid is None]


def add_repaid(work: Work, token: str, quarter: date) -> None:
    """Add what was repaid to the figures of a quarter; the same quarter once.

    NotFound where nothing was told of it; Conflict("figures-complete") the second time, and where
    the supervisor is not unlocked.
    """
    check_permission(work.actor, Permission.COMPLAINT_SUPERVISE)
    found = kept.lock_quarter(work.session, quarter)
    if found is None:
        raise NotFound("no-such-quarter")
    identity, told = found
    if told.repaid is not None:
        raise Conflict("figures-complete")
    money = kept.list_money(work.session, quarter, quarter_after(quarter))
    sums = sums_of([_repaid(work, token, one) for one in money])
    event = work.event(Act.COMPLAINT_SUMS_TOLD, identity, {"quarter": quarter.isoformat()})
    kept.set_repaid(work.session, identity, sums, event=event)


def _settled(first_day: date, today: date) -> list[date]:
    """Quarters that may be told, the newest last."""
    found, quarter = [], quarter_of(first_day)
    while is_settled(quarter, today):
        found.append(quarter)
        quarter = quarter_after(quarter)
    return found[-SHOWN:]


def _tell(work: Work, quarter: date) -> bool:
    end, session = quarter_after(quarter), work.session
    figures = figures_of(
        quarter,
        kept.list_received(session, quarter, end),
        kept.list_ended(session, quarter, end),
        kept.list_met(session, quarter, end),
        kept.list_confirmed(session, quarter, end),
    )
    identity = work.new_id()
    event = work.event(Act.COMPLAINT_FIGURES_TOLD, identity, {"quarter": quarter.isoformat()})
    return kept.add_quarter(session, identity, figures, event=event)


def _repaid(work: Work, token: str, remedy: SealedRemedy) -> Repaid:
    plan = read_plan(work, open_case(work, token, remedy.complaint), remedy)
    if plan.amount is None or plan.currency is None:  # the law asks for both
        raise Conflict("complaint-damaged")
    return Repaid(remedy.complaint, plan.amount, plan.currency)
