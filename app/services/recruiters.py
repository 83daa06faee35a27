"""Recruiters as anybody may look them up, and the mandates that employers give them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from app.services import judging_runs, registrations, standings
from app.services.registries import RegistryState, state_of
from app.services.work import Work
from app.storage import mandates, offer_reports, registries
from app.storage.registries import Listed
from permits.audit import Act
from permits.deadlines import legal_day
from permits.errors import Conflict, Fault, Invalid, NotFound
from recruitment.recruiters import (
    LicenceKey,
    LicenceState,
    Mandate,
    chain_of,
    check_new,
    is_mandated,
)
from recruitment.recruiters import state_of as licence_state
from recruitment.registries import OF_RECRUITERS, Entry, Registry, name_key, normal_number
from recruitment.standings import StandingOf, may_recruit

SHOWN = 50


@dataclass(frozen=True)
class Recruiter:
    """A recruiter as a registry lists them; `state` is UNKNOWN where its list is too old.

    `phone` is what the registry publishes, None where nothing. `of_this_name`: confirmed warnings
    about somebody of this name, who may be another.
    """

    key: LicenceKey
    name: str
    state: LicenceState
    starts_on: date | None
    ends_on: date | None
    phone: str | None
    standing: StandingOf
    of_this_name: int = 0


@dataclass(frozen=True)
class Search:
    """What was found, and how fresh each registry's list is."""

    found: tuple[Recruiter, ...]
    registries: tuple[RegistryState, ...]

    @property
    def answered(self) -> bool:
        """Whether the lists can say that somebody is not in them."""
        return all(one.fresh for one in self.registries)


def search(work: Work, text: str) -> Search:
    """Recruiters by words of their name, or by their licence; 50 at most, none for no words."""
    number, words = normal_number(text), name_key(text).split()
    listed: list[Listed] = []
    if any(letter.isdigit() for letter in number):
        listed = registries.list_matching(work.session, OF_RECRUITERS, numbers=[number])
    if words and not listed:
        listed = registries.list_named(work.session, OF_RECRUITERS, words, SHOWN)
    return Search(tell(work, listed), list_registries(work))


def list_registries(work: Work) -> tuple[RegistryState, ...]:
    """How fresh the lists of recruiters are."""
    newest = registries.list_newest(work.session)
    return tuple(state_of(work, one, newest) for one in OF_RECRUITERS)


def tell(work: Work, listed: Sequence[Listed]) -> tuple[Recruiter, ...]:
    """What is told of lines of the registries: how each licence and each recruiter stands."""
    fresh = {one.info.registry: one.fresh for one in list_registries(work)}
    keys = [LicenceKey(one.registry, one.entry.number) for one in listed]
    states = {
        key: _state(work, one.entry, fresh=fresh[key.registry])
        for key, one in zip(keys, listed, strict=True)
    }
    stand = standings.of_licences(work, states)
    return tuple(
        _recruiter(key, one.entry, states[key], stand[key])
        for key, one in zip(keys, listed, strict=True)
    )


def read_recruiter(work: Work, registry: Registry, number: str) -> Recruiter:
    """One recruiter with what weighs against them; NotFound("no-such-recruiter")."""
    found = registries.find_entry(work.session, registry, normal_number(number))
    if registry not in OF_RECRUITERS or found is None:
        raise NotFound("no-such-recruiter")
    (known,) = list_registries_of(work, registry)
    state = _state(work, found, fresh=known.fresh)
    key = LicenceKey(registry, found.number)
    reports = offer_reports.count_confirmed(
        work.session,
        work.ports.vault,
        phones=[found.phone] if found.phone else [],
        licences=[found.number],
        names=[name_key(found.name)],
    )
    against = standings.read_measures(work, key)
    standing = standings.of_recruiter(work, state, against, reports.matching)
    return replace(_recruiter(key, found, state, standing), of_this_name=reports.of_this_name)


def list_registries_of(work: Work, registry: Registry) -> tuple[RegistryState]:
    """How fresh one registry's list is."""
    return (state_of(work, registry, registries.list_newest(work.session)),)


def count_employers(work: Work, key: LicenceKey) -> int:
    """How many employers have named this recruiter today."""
    return mandates.count_of_licence(work.session, key, legal_day(work.now))


@dataclass(frozen=True)
class Named:
    """A mandate, the recruiter by their name in the registry, and whether it is in force."""

    mandate: Mandate
    name: str
    state: LicenceState
    in_force: bool
    depth: int


def list_mandates(work: Work, token: str) -> list[Named]:
    """Whom the own employer has named, agents after who named them."""
    return list_of_employer(work, registrations.own_employer(work, token).id)


def list_of_employer(work: Work, employer: UUID) -> list[Named]:
    """The mandates of an employer with how each licence stands today, measures weighed too.

    One is in force where every licence above it is.
    """
    given = mandates.list_of_employer(work.session, employer)
    entries = _entries(work, given)
    today = legal_day(work.now)
    fresh = {one.info.registry: one.fresh for one in list_registries(work)}
    listed = {
        one.licence: _state(work, entries.get(one.licence), fresh=fresh[one.licence.registry])
        for one in given
    }
    stand = standings.of_licences(work, listed)
    states = {key: _weighed(state, stand[key]) for key, state in listed.items()}
    found = []
    for one in given:
        chain, state = chain_of(one, given), states[one.licence]
        entry = entries.get(one.licence)
        valid = all(states[each.licence] is LicenceState.VALID for each in chain)
        counts = valid and is_mandated(one, given, today)
        name = entry.name if entry else one.licence.number
        found.append(Named(one, name, state, counts, len(chain)))
    order = {one.id: number for number, one in enumerate(given)}
    return sorted(found, key=lambda n: [order[one.id] for one in chain_of(n.mandate, given)])


def give_mandate(
    work: Work, token: str, text: str, starts_on: date, ends_on: date, under: UUID | None = None
) -> Mandate:
    """Name a recruiter by their licence, or an agent under one; Invalid with what is wrong.

    Who recruits weighs on every vacancy: they are judged again. Whom a measure stops is named by
    nobody, whatever their registry says.
    """
    own = registrations.own_employer(work, token)
    number = normal_number(text)
    listed = registries.list_matching(work.session, OF_RECRUITERS, numbers=[number])
    if not listed:
        raise Invalid([Fault("licence-none", "licence")])
    if len(listed) > 1:
        raise Invalid([Fault("licence-twice", "licence")])
    key = LicenceKey(listed[0].registry, listed[0].entry.number)
    given = mandates.list_of_employer(work.session, own.id)
    mandate = Mandate(work.new_id(), key, starts_on, ends_on, under)
    (found,) = tell(work, listed)
    if starts_on < legal_day(work.now):
        raise Invalid([Fault("date-past", "starts_on")])
    check_new(mandate, given, _weighed(found.state, found.standing))
    event = own.work.event(Act.MANDATE_GIVEN, mandate.id, {"registry": key.registry.value})
    owner = own.work.actor.person
    mandates.add_mandate(work.session, own.id, mandate, owner, work.now, event=event)
    judging_runs.start_run(own.work, "mandate", own.id)
    return mandate


def end_mandate(work: Work, token: str, mandate: UUID) -> None:
    """Take the own word back from today; Conflict("mandate-ended") where that was done."""
    own = registrations.own_employer(work, token)
    event = own.work.event(Act.MANDATE_ENDED, mandate)
    today = legal_day(work.now)
    if not mandates.end_mandate(work.session, own.id, mandate, today, event=event):
        raise Conflict("mandate-ended")
    judging_runs.start_run(own.work, "mandate", own.id)


def _entries(work: Work, given: Sequence[Mandate]) -> Mapping[LicenceKey, Entry]:
    numbers = [one.licence.number for one in given]
    listed = registries.list_matching(work.session, OF_RECRUITERS, numbers=numbers, limit=1000)
    return {LicenceKey(one.registry, one.entry.number): one.entry for one in listed}


def _state(work: Work, entry: Entry | None, *, fresh: bool) -> LicenceState:
    """As the registry says, where its list is fresh; what it says against them counts longer."""
    state = licence_state(entry, legal_day(work.now))
    against = {LicenceState.SUSPENDED, LicenceState.EXPIRED}
    return state if fresh or state in against else LicenceState.UNKNOWN


def _weighed(state: LicenceState, standing: StandingOf) -> LicenceState:
    """A licence that stands in its registry is worth nothing where a measure stops who holds it."""
    stopped = state is LicenceState.VALID and not may_recruit(standing.standing)
    return LicenceState.SUSPENDED if stopped else state


def _recruiter(
    key: LicenceKey, entry: Entry, state: LicenceState, standing: StandingOf
) -> Recruiter:
    return Recruiter(key, entry.name, state, entry.starts_on, entry.ends_on, entry.phone, standing)
