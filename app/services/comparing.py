"""Cases that may be of the same person, side by side with the one that is worked on."""

from dataclasses import dataclass
from itertools import islice

from app.services import past_permits, queues
from app.services.case import Case, load_case
from app.services.past_permits import KeptPermit
from app.services.queues import QueueFilter
from app.services.reaching import reading
from app.services.work import Work
from app.storage import applications, people
from permits.applications import ApplicationId
from permits.audit import Act
from permits.duplicates import Compared, compare, may_be_one_person
from permits.policies import check_read, check_review
from permits.submissions import Answers

MOST_LOOKED_AT, MOST_SHOWN = 20, 5


@dataclass(frozen=True)
class Lookalike:
    """Another case, and each field beside that of the first."""

    case: Case
    fields: tuple[Compared, ...]


@dataclass(frozen=True)
class Comparison:
    """The case that is worked on, and others that may be of the same person.

    `past` are permits of older registers that are nobody's yet, for who may say whose they were.
    """

    case: Case
    others: tuple[Lookalike, ...]
    past: tuple[KeptPermit, ...] = ()


def compare_case(work: Work, application: ApplicationId) -> Comparison:
    """Find by document, name and birth who else may be this person; each that is shown is logged.

    `MOST_SHOWN` at most, within the reach of who asks. NotFound and Forbidden as for opening it.
    """
    check_review(work.actor)
    found = applications.get_application(work.session, application, reach=reading(work))
    check_read(work.actor, found)
    case = load_case(work, application)
    _note(work, case)
    candidates = islice(_candidates(work, case), MOST_LOOKED_AT)
    others = (load_case(work, candidate) for candidate in candidates)
    alike = [one for one in others if may_be_one_person(case.answers, one.answers)]
    for one in alike[:MOST_SHOWN]:
        _note(work, one)
    shown = tuple(Lookalike(one, compare(case.answers, one.answers)) for one in alike[:MOST_SHOWN])
    return Comparison(case, shown, tuple(past_permits.list_open(work, case.answers)))


def _candidates(work: Work, case: Case) -> list[ApplicationId]:
    """By the document first, then by the name, with a slip where nobody is written so."""
    found: dict[ApplicationId, None] = {}
    for text in _searched(case.answers):
        page = queues.list_queue(work, QueueFilter(text=text), limit=MOST_LOOKED_AT)
        found |= {row.id: None for row in page.rows if row.id != case.application.id}
    return list(found)


def _searched(answers: Answers) -> list[str]:
    surnames = (answers.surnames or "").split()
    given = (answers.given_names or "").split()
    short = " ".join([*given[:1], *surnames[:1]])
    return [text for text in (answers.document_number, answers.full_name, short) if text]


def _note(work: Work, case: Case) -> None:
    event = work.event(Act.APPLICATION_READ, case.application.id, {"purpose": "compare"})
    people.note_reading(work.session, event=event)
