"""Who hires and who recruits: what the rules ask of both, for many in few questions."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from app.services.registries import state_of
from app.services.sensitive_measures import leave_out
from app.services.work import Work
from app.storage import (
    farms,
    housing_inspections,
    mandates,
    measures,
    recruited,
    registries,
)
from app.storage import registrations as registered
from app.storage import registry_answers as answers
from app.storage.recruited import Told
from permits.deadlines import legal_day
from recruitment.hirers import Hirer, Record, Recruiting, agents_under, licences_of, record_of
from recruitment.housing import HousingInspection, Lodging, lodgings_of
from recruitment.recruiters import LicenceKey, LicenceState, Mandate
from recruitment.recruiters import state_of as licence_state
from recruitment.registrations import Farm
from recruitment.registries import OF_RECRUITERS, Entry, Registry
from recruitment.standings import WEIGHS, Measure, may_recruit

NOBODY = Told(0, 0)


@dataclass(frozen=True)
class _Known:
    """What registries and authorities know of some licences; `fresh` whose lists still count."""

    entries: Mapping[LicenceKey, Entry]
    fresh: Mapping[Registry, bool]
    against: Mapping[LicenceKey, Sequence[Measure]]
    told: Mapping[LicenceKey, Told]


def look_up(work: Work, employers: Collection[UUID]) -> Mapping[UUID, Hirer]:
    """What is known today of each of these employers, and of whom they have named to recruit."""
    given = mandates.list_of_employers(work.session, employers)
    known = _licences(work, {one.licence for every in given.values() for one in every})
    records = _records(work, employers)
    return {
        one: Hirer(record, _recruiting(work, given.get(one, ()), known), housing)
        for one, (record, housing) in records.items()
    }


def look_at_lodgings(work: Work, employers: Collection[UUID]) -> Mapping[UUID, tuple[Lodging, ...]]:
    """Where people can sleep on the farms of each of these employers that registered."""
    found = registered.list_by_employers(work.session, employers)
    places = farms.list_of_many(work.session, [one.id for one in found.values()])
    last = _last_looks(work, places)
    return {employer: lodgings_of(places.get(own.id, ()), last) for employer, own in found.items()}


def _last_looks(
    work: Work, places: Mapping[UUID, Sequence[Farm]]
) -> Mapping[UUID, HousingInspection]:
    every = [one.id for some in places.values() for one in some if one.housed > 0]
    return housing_inspections.list_last(work.session, every)


def _records(
    work: Work, employers: Collection[UUID]
) -> Mapping[UUID, tuple[Record, tuple[Lodging, ...]]]:
    session = work.session
    found = registered.list_by_employers(session, employers)
    ids = [one.id for one in found.values()]
    verdicts, places = answers.list_verdicts(session, ids), farms.list_of_many(session, ids)
    against = leave_out(work, measures.list_of_employers(session, employers))
    last = _last_looks(work, places)
    told = {}
    for employer in employers:
        own = found.get(employer)
        said = verdicts.get(own.id, {}) if own else {}
        where = places.get(own.id, ()) if own else ()
        record = record_of(own, said, where, against.get(employer, ()))
        told[employer] = record, lodgings_of(where, last)
    return told


def _licences(work: Work, keys: Collection[LicenceKey]) -> _Known:
    if not keys:
        return _Known({}, {}, {}, {})
    session, numbers = work.session, [one.number for one in keys]
    listed = registries.list_matching(
        session, OF_RECRUITERS, numbers=numbers, limit=len(OF_RECRUITERS) * len(numbers)
    )
    newest = registries.list_newest(session)
    return _Known(
        {LicenceKey(one.registry, one.entry.number): one.entry for one in listed},
        {one: state_of(work, one, newest).fresh for one in OF_RECRUITERS},
        measures.list_of_licences(session, sorted(keys, key=lambda key: key.number)),
        recruited.count_told(session, keys),
    )


def _recruiting(work: Work, given: Sequence[Mandate], known: _Known) -> tuple[Recruiting, ...]:
    today = legal_day(work.now)
    states = {one.licence: _state(work, one.licence, known) for one in given}
    return tuple(
        Recruiting(
            one.licence,
            one.starts_on,
            one.ends_on,
            licences_of(
                known.entries.get(one.licence),
                known.against[one.licence],
                today,
                fresh=known.fresh[one.licence.registry],
            ),
            agents_under(one, given, states, today),
            (told := known.told.get(one.licence, NOBODY)).answers,
            told.different,
        )
        for one in given
        if one.under is None and (one.ended_on is None or today < one.ended_on)
    )


def _state(work: Work, licence: LicenceKey, known: _Known) -> LicenceState:
    """How an agent's licence stands today: measures first, then its registry where that is fresh.

    What an old list says against a licence counts longer than what speaks for it.
    """
    today = legal_day(work.now)
    counting = [one for one in known.against[licence] if one.counts_on(today)]
    if any(not may_recruit(WEIGHS[one.kind]) for one in counting):
        return LicenceState.SUSPENDED
    state = licence_state(known.entries.get(licence), today)
    against = state in {LicenceState.SUSPENDED, LicenceState.EXPIRED}
    return state if against or known.fresh[licence.registry] else LicenceState.UNKNOWN
