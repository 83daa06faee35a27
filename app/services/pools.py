"""Work that may be named: an employer's vacancy, or the pool of a department as it stands today.

Pools follow from the programmes' files. The row of one is kept when somebody names it first: it
places the application for who may know of it, and nothing of its terms is read from it again while
the pool is open.
"""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from app.services.work import Work
from app.storage import vacancies
from app.storage.vacancies import ListedVacancy
from permits.audit import Act
from permits.deadlines import legal_day
from permits.offers import Offer
from permits.pools import pool_offer
from permits.programmes import Programme
from permits.quotas import quotas_of


def list_pools(work: Work, programme: str) -> Sequence[ListedVacancy]:
    """The pools of a programme in the order of its file; none where it has none."""
    return _pools(work, work.ports.reference.programmes[programme])


def find_work(work: Work, vacancy: UUID) -> ListedVacancy | None:
    """What an id names, whatever its status; a pool with the terms of today."""
    found = vacancies.find_vacancy(work.session, vacancy)
    if found is not None and not found.offer.is_pool:
        return found
    for programme in work.ports.reference.programmes.values():
        for pool in _pools(work, programme):
            if pool.id == vacancy:
                return pool
    return found


def find_works(work: Work, some: Collection[UUID]) -> Mapping[UUID, ListedVacancy]:
    """The same of many, those that are known; one statement."""
    found = {one.id: one for one in vacancies.list_some(work.session, list(some))}
    if len(found) == len(set(some)) and not any(one.offer.is_pool for one in found.values()):
        return found
    every = work.ports.reference.programmes.values()
    pools = {pool.id: pool for programme in every for pool in _pools(work, programme)}
    return found | {key: pool for key, pool in pools.items() if key in some}


def keep_pool(work: Work, chosen: ListedVacancy) -> None:
    """Have the row of a pool that somebody names; nothing for an employer's vacancy."""
    if chosen.offer.is_pool:
        event = work.event(Act.VACANCY_ADDED, chosen.id, {"programme": chosen.programme})
        vacancies.keep_pool(work.session, chosen, work.now, event=event)


def _pools(work: Work, programme: Programme) -> Sequence[ListedVacancy]:
    today = legal_day(work.now)
    programme, wages = programme.on(today), work.ports.reference.minimum_wages
    offers = (pool_offer(programme, one, wages, today) for one in programme.pool)
    return [_listed(work, programme, offer) for offer in offers if offer is not None]


def _listed(work: Work, programme: Programme, offer: Offer) -> ListedVacancy:
    """The pool has as many places as the tightest of its quotas, or one where none is counted."""
    rows = quotas_of(programme.quotas, offer, legal_day(work.now))
    places = max(1, min((row.value for row in rows), default=1))
    return ListedVacancy(UUID(offer.vacancy), programme.code, "open", places, offer, None, None)
