"""The contract for the work of a case as it is shown, with all that was found in it."""

from dataclasses import dataclass
from uuid import UUID

from app.services.case import Case
from app.services.contract_checks import language_told, read_findings, reader_of, reads, understands
from app.services.kept_findings import CaseJudgement
from app.services.work import Work
from app.storage import contracts as rows
from app.storage.contracts import Report
from permits.applications import Status
from permits.offers import Offer
from recruitment.contract_acceptance import find_obstacle, must_witness
from recruitment.contract_standing import Held, hold
from recruitment.contracts import (
    LANGUAGES,
    Agreement,
    Contract,
    Difference,
    Party,
    offer_of,
    terms_of,
)
from recruitment.ethics.rules import RuleFinding
from recruitment.terms import Terms


@dataclass(frozen=True)
class SeenContract:
    """The newest version for the work of a case, and what was found in it (`judged`, if kept).

    `held` tells how it stands against the one before. `must_hear`: the worker reads neither
    language; `must_witness`: they understand neither, so that a witness reads it out to them.
    `acceptable`: the worker can accept it now. `versions` are all for this work, the oldest first;
    `heard_in` is the language in which they heard it, in Spanish.
    """

    case: Case
    offer: Offer
    terms: Terms
    held: Held
    findings: tuple[RuleFinding, ...]
    reports: tuple[Report, ...]
    must_hear: bool
    must_witness: bool
    versions: tuple[Contract, ...]
    heard_in: str
    judged: CaseJudgement | None

    @property
    def newest(self) -> Contract:
        """The newest version."""
        return self.held.newest

    @property
    def base(self) -> Contract:
        """The version that it is held against."""
        return self.held.base

    @property
    def differences(self) -> tuple[Difference, ...]:
        """What changed since."""
        return self.held.differences

    @property
    def worker(self) -> Agreement | None:
        """That the worker agreed to it."""
        return self.newest.by(Party.WORKER)

    @property
    def employer(self) -> Agreement | None:
        """That the employer agreed to it."""
        return self.newest.by(Party.EMPLOYER)

    @property
    def acceptable(self) -> bool:
        """Whether the worker can accept it now."""
        return self.worker is None and find_obstacle(self.held) is None

    @property
    def awaited(self) -> bool:
        """Whether SETRASS decides only once the worker has agreed, and they can."""
        reviewed = self.case.application.status is Status.UNDER_REVIEW
        return self.case.programme.contract_first and reviewed and self.acceptable


def see_contract(work: Work, case: Case) -> SeenContract | None:
    """The contract for the work of a case that is open to the reader; None where there is none."""
    if case.offer is None or case.offer.is_pool:
        return None
    every = rows.list_versions(work.session, case.application.id)
    versions = of_vacancy(every, UUID(case.offer.vacancy))
    if not versions:
        return None
    reports = tuple(rows.list_reports(work.session, case.application.id))
    held = hold(versions)
    found, judged = read_findings(work, reader_of(case), versions, reports, every[-1].vacancy)
    return SeenContract(
        case,
        offer_of(held.newest.told, case.offer),
        terms_of(held.newest.told),
        held,
        found,
        reports,
        not reads(case) & LANGUAGES,
        must_witness(understands(case)),
        versions,
        language_told(work, held.newest),
        judged,
    )


def find_held(work: Work, case: Case) -> Held | None:
    """How the newest version for the work of a case stands, and no more; None where none is."""
    if case.offer is None or case.offer.is_pool:
        return None
    every = rows.list_versions(work.session, case.application.id)
    versions = of_vacancy(every, UUID(case.offer.vacancy))
    return hold(versions) if versions else None


def lookers_of(seen: SeenContract | None) -> set[UUID]:
    """Who of SETRASS read what changed."""
    look = seen.held.look if seen else None
    return {look.official} if look else set()


def of_vacancy(every: tuple[Contract, ...], vacancy: UUID) -> tuple[Contract, ...]:
    """The versions for one work, the oldest first."""
    return tuple(one for one in every if one.vacancy == vacancy)
