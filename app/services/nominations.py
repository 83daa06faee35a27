"""An employer names workers for the own vacancies, who then need no answer of the employer."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from app.services.work import Work
from app.storage import nominations, vacancies
from app.storage.vacancies import ListedVacancy
from permits.audit import Act
from permits.deadlines import legal_day
from permits.errors import Conflict, NotFound
from permits.people import Permission
from permits.policies import check_permission
from recruitment.nominations import check_places, read_numbers

__all__ = ["OwnVacancy"]


@dataclass(frozen=True)
class OwnVacancy:
    """A vacancy as its employer sees it; `named` workers were named, and who is kept nowhere."""

    vacancy: ListedVacancy
    named: int
    open: bool


def list_own(work: Work) -> Sequence[OwnVacancy]:
    """The vacancies of the employer for whom this person acts, those that end last on top."""
    check_permission(work.actor, Permission.VACANCY_NAME)
    employer = work.actor.employer
    found = vacancies.list_of_employer(work.session, employer) if employer else []
    named = nominations.count_names(work.session, [one.id for one in found])
    return [_seen(work, one, named.get(one.id, 0)) for one in found]


def read_own(work: Work, vacancy: UUID) -> OwnVacancy:
    """One of them; NotFound for another employer's, as for one that is not there."""
    check_permission(work.actor, Permission.VACANCY_NAME)
    found = vacancies.find_vacancy(work.session, vacancy)
    if found is None or found.offer.employer != str(work.actor.employer):
        raise NotFound("no-such-vacancy")
    named = nominations.count_names(work.session, [vacancy])
    return _seen(work, found, named.get(vacancy, 0))


def name_workers(work: Work, vacancy: UUID, text: str) -> int:
    """Name the holders of these document numbers, one a line; returns how many are new.

    Naming somebody twice is naming them once. Invalid where a number does not pass its check, or
    more are named than there are places; Conflict("vacancy-closed"). It counts for applications
    that are handed in from now on: where the employer was asked already, the link waits.
    """
    seen = _open(work, vacancy)
    kinds = work.ports.reference.programmes[seen.vacancy.programme].identity_kinds
    numbers = read_numbers(text, kinds)
    event = work.event(Act.WORKERS_NAMED, vacancy, {"count": len(numbers)})
    vault = work.ports.vault
    with work.attempt():
        new = nominations.name_workers(work.session, vault, vacancy, numbers, event=event)
        check_places(seen.vacancy.places, seen.named + new)
    return new


def take_back(work: Work, vacancy: UUID, text: str) -> bool:
    """Take one name back; False where nobody of this number was named.

    Who handed an application in while named stays accepted.
    """
    seen = _open(work, vacancy)
    kinds = work.ports.reference.programmes[seen.vacancy.programme].identity_kinds
    number = read_numbers(text, kinds, "number")[0]
    event = work.event(Act.NAME_TAKEN_BACK, vacancy)
    return nominations.take_back(work.session, work.ports.vault, vacancy, number, event=event)


def _open(work: Work, vacancy: UUID) -> OwnVacancy:
    """The vacancy, held, while workers may still name it."""
    read_own(work, vacancy)
    nominations.lock_names(work.session, vacancy)
    seen = read_own(work, vacancy)
    if not seen.open:
        raise Conflict("vacancy-closed")
    return seen


def _seen(work: Work, vacancy: ListedVacancy, named: int) -> OwnVacancy:
    return OwnVacancy(vacancy, named, vacancies.is_open(vacancy, legal_day(work.now)))
