"""Which case the payments or the contract of a worker ask for, and what it is about.

A fee that an official established is a case without anybody's word (R30). Everything else is one
only where the worker asks for it: nothing of a diary is told without them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from recruitment.complaints.words import Category
from recruitment.wanted_cases import Ground

SOURCE = "domain.md 2.5 (R30-R32) y 3.2; OIT, indicador 9"


class CostReason(StrEnum):
    """Why."""

    FEE = "fee"
    """An official established it."""
    CHARGED = "charged"
    """Somebody took what nobody may take (R30)."""
    BURDEN = "burden"
    """More than a month's wage was paid (R31)."""
    LOAN = "loan"
    """A loan that ties to the work (R32)."""
    OVERDUE = "overdue"
    """What was asked back did not come within its term, or the worker says that it never came."""
    CONTRACT = "contract"
    """On arrival the contract is another (R16); no payment is a reason for it."""


ABOUT = {
    CostReason.FEE: Category.FEE_CHARGED,
    CostReason.CHARGED: Category.FEE_CHARGED,
    CostReason.BURDEN: Category.DEBT,
    CostReason.LOAN: Category.DEBT,
    CostReason.OVERDUE: Category.FEE_CHARGED,
    CostReason.CONTRACT: Category.CONTRACT_CHANGED,
}


@dataclass(frozen=True)
class CostWish:
    """What the office is told: why, in which words, and whether a person of the government took it.

    `words` are the worker's, or the number of the official's act.
    """

    ground: Ground
    reasons: tuple[CostReason, ...]
    words: str
    official: bool = False


def categories_of(wish: CostWish) -> tuple[Category, ...]:
    """What the case is about; where an official took money it goes outside the agencies."""
    about = {ABOUT[one] for one in wish.reasons}
    about |= {Category.OFFICIAL_MISCONDUCT} if wish.official else set()
    return tuple(sorted(about))


def new_reasons(found: Sequence[CostReason], asked: Sequence[CostReason]) -> tuple[CostReason, ...]:
    """What was found and no case was asked for yet, in order.

    A fee that an official established has its case: its worker need not ask for another.
    """
    known = {*asked, *([CostReason.CHARGED] if CostReason.FEE in asked else [])}
    return tuple(one for one in CostReason if one in found and one not in known)
