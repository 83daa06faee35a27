"""The places of a season: taken when labour approves, given back when it comes to nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from app.services.case import Case
from app.services.work import Work
from app.storage import own_applications
from app.storage import quotas as places
from app.storage.quotas import Beside, Found
from permits.applications import Status
from permits.approvals import Decision, Opinion, takes_places
from permits.authorisations import Authorisation
from permits.deadlines import legal_day
from permits.errors import refuse_if
from permits.offers import Offer
from permits.people import Agency
from permits.programmes import Programme
from permits.quotas import Count, Quota, Scope, Usage, counts_of, full, key_of, quotas_of


@dataclass(frozen=True)
class Shown:
    """A quota that a case falls under, with the name of the thing that it counts."""

    usage: Usage
    name: str


def find_places(work: Work, case: Case, agency: Agency, opinion: Opinion) -> Sequence[Found]:
    """A place in every quota of the case, kept free for this transaction; else nothing.

    Only an approval of SETRASS asks for places, or where it is not asked that of the first agency;
    and a renewal none where the person holds one. Invalid with every quota that is full: the
    official refuses (ground L4) or leaves the case waiting until a place is given back.
    """
    if opinion is not Opinion.APPROVE or agency is not takes_places(case.agencies):
        return ()
    counts = [count for count, _ in _counts(work, case)]
    if case.renewal and counts:
        held = places.list_held(work.session, case.renewal.applications)
        counts = [count for count in counts if key_of(count) not in held]
    if not counts:
        return ()
    places.lock_places(work.session, case.programme.code)
    return _find(work, case, counts)


def _find(work: Work, case: Case, counts: Sequence[Count]) -> Sequence[Found]:
    found = places.find_free(work.session, counts)
    lacking = [one.count for one in found if one.place is None]
    refuse_if([full(count, _name(work, case, count)) for count in lacking])
    return found


def taking(case: Case, found: Sequence[Found], decision: Decision) -> Beside | None:
    """Takes what was found, together with the decision."""
    return places.taking(found, decision, case.application)


def named(found: Sequence[Found]) -> list[str]:
    """The places as the log names them: scope, thing and number."""
    return [f"{one.count.scope.value}/{one.count.of}:{one.place}" for one in found]


def move_places(work: Work, case: Case, offer: Offer) -> None:
    """Leave the quotas in which the work of another employer does not count, for those it does.

    Invalid with every quota that is full, and then nothing has moved.
    """
    moved = replace(case, offer=offer)
    earlier = case.renewal.applications if case.renewal else ()
    held = places.list_held(work.session, [case.application.id, *earlier])
    counts = [count for count, _ in _counts(work, moved) if key_of(count) not in held]
    by = takes_places(case.agencies)
    taken_by = next((d for d in case.decisions if d.agency is by), None)
    if not counts or taken_by is None:
        return
    places.lock_places(work.session, case.programme.code)
    found = _find(work, moved, counts)
    places.give_back(work.session, case.application.id, [count.scope for count in counts])
    places.take_places(work.session, found, taken_by, case.application)


def give_back(work: Work, application: UUID) -> None:
    """Give back what a case holds, before it leaves the review."""
    places.give_back(work.session, application)


def give_back_of_right(work: Work, right: Authorisation) -> None:
    """Give back what a right holds that was taken back, unless a renewal of it goes on with it."""
    renewal = own_applications.find_renewal(work.session, right.id)
    if renewal is None or renewal.status is not Status.APPROVED:
        give_back(work, right.application)


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
