"""What a case is made of, and what its checks look at in it."""

from dataclasses import dataclass

from app.services.work import Work
from app.storage import hindrances
from app.storage.case_files import NOT_DRAWN, DrawnContract
from app.storage.documents import Document
from app.storage.vacancies import ListedVacancy
from permits.approvals import Decision
from permits.deadlines import legal_day
from permits.eligibility import EligibilityFacts
from permits.employer_bars import Hindrance
from permits.identity_checks import ReadZone
from permits.later_papers import LaterPapers, ShownPaper
from permits.offers import Offer
from permits.people import Agency
from permits.policies import Ties
from permits.programmes import Programme
from permits.recommendations import Recommendation
from permits.renewals import Renewal
from permits.standing_rights import StandingRight
from permits.submissions import Answers, DocumentKind


@dataclass(frozen=True)
class Inside:
    """However a case was read. `accepts` is the employer's answer, if any.

    `marked`: an agent's mark that the worker may be a child stands. `rights` stand under other
    cases of the person.
    """

    answers: Answers
    offer: Offer | None
    documents: tuple[Document, ...]
    decisions: tuple[Decision, ...]
    similar: int
    accepts: bool | None
    ties: Ties
    vacancy: ListedVacancy | None = None
    zone: ReadZone | None = None
    recommendations: tuple[Recommendation, ...] = ()
    hindrance: Hindrance | None = None
    rehire: bool = False
    agencies: tuple[Agency, ...] = ()
    contract: DrawnContract = NOT_DRAWN
    marked: bool = False
    shown: tuple[ShownPaper, ...] = ()
    rights: tuple[StandingRight, ...] = ()


def facts_of(
    work: Work, programme: Programme, inside: Inside, renewal: Renewal | None
) -> EligibilityFacts:
    """What the checks of a programme look at in a case."""
    answers, kinds = inside.answers, frozenset(document.kind for document in inside.documents)
    return EligibilityFacts(
        document_kind=answers.document_kind,
        document_number=answers.document_number,
        given_names=answers.given_names,
        surnames=answers.surnames,
        date_of_birth=answers.date_of_birth,
        sex=answers.sex,
        nationality=answers.nationality,
        municipality=answers.municipality,
        languages_spoken=answers.languages_spoken,
        languages_read=answers.languages_read,
        documents_present=kinds - {DocumentKind.PHOTO},
        photo_present=DocumentKind.PHOTO in kinds,
        offer=inside.offer,
        employer_accepts=inside.accepts,
        similar_applications=inside.similar,
        brings_documents=answers.brings_documents,
        brings_photo=answers.brings_photo,
        minimum_wages=tuple(work.ports.reference.minimum_wages),
        renewal=renewal,
        hindrance=inside.hindrance,
        rehire=inside.rehire,
        mrz=inside.zone.text if inside.zone else "",
        identity_confirmed=bool(inside.zone and inside.zone.confirmed),
        looks_like_child=inside.marked,
        contract_waits=_contract_waits(programme, inside),
        later=_later(inside),
        standing_rights=inside.rights,
    )


def hindrance_of(work: Work, vacancy: ListedVacancy | None) -> Hindrance | None:
    """What keeps a work from being sent for; most are free of anything, and nothing is asked."""
    if vacancy is None or not (vacancy.barred or vacancy.held):
        return None
    return hindrances.find_hindrance(work.session, vacancy.id, legal_day(work.now))


def _later(inside: Inside) -> LaterPapers:
    """What was seen at an office, and the first day on which a photo of each paper came."""
    late = sorted(inside.documents, key=lambda one: one.attached_at, reverse=True)
    return LaterPapers(
        {one.paper.value: (legal_day(one.shown_at), one.agency) for one in inside.shown},
        {one.paper.value: legal_day(one.attached_at) for one in late if one.paper},
    )


def _contract_waits(programme: Programme, inside: Inside) -> bool:
    """Whether SETRASS is held by a contract to which the worker has not agreed yet."""
    if not programme.contract_first or inside.offer is None or inside.offer.is_pool:
        return False
    decided = any(one.agency is Agency.SETRASS for one in inside.decisions)
    return inside.contract.versions > 0 and inside.contract.agreed is None and not decided
