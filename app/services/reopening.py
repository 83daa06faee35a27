"""What follows once a recourse is given right: the agencies decide anew, and nothing comes back.

A refused case has a new round. A right that was taken back stays so, and its application with it;
what is left of its days is decided on in a case of its own (decision 37).
"""

from dataclasses import replace
from uuid import UUID

from app.services import acceptances, contract_waits, worker_numbers
from app.services.agency_sets import opened_with
from app.services.case import Case
from app.services.documents_along import take_along
from app.services.submissions import new_receipt
from app.services.work import Work
from app.storage import authorisations, drafts, own_applications, rounds, vacancies
from app.storage.rounds import SubmittedRound
from permits import offers, submissions
from permits.applications import (
    Action,
    Application,
    ApplicationId,
    Status,
    canonical,
    digest,
    moved,
)
from permits.audit import Act, Fact
from permits.authorisations import Authorisation
from permits.deadlines import legal_day, start_clock
from permits.errors import Conflict
from permits.reach import EVERYTHING
from permits.submissions import OWN_FILES


def reopen_case(work: Work, case: Case) -> Application:
    """A refused case is under review again, in a new round with the same content."""
    before, vault = case.application, work.ports.vault
    if before.renews and own_applications.find_renewal(work.session, before.renews) is not None:
        raise Conflict("renewed-meanwhile")  # a right is renewed once
    content = rounds.find_round(work.session, vault, before.id, before.round)
    if content is None:
        raise Conflict("content-missing")
    days = case.programme.clocks.statutory_working_days.value
    after = replace(
        opened_with(work, case.programme, moved(before, Action.REOPEN)),
        round=before.round + 1,
        due_at=start_clock(work.now, days, work.ports.reference.calendar).due_at,
    )
    submitted = SubmittedRound(after.round, content.digest, content.content, work.now)
    event = work.event(Act.APPLICATION_REOPENED, before.id, {"round": after.round})
    return rounds.hand_in(work.session, vault, before, after, submitted, work.now, event=event)


def give_anew(work: Work, case: Case, authorisation: UUID) -> Application | None:
    """A case of its own about what is left of a right that was taken back; None where nothing is.

    1. the right, held; one whose days are over leaves nothing to decide; 2. an application of the
    same worker with the same answers, the work as it stood last, and copies of the pictures;
    3. handed in at once, with a receipt and a term of its own; 4. the employer is asked anew where
    the vacancy needs it, for the place may be another's by now.
    """
    right = authorisations.lock_authorisation(work.session, authorisation, reach=EVERYTHING)  # 1
    if legal_day(work.now) > right.valid_until:
        return None
    begun = _begin(work, case, right)  # 2
    for picture in case.documents:
        take_along(work, picture, begun.id)
    after = _hand_in(work, case, begun)  # 3
    vacancy = vacancies.find_vacancy(work.session, UUID(case.offer.vacancy)) if case.offer else None
    if vacancy is not None and case.offer is not None:
        decided = replace(vacancy, offer=case.offer)
        acceptances.ask_employer(work, after, case.answers, decided)  # 4
        contract_waits.tell(work, after)
    return after


def _begin(work: Work, case: Case, right: Authorisation) -> Application:
    old, vault = case.application, work.ports.vault
    _, draft = drafts.read_whole(work.session, vault, old.id, reach=EVERYTHING)
    if case.offer is not None:
        draft = replace(
            draft,
            answers={**draft.answers, "vacancy": case.offer.vacancy},
            vacancy=UUID(case.offer.vacancy),
            employer_name=case.offer.employer_name,
        )
    begun = Application(
        ApplicationId(work.new_id()),
        old.worker,
        old.programme,
        Status.DRAFT,
        0,
        1,
        restores=right.id,
    )
    event = work.event(Act.APPLICATION_STARTED, begun.id, {"programme": begun.programme})
    drafts.add_application(work.session, vault, begun, draft, work.now, event=event)
    return begun


def _hand_in(work: Work, case: Case, begun: Application) -> Application:
    files = {one.kind: one.sha256 for one in case.documents if one.kind in OWN_FILES}
    offer = offers.to_mapping(case.offer) if case.offer else None
    salt = work.ports.chance.token(16).hex()
    answers = replace(case.answers, vacancy=case.offer.vacancy if case.offer else None)
    content = submissions.decided_content(answers, begun.programme, offer, files, salt)
    days = case.programme.clocks.statutory_working_days.value
    after = replace(
        opened_with(work, case.programme, moved(begun, Action.SUBMIT)),
        round=1,
        digest=digest(content),
        receipt=new_receipt(work),
        submitted_at=work.now,
        due_at=start_clock(work.now, days, work.ports.reference.calendar).due_at,
        worker_number=worker_numbers.number_for(work, begun),
    )
    submitted = SubmittedRound(1, after.digest or "", canonical(content), work.now)
    facts: dict[str, Fact] = {"round": 1, "restores": str(begun.restores)}
    event = work.event(Act.APPLICATION_REOPENED, begun.id, facts)
    vault = work.ports.vault
    return rounds.hand_in(work.session, vault, begun, after, submitted, work.now, event=event)
