"""A case as everybody sees it: the application, what was handed in, findings and decisions."""

import json
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.services.reaching import reading, writing
from app.services.ties import ties_of
from app.services.work import Work
from app.storage import (
    acceptances,
    applications,
    approvals,
    authorisations,
    documents,
    drafts,
    employer_changes,
    rounds,
    vacancies,
)
from app.storage.documents import Document
from app.storage.drafts import Draft
from app.storage.vacancies import ListedVacancy
from permits import offers
from permits.applications import Application, ApplicationId, Status
from permits.approvals import Decision
from permits.authorisations import Authorisation, AuthorisationStatus
from permits.deadlines import legal_day
from permits.eligibility import EligibilityFacts, check_eligibility
from permits.errors import Conflict
from permits.findings import Finding
from permits.offers import Offer
from permits.policies import NO_TIES, Ties
from permits.programmes import Hiring, Programme
from permits.reach import EVERYTHING
from permits.renewals import Renewal
from permits.submissions import Answers, DocumentKind, from_mapping


@dataclass(frozen=True)
class Case:
    """Everything that a decision rests on. `decisions` are those of the present round.

    `vacancy` is the one that a draft or a returned case names, as it stands; a submitted case has
    its offer as it was handed in, or as labour changed it later (W21). `renewal` is what a renewal
    goes on from. `ties` are those of the official who reads it.
    """

    application: Application
    programme: Programme
    answers: Answers
    offer: Offer | None
    documents: tuple[Document, ...]
    decisions: tuple[Decision, ...]
    findings: tuple[Finding, ...]
    ties: Ties = NO_TIES
    vacancy: ListedVacancy | None = None
    renewal: Renewal | None = None


def programme_of(work: Work, code: str, on: date | None = None) -> Programme:
    """The programme of a code as it stands on a day, today unless told.

    Conflict where the reference data has it no more.
    """
    try:
        return work.ports.reference.programmes[code].on(on or legal_day(work.now))
    except KeyError:
        raise Conflict("no-such-programme", programme=code) from None


def programme_for(work: Work, application: Application) -> Programme:
    """The programme that an application is judged by (decision 29).

    That of the day on which it was first handed in, whatever changed since; today's for a draft.
    """
    handed_in = application.submitted_at
    return programme_of(work, application.programme, legal_day(handed_in) if handed_in else None)


def load_case(work: Work, application: ApplicationId, *, lock: bool = False) -> Case:
    """Read a case within reach; with `lock` its row is held until the transaction ends.

    What is locked is meant to be written: a file that was opened for reading alone is not found.

    A submitted case is read from the content of its round, which is what the digest covers; a
    draft from the answers as they stand.
    """
    reach, vault = writing(work) if lock else reading(work), work.ports.vault
    found, draft = drafts.read_whole(work.session, vault, application, reach=reach, lock=lock)
    programme = programme_for(work, found)
    files = tuple(documents.list_documents(work.session, application))
    answers, offer, vacancy = _content(work, found, draft)
    renewal = find_renewed(work, found, lock=lock) if found.renews else None
    facts = _facts(work, found, answers, offer, files, renewal)
    today = legal_day(work.now)
    return Case(
        found,
        programme,
        answers,
        offer,
        files,
        tuple(approvals.list_current(work.session, found)),
        check_eligibility(facts, programme, today),
        ties_of(work, found, answers.document_number),
        vacancy,
        renewal,
    )


def find_renewed(work: Work, application: Application, *, lock: bool = False) -> Renewal | None:
    """What a renewal goes on from, walked back to the first right of the stay.

    With `lock` the right before is held, so that nobody takes it back meanwhile.
    """
    if application.renews is None:
        return None
    get = authorisations.lock_authorisation if lock else authorisations.get_authorisation
    before = first = get(work.session, application.renews, reach=EVERYTHING)
    earlier = [first.application]
    while (of := _application_of(work, first)).renews is not None:
        first = authorisations.get_authorisation(work.session, of.renews, reach=EVERYTHING)
        earlier.append(first.application)
    stands = before.stored is AuthorisationStatus.GRANTED
    return Renewal(before.id, first.valid_from, before.valid_until, tuple(earlier), stands)


def _application_of(work: Work, right: Authorisation) -> Application:
    return applications.get_application(work.session, right.application, reach=EVERYTHING)


def _content(
    work: Work, application: Application, draft: Draft
) -> tuple[Answers, Offer | None, ListedVacancy | None]:
    if application.round == 0 or application.status is Status.RETURNED:
        vacancy = vacancies.find_vacancy(work.session, draft.vacancy) if draft.vacancy else None
        return from_mapping(draft.answers), vacancy.offer if vacancy else None, vacancy
    vault = work.ports.vault
    submitted = rounds.find_round(work.session, vault, application.id, application.round)
    if submitted is None:
        raise Conflict("content-missing")
    content = json.loads(submitted.content)
    answers = from_mapping({**content["answers"], "phone": draft.answers.get("phone")})
    if application.status is Status.APPROVED:
        changed = employer_changes.find_granted(work.session, application.id)
        if changed is not None:
            return answers, changed.offer, None
    return answers, offers.from_mapping(content["offer"]) if content["offer"] else None, None


def _facts(
    work: Work,
    application: Application,
    answers: Answers,
    offer: Offer | None,
    files: tuple[Document, ...],
    renewal: Renewal | None,
) -> EligibilityFacts:
    kinds = frozenset(document.kind for document in files)
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
        offer=offer,
        employer_accepts=employer_accepts(work, application.id, offer),
        similar_applications=_count_similar(work, application, answers.document_number, renewal),
        brings_documents=answers.brings_documents,
        brings_photo=answers.brings_photo,
        minimum_wages=work.ports.reference.minimum_wages,
        renewal=renewal,
    )


def _count_similar(
    work: Work, application: Application, number: str | None, renewal: Renewal | None
) -> int:
    if not number:
        return 0
    known = [application.id, *(renewal.applications if renewal else ())]
    return drafts.count_similar(work.session, work.ports.vault, known, number)


def employer_accepts(work: Work, application: ApplicationId, offer: Offer | None) -> bool | None:
    """Whether the employer takes this worker; None while the answer is awaited.

    An offer of the hiring form `open` has accepted beforehand whoever meets its terms.
    """
    if offer is None:
        return None
    if offer.hiring is Hiring.OPEN:
        return True
    acceptance = acceptances.find_acceptance(work.session, application, UUID(offer.vacancy))
    return acceptance.accepted if acceptance else None
