"""Copies of a contract on paper: one for the worker, one for the employer."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from app.services import nominations
from app.services.case import programme_for
from app.services.contracts import read_own_contract
from app.services.work import Work
from app.storage import applications, people, vacancy_contracts
from permits.applications import Application, ApplicationId
from permits.audit import Act
from permits.errors import Conflict
from permits.offers import Offer
from permits.reach import EVERYTHING
from recruitment.contract_papers import PrintedContract
from recruitment.contracts import Contract, offer_of, terms_of


@dataclass(frozen=True)
class EmployersContract:
    """A contract as its employer sees it: the newest version that was agreed to."""

    contract: Contract
    worker_name: str


def print_own(
    work: Work, application: ApplicationId, language: str, *, of_now: bool = False
) -> bytes:
    """The worker's own contract as PDF, as `read_own_contract` finds it."""
    seen = read_own_contract(work, application, of_now=of_now)
    found, name = seen.case.application, seen.case.answers.full_name
    return work.ports.prints.contract(
        _printed(work, found, name, seen.newest, seen.offer), language
    )


def list_for_employer(work: Work, vacancy: UUID) -> Sequence[EmployersContract]:
    """Those who agreed to a contract for a vacancy; NotFound for another employer's.

    Nobody is named before they agreed: an application alone tells an employer nothing.
    """
    nominations.read_own(work, vacancy)
    agreed = vacancy_contracts.list_agreed(work.session, vacancy)
    return [EmployersContract(one, name) for one, name in agreed]


def print_for_employer(
    work: Work, vacancy: UUID, application: ApplicationId, language: str
) -> bytes:
    """The employer's copy as PDF, logged; Conflict where this worker has agreed to nothing."""
    own, listed = nominations.read_own(work, vacancy), list_for_employer(work, vacancy)
    one = next((one for one in listed if one.contract.application == application), None)
    if one is None:
        raise Conflict("no-contract")
    found = applications.get_application(work.session, application, reach=EVERYTHING)
    event = work.event(Act.APPLICATION_READ, application, {"purpose": "contract"})
    people.note_reading(work.session, event=event)
    printed = _printed(work, found, one.worker_name, one.contract, own.vacancy.offer)
    return work.ports.prints.contract(printed, language)


def _printed(
    work: Work, found: Application, name: str, contract: Contract, like: Offer
) -> PrintedContract:
    offer, programme = offer_of(contract.told, like), programme_for(work, found)
    places = work.ports.reference
    return PrintedContract(
        receipt=found.receipt or "",
        full_name=name,
        programme=programme,
        contract=contract,
        offer=offer,
        terms=terms_of(contract.told),
        department=places.departments.get(offer.department, ""),
        municipality=places.municipalities.get(programme.destination, {}).get(
            offer.municipality, ""
        ),
        printed_at=work.now,
    )
