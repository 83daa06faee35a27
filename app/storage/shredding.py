"""How one file is erased: a draft is deleted; of a decided case the key and the names go."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from uuid import UUID

from sqlalchemy import Delete, Table, bindparam, delete, exists, select, update

from app.storage import audit
from app.storage.acceptances import acceptances
from app.storage.age_marks import age_marks
from app.storage.appeals import appeals
from app.storage.applications import applications
from app.storage.appointments import appointments
from app.storage.approvals import decisions
from app.storage.authorisations import authorisations
from app.storage.candidacies import candidacies
from app.storage.case_judgements import case_judgements
from app.storage.case_notes import case_notes
from app.storage.check_ins import check_ins
from app.storage.child_care import senaf_handovers
from app.storage.codecisions import codecisions
from app.storage.companions import companions
from app.storage.consents import consents
from app.storage.contract_looks import contract_looks
from app.storage.contract_shortfalls import contract_shortfalls
from app.storage.contracts import contract_agreements, contract_reports, contracts
from app.storage.cost_cases import cost_cases
from app.storage.cost_entries import cost_entries
from app.storage.cost_parts import cost_parts
from app.storage.credentials import credentials
from app.storage.crew_confirmations import crew_confirmations
from app.storage.crews import crew_members
from app.storage.data_requests import data_requests
from app.storage.database import Session
from app.storage.documents import documents
from app.storage.employer_changes import employer_changes
from app.storage.faces import faces
from app.storage.factors import factors, paper_codes
from app.storage.farm_movements import farm_movements
from app.storage.idempotency import idempotency_keys
from app.storage.identity_tables import identity_changes
from app.storage.info_requests import info_items, info_requests
from app.storage.journeys import journey_notes
from app.storage.looks import looks
from app.storage.nothing_paid import nothing_paid
from app.storage.orientation import orientation_seats, orientation_tests
from app.storage.outbox import messages, outbox
from app.storage.past_permits import past_permits
from app.storage.payslip_tables import payslip_answers, payslip_findings, payslips
from app.storage.people import workers
from app.storage.pool_asks import pool_asks
from app.storage.read_zones import read_zones
from app.storage.recommendations import recommendations
from app.storage.recoveries import recoveries
from app.storage.return_referrals import return_referrals
from app.storage.return_surveys import return_surveys
from app.storage.revocations import revocations
from app.storage.roster import roster_entries
from app.storage.rounds import case_keys
from app.storage.sessions import sessions
from app.storage.shown_papers import shown_papers
from app.storage.sign_in_steps import known_browsers
from app.storage.suspensions import suspensions
from app.storage.travel_papers import travel_papers
from app.storage.wanted_cases import wanted_cases
from app.storage.watch_checks import watch_checks
from app.storage.welfare_claims import welfare_claims
from permits.applications import Application
from permits.audit import AuditEvent
from permits.people import PersonId

BESIDE = (
    *(acceptances, appointments, companions, case_notes, looks, read_zones, shown_papers),
    *(crew_members, crew_confirmations, return_surveys, return_referrals),
    *(travel_papers, cost_cases, cost_parts, cost_entries, nothing_paid, welfare_claims),
    *(wanted_cases, check_ins, candidacies, roster_entries),
    *(contract_reports, contract_agreements, contract_looks, contracts, farm_movements),
    *(orientation_seats, orientation_tests, journey_notes),
    *(payslip_answers, payslip_findings, payslips, senaf_handovers, contract_shortfalls),
    *(age_marks, pool_asks, case_judgements),
)
"""What lies beside a file and goes with it, whether it was handed in or not."""


def erase_file(
    session: Session, application: Application, now: datetime, *, event: AuditEvent
) -> list[str]:
    """Erase a file, and return the keys of its pictures in the object store.

    A draft is deleted. A case that was handed in keeps its row, its rounds (the key that opens
    them is destroyed), its decisions without their notes, its right, and the number and place of
    its credential: all of them pseudonyms, which the constraints and the log refer to. Who travels
    along goes with either. Where it was the worker's last file, how they were reached goes too,
    and who was signed in is not.
    """
    pictures = session.execute(
        delete(documents)
        .where(documents.c.application == application.id)
        .returning(documents.c.object_key)
    )
    keys = [row.object_key for row in pictures]
    for name in (cost_entries.c.receipt_key, cost_entries.c.voice_key):
        mine = (cost_entries.c.application == application.id, name.is_not(None))
        keys += session.scalars(select(name).where(*mine)).all()
    for beside in BESIDE:
        session.execute(_removing(beside), {"of_application": application.id})
    _silence(session, [application.id])
    if application.round == 0:
        session.execute(delete(consents).where(consents.c.application == application.id))
        session.execute(delete(applications).where(applications.c.id == application.id))
    else:
        _shred(session, application.id, now)
    _forget_worker(session, application.worker)
    audit.append(session, event)
    return keys


@cache
def _removing(beside: Table) -> Delete:
    return delete(beside).where(beside.c.application == bindparam("of_application"))


def _shred(session: Session, application: UUID, now: datetime) -> None:
    session.execute(delete(case_keys).where(case_keys.c.application == application))
    session.execute(
        update(applications)
        .where(applications.c.id == application)
        .values(
            answers={},
            document_sealed=None,
            document_index=None,
            worker_name="",
            search_text="",
            search_keys=[],
            held_by_name="",
            worker_number=None,
            erased_at=now,
        )
    )
    session.execute(delete(watch_checks).where(watch_checks.c.application == application))
    _forget_words(session, application)
    _shred_right(session, application, now)


def _shred_right(session: Session, application: UUID, now: datetime) -> None:
    """What cards, and changes under the right, say of the person; days and decisions stand."""
    rights = select(authorisations.c.id).where(authorisations.c.application == application)
    cards = select(credentials.c.id).where(credentials.c.authorisation.in_(rights))
    session.execute(delete(faces).where(faces.c.credential.in_(cards)))
    session.execute(delete(codecisions).where(codecisions.c.authorisation.in_(rights)))
    session.execute(
        update(credentials)
        .where(credentials.c.authorisation.in_(rights))
        .values(payload=None, to_be_signed=None, text=None, erased_at=now)
    )
    session.execute(
        update(suspensions).where(suspensions.c.authorisation.in_(rights)).values(note="")
    )
    session.execute(
        update(employer_changes).where(employer_changes.c.authorisation.in_(rights)).values(note="")
    )
    session.execute(
        update(identity_changes)
        .where(identity_changes.c.authorisation.in_(rights))
        .values(content=None, note="")
    )
    session.execute(
        update(revocations)
        .where(revocations.c.authorisation.in_(rights))
        .values(note="", hearing=None)
    )


def _forget_words(session: Session, application: UUID) -> None:
    """What worker and officials wrote to each other; what became of it stands."""
    for opinions in (decisions, recommendations):
        of_file = opinions.c.application == application
        session.execute(update(opinions).where(of_file).values(note=""))
    session.execute(
        update(appeals).where(appeals.c.application == application).values(words=None, answer=None)
    )
    asked = select(info_requests.c.id).where(info_requests.c.application == application)
    session.execute(
        update(info_items).where(info_items.c.request.in_(asked)).values(question=None, answer=None)
    )
    session.execute(
        update(data_requests)
        .where(data_requests.c.application == application, data_requests.c.status != "open")
        .values(words=None, answer=None)
    )


def _silence(session: Session, applications_: Sequence[UUID]) -> None:
    """Forget what was sent about these files, and what still waits to be sent."""
    for application in applications_:
        named = f":{application}:"
        session.execute(delete(messages).where(messages.c.key.contains(named)))
        about = outbox.c.kind.in_(("notice", "whatsapp-unheard")) & outbox.c.key.contains(named)
        session.execute(update(outbox).where(about).values(payload={}))
        session.execute(delete(outbox).where(about, outbox.c.done_at.is_(None)))


def _forget_worker(session: Session, worker: PersonId) -> None:
    standing = exists().where(applications.c.worker == worker, applications.c.erased_at.is_(None))
    last = select(workers.c.person).where(workers.c.person == worker, ~standing)
    session.execute(delete(recoveries).where(recoveries.c.worker.in_(last)))
    session.execute(delete(past_permits).where(past_permits.c.worker.in_(last)))
    gone = session.execute(
        delete(workers).where(workers.c.person == worker, ~standing).returning(workers.c.person)
    ).all()
    if gone:
        session.execute(delete(sessions).where(sessions.c.person == worker))
        session.execute(delete(factors).where(factors.c.person == worker))
        session.execute(delete(paper_codes).where(paper_codes.c.person == worker))
        session.execute(delete(known_browsers).where(known_browsers.c.person == worker))
        session.execute(delete(idempotency_keys).where(idempotency_keys.c.person == worker))
