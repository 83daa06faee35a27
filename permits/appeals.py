"""Recourse against a refusal or a revocation: the agency itself looks again, then once more.

Reconsideration (*reposición*) is asked of the agency that refused, or took the right back; who is
not given right appeals (*apelación*). Each is judged by a supervisor of that agency who had no part
in the case before (domain 4.2, decision 98): no role stands above the supervisors. The terms of the
Ley de Procedimiento Administrativo stand in the programme's file, to be confirmed by counsel.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from permits.applications import Application, ApplicationId, Status
from permits.approvals import Decision, Opinion, find_note_faults
from permits.clocks import Clocks
from permits.deadlines import WorkingCalendar, legal_day
from permits.errors import Conflict, Fault, Forbidden
from permits.people import Actor, Agency, Permission, PersonId
from permits.policies import Ties, check_own, check_permission
from permits.recommendations import Recommendation
from permits.retaliation import Codecision
from permits.revocations import Outcome, Revocation
from permits.suspensions import Suspension


class Stage(StrEnum):
    """The two steps, in their order."""

    RECONSIDERATION = "reconsideration"
    APPEAL = "appeal"


class Ruling(StrEnum):
    """What became of it. Overturned: both agencies look at it anew; nothing comes back by itself.

    A refusal is decided again in a round of its own; what was taken back in a case of its own.
    """

    OPEN = "open"
    UPHELD = "upheld"
    OVERTURNED = "overturned"


class Against(StrEnum):
    """What a recourse is directed against."""

    REFUSAL = "refusal"
    REVOCATION = "revocation"


@dataclass(frozen=True)
class TakenBack:
    """The revocation of a right, and the second of the two people who made it."""

    revocation: UUID
    authorisation: UUID
    confirmed_by: PersonId


@dataclass(frozen=True)
class Appeal:
    """A worker's recourse against one agency's refusal of one round, or against a revocation.

    `words` are the worker's own, `answer` those of who judged, "" until then or once erased.
    `refused_by` is who refused, or who proposed the `revocation`, None against a refusal.
    """

    id: UUID
    application: ApplicationId
    worker: PersonId
    round: int
    digest: str
    agency: Agency
    refused_by: PersonId
    stage: Stage
    words: str
    filed_at: datetime
    ruling: Ruling = Ruling.OPEN
    answer: str = ""
    decided_by: PersonId | None = None
    decided_at: datetime | None = None
    revocation: TakenBack | None = None

    @property
    def against(self) -> Against:
        """What it is directed against."""
        return Against.REFUSAL if self.revocation is None else Against.REVOCATION


@dataclass(frozen=True)
class Measure:
    """What a recourse may be directed against: who did it, for which agency, in which round."""

    round: int
    digest: str
    agency: Agency
    official: PersonId
    at: datetime
    revocation: TakenBack | None = None


@dataclass(frozen=True)
class Chance:
    """What the worker may ask for now, until the end of which day, against which measure."""

    stage: Stage
    last_day: date
    measure: Measure


@dataclass(frozen=True)
class RecourseTerms:
    """What a letter says of both steps: working days, and the last day of the first of them."""

    days: int
    last_day: date
    appeal_days: int


def terms_from(at: datetime, clocks: Clocks, calendar: WorkingCalendar) -> RecourseTerms:
    """The terms against what is decided at an instant, the same that `chance_of` holds to.

    They run from the day of the decision, which itself does not count.
    """
    days = clocks.reconsideration_working_days.value
    last_day = calendar.add_working_days(legal_day(at), days)
    return RecourseTerms(days, last_day, clocks.appeal_working_days.value)


def refusal_of(application: Application, decisions: Collection[Decision]) -> Decision | None:
    """The refusal that ended the present round; None where nothing was refused."""
    if application.status is not Status.REFUSED:
        return None
    refused = [
        one for one in decisions if one.round == application.round and one.opinion is Opinion.REFUSE
    ]
    return max(refused, key=lambda one: one.decided_at, default=None)


def measure_of(
    application: Application,
    decisions: Collection[Decision],
    revocations: Collection[Revocation] = (),
) -> Measure | None:
    """What ended the case, or took its right back; None where neither was done.

    `revocations` are those of the right that the application led to. What was taken back along
    with the right before is contested there.
    """
    refusal = refusal_of(application, decisions)
    if refusal is not None:
        at, by = refusal.decided_at, refusal.official
        return Measure(refusal.round, refusal.digest, refusal.agency, by, at)
    own = (one for one in revocations if one.follows is None)
    confirmed = (one for one in own if one.outcome is Outcome.CONFIRMED)
    lost = next(confirmed, None) if application.status is Status.APPROVED else None
    if lost is None or lost.decided_at is None or lost.decided_by is None:
        return None
    return Measure(
        application.round,
        application.digest or "",
        lost.agency,
        lost.proposed_by,
        lost.decided_at,
        TakenBack(lost.id, lost.authorisation, lost.decided_by),
    )


def chance_of(
    measure: Measure | None,
    appeals: Collection[Appeal],
    clocks: Clocks,
    calendar: WorkingCalendar,
) -> Chance | None:
    """The next step against what was done in the present round; None where there is none left.

    Its term runs from the day of it, or of the answer to the step before; the day itself does not
    count. Whether it is over yet is the caller's to see.
    """
    if measure is None:
        return None
    filed = {one.stage: one for one in appeals if one.round == measure.round}
    first, second = filed.get(Stage.RECONSIDERATION), filed.get(Stage.APPEAL)
    if first is None:
        last_day = terms_from(measure.at, clocks, calendar).last_day
        return Chance(Stage.RECONSIDERATION, last_day, measure)
    if second is None and first.ruling is Ruling.UPHELD and first.decided_at is not None:
        days = clocks.appeal_working_days.value
        last_day = calendar.add_working_days(legal_day(first.decided_at), days)
        return Chance(Stage.APPEAL, last_day, measure)
    return None


def check_file(
    actor: Actor, application: Application, chance: Chance | None, now: datetime
) -> Chance:
    """Only the worker asks, within the term, and once for each step."""
    check_own(actor, application)
    if chance is None:
        raise Conflict("no-recourse-left")
    if legal_day(now) > chance.last_day:
        raise Conflict("recourse-too-late", day=chance.last_day.isoformat())
    return chance


def check_judge(actor: Actor, appeal: Appeal, involved: Collection[PersonId], ties: Ties) -> None:
    """A supervisor of the agency that did it, who had no part in the case before.

    `involved` are all whom `involved_in` names, and who had another hand in it; who prepared the
    case itself is told by `ties` too.
    """
    check_permission(actor, Permission.APPEAL_DECIDE)
    if actor.agency is not appeal.agency:
        raise Forbidden("other-agency")
    if actor.person == appeal.worker or ties.own:
        raise Forbidden("own-case")
    if appeal.ruling is not Ruling.OPEN:
        raise Conflict("already-judged")
    if actor.person in involved or ties.prepared:
        raise Forbidden("involved-before")


def involved_in(
    decisions: Collection[Decision],
    appeals: Collection[Appeal],
    suspensions: Collection[Suspension],
    recommendations: Collection[Recommendation],
    revocations: Collection[Revocation] = (),
    wishes: Collection[Codecision] = (),
) -> frozenset[PersonId]:
    """Who had a part in a case before.

    Who decided on it or recommended in any round, suspended its right or gave it back, proposed to
    take it away or decided on that, whatever came of it, passed on or answered what an employer
    wished against it, or judged a recourse in it. Who prepared it, looked again at what the watch
    list found, or decided on a change under its right is told beside. The database says the same
    (`judged_by_another`).
    """
    first = [one.official for some in (decisions, recommendations, suspensions) for one in some]
    then = [one.ended_by for one in suspensions] + [one.decided_by for one in appeals]
    takers = [person for one in revocations for person in (one.proposed_by, one.decided_by)]
    named = [
        person
        for one in appeals
        if one.revocation is not None
        for person in (one.refused_by, one.revocation.confirmed_by)
    ]
    askers = [person for one in wishes for person in (one.asked_by, one.answered_by)]
    every = (*first, *then, *takers, *named, *askers)
    return frozenset(person for person in every if person is not None)


def find_faults(words: str, field: str = "words") -> list[Fault]:
    """What is wrong with the words of a recourse, or of its answer: somebody has to read them."""
    if not words.strip():
        return [Fault("words-missing", field)]
    return find_note_faults(words, field)
