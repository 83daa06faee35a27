"""Who does not read agrees to the contract before a witness, who reads it out to them."""

from dataclasses import dataclass

from app.services.work import Work
from app.storage import applications, companions, people
from app.storage import contracts as rows
from permits.applications import OPEN, Application, ApplicationId, Status
from permits.audit import Act
from permits.errors import Forbidden, NotFound
from permits.people import Permission
from permits.policies import check_permission
from permits.reach import EVERYTHING
from recruitment.contracts import Agreement, Contract, Party, Way, check_acceptable, terms_of
from recruitment.terms import Terms

AGREED_WHILE = OPEN | {Status.APPROVED}
"""While a contract can be agreed to before a witness; a draft has none."""


@dataclass(frozen=True)
class Marking:
    """What a witness reads out, and to whom; `contract` is the newest version."""

    application: Application
    worker_name: str
    contract: Contract
    terms: Terms


def read_for_witness(work: Work, receipt: str) -> Marking:
    """The contract of who came with this receipt; the log says who looked.

    NotFound("no-such-contract") for a receipt that nobody has, and where no contract waits.
    """
    check_permission(work.actor, Permission.CREW_WITNESS)
    identity = companions.find_application(work.session, receipt)
    if identity is None:
        raise NotFound("no-such-contract")
    found, versions = _open(work, identity)
    event = work.event(Act.APPLICATION_READ, identity, {"purpose": "witness"})
    people.note_reading(work.session, event=event)
    name = companions.read_worker_name(work.session, identity)
    return Marking(found, name, versions[-1], terms_of(versions[-1].told))


def witness_acceptance(work: Work, receipt: str, seen: str) -> None:
    """Record the mark under the version that was read out; one that stands is kept.

    Conflict as `check_acceptable` says; Forbidden for the worker's own contract.
    """
    check_permission(work.actor, Permission.CREW_WITNESS)
    identity = companions.find_application(work.session, receipt)
    if identity is None:
        raise NotFound("no-such-contract")
    applications.lock(work.session, identity, reach=EVERYTHING)
    _, versions = _open(work, identity)
    contract = check_acceptable(versions, seen)
    agreement = Agreement(Party.WORKER, Way.WITNESSED, work.now, True, work.actor.person)
    event = work.event(
        Act.CONTRACT_ACCEPTED,
        identity,
        {
            "party": Party.WORKER.value,
            "way": Way.WITNESSED.value,
            "read_aloud": True,
            "version": contract.version,
            "digest": contract.digest,
        },
    )
    rows.add_agreement(work.session, contract, agreement, event=event)


def _open(work: Work, identity: ApplicationId) -> tuple[Application, tuple[Contract, ...]]:
    found = applications.get_application(work.session, identity, reach=EVERYTHING)
    if work.actor.person == found.worker:
        raise Forbidden("own-case")
    versions = rows.list_newest_work(work.session, identity)
    if not versions or found.status not in AGREED_WHILE:
        raise NotFound("no-such-contract")
    return found, versions
