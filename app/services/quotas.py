"""The places of a season: taken when labour approves, given back when it comes to nothing."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from uuid import UUID

from app.services import vacancy_places
from app.services.case import Case, load_case
from app.services.work import Work
from app.storage import authorisations, own_applications, quota_moves
from app.storage import quotas as places
from app.storage.quotas import Beside, Found
from permits.applications import ApplicationId, Status
from permits.approvals import Decision, Opinion, takes_places
from permits.authorisations import Authorisation, AuthorisationStatus
from permits.deadlines import legal_day
from permits.errors import refuse_if
from permits.offers import Offer
from permits.people import Agency
from permits.programmes import Programme
from permits.quotas import Count, Quota, Scope, Usage, counts_of, full, key_of, quotas_of

OPEN_RIGHTS = {AuthorisationStatus.GRANTED, AuthorisationStatus.SUSPENDED}
"""How a right stands in its row while nobody has taken it back and nothing has ended it."""


@dataclass(frozen=True)
class Shown:
    """A quota that a case falls under, with the name of the thing that it counts."""

    usage: Usage
    name: str


def find_places(work: Work, case: Case, agency: Agency, opinion: Opinion) -> Sequence[Found]:
    """A place in every quota of the case, kept free for this transaction; else nothing.

    Only an approval of SETRASS asks for places, or where it is not asked that of the first agency;
    and a renewal none where its stay holds one. It is asked again by the approval that grants a
    renewal: meanwhile the right before may have left its place for that of another employer.
    Invalid with every quota that is full, or where the work itself is: the official refuses
    (ground L4) or leaves the case waiting until a place is given back.
    """
    if opinion is not Opinion.APPROVE or not _asks(case, agency):
        return ()
    programme, offer, worker = case.programme.code, case.offer, case.application.worker
    counts = partial(_not_held, work, case)
    if offer and not offer.is_pool and agency is takes_places(case.agencies):
        found = vacancy_places.find_places(work, programme, offer, worker, counts)
        return _none_full(work, case, found)
    if not _counts(work, case):
        return ()
    places.lock_places(work.session, programme)
    return _find(work, case, counts())


def _asks(case: Case, agency: Agency) -> bool:
    """Whether an approval of this agency looks for places."""
    approved = {one.agency for one in case.decisions if one.opinion is Opinion.APPROVE}
    grants = {*approved, agency} >= set(case.agencies)
    return agency is takes_places(case.agencies) or (case.renewal is not None and grants)


def _lacking(counts: Sequence[Count], held: Collection[tuple[str, date, str, str]]) -> list[Count]:
    return [count for count in counts if key_of(count) not in held]


def _not_held(work: Work, case: Case) -> list[Count]:
    """What the case counts in, without where its stay holds a place."""
    counts = [count for count, _ in _counts(work, case)]
    if not counts or not case.renewal:
        return counts
    stay = [case.application.id, *case.renewal.applications]
    return _lacking(counts, places.list_held(work.session, stay))


def _find(work: Work, case: Case, counts: Sequence[Count]) -> Sequence[Found]:
    return _none_full(work, case, places.find_free(work.session, counts)) if counts else ()


def _none_full(work: Work, case: Case, found: Sequence[Found]) -> Sequence[Found]:
    lacking = [one.count for one in found if one.place is None]
    refuse_if([full(count, _name(work, case, count)) for count in lacking])
    return found


def taking(case: Case, found: Sequence[Found], decision: Decision) -> Beside | None:
    """Takes what was found, together with the decision; always by that of who takes places."""
    return places.taking(found, _taker(case, [decision]) or decision, case.application)


def _taker(case: Case, more: Sequence[Decision] = ()) -> Decision | None:
    by = takes_places(case.agencies)
    return next((one for one in (*more, *case.decisions) if one.agency is by), None)


def take_over(work: Work, case: Case, decisions: Sequence[Decision]) -> None:
    """A renewal that is granted takes the places of its stay over, so that they end with it."""
    taker = _taker(case, decisions)
    if case.renewal is not None and taker is not None:
        counts = [count for count, _ in _counts(work, case)]
        quota_moves.hand_over(
            work.session, case.renewal.applications, counts, taker, case.application
        )


def named(found: Sequence[Found]) -> list[str]:
    """The places as the log names them: scope, thing and number."""
    return [f"{one.count.scope.value}/{one.count.of}:{one.place}" for one in found]


def move_places(work: Work, case: Case, offer: Offer) -> None:
    """Leave the quotas in which the work of another employer does not count, for those it does.

    A place that the stay holds is not taken twice: one of a right before is taken over, one of a
    renewal that is granted stays there. Invalid with every quota that is full, and then nothing
    has moved.
    """
    moved, taker, session = replace(case, offer=offer), _taker(case), work.session
    if taker is None or not case.programme.quotas:
        return
    places.lock_places(session, case.programme.code)
    own, counts = case.application.id, [count for count, _ in _counts(work, moved)]
    earlier = case.renewal.applications if case.renewal else ()
    held = places.list_held(session, [own, *earlier, *_later(work, own)])
    found = _find(work, moved, lacking) if (lacking := _lacking(counts, held)) else ()
    quota_moves.give_back_others(session, own, counts)
    quota_moves.hand_over(session, earlier, counts, taker, case.application)
    places.take_places(session, found, taker, case.application)


def _later(work: Work, application: UUID) -> Iterator[UUID]:
    """The renewals that were granted of the right of an application, the next one first."""
    right = authorisations.find_of_application(work.session, ApplicationId(application))
    while right is not None:
        renewal = own_applications.find_renewal(work.session, right.id)
        if renewal is None or renewal.status is not Status.APPROVED:
            return
        yield renewal.id
        right = authorisations.find_of_application(work.session, renewal.id)


def give_back(work: Work, application: UUID) -> None:
    """Give back what a case holds, before it leaves the review."""
    places.give_back(work.session, application)


def give_back_of_right(work: Work, right: Authorisation) -> None:
    """Give back what a right holds that is over.

    A renewal of it that stands has taken over what it counts in: what is left is of another work,
    and goes back alone. Where a renewal is over before the right that it went on from, that one has
    its places again.
    """
    outlived = any(_is_open(work, one) for one in _later(work, right.application))
    case = load_case(work, right.application)
    before = None if outlived else case.renewal
    if before and before.anew_from is None and before.last_day >= legal_day(work.now):
        _hand_back(work, case, load_case(work, ApplicationId(before.applications[0])))
    give_back(work, right.application)


def _is_open(work: Work, application: UUID) -> bool:
    right = authorisations.find_of_application(work.session, ApplicationId(application))
    return right is not None and right.stored in OPEN_RIGHTS


def _hand_back(work: Work, case: Case, before: Case) -> None:
    right, taker = authorisations.find_of_application(work.session, before.application.id), None
    if right is not None and right.stored in OPEN_RIGHTS:
        taker = _taker(before)
    if taker is not None:
        counts = [count for count, _ in _counts(work, before)]
        quota_moves.hand_over(
            work.session, [case.application.id], counts, taker, before.application
        )


def list_shown(work: Work, case: Case) -> tuple[Shown, ...]:
    """Every quota that a case falls under, with what is taken; as the rules stand now."""
    counts = _counts(work, case)
    taken = places.count_taken(work.session, [count for count, _ in counts])
    return tuple(
        Shown(Usage(count, used, quota), _name(work, case, count))
        for (count, quota), used in zip(counts, taken, strict=True)
    )


def count_left(work: Work, wanted: Sequence[tuple[Programme, Offer]]) -> list[int | None]:
    """The places left in the fullest quota that each offer falls under; None where there is none.

    Less than 0 where the rule came after the permits. One question for all of them.
    """
    counts = [[count for count, _ in _counts_of(work, *one)] for one in wanted]
    asked = list(dict.fromkeys(count for some in counts for count in some))
    taken = dict(zip(asked, places.count_taken(work.session, asked), strict=True))
    return [min((c.total - taken[c] for c in some), default=None) for some in counts]


def _counts(work: Work, case: Case) -> list[tuple[Count, Quota]]:
    return _counts_of(work, case.programme, case.offer) if case.offer else []


def _counts_of(work: Work, programme: Programme, offer: Offer) -> list[tuple[Count, Quota]]:
    if not programme.quotas:
        return []
    rows = quotas_of(programme.quotas, offer, legal_day(work.now))
    season = programme.season_of(offer.starts_on)
    return list(zip(counts_of(programme.code, season, rows, offer), rows, strict=True))


def _name(work: Work, case: Case, count: Count) -> str:
    """Of a place its name, of an employer too; of an occupation its code; of a season its years."""
    if count.scope is Scope.SEASON:
        first = count.season.year
        return str(first) if count.season.month == 1 else f"{first}–{first + 1}"
    if count.scope is Scope.EMPLOYER:
        return case.offer.employer_name if case.offer else count.of
    if count.scope is Scope.DEPARTMENT:
        return work.ports.reference.departments.get(count.of, count.of)
    towns = work.ports.reference.municipalities.get(case.programme.destination, {})
    return towns.get(count.of, count.of) if count.scope is Scope.MUNICIPALITY else count.of
