"""What workers say of an employer (N5): counted after each stay, told to everybody, answered once.

No page and no program tells an employer who said what, nor who answered.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from app.services.work import Work
from app.storage import employers, ratings
from app.storage.ratings import ClosedStay
from permits.audit import Act
from permits.errors import Conflict, Forbidden, NotFound
from permits.people import SYSTEM_PERSON, Permission
from permits.policies import check_permission
from recruitment.ratings import FEWEST, EmployerReply, Line, Stay, check_reply, lines_of

BATCH = 100


@dataclass(frozen=True)
class Rating:
    """What is told of an employer, and what the employer answered; None where hidden or none."""

    employer: UUID
    lines: tuple[Line, ...]
    reply: EmployerReply | None


@dataclass(frozen=True)
class OwnRating:
    """An employer's own; `may_reply`: something is told, and it was not answered."""

    name: str
    rating: Rating
    may_reply: bool


def count_stays(work: Work, limit: int = BATCH) -> int:
    """The task of the minute: stays that were closed go into their employers' counts; how many.

    Those of an employer go in together, five at least, and wait until they are.
    """
    groups: dict[UUID | None, list[ClosedStay]] = defaultdict(list)
    for stay in ratings.lock_unrated(work.session, work.ports.vault, limit):
        groups[stay.employer].append(stay)
    counted: list[UUID] = []
    for employer, stays in groups.items():
        if employer is not None and len(stays) < FEWEST:
            continue  # the others are held by another process, or beyond the limit
        if employer is not None:
            _count(work, employer, [one.said for one in stays])
        counted += [one.authorisation for one in stays]
    if counted:
        event = work.event(Act.EMPLOYER_RATED, SYSTEM_PERSON, {"stays": len(counted)})
        ratings.mark_rated(work.session, counted, event=event)
    return len(counted)


def _count(work: Work, employer: UUID, stays: Sequence[Stay]) -> None:
    before = ratings.lock_tally(work.session, work.ports.vault, employer)
    event = work.event(Act.EMPLOYER_RATED, employer, {"stays": len(stays)})
    after = before.adding(stays)
    ratings.save_tally(work.session, work.ports.vault, employer, after, event=event)


def read_rating(work: Work, employer: UUID) -> Rating:
    """What everybody may read."""
    reply = ratings.find_reply(work.session, employer)
    shown = reply if reply and reply.hidden_at is None else None
    return Rating(employer, lines_of(ratings.read_told(work.session, employer)), shown)


def read_own(work: Work) -> OwnRating:
    """What is told of the employer for whom this person acts."""
    employer = _own_employer(work)
    rating = read_rating(work, employer)
    answered = ratings.find_reply(work.session, employer) is not None
    name = employers.find_name(work.session, employer) or ""
    return OwnRating(name, rating, bool(rating.lines) and not answered)


def reply(work: Work, words: str) -> None:
    """Answer in public, once; Conflict where it was done or nothing is told, Invalid for no words.

    Sent twice it is one answer.
    """
    employer = _own_employer(work)
    before = ratings.find_reply(work.session, employer)
    if before is not None and before.words == words.strip():
        return
    check_reply(lines_of(ratings.read_told(work.session, employer)), before, words)
    said = EmployerReply(employer, words.strip(), work.now)
    event = work.event(Act.RATING_ANSWERED, employer)
    if not ratings.add_reply(work.session, said, work.actor.person, event=event):
        raise Conflict("rating-answered")  # somebody else of the employer was faster


def hide_reply(work: Work, employer: UUID) -> None:
    """Take a reply down that names or threatens somebody; NotFound where none shows."""
    check_permission(work.actor, Permission.RECRUITER_JUDGE)
    event = work.event(Act.RATING_ANSWER_HIDDEN, employer)
    hidden = ratings.hide_reply(work.session, employer, work.actor.person, work.now, event=event)
    if not hidden:
        raise NotFound("no-such-employer")


def _own_employer(work: Work) -> UUID:
    check_permission(work.actor, Permission.VACANCY_WRITE)
    if work.actor.employer is None:
        raise Forbidden("not-permitted", permission=Permission.VACANCY_WRITE.value)
    return work.actor.employer
