"""Handing an application in, and what becomes of a returned one that nobody answers."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from app.services import acceptances, notices, worker_numbers
from app.services.agency_sets import opened_with
from app.services.applications import setting_of
from app.services.case import Case, load_case
from app.services.deadlines import paused_since
from app.services.work import Work
from app.storage import (
    consents,
    nominations,
    receipts,
    restorations,
    rounds,
    vacancies,
)
from app.storage.rounds import SubmittedRound
from permits import offers, submissions
from permits.answer_checks import find_missing
from permits.applications import Action, Application, ApplicationId, canonical, digest, moved
from permits.audit import Act
from permits.consents import Consent, ConsentPurpose, expiry
from permits.deadlines import Clock, last_day, legal_day, resume_clock, start_clock
from permits.employer_bars import FOR_NOW
from permits.errors import Fault, Stale, refuse_if
from permits.generations import receipt_mark
from permits.notices import AFTER
from permits.offer_checks import as_admitted, check_selected, named_first
from permits.policies import assists, check_own
from permits.renewals import NOT_HANDED_IN
from permits.submissions import OWN_FILES, Answers, DocumentKind


def submit_application(
    work: Work, application: ApplicationId, *, seen_version: int | None = None
) -> Application:
    """Hand the application in: a new round, its content kept under its digest.

    Invalid with everything that is missing or wrong; Conflict where it is not the worker's turn.
    The first submission gives the receipt number and starts the clock; after a return the clock
    goes on where it stopped. The employer is asked where the vacancy needs it.
    """
    case = _load(work, application)
    before = case.application
    check_own(work.actor, before)
    if seen_version is not None and before.version != seen_version:
        raise Stale("changed-meanwhile")
    after = moved(before, Action.SUBMIT)
    refuse_if(_unfit(work, case))
    files: dict[DocumentKind, str] = {
        one.kind: one.sha256 for one in case.documents if one.kind in OWN_FILES
    }
    offer = offers.to_mapping(case.offer) if case.offer else None
    content = submissions.decided_content(
        case.answers, before.programme, offer, files, work.ports.chance.token(16).hex()
    )
    after = replace(
        opened_with(work, case.programme, after),
        round=before.round + 1,
        digest=digest(content),
        receipt=before.receipt or new_receipt(work),
        submitted_at=before.submitted_at or work.now,
        due_at=_due_at(work, case),
        barred_at=None,
        worker_number=worker_numbers.number_for(work, before),
    )
    return _hand_in(work, case, after, content)


def _load(work: Work, application: ApplicationId) -> Case:
    """The case, held, with the work as its programme admits it."""
    case = load_case(work, application, lock=True)
    if case.offer is None or case.vacancy is None:
        return case
    offer = as_admitted(case.vacancy.offer, case.programme)
    vacancy = replace(case.vacancy, offer=offer)
    return replace(case, vacancy=vacancy, offer=as_admitted(case.offer, case.programme))


def _hand_in(
    work: Work, case: Case, after: Application, content: Mapping[str, object]
) -> Application:
    facts = {"round": after.round, "digest": after.digest, "receipt": after.receipt}
    event = work.event(Act.APPLICATION_SUBMITTED, after.id, facts)
    submitted = SubmittedRound(after.round, after.digest or "", canonical(content), work.now)
    vault, before = work.ports.vault, case.application
    after = rounds.hand_in(work.session, vault, before, after, submitted, work.now, event=event)
    _keep_consent(work, case)
    if case.vacancy is not None:
        acceptances.ask_employer(work, after, case.answers, case.vacancy)
    due = last_day(after.due_at).isoformat() if after.due_at else ""
    notices.tell_worker(work, AFTER[Action.SUBMIT], after, {"due": due})
    return after


def _keep_consent(work: Work, case: Case) -> None:
    """The text that was accepted; a second round, and what was shown before, add nothing."""
    if case.answers.consent is not None:
        consents.give_consent(work.session, consent_of(work, case, case.answers.consent))


def consent_of(work: Work, case: Case, version: str) -> Consent:
    """The consent of a case's worker to a text, given now, and until when it holds."""
    ends_on = case.offer.ends_on if case.offer else None
    return Consent(
        work.new_id(),
        case.application.worker,
        case.application.id,
        ConsentPurpose.APPLICATION,
        version,
        work.now,
        expiry(work.now, ends_on),
    )


def _unfit(work: Work, case: Case) -> list[Fault]:
    setting = setting_of(work, case.application.programme, case.application.submitted_at)
    kinds = {document.kind for document in case.documents}
    faults = find_missing(case.answers, kinds, setting)
    faults += [Fault(one.code, one.field) for one in case.findings if one.code in NOT_HANDED_IN]
    if case.vacancy is not None and case.vacancy.barred:
        faults.append(Fault("vacancy-barred", "vacancy"))
    elif case.answers.vacancy and not _vacancy_stands(work, case):
        faults.append(Fault("vacancy-not-open", "vacancy"))
    elif stopped := [one for one in case.findings if one.code in FOR_NOW]:
        faults += [Fault(one.code, "vacancy") for one in stopped]
    elif named_first(case.programme):
        faults += check_selected(case.application, named=_is_named(work, case))
    if assists(work.actor, case.application) and not is_agreed(
        work, case.application.id, case.answers
    ):
        faults.append(Fault("consent-not-shown", "consent"))
    return faults


def _is_named(work: Work, case: Case) -> bool:
    """Whether the employer of the work has named the worker; so too while nothing is named yet."""
    number, vacancy = case.answers.document_number, case.vacancy
    if not number or vacancy is None:
        return True  # what is missing is told by itself
    return nominations.is_named(work.session, work.ports.vault, vacancy.id, number)


def is_agreed(work: Work, application: ApplicationId, answers: Answers) -> bool:
    """Whether the worker showed to who acts for them that they agree."""
    version = answers.consent
    return version is not None and bool(consents.find_shown(work.session, application, version))


def _vacancy_stands(work: Work, case: Case) -> bool:
    """A first submission needs an open vacancy; who was asked something keeps the one they had."""
    found = case.vacancy
    if found is None or case.application.round > 0:
        return found is not None
    return vacancies.is_open(found, legal_day(work.now))


def new_receipt(work: Work) -> str:
    """Twelve digits in groups of four that can be read aloud: the year, then eight by chance.

    After a restore a mark follows, so that none is given out again that the backup did not know.
    """
    year = legal_day(work.now).year
    mark = receipt_mark(restorations.read_generation(work.session))
    while True:
        drawn = work.ports.chance.below(10**8)
        receipt = f"{year}-{drawn // 10**4:04d}-{drawn % 10**4:04d}{mark}"
        if not receipts.has_receipt(work.session, receipt):
            return receipt


def _due_at(work: Work, case: Case) -> datetime:
    """When the agencies must have decided: 40 working days, which stood still while the case was
    with its worker where the programme says so."""
    before, calendar = case.application, work.ports.reference.calendar
    days = case.programme.clocks.statutory_working_days.value
    if before.submitted_at is None or before.due_at is None:
        return start_clock(work.now, days, calendar).due_at
    if not case.programme.clocks.question_pauses.value:
        return before.due_at
    since = paused_since(work, before) or work.now
    paused = Clock(before.submitted_at, before.due_at, days, since)
    return resume_clock(paused, work.now, calendar).due_at
