"""A mission or a foreign authority reads a vacancy and its employer, and attests it or not (E5)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from app.services import standings, vacancy_judging
from app.services.kept_vacancies import KeptVacancy, read_kept
from app.services.work import Work
from app.storage import attestations as kept
from app.storage import vacancies, vacancy_terms
from app.storage.vacancies import ListedVacancy
from permits.audit import Act, Fact
from permits.deadlines import legal_day
from permits.errors import Conflict, NotFound, Stale, refuse_if
from permits.people import Permission
from permits.policies import check_permission
from permits.programmes import Programme
from recruitment.attestations import (
    Attestation,
    check_attests,
    find_faults,
    is_asked,
    is_signed,
    last_day,
    sign,
)
from recruitment.standings import StandingOf
from recruitment.vacancies import EDITABLE

PLACE = "vacancy_attestations.signature"


@dataclass(frozen=True)
class Word:
    """What is said: yes or no, and why. `seen` is the digest (hex) of what was read."""

    id: UUID
    agrees: bool
    grounds: str
    seen: str


@dataclass(frozen=True)
class VacancyToAttest:
    """A vacancy and who hires, as a mission reads them; `given` the oldest first."""

    looked: KeptVacancy
    standing: StandingOf
    given: Sequence[Attestation]


def list_waiting(work: Work) -> Sequence[ListedVacancy]:
    """Vacancies of the own country whose programme asks for a word, the oldest first."""
    check_permission(work.actor, Permission.VACANCY_ATTEST)
    programmes = work.ports.reference.programmes.values()
    own = [
        one.code for one in programmes if one.destination == work.actor.country and is_asked(one)
    ]
    return kept.list_waiting(work.session, own)


def read_vacancy(work: Work, vacancy: UUID) -> VacancyToAttest:
    """One vacancy with its employer; that it was opened stands in the log.

    NotFound for a draft that nobody asked about, and where no attestation is asked; Forbidden for
    another country's.
    """
    found = _read(work, vacancy)
    event = work.event(Act.VACANCY_READ_ABROAD, vacancy)
    kept.note_reading(work.session, event=event)
    return found


def attest(work: Work, vacancy: UUID, word: Word) -> Attestation:
    """Say yes or no; the vacancy is judged again at once. The same `id` is said once.

    1. the vacancy, held, as it is told now: Stale where it is not what was read; 2. the words;
    3. signed by the official's key, with its last day; 4. judged.
    """
    vacancy_terms.lock_vacancy(work.session, vacancy)  # 1
    found = _read(work, vacancy)
    said = {one.id: one for one in found.given}
    if word.id in said:
        return said[word.id]
    if word.seen != found.looked.told.hex():
        raise Stale("changed-meanwhile")
    refuse_if(find_faults(word.grounds))  # 2
    if found.looked.vacancy.status not in EDITABLE:
        raise Conflict("vacancy-over")
    programme = _programme(work, found.looked.vacancy)
    unsigned = Attestation(  # 3
        word.id,
        vacancy,
        programme.destination,
        word.agrees,
        " ".join(word.grounds.split()),
        found.looked.told,
        work.actor.person,
        work.now,
        last_day(programme, legal_day(work.now)),
    )
    signed = replace(unsigned, signature=sign(_seed(work, unsigned), unsigned))
    facts: dict[str, Fact] = {
        "agrees": word.agrees,
        "country": signed.country,
        "until": signed.ends_on.isoformat(),
    }
    event = work.event(Act.VACANCY_ATTESTED, vacancy, facts)
    kept.add_attestation(work.session, signed, event=event)
    vacancy_judging.judge_vacancies(work, [vacancy], "attestation")  # 4
    return signed


def is_genuine(work: Work, attestation: Attestation) -> bool:
    """Whether it stands as its official signed it: whoever changed it since could not sign it."""
    return is_signed(_seed(work, attestation), attestation)


def _read(work: Work, vacancy: UUID) -> VacancyToAttest:
    check_permission(work.actor, Permission.VACANCY_ATTEST)
    found = vacancies.find_vacancy(work.session, vacancy)
    if found is None or found.offer.is_pool or not (found.asked or found.status != "draft"):
        raise NotFound("no-such-vacancy")
    programme = _programme(work, found)
    if not is_asked(programme):
        raise NotFound("no-such-vacancy")
    check_attests(work.actor, programme)
    return VacancyToAttest(
        read_kept(work, found),
        standings.of_employer(work, UUID(found.offer.employer)),
        kept.list_attestations(work.session, [vacancy]).get(vacancy, ()),
    )


def _programme(work: Work, vacancy: ListedVacancy) -> Programme:
    return work.ports.reference.programmes[vacancy.programme]


def _seed(work: Work, attestation: Attestation) -> bytes:
    return work.ports.vault.index(PLACE, str(attestation.official))
