"""What follows for others when a case moves: shields, days to ask, standing of who erred."""

from dataclasses import replace

from app.services import complaint_notes, complaint_shields, standings
from app.services.complaint_cases import Handled
from app.services.complaint_keys import CaseSeal
from app.services.standings import Against
from app.services.work import Work
from app.storage import complaint_remedies, measures
from permits.deadlines import legal_day
from recruitment.complaints.effects import follow_up_days, measure_of
from recruitment.complaints.filed import Filed
from recruitment.complaints.handling import reference_of
from recruitment.complaints.words import Status
from recruitment.standings import Measure


def follow_closing(work: Work, seal: CaseSeal, handled: Handled, after: Filed) -> Filed:
    """The case is over from today: its shields end in ninety days, and three days are planned.

    Where it was resolved, what weighed on the employer is settled.
    """
    today = legal_day(work.now)
    complaint_shields.end_shields(work, complaint_notes.list_shields(work, seal), today)
    complaint_remedies.plan_follow_ups(work.session, after.id, follow_up_days(today))
    if after.status is Status.CLOSED_RESOLVED:
        _settle(work, handled.filed)
    return replace(after, closed_on=today, due_on=None)


def follow_reopening(work: Work, seal: CaseSeal, after: Filed) -> Filed:
    """The case is open again: its shields stand, and nobody asks on the planned days."""
    complaint_shields.keep_shields(work, complaint_notes.list_shields(work, seal))
    complaint_remedies.plan_follow_ups(work.session, after.id, ())
    return after


def follow_finding(work: Work, handled: Handled, after: Filed) -> None:
    """An approved finding weighs on the standing of the employer (R24), and names nobody else.

    Also what an appeal found in its place. What weighs already for this case is added no second
    time; what was settled at its closing weighs again. The employer's vacancies are judged again
    at once.
    """
    if after.employer is None or after.outcome is None or after.severity is None:
        return
    reference = reference_of(after.id)
    measure = measure_of(
        work.new_id(), after.severity, after.outcome, reference, legal_day(work.now)
    )
    against = Against(after.employer)
    if measure is not None and not _weighs(work, against, measure):
        standings.add_measure(work, against, measure)


def _weighs(work: Work, against: Against, measure: Measure) -> bool:
    known = measures.list_measures(work.session, against)
    return any(
        (one.reference, one.kind) == (measure.reference, measure.kind) and one.settled_on is None
        for one in known
    )


def _settle(work: Work, filed: Filed) -> None:
    if filed.employer is None:
        return
    against = Against(filed.employer)
    for one in measures.list_measures(work.session, against):
        if one.reference == reference_of(filed.id) and one.settled_on is None:
            standings.end_measure(work, against, one.id)
