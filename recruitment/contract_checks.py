"""What R09 to R15 and R19 find in the terms of a contract, before anybody agrees to it."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from permits.findings import Finding, Severity
from permits.offers import Offer
from permits.wages import pay_per_ordinary_day
from recruitment.clause_tags import Reading
from recruitment.contracts import Contract, Party, Told, deducted_of
from recruitment.cost_figures import wage_of_month
from recruitment.ethics.catalogue import CATALOGUE
from recruitment.ethics.facts import ContractFacts, Deduction
from recruitment.ethics.parameters import Parameters
from recruitment.ethics.rules import GRAVEST_FIRST, UNKNOWN, RuleFinding, RuleId
from recruitment.ethics.words import DeductionKind
from recruitment.terms import Terms, stated

R = RuleId

OF_A_CONTRACT = (R.R09, R.R10, R.R11, R.R12, R.R13, R.R14, R.R15)
"""The rules that every version of a contract is judged by when it is drawn."""

TAKEN: Mapping[DeductionKind, str] = {
    DeductionKind.HOUSING: "housing_deducted",
    DeductionKind.FOOD: "food_deducted",
}
"""The only deductions that the form of a contract has; all others are those of the law."""


def facts_of_contract(
    offer: Offer, terms: Terms, kg_per_day: int | None, reading: Reading | None = None
) -> ContractFacts:
    """What R09 to R15 and R19 look at.

    `reading` is what a reader marked in this very text: what it says counts by these marks then
    (R19), and own words are no longer unread (R14, R15).

    `kg_per_day`: what somebody slow picks, which turns a piece rate into a month. Whoever told no
    deduction takes none: what is not in a contract is not agreed. But for the tasks and the title
    all of it is fixed terms.
    """
    days = min(max(offer.days_per_week, 0), 7)
    amounts = {kind: getattr(terms, name) for kind, name in TAKEN.items()}
    return ContractFacts(
        hours_by_day=(offer.hours_per_day,) * days + (Decimal(0),) * (7 - days),
        shift=terms.shift,
        overtime_premium_percent=terms.overtime_premium_percent,
        wage_per_month=_month(offer, kg_per_day),
        currency=offer.currency,
        deductions=tuple(
            Deduction(kind, amount, terms.deducted_in_writing)
            for kind, amount in amounts.items()
            if amount
        ),
        clauses=frozenset(reading.binds) if reading else None,
        text="\n".join([offer.title, terms.tasks_es, terms.tasks_en]),
        fixed_form=True,
        stated=frozenset(reading.says) if reading else stated(offer, terms),
    )


def agreed_deductions(contract: Contract) -> tuple[Deduction, ...]:
    """What is deducted for housing and food by a contract that its worker agreed to (R13).

    Their own word counts, and no more what the employer said of a form. Who said no has agreed to
    none; of who was not asked it is not known.
    """
    agreed = contract.by(Party.WORKER)
    says = agreed.deductions if agreed else None
    if says is False:
        return ()
    amounts = contract.deducted
    return tuple(
        Deduction(kind, amounts[name], says) for kind, name in TAKEN.items() if name in amounts
    )


def consented_of(told: Told, says: bool | None) -> dict[DeductionKind, Decimal]:
    """What a worker said that may be deducted a month: 0 where no, nothing where nobody asked."""
    amounts = deducted_of(told)
    if says is None:
        return {}
    known = {kind: amounts[name] for kind, name in TAKEN.items() if name in amounts}
    return known if says else dict.fromkeys(known, Decimal(0))


def drop_premium_without_overtime(found: Sequence[RuleFinding], terms: Terms) -> list[RuleFinding]:
    """A contract without an hour of overtime need not tell what one pays (R11)."""
    overtime = any(one.rule is R.R09 and one.code != UNKNOWN for one in found)
    if overtime or terms.overtime_premium_percent is not None:
        return list(found)
    return [one for one in found if one.rule is not R.R11]


def judge_contract(
    offer: Offer, terms: Terms, parameters: Parameters, on: date, reading: Reading | None = None
) -> tuple[RuleFinding, ...]:
    """Everything that R09 to R15 find in a version, the gravest first."""
    piece = parameters.programme.on(on).piece_kg_per_day
    facts = facts_of_contract(offer, terms, piece.value if piece else None, reading)
    every = (CATALOGUE[rule](facts, parameters, on) for rule in OF_A_CONTRACT)
    found = drop_premium_without_overtime([one for one in every if one is not None], terms)
    return tuple(sorted(found, key=lambda one: (GRAVEST_FIRST.index(one.severity), one.rule)))


def find_blocks(
    found: Sequence[RuleFinding], holding: Sequence[Finding]
) -> tuple[RuleFinding, ...]:
    """What keeps everybody from agreeing to a version.

    Whatever blocks and nobody may set aside (R14, R15) does; what else blocks does where it
    stands against the vacancy too (`holding`). What is not known holds a vacancy, and no contract
    of one that was opened before there were checks.
    """
    standing = {one.rule for one in holding if isinstance(one, RuleFinding)}
    return tuple(
        one
        for one in found
        if one.severity is Severity.BLOCK
        and one.code != UNKNOWN
        and (not CATALOGUE[one.rule].overridable or one.rule in standing)
    )


def _month(offer: Offer, kg_per_day: int | None) -> Decimal | None:
    """What a month of ordinary days earns; None for a piece rate that nobody can turn into one."""
    earned = pay_per_ordinary_day(
        offer.wage, offer.unit, offer.hours_per_day, offer.unit_kg, kg_per_day
    )
    return None if earned is None else wage_of_month(earned, offer.days_per_week)
