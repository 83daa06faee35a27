"""The checks of a vacancy before it is published, and whenever its facts change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from permits.findings import Finding, Severity
from permits.offers import Offer
from permits.programme_rules import Pictogram
from recruitment.attestations import Attestation, check_attested
from recruitment.child_care import facts_of_farm
from recruitment.clause_tags import Reading
from recruitment.contract_checks import drop_premium_without_overtime, facts_of_contract
from recruitment.ethics.catalogue import OF_A_VACANCY, evaluate
from recruitment.ethics.overrides import Override, find_standing
from recruitment.ethics.parameters import Parameters
from recruitment.ethics.rules import GRAVEST_FIRST, UNKNOWN, RuleFinding, RuleId
from recruitment.hirers import facts_of_recruiters, find_suspended
from recruitment.labour_market import Step, check_nationals_first
from recruitment.terms import (
    Counted,
    Terms,
    facts_of_employer,
    facts_of_vacancy,
)

R = RuleId


class Lacking(StrEnum):
    """What a rule looks at that a vacancy does not have."""

    CONTRACT = "contract"
    COST_DIARY = "cost-diary"
    CHECK_IN = "check-in"
    WORKER = "worker"
    FARM = "farm"


NOT_YET: Mapping[RuleId, Lacking] = {
    R.R04: Lacking.WORKER,
    R.R05: Lacking.WORKER,
    **dict.fromkeys((R.R16, R.R17, R.R18), Lacking.CONTRACT),
    R.R30: Lacking.COST_DIARY,
    R.R31: Lacking.COST_DIARY,
    R.R32: Lacking.WORKER,
    **dict.fromkeys((R.R33, R.R34, R.R35, R.R36, R.R37), Lacking.CHECK_IN),
    R.R39: Lacking.FARM,
}
"""The other rules: they cannot be judged on a vacancy, and are said to be so."""


@dataclass(frozen=True)
class Attested:
    """What missions said of a vacancy, and the digest of what is told of it now.

    `reading` is what a mission's reader marked in the text of its contract as it is now.
    """

    given: Sequence[Attestation] = ()
    told: bytes = b""
    reading: Reading | None = None


UNATTESTED = Attested()


def judge(
    offer: Offer,
    terms: Terms,
    counted: Counted,
    steps: Sequence[Step],
    parameters: Parameters,
    today: date,
    known: Sequence[Finding] = (),
    attested: Attested = UNATTESTED,
) -> tuple[Finding, ...]:
    """Everything that is found in a vacancy today, the gravest first, of one gravity by number.

    `known` is what another law has found of its employer (a bar); it comes before the rest.
    `attested`: what missions said and read, and the digest of what is told now.
    """
    coffee = parameters.programme.pictogram is Pictogram.COFFEE
    piece = parameters.programme.on(today).piece_kg_per_day
    facts = (
        facts_of_vacancy(offer, terms, counted),
        facts_of_contract(offer, terms, piece.value if piece else None, attested.reading),
        facts_of_employer(offer, terms, counted, today, grows_coffee=coffee),
        facts_of_farm(counted.minors, counted.care_places),
        *facts_of_recruiters(counted.hirer, offer.starts_on, today),
    )
    ruled = [one for one in evaluate(facts, parameters, today) if one.rule in OF_A_VACANCY]
    found = drop_premium_without_overtime(ruled, terms)
    found.sort(key=lambda one: (GRAVEST_FIRST.index(one.severity), one.rule))
    before = [
        *known,
        *find_suspended(counted.hirer.record, today),
        *check_nationals_first(parameters.programme, steps, offer, counted.places, today),
        *check_attested(parameters.programme, attested.given, attested.told, today),
    ]
    return (*before, *found)


def is_blocked(holding: Sequence[Finding]) -> bool:
    """Whether a rule blocks what nobody has set aside: then nobody is approved for the work.

    What warns or is not known keeps it from being offered, and stops nobody who has applied.
    """
    rules = (one for one in holding if isinstance(one, RuleFinding))
    return any(one.severity is Severity.BLOCK and one.code != UNKNOWN for one in rules)


def find_holding(
    found: Sequence[Finding], overrides: Sequence[Override], on: date
) -> tuple[Finding, ...]:
    """What keeps a vacancy from being offered: it blocks, warns or is not known, and stands.

    A finding that is no rule's (a bar, nationals first) can be set aside by nobody.
    """
    ruled = [one for one in found if isinstance(one, RuleFinding)]
    other = [one for one in found if not isinstance(one, RuleFinding)]
    graver = [one for one in other if one.severity is not Severity.INFO]
    return (*graver, *find_standing(ruled, overrides, on))
