"""What requests about repayments carry, and what replies tell of them."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from recruitment.costs import ClaimStatus, CostEntry
from recruitment.ethics.words import CostCode
from recruitment.repayments import (
    EVIDENCE_LIMIT,
    MOST_PLANNED,
    Handing,
    Part,
    PartStatus,
    Repayment,
)


class PartReply(BaseModel):
    """A day to come, or money that was shown; `worth` in the currency of the claim."""

    id: UUID
    status: PartStatus
    day: date
    amount: Decimal
    currency: str
    worth: Decimal
    handing: Handing | None = Field(description="How it was given back; null of a day to come.")
    evidence: str = Field(description="What was shown; empty of a day to come.")


class RepaymentReply(BaseModel):
    """A payment that its worker asked back, in its own currency (ISO 4217)."""

    cost: UUID
    code: CostCode
    status: ClaimStatus
    version: int = Field(description="Grows with every step; each act names what was looked at.")
    currency: str
    owed: Decimal
    confirmed: Decimal = Field(description="What the worker confirmed; all of it is repaid.")
    shown: Decimal = Field(description="What was shown and waits for the worker's word.")
    remains: Decimal = Field(description="`owed` without `confirmed`.")
    late: Decimal = Field(description="What should be there by the agreed days, or by the term.")
    proposed: list[PartReply] = Field(description="Days on which the worker has not agreed.")
    plan: list[PartReply] = Field(description="Days that count.")
    payments: list[PartReply]


class RepaymentsReply(BaseModel):
    """What a worker asked back of one application."""

    items: list[RepaymentReply]


class PlanAnswer(BaseModel):
    """Whether the worker agrees to the days; where not, what counted before goes on counting."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"version": 3, "agrees": True}]}
    )
    version: int = Field(ge=1, le=10_000)
    agrees: bool


class PartAnswer(BaseModel):
    """Whether this money came."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"version": 3, "came": True}]}
    )
    version: int = Field(ge=1, le=10_000)
    came: bool


class DayBody(BaseModel):
    """A day, and how much on it in the currency of the claim."""

    model_config = ConfigDict(extra="forbid")
    day: date
    amount: Decimal = Field(gt=0, max_digits=11, decimal_places=2)


class PlanInput(BaseModel):
    """Days for all that nobody showed as paid yet."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"version": 2, "parts": [{"day": "2026-12-15", "amount": "777.77"}]}]
        },
    )
    version: int = Field(ge=1, le=10_000)
    parts: list[DayBody] = Field(min_length=1, max_length=MOST_PLANNED)


class PartInput(BaseModel):
    """Money that the debtor showed as given back.

    `id` is the caller's own; that of a part that never came shows it once more. The amount counts
    by the rate of its day.
    """

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "version": 2,
                    "id": "5f0c2a3e-8d1b-4c1e-9a57-1f2f3a4b5c6d",
                    "day": "2026-11-23",
                    "amount": "300.00",
                    "currency": "HNL",
                    "handing": "transfer",
                    "evidence": "Recibo 12",
                }
            ]
        },
    )
    version: int = Field(ge=1, le=10_000)
    id: UUID
    day: date
    amount: Decimal = Field(gt=0, max_digits=11, decimal_places=2)
    currency: str = Field(min_length=3, max_length=3)
    handing: Handing
    evidence: str = Field(min_length=1, max_length=EVIDENCE_LIMIT)


class OwedReply(BaseModel):
    """What an employer owes in one currency, to five people and more."""

    currency: str
    people: int = Field(description="In whole groups of five.")
    remains: Decimal = Field(description="Rounded up to a hundred.")
    late: Decimal | None = Field(description="Of it late; null below five people.")


class OwedBackReply(BaseModel):
    """None of a currency in which fewer than five people wait."""

    items: list[OwedReply]


def reply_of(entry: CostEntry, found: Repayment) -> RepaymentReply:
    """A claim as replies tell it."""
    return RepaymentReply(
        cost=entry.id,
        code=entry.payment.code,
        status=entry.status,
        version=entry.version,
        currency=found.currency,
        owed=found.owed,
        confirmed=found.confirmed,
        shown=found.shown,
        remains=found.remains,
        late=found.late,
        proposed=_parts(found.proposed),
        plan=_parts(found.plan),
        payments=_parts(found.payments),
    )


def _parts(some: Sequence[Part]) -> list[PartReply]:
    return [PartReply(id=one.id, status=one.status, **vars(one.told)) for one in some]
