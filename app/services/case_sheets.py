"""Cases on paper: what an official takes to a meeting, one sheet each, and every one remembered."""

from collections.abc import Sequence

from app.services.assigning import MOST
from app.services.case import Case, load_case
from app.services.seen_cases import case_as_seen
from app.services.work import Work
from app.storage import looks
from permits.applications import ApplicationId
from permits.audit import Act
from permits.errors import Fault, Invalid
from permits.policies import check_read, check_review


def read_sheets(work: Work, cases: Sequence[ApplicationId]) -> list[Case]:
    """The cases in the order in which they were picked; each is logged as looked at, for print.

    Invalid where none or more than `MOST` are picked; NotFound where one is out of reach, and then
    nothing is printed.
    """
    check_review(work.actor)
    if not 0 < len(cases) <= MOST:
        raise Invalid([Fault("pick-some", "cases", {"most": MOST})])
    return [read_sheet(work, application) for application in cases]


def read_sheet(work: Work, application: ApplicationId) -> Case:
    """One case to be printed, for who may review; logged as looked at."""
    check_review(work.actor)
    case = load_case(work, application)
    check_read(work.actor, case.application)
    event = work.event(Act.APPLICATION_READ, application, {"purpose": "print"})
    looks.note_look(work.session, work.actor.person, case.application, event=event)
    return case_as_seen(work.actor, case)
