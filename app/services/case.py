"""A case as everybody sees it: the application, what was handed in, findings and decisions."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from app.services.case_facts import Inside, facts_of, hindrance_of
from app.services.compared_documents import standing
from app.services.pools import find_work
from app.services.reaching import reading, writing
from app.services.rights_before import find_before
from app.services.ties import reader_of, ties_of
from app.services.work import Work
from app.storage import (
    acceptances,
    appeals,
    approvals,
    case_files,
    documents,
    drafts,
    employer_changes,
    identity_changes,
    shown_papers,
    taken_back,
)
from app.storage.case_files import NOT_DRAWN, CaseFile
from app.storage.case_files import DrawnContract as DrawnContract
from app.storage.documents import Document
from app.storage.drafts import Draft
from app.storage.vacancies import ListedVacancy
from permits import offers
from permits.applications import Application, ApplicationId, Status
from permits.approvals import Decision
from permits.deadlines import legal_day
from permits.eligibility import check_eligibility
from permits.errors import Conflict
from permits.findings import Finding
from permits.identity_changes import applied
from permits.identity_checks import ReadZone
from permits.later_papers import ShownPaper, counting
from permits.offers import Offer
from permits.people import Agency
from permits.policies import NO_TIES, Ties, Turn
from permits.programmes import Hiring, Programme
from permits.recommendations import NO_ADVICE, Advice, decided_before_recourse
from permits.renewals import Renewal
from permits.submissions import Answers, from_mapping
from permits.watch import OPEN as OPEN_CHECK


@dataclass(frozen=True)
class Case:
    """Everything that a decision rests on. `decisions` are those of the present round.

    `vacancy` is the one that a draft or a returned case names, as it stands; a submitted case has
    its offer as it was handed in, or as labour changed it later (W21), and the identity data as
    both agencies changed them (O15). `renewal` is what a renewal goes on from. `ties` are those of
    the official who reads it, `zone` is what one of them read from the document itself, `advice`
    what the agencies were recommended in the present round, `contract` how that of the work
    stands, `shown` the papers that officials saw and that count in the round. `agencies` are
    those that decide on the present round, in their order: what the programme asked when it was
    handed in, or of a draft what it asks now.
    """

    application: Application
    programme: Programme
    answers: Answers
    offer: Offer | None
    documents: tuple[Document, ...]
    decisions: tuple[Decision, ...]
    findings: tuple[Finding, ...]
    agencies: tuple[Agency, ...]
    ties: Ties = NO_TIES
    vacancy: ListedVacancy | None = None
    renewal: Renewal | None = None
    zone: ReadZone | None = None
    advice: Advice = NO_ADVICE
    contract: DrawnContract = NOT_DRAWN
    shown: tuple[ShownPaper, ...] = ()

    @property
    def turn(self) -> Turn:
        """What tells whose turn it is, for the official who reads the case."""
        return Turn(
            self.application,
            self.decisions,
            self.agencies,
            self.programme.sequential,
            self.ties,
            self.advice,
            self.programme.sealed,
        )


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

    That of the day on which it was first handed in; today's for a draft.
    """
    handed_in = application.submitted_at
    return programme_of(work, application.programme, legal_day(handed_in) if handed_in else None)


def load_case(work: Work, application: ApplicationId, *, lock: bool = False) -> Case:
    """Read a case within reach; with `lock` its row is held until the transaction ends.

    What is locked is meant to be written: a file that was opened for reading alone is not found.
    A submitted case is read from its round, which the digest covers; a draft as it stands.
    """
    reach, vault = writing(work) if lock else reading(work), work.ports.vault
    found, draft = drafts.read_whole(work.session, vault, application, reach=reach, lock=lock)
    programme = programme_for(work, found)
    renewal = find_before(work, found, lock=lock)
    with_worker = found.round == 0 or found.status is Status.RETURNED
    read = _read_draft if with_worker else _read_handed_in
    inside = read(work, found, draft, renewal)
    renewal = _as_corrected(work, found, inside, renewal)
    facts = facts_of(work, programme, inside, renewal)
    return Case(
        found,
        programme,
        inside.answers,
        inside.offer,
        inside.documents,
        inside.decisions,
        check_eligibility(facts, programme, legal_day(work.now)),
        inside.agencies or programme.agencies,
        inside.ties,
        inside.vacancy,
        renewal,
        inside.zone,
        Advice(programme.recommended, inside.recommendations),
        inside.contract,
        inside.shown,
    )


def _as_corrected(
    work: Work, found: Application, inside: Inside, renewal: Renewal | None
) -> Renewal | None:
    """With whether who the person is was corrected under the stay, and is told otherwise here.

    What is approved was decided as it is told, or corrected itself.
    """
    if renewal is None or found.status is Status.APPROVED:
        return renewal
    for application in renewal.applications:  # the newest first
        change = identity_changes.find_granted(work.session, work.ports.vault, application)
        if change is not None:
            corrected = applied(inside.answers, change.after) != inside.answers
            return replace(renewal, corrected=corrected)
    return renewal


def _read_draft(work: Work, found: Application, draft: Draft, renewal: Renewal | None) -> Inside:
    """What is in the worker's hands: the answers and the vacancy as they stand."""
    answers = from_mapping(draft.answers)
    vacancy = find_work(work, draft.vacancy) if draft.vacancy else None
    offer = vacancy.offer if vacancy else None
    return Inside(
        answers,
        offer,
        tuple(documents.list_documents(work.session, found.id)),
        tuple(approvals.list_current(work.session, found)),
        _count_similar(work, found, answers.document_number, renewal),
        employer_accepts(work, found.id, offer),
        ties_of(work, found, answers.document_number),
        vacancy,
        hindrance=hindrance_of(work, vacancy),
        shown=_seen_before(work, found),
    )


def _seen_before(work: Work, found: Application) -> tuple[ShownPaper, ...]:
    """Papers that were seen and count in the round that comes next; of a draft there are none."""
    if found.round == 0:
        return ()
    return counting(shown_papers.list_shown(work.session, found.id), found.round + 1)


def _read_handed_in(
    work: Work, found: Application, draft: Draft, renewal: Renewal | None
) -> Inside:
    """What was handed in, with all that lies beside it, in one look."""
    number, known = draft.answers.get("document_number"), _known(found, renewal)
    file = _read_file(work, found, number, known)
    content = json.loads(file.round.content)
    answers = from_mapping({**content["answers"], "phone": draft.answers.get("phone")})
    offer = offers.from_mapping(content["offer"]) if content["offer"] else None
    accepts = None if offer is None else offer.hiring is Hiring.OPEN or file.accepted
    if found.status is Status.APPROVED:
        changed = employer_changes.find_granted(work.session, found.id)
        if changed is not None:
            offer = changed.offer
            accepts = employer_accepts(work, found.id, offer)
        renamed = identity_changes.find_granted(work.session, work.ports.vault, found.id)
        if renamed is not None:
            answers = applied(answers, renamed.after)
    return Inside(
        answers,
        offer,
        file.documents,
        file.decisions,
        file.similar,
        accepts,
        _ties(work, found, number, file),
        zone=standing(work, found.id, file, from_mapping(content["answers"])),
        recommendations=file.recommendations,
        hindrance=file.hindrance,
        rehire=file.rehire,
        agencies=file.agencies,
        contract=file.contract,
        marked=file.marked,
        shown=file.shown,
        rights=() if found.status is Status.APPROVED else file.rights,
    )


def _read_file(
    work: Work, found: Application, number: str | None, known: Sequence[UUID]
) -> CaseFile:
    reader, today = reader_of(work, number), legal_day(work.now)
    file = case_files.read_case_file(
        work.session, work.ports.vault, found, known=known, reader=reader, on=today
    )
    if file is None:
        raise Conflict("content-missing")
    return file


def _ties(work: Work, found: Application, number: str | None, file: CaseFile) -> Ties:
    """What binds the reader; whether INM waits for the watch list or a second look of theirs."""
    unasked = file.check is None and work.ports.watch is not None
    return replace(
        ties_of(work, found, number, (file.is_own, file.is_prepared)),
        check_open=unasked or file.check in OPEN_CHECK,
        looked_again=work.actor.person in file.checked_by,
        decided_before=_decided_before(work, found),
    )


def _decided_before(work: Work, application: Application) -> bool:
    """Whether the reader decided on it, or took its right back, before a recourse opened it."""
    if work.actor.agency is None:
        return False
    if application.restores and work.actor.person in taken_back.find_takers(
        work.session, application.restores
    ):
        return True
    if application.round == 1:
        return False
    overturned = appeals.list_overturned(work.session, application.id)
    every = approvals.list_decisions(work.session, application.id) if overturned else []
    barred = decided_before_recourse(every, overturned, application.round)
    return work.actor.person in barred


def _known(application: Application, renewal: Renewal | None) -> list[UUID]:
    """Applications that are no others of the same person."""
    return [application.id, *(renewal.applications if renewal else ())]


def _count_similar(
    work: Work, application: Application, number: str | None, renewal: Renewal | None
) -> int:
    if not number:
        return 0
    known = _known(application, renewal)
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
