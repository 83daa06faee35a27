"""Papers that come after an application was handed in: a photo from home, or seen at an office."""

from dataclasses import dataclass
from uuid import UUID

from app.services import documents
from app.services.case import Case, load_case, programme_for
from app.services.reaching import writing
from app.services.work import Work
from app.storage import applications, shown_papers
from app.storage import documents as files
from app.storage.documents import Document
from permits.applications import ApplicationId
from permits.audit import Act
from permits.errors import Conflict, DomainError, Fault, Invalid, NotFound
from permits.later_papers import (
    MOST,
    LaterPaper,
    ShownPaper,
    check_add,
    check_own_case,
    check_show,
    papers_of,
    to_show,
)
from permits.submissions import DocumentKind

__all__ = [
    "MOST",
    "Document",
    "Later",
    "LaterPaper",
    "Noting",
    "Own",
    "ShownPaper",
    "add_paper",
    "later_of",
    "read_own",
    "show_paper",
    "take_back",
]


@dataclass(frozen=True)
class Own:
    """What a worker may add, in the order of the form, and the later photos that came already."""

    papers: tuple[LaterPaper, ...]
    came: tuple[Document, ...]

    @property
    def full(self) -> bool:
        """Whether no more is taken in."""
        return len(self.came) >= MOST


@dataclass(frozen=True)
class Noting:
    """Whether an official may note papers of a case as seen, and which ones nobody has seen."""

    may: bool
    papers: tuple[LaterPaper, ...] = ()


NOTHING = Noting(may=False)


@dataclass(frozen=True)
class Later:
    """Photos that came later, and what its reader may add to them, or note as seen, now."""

    came: tuple[Document, ...]
    may_add: tuple[LaterPaper, ...]
    noting: Noting


def later_of(work: Work, case: Case) -> Later:
    """Of a case that the actor reads, in any state."""
    came = tuple(one for one in case.documents if one.kind is DocumentKind.LATE)
    try:
        check_add(work.actor, case.application, len(came))
    except DomainError:
        return Later(came, (), noting_of(work, case))
    return Later(came, (*papers_of(case.programme), LaterPaper.OTHER), noting_of(work, case))


def noting_of(work: Work, case: Case) -> Noting:
    """What the official who reads the case may note."""
    try:
        check_show(work.actor, case.application, case.ties)
    except DomainError:
        return NOTHING
    return Noting(may=True, papers=to_show(case.programme, case.shown))


def read_own(work: Work, application: ApplicationId) -> Own:
    """What the worker may add now; Conflict where it is decided."""
    found = applications.get_application(work.session, application, reach=writing(work))
    check_own_case(work.actor, found)
    papers = papers_of(programme_for(work, found))
    return Own((*papers, LaterPaper.OTHER), _came(work, application))


def add_paper(work: Work, application: ApplicationId, paper: LaterPaper, data: bytes) -> Document:
    """Keep a photo of a paper beside what was handed in.

    1. the row is held, and the case not decided; 2. the paper is one that may come; 3. the photo is
    kept as every other one is (`documents`), and what is unfit is refused alike; 4. the case is
    another one since, so that nobody decides on it without having seen this. The digest stands,
    and what was decided.
    """
    before = applications.lock(work.session, application, reach=writing(work))  # 1
    check_add(work.actor, before, len(_came(work, application)))
    papers = (*papers_of(programme_for(work, before)), LaterPaper.OTHER)  # 2
    if paper not in papers:
        raise Invalid([Fault("not-an-option", "paper")])
    document = documents.keep_late(work, before, data, paper)  # 3
    facts = {"fields": [DocumentKind.LATE.value]}
    event = work.event(Act.APPLICATION_ANSWERED, application, facts)
    applications.save(work.session, before, before, work.now, event=event)  # 4
    return document


def show_paper(work: Work, application: ApplicationId, paper: LaterPaper) -> ShownPaper:
    """Note that the actor saw a paper of the case; pressed twice, it is noted once.

    Conflict where somebody noted it meanwhile.
    """
    case = load_case(work, application, lock=True)
    found = case.application
    agency = check_show(work.actor, found, case.ties)
    if paper not in papers_of(case.programme):
        raise Invalid([Fault("not-an-option", "shown")])
    if paper not in to_show(case.programme, case.shown):
        raise Conflict("paper-already-shown")
    shown = ShownPaper(
        work.new_id(), found.id, found.round, paper, agency, work.actor.person, work.now
    )
    facts = {"paper": paper.value, "round": found.round, "agency": agency.value}
    event = work.event(Act.PAPER_SHOWN, found.id, facts)
    if not shown_papers.add_shown(work.session, shown, event=event):
        raise Conflict("paper-already-shown")
    return shown


def take_back(work: Work, application: ApplicationId, note: UUID) -> None:
    """A note that was a mistake counts no more; by an official of the agency that made it."""
    case = load_case(work, application, lock=True)
    agency = check_show(work.actor, case.application, case.ties)
    shown = next((one for one in case.shown if one.id == note and one.agency is agency), None)
    if shown is None:
        raise NotFound("no-such-shown-paper")
    facts = {"paper": shown.paper.value, "round": shown.round, "agency": agency.value}
    event = work.event(Act.PAPER_TAKEN_BACK, application, facts)
    shown_papers.take_back(work.session, shown, work.actor.person, work.now, event=event)


def _came(work: Work, application: ApplicationId) -> tuple[Document, ...]:
    found = files.list_documents(work.session, application)
    return tuple(one for one in found if one.kind is DocumentKind.LATE)
