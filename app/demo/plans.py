"""What becomes of the cases of the demonstration: how many, how long ago, by which steps."""

from dataclasses import dataclass, replace
from enum import StrEnum
from math import ceil

from app.demo.market import COFFEE, COMING, CURRENT, PAST, RECENT, Window


class Step(StrEnum):
    """What somebody does in a case; between two steps some days pass."""

    SUBMIT = "submit"
    EMPLOYER_ACCEPTS = "employer-accepts"
    LABOUR_RECOMMENDS = "labour-recommends"
    LABOUR_APPROVES = "labour-approves"
    LABOUR_RETURNS = "labour-returns"
    LABOUR_REFUSES = "labour-refuses"
    LABOUR_HOLDS = "labour-holds"
    MIGRATION_APPROVES = "migration-approves"
    MIGRATION_RETURNS = "migration-returns"
    MIGRATION_REFUSES = "migration-refuses"
    MIGRATION_ASKS = "migration-asks"
    MIGRATION_HOLDS = "migration-holds"
    WITHDRAW = "withdraw"
    REVOKE = "revoke"
    LOSE_CARD = "lose-card"
    SUSPEND = "suspend"
    PROPOSE_REVOCATION = "propose-revocation"
    CONFIRM_REVOCATION = "confirm-revocation"
    ENTER = "enter"
    EXIT = "exit"
    ENTER_TODAY = "enter-today"
    EXIT_TODAY = "exit-today"


@dataclass(frozen=True)
class Plan:
    """So many cases that began between `oldest` and `newest` days ago and took these steps."""

    count: int
    oldest: int
    newest: int
    steps: tuple[Step, ...]
    window: Window = CURRENT
    programme: str = COFFEE


S = Step
_LABOUR = (S.SUBMIT, S.EMPLOYER_ACCEPTS, S.LABOUR_APPROVES)
_APPROVED = (*_LABOUR, S.MIGRATION_APPROVES)

PLANS: tuple[Plan, ...] = (
    Plan(12, 12, 1, ()),
    Plan(26, 20, 2, (S.SUBMIT, S.EMPLOYER_ACCEPTS), COMING),
    Plan(8, 18, 2, (S.SUBMIT,), COMING),
    Plan(4, 15, 3, (S.SUBMIT, S.EMPLOYER_ACCEPTS, S.LABOUR_HOLDS), COMING),
    Plan(9, 46, 38, (S.SUBMIT, S.EMPLOYER_ACCEPTS), COMING),
    Plan(6, 57, 54, (S.SUBMIT, S.EMPLOYER_ACCEPTS), COMING),
    Plan(7, 84, 64, (S.SUBMIT, S.EMPLOYER_ACCEPTS), COMING),
    Plan(20, 30, 8, _LABOUR, COMING),
    Plan(3, 30, 12, (*_LABOUR, S.MIGRATION_HOLDS), COMING),
    Plan(5, 80, 66, _LABOUR, COMING),
    Plan(10, 14, 7, (S.SUBMIT, S.EMPLOYER_ACCEPTS, S.LABOUR_RETURNS), COMING),
    Plan(4, 18, 12, (*_LABOUR, S.MIGRATION_RETURNS), COMING),
    Plan(4, 12, 6, (*_LABOUR, S.MIGRATION_ASKS), COMING),
    Plan(8, 30, 16, (S.SUBMIT, S.EMPLOYER_ACCEPTS, S.LABOUR_RETURNS, S.SUBMIT), COMING),
    Plan(8, 60, 20, (S.SUBMIT, S.EMPLOYER_ACCEPTS, S.LABOUR_REFUSES), COMING),
    Plan(5, 60, 25, (*_LABOUR, S.MIGRATION_REFUSES), COMING),
    Plan(6, 40, 10, (S.SUBMIT, S.WITHDRAW), COMING),
    Plan(6, 90, 60, (S.SUBMIT, S.EMPLOYER_ACCEPTS, S.LABOUR_RETURNS), COMING),
    Plan(14, 40, 18, _APPROVED, COMING),
    Plan(20, 60, 40, _APPROVED),
    Plan(20, 70, 45, (*_APPROVED, S.ENTER)),
    Plan(5, 70, 45, (*_APPROVED, S.ENTER_TODAY)),
    Plan(3, 70, 45, (*_APPROVED, S.ENTER, S.EXIT_TODAY)),
    Plan(2, 70, 45, (*_APPROVED, S.ENTER, S.ENTER_TODAY)),
    Plan(8, 70, 50, (*_APPROVED, S.ENTER, S.EXIT)),
    Plan(6, 70, 50, (*_APPROVED, S.REVOKE)),
    Plan(12, 370, 350, (*_APPROVED, S.ENTER, S.EXIT), PAST),
    Plan(4, 130, 110, (*_APPROVED, S.ENTER), RECENT),
    Plan(6, 130, 110, (*_APPROVED, S.ENTER, S.EXIT), RECENT),
    Plan(6, 25, 3, (S.SUBMIT,), COMING, "twap-canada"),
    Plan(4, 25, 6, (S.SUBMIT, S.LABOUR_RECOMMENDS), COMING, "twap-canada"),
    Plan(6, 50, 30, (S.SUBMIT, S.LABOUR_APPROVES), COMING, "twap-canada"),
    Plan(4, 60, 40, (S.SUBMIT, S.LABOUR_APPROVES, S.MIGRATION_APPROVES), COMING, "twap-canada"),
    Plan(8, 25, 3, (S.SUBMIT,), COMING, "twap-spain"),
    Plan(3, 60, 40, (S.SUBMIT, S.LABOUR_APPROVES, S.MIGRATION_APPROVES), COMING, "twap-spain"),
    Plan(2, 70, 50, (*_APPROVED, S.SUSPEND)),
    Plan(2, 70, 50, (*_APPROVED, S.LOSE_CARD)),
    Plan(1, 70, 50, (*_APPROVED, S.PROPOSE_REVOCATION)),
    Plan(1, 70, 50, (*_APPROVED, S.PROPOSE_REVOCATION, S.CONFIRM_REVOCATION)),
)

FEWER = tuple(replace(plan, count=ceil(plan.count / 4)) for plan in PLANS)
"""Each state is there, with a quarter of the cases."""
"""Some hundreds of cases over every state, overdue ones among them."""
