"""From the pre-selection to the answer to an offer: statuses, moves, coded reasons (E6).

SETRASS pre-selects, the employer invites, meets and offers, the worker answers. Nobody is turned
away without a reason that they can read, and no reason can name sex, age, family or people.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from permits.deadlines import legal_day
from permits.errors import Conflict, Fault, refuse_if
from permits.people import PersonId
from recruitment.matching import Asked

LONGEST_PLACE = 120
"""Letters of the words for where an interview is, or of its link."""

FARTHEST_INTERVIEW = timedelta(days=60)
SHORTEST_OFFER, LONGEST_OFFER = timedelta(days=2), timedelta(days=30)
"""For how long a worker may think about an offer: time to ask somebody, and no longer than plans
hold."""


class CandidacyStatus(StrEnum):
    """Where somebody stands with one vacancy."""

    PRESELECTED = "preselected"
    INVITED = "invited"
    INTERVIEWED = "interviewed"
    NO_SHOW = "no-show"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"
    NOT_CHOSEN = "not-chosen"
    WITHDRAWN = "withdrawn"


class CandidacyAction(StrEnum):
    """What can be done."""

    PRESELECT = "preselect"
    INVITE = "invite"
    MEET = "meet"
    MISS = "miss"
    OFFER = "offer"
    PASS_OVER = "pass-over"  # noqa: S105
    ACCEPT = "accept"
    DECLINE = "decline"
    EXPIRE = "expire"
    WITHDRAW = "withdraw"


S, A = CandidacyStatus, CandidacyAction
OPEN = (S.PRESELECTED, S.INVITED, S.INTERVIEWED, S.NO_SHOW, S.OFFERED)
"""Statuses in which something may still come of it."""

CANDIDACY_MOVES: Mapping[tuple[CandidacyStatus, CandidacyAction], CandidacyStatus] = {
    (S.NOT_CHOSEN, A.PRESELECT): S.PRESELECTED,
    (S.PRESELECTED, A.INVITE): S.INVITED,
    # Another day or another place.
    (S.INVITED, A.INVITE): S.INVITED,
    (S.NO_SHOW, A.INVITE): S.INVITED,
    (S.INVITED, A.MEET): S.INTERVIEWED,
    (S.INVITED, A.MISS): S.NO_SHOW,
    (S.INTERVIEWED, A.OFFER): S.OFFERED,
    (S.PRESELECTED, A.PASS_OVER): S.NOT_CHOSEN,
    (S.INVITED, A.PASS_OVER): S.NOT_CHOSEN,
    (S.INTERVIEWED, A.PASS_OVER): S.NOT_CHOSEN,
    (S.NO_SHOW, A.PASS_OVER): S.NOT_CHOSEN,
    # An offer is a promise: the employer cannot take it back, only its last day ends it.
    (S.OFFERED, A.ACCEPT): S.ACCEPTED,
    (S.OFFERED, A.DECLINE): S.DECLINED,
    (S.OFFERED, A.EXPIRE): S.EXPIRED,
    **{(status, A.WITHDRAW): S.WITHDRAWN for status in OPEN if status is not S.OFFERED},
}

EMPLOYERS_ACTIONS = (A.INVITE, A.MEET, A.MISS, A.OFFER, A.PASS_OVER)
WORKERS_ACTIONS = (A.ACCEPT, A.DECLINE, A.WITHDRAW)

NAMED = frozenset({S.INVITED, S.INTERVIEWED, S.NO_SHOW, S.OFFERED, S.ACCEPTED})
"""From the invitation on the employer knows the name; before, and after a no, initials."""


class Outcome(StrEnum):
    """What an interview came to."""

    SUITABLE = "suitable"
    RESERVE = "reserve"
    UNSUITABLE = "unsuitable"


class WhyNot(StrEnum):
    """Why somebody was not chosen; the worker reads it."""

    LACKS = "lacks"
    LIST_FULL = "list-full"
    PROOF_DOUBTED = "proof-doubted"
    ASKED_TO_WAIT = "asked-to-wait"
    LESS_EXPERIENCE = "less-experience"
    LANGUAGE = "language"
    DAYS_DIFFER = "days-differ"
    DID_NOT_COME = "did-not-come"
    PLACES_FILLED = "places-filled"


SKIPPING = (WhyNot.PROOF_DOUBTED, WhyNot.ASKED_TO_WAIT)
"""Why SETRASS may pass over somebody who meets everything and whose turn came first."""

EMPLOYERS_REASONS = (
    *(WhyNot.LESS_EXPERIENCE, WhyNot.LANGUAGE, WhyNot.DAYS_DIFFER),
    *(WhyNot.DID_NOT_COME, WhyNot.PLACES_FILLED),
)


@dataclass(frozen=True)
class Candidacy:
    """One person with one vacancy.

    `lacking` is what they lacked when SETRASS looked. `interview_at` and `interview_place` (words
    or a link) stand from the invitation on. `offer_until` is the last day to answer, whole.
    """

    id: UUID
    vacancy: UUID
    application: UUID
    worker: PersonId
    status: CandidacyStatus
    made_at: datetime
    changed_at: datetime
    version: int = 1
    why: WhyNot | None = None
    lacking: tuple[Asked, ...] = ()
    interview_at: datetime | None = None
    interview_place: str | None = field(default=None, repr=False)
    outcome: Outcome | None = None
    offer_until: date | None = None

    @property
    def is_open(self) -> bool:
        """Whether something may still come of it."""
        return self.status in OPEN


@dataclass(frozen=True)
class Move:
    """What somebody wants to do, with what it needs; what it does not need is None."""

    action: CandidacyAction
    interview_at: datetime | None = None
    interview_place: str = ""
    outcome: Outcome | None = None
    why: WhyNot | None = None
    offer_until: date | None = None


def moved_status(status: CandidacyStatus, action: CandidacyAction) -> CandidacyStatus:
    """The status after an action; Conflict("no-such-candidacy-move") where there is none."""
    try:
        return CANDIDACY_MOVES[status, action]
    except KeyError:
        raise Conflict("no-such-candidacy-move", status=status.value, action=action.value) from None


def next_actions(candidacy: Candidacy, now: datetime) -> list[CandidacyAction]:
    """What the employer may do now: nobody has met or missed anybody before the hour."""
    possible = [one for one in EMPLOYERS_ACTIONS if (candidacy.status, one) in CANDIDACY_MOVES]
    early = candidacy.interview_at is not None and now < candidacy.interview_at
    return [one for one in possible if not (early and one in (A.MEET, A.MISS))]


def find_faults(move: Move, now: datetime) -> list[Fault]:
    """What is wrong with what an employer typed; all at once."""
    today = legal_day(now)
    if move.action is A.INVITE:
        return _invitation_faults(move, now)
    if move.action is A.MEET and move.outcome is None:
        return [Fault("missing", "outcome")]
    if move.action is A.PASS_OVER and move.why not in EMPLOYERS_REASONS:
        return [Fault("missing" if move.why is None else "unknown-value", "why")]
    if move.action is A.OFFER:
        until = move.offer_until
        if until is None:
            return [Fault("missing", "offer_until")]
        if not today + SHORTEST_OFFER <= until <= today + LONGEST_OFFER:
            facts: dict[str, str | int] = {
                "least": SHORTEST_OFFER.days,
                "most": LONGEST_OFFER.days,
            }
            return [Fault("offer-days-out", "offer_until", facts)]
    return []


def _invitation_faults(move: Move, now: datetime) -> list[Fault]:
    at, place = move.interview_at, move.interview_place
    faults = []
    if at is None:
        faults.append(Fault("missing", "interview_day"))
    elif not now < at <= now + FARTHEST_INTERVIEW:
        days = FARTHEST_INTERVIEW.days
        faults.append(Fault("interview-day-out", "interview_day", {"days": days}))
    if not place:
        faults.append(Fault("missing", "interview_place"))
    elif len(place) > LONGEST_PLACE or not place.isprintable():
        faults.append(Fault("interview-place-long", "interview_place", {"letters": LONGEST_PLACE}))
    return faults


def check_move(candidacy: Candidacy, move: Move, places: int, promised: int, now: datetime) -> None:
    """Whether the employer may do this now; Invalid with every fault, Conflict for the state.

    `promised` counts the offers of the vacancy that wait or were accepted: one for each place.
    """
    moved_status(candidacy.status, move.action)
    if move.action not in next_actions(candidacy, now):
        raise Conflict("interview-to-come")
    refuse_if(find_faults(move, now))
    if move.action is A.OFFER:
        if candidacy.outcome is Outcome.UNSUITABLE:
            raise Conflict("offer-to-unsuitable")
        if promised >= places:
            raise Conflict("places-promised", places=places)


def check_answer(candidacy: Candidacy, action: CandidacyAction, now: datetime) -> None:
    """Whether the worker may say this; Conflict("offer-over") after its last day."""
    if action not in WORKERS_ACTIONS:
        raise Conflict("no-such-candidacy-move", status=candidacy.status.value, action=action.value)
    moved_status(candidacy.status, action)
    if action is A.ACCEPT and candidacy.offer_until and legal_day(now) > candidacy.offer_until:
        raise Conflict("offer-over")


def check_skipped(skipped: Collection[UUID], reasons: Mapping[UUID, WhyNot]) -> None:
    """Who meets everything and came first is passed over for a reason of `SKIPPING` alone."""
    unsaid = [one for one in skipped if reasons.get(one) not in SKIPPING]
    facts: dict[str, str | int] = {"people": len(unsaid)}
    refuse_if([Fault("skipped-without-reason", "chosen", facts)] if unsaid else [])
