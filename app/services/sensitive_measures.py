"""Measures that nobody but officials is told of: a handler marked their case to spare its worker.

With few workers a standing tells an employer who complained. While the mark stands, nothing that
an employer can read, and no judgement of their vacancies, counts what was found in that case.
"""

from collections.abc import Mapping, Sequence
from uuid import UUID

from app.services.work import Work
from app.storage import complaints
from recruitment.complaints.handling import reference_of
from recruitment.standings import COMPLAINTS, Measure


def leave_out(
    work: Work, against: Mapping[UUID, Sequence[Measure]]
) -> dict[UUID, tuple[Measure, ...]]:
    """The measures against each employer, without those that only officials are told of."""
    accused = [one for one, some in against.items() if any(m.kind in COMPLAINTS for m in some)]
    hidden: set[str] = set()
    if accused:
        hidden = {reference_of(one) for one in complaints.list_sensitive(work.session, accused)}
    return {
        employer: tuple(one for one in some if one.reference not in hidden)
        for employer, some in against.items()
    }
