"""A contract as the printers are given it."""

from datetime import UTC, datetime
from decimal import Decimal
from uuid import UUID

from permits.offers import Offer
from permits.people import PersonId
from permits.programmes import Programme
from recruitment.contract_papers import PrintedContract
from recruitment.contracts import Agreement, Contract, Party, Way, content_of, digest_of
from recruitment.ethics.words import ReturnTransport, Shift
from recruitment.terms import Grievance, Insurance, PayDay, RestDay, Terms

PRINTED_AT = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)


def contract_of(offer: Offer, programme: Programme) -> PrintedContract:
    """The contract that both agreed to in November 2026."""
    terms = Terms(
        "Cortar café maduro.",
        "Pick ripe coffee.",
        PayDay.WEEKLY,
        RestDay.SUNDAY,
        Shift.DAY,
        ReturnTransport.TO_BORDER,
        ReturnTransport.TO_HOME,
        Insurance.IHSS,
        7,
        Grievance.SETRASS,
        worker_pays=Decimal(0),
    )
    content = content_of(UUID(int=1), PersonId(UUID(int=2)), offer, terms)
    agreed = Agreement(Party.EMPLOYER, Way.OPEN, PRINTED_AT)
    return PrintedContract(
        receipt="2026-1234-5678",
        full_name="María Ángela Gutiérrez Ñamendí",
        programme=programme,
        contract=Contract(
            UUID(int=1),
            PersonId(UUID(int=2)),
            1,
            UUID(int=3),
            digest_of(content),
            content,
            PRINTED_AT,
            (agreed,),
        ),
        offer=offer,
        terms=terms,
        department="Copán",
        municipality="Copán Ruinas",
        printed_at=PRINTED_AT,
    )
