"""Cases that may be of the same person, side by side with the one that is worked on."""

from dataclasses import dataclass
from itertools import islice

from app.services import past_permits, queues, worker_numbers
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
    """Another case, and each field beside that of the first; `number` is its person's for life.

    `one_person`: both cases have one number. `may_mend`: who asks may say whether that is so.
    """

    case: Case
    fields: tuple[Compared, ...]
    number: str | None = None
    one_person: bool = False
    may_mend: bool = False


@dataclass(frozen=True)
class Comparison:
    """The case that is worked on, and others that may be of the same person.

    `past` are permits of older registers that are nobody's yet, for who may say whose they were.
    """

    case: Case
    others: tuple[Lookalike, ...]
    number: str | None = None
    past: tuple[KeptPermit, ...] = ()


def compare_case(work: Work, application: ApplicationId) -> Comparison:
    """Find by number, document, name and birth who else may be this person; each shown is logged.

    `MOST_SHOWN` at most, within the reach of who asks. NotFound and Forbidden as for opening it.
    """
    check_review(work.actor)
    found = applications.get_application(work.session, application, reach=reading(work))
    check_read(work.actor, found)
    case = load_case(work, application)
    _note(work, case)
    number = worker_numbers.number_of(work, case.application)
    candidates = islice(_candidates(work, case), MOST_LOOKED_AT)
    seen = (_see(work, case, number, load_case(work, candidate)) for candidate in candidates)
    alike = [
        one for one in seen if one.one_person or may_be_one_person(case.answers, one.case.answers)
    ]
    for one in alike[:MOST_SHOWN]:
        _note(work, one.case)
    past = tuple(past_permits.list_open(work, case.answers))
    return Comparison(case, tuple(alike[:MOST_SHOWN]), number, past)


def _see(work: Work, case: Case, number: str | None, other: Case) -> Lookalike:
    theirs = worker_numbers.number_of(work, other.application)
    return Lookalike(
        other,
        compare(case.answers, other.answers),
        theirs,
        one_person=theirs is not None and theirs == number,
        may_mend=bool(number and theirs) and worker_numbers.may_mend(work, case, other),
    )


def _candidates(work: Work, case: Case) -> list[ApplicationId]:
    """By number and document first, then by the name, with a slip where nobody is written so."""
    found: dict[ApplicationId, None] = {}
    own = [case.application.worker_number] if case.application.worker_number else []
    for text in [*own, *_searched(case.answers)]:
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
