"""Who does not read agrees to the contract before a witness, who reads it out to them."""

from dataclasses import dataclass

from app.services.contract_checks import Reader, keep_agreement, understood
from app.services.kept_findings import Whose
from app.services.wage_runs import judge_newer_soon
from app.services.work import Work
from app.storage import applications, companions, crews, drafts, people, vacancies
from app.storage import contracts as rows
from app.storage.heard_languages import note_language
from app.storage.witnesses import has_other_witness
from permits.applications import OPEN, Application, ApplicationId, Status
from permits.audit import Act
from permits.errors import Forbidden, NotFound
from permits.offers import Offer
from permits.people import ROLE_PERMISSIONS, Permission
from permits.policies import check_permission
from permits.reach import EVERYTHING
from recruitment.contract_acceptance import (
    check_acceptable,
    check_deductions,
    check_heard_in,
    facts_of,
    find_obstacle,
)
from recruitment.contract_standing import hold
from recruitment.contracts import (
    Agreement,
    Contract,
    Party,
    Way,
    offer_of,
    terms_of,
)
from recruitment.terms import Terms

AGREED_WHILE = OPEN | {Status.APPROVED}
"""While a contract can be agreed to before a witness; a draft has none."""


WITNESSES = frozenset(
    role for role, held in ROLE_PERMISSIONS.items() if Permission.CREW_WITNESS in held
)


@dataclass(frozen=True)
class Marking:
    """What a witness reads out, and to whom; `contract` is the newest version, `place` by name.

    `languages` are those that the worker speaks. `heard`: they agreed, and nothing is left to be
    read out; an old mark that tells no language has it be. `obstacle` tells why nobody may accept
    it now: then nothing is read out.
    """

    application: Application
    worker_name: str
    contract: Contract
    offer: Offer
    terms: Terms
    place: str
    languages: frozenset[str]
    heard: bool
    obstacle: str | None


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
    name, newest = companions.read_worker_name(work.session, identity), versions[-1]
    vacancy = vacancies.find_vacancy(work.session, newest.vacancy)
    if vacancy is None:
        raise NotFound("no-such-contract")
    offer = offer_of(newest.told, vacancy.offer)
    place = _place(work, vacancy.programme, offer)
    reader, agreed = _reader(work, found), newest.by(Party.WORKER)
    heard = agreed is not None and not _lacks_language(work, reader, agreed)
    terms, obstacle = terms_of(newest.told), None if agreed else find_obstacle(hold(versions))
    return Marking(found, name, newest, offer, terms, place, reader.speaks, heard, obstacle)


def witness_acceptance(
    work: Work, receipt: str, seen: str, heard_in: str, deductions: bool | None = None
) -> None:
    """Record the mark under the version that was read out, and in which language (R17).

    A mark that stands is kept; where nobody noted its language, that is added, with what they say
    of deductions (R13). Invalid as `check_heard_in` and `check_deductions` say, and Conflict as
    `check_acceptable`; Forbidden for the worker's own contract, for whoever registered the list by
    which they came, as they gain by the mark, and for the facilitator who filled in the
    application, unless they are alone at their place: a person whom one account alone has seen
    could be nobody.
    """
    check_permission(work.actor, Permission.CREW_WITNESS)
    identity = companions.find_application(work.session, receipt)
    if identity is None:
        raise NotFound("no-such-contract")
    applications.lock(work.session, identity, reach=EVERYTHING)
    found, versions = _open(work, identity)
    contract = check_acceptable(versions, seen)
    reader = _reader(work, found)
    check_heard_in(reader.speaks, heard_in)
    own = check_deductions(contract, deductions)
    told = (work.now, True, work.actor.person, heard_in, own)
    agreement = Agreement(Party.WORKER, Way.WITNESSED, *told)
    event = work.event(Act.CONTRACT_ACCEPTED, identity, facts_of(contract, agreement))
    before = contract.by(Party.WORKER)
    if before and _lacks_language(work, reader, before):
        note_language(work.session, contract, agreement, event=event)
    else:
        rows.add_agreement(work.session, contract, agreement, event=event)
    keep_agreement(work, reader)
    judge_newer_soon(work, identity)


def _lacks_language(work: Work, reader: Reader, agreed: Agreement) -> bool:
    """Whether nobody noted in which language it was heard, and so nobody knows it understood."""
    return agreed.heard_in is None and not understood(work, reader, agreed)


def _reader(work: Work, found: Application) -> Reader:
    _, draft = drafts.read_whole(work.session, work.ports.vault, found.id, reach=EVERYTHING)
    spoken, read = (draft.answers.get(f"languages_{name}") or () for name in ("spoken", "read"))
    whose = Whose(found.id, found.worker, found.programme)
    return Reader(whose, frozenset(spoken), frozenset(read))


def _place(work: Work, programme: str, offer: Offer) -> str:
    places = work.ports.reference
    destination = places.programmes[programme].destination
    town = places.municipalities.get(destination, {}).get(offer.municipality, "")
    return ", ".join(part for part in (town, places.departments.get(offer.department, "")) if part)


def _open(work: Work, identity: ApplicationId) -> tuple[Application, tuple[Contract, ...]]:
    found = applications.get_application(work.session, identity, reach=EVERYTHING)
    if work.actor.person == found.worker:
        raise Forbidden("own-case")
    if crews.is_registered_by(work.session, identity, work.actor.person):
        raise Forbidden("own-crew")
    if work.actor.person == found.assisted_by and has_other_witness(
        work.session, work.actor, WITNESSES
    ):
        raise Forbidden("own-assisted")
    versions = rows.list_newest_work(work.session, identity)
    if not versions or found.status not in AGREED_WHILE:
        raise NotFound("no-such-contract")
    return found, versions
