"""In which language a worker heard their contract, told after a yes that named none."""

from sqlalchemy import and_, func, update

from app.storage import audit
from app.storage.contracts import contract_agreements
from app.storage.database import Session
from permits.audit import AuditEvent
from recruitment.contracts import Agreement, Contract, Party


def note_language(
    session: Session, contract: Contract, told: Agreement, *, event: AuditEvent
) -> None:
    """Add to the worker's yes in which language they have heard it; what is noted stands.

    So does their own answer to what is deducted, where one is noted.
    """
    agreed = contract_agreements.c
    own = and_(agreed.application == contract.application, agreed.version == contract.version)
    unnoted = and_(own, agreed.party == Party.WORKER.value, agreed.heard_in.is_(None))
    session.execute(
        update(contract_agreements)
        .where(unnoted)
        .values(
            read_aloud=True,
            heard_in=told.heard_in,
            deductions=func.coalesce(agreed.deductions, told.deductions),
        )
    )
    audit.append(session, event)
