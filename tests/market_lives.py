"""What a worker of the made-up market lives through, told as they and the employer tell it.

A life is judged twice: by the very law that the services call (`judge_life`, tens of thousands),
and through the services themselves (`tests/lived.py`).
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from random import Random
from uuid import UUID

from permits.deadlines import legal_day, start_of
from permits.findings import Finding
from permits.offers import Offer
from permits.people import PersonId
from recruitment.check_ins import judge_answers, judge_pattern, read_answers, reports_of
from recruitment.contracts import (
    LANGUAGES,
    Change,
    Reported,
    Told,
    agreed_terms,
    compare,
    content_of,
    digest_of,
)
from recruitment.cost_figures import wage_of_month
from recruitment.cost_values import facts_of, loans_of
from recruitment.costs import Asker, CostEntry, Payment, Phase, Way
from recruitment.ethics.catalogue import CATALOGUE
from recruitment.ethics.contracts import IN_TIME, SUBSTITUTION, UNDERSTOOD
from recruitment.ethics.facts import AgreedTerms, ContractFacts, WorkerFacts
from recruitment.ethics.parameters import Parameters
from recruitment.ethics.rules import RuleFinding, RuleId
from recruitment.ethics.words import CostCode, Lender, Payer
from recruitment.exchange_rates import Rates
from recruitment.farm_register import judge_entry
from recruitment.payslip_checks import Agreed, wage_facts
from tests.builders import NOW
from tests.market_plants import Changes, Found
from tests.payslips import week
from tests.vacancies import FAIR, OFFER
from tests.working import WELL

D = Decimal
AHEAD = 8
"""Days from the yes to the contract until the first day of work."""

ASKED_AFTER = 9
"""Days of work after which the first check-in is answered."""

FARM, ELSEWHERE = "farm", "elsewhere"


def paid(amount: str, code: CostCode, **changes: object) -> Payment:
    """What a worker paid in cash before the work, because the employer asked for it."""
    made = Payment(*(code, D(amount), "HNL", Phase.BEFORE, Payer.WORKER, Asker.EMPLOYER, Way.CASH))
    return replace(made, **changes)  # type: ignore[arg-type]


def lent(lender: Lender, interest: str | None, *, by_wage: bool | None = False) -> Payment:
    """Money that was lent for an examination, which the employer owes back."""
    rate = D(interest) if interest else None
    return paid(
        *("100", CostCode.MEDICAL),
        means=Way.LOAN,
        lender=lender,
        interest_percent=rate,
        repaid_by_wage=by_wage,
    )


FOOD = paid("40.00", CostCode.FOOD, asker=Asker.NOBODY)
"""What everybody pays for, work or none, and nobody owes back."""


@dataclass(frozen=True)
class Life:
    """One worker, fair unless changed; `found` is every rule and code that is to be found.

    `other` is the passport of somebody else; `heard` whether the contract was read out; `changed`
    what is other in a version drawn after the yes; `slip` what is other in the first payslip.
    Who is `silent` answers nothing.
    """

    found: Found = frozenset()
    born: date = date(1994, 3, 27)
    other: bool = False
    speaks: tuple[str, ...] = ("spa", "caa")
    heard: bool = True
    ahead: int = AHEAD
    changed: Changes = field(default_factory=dict)
    reported: frozenset[Reported] = frozenset()
    payments: tuple[Payment, ...] = (FOOD,)
    slip: Changes = field(default_factory=dict)
    said: Changes = field(default_factory=dict)
    elsewhere: bool = False
    silent: bool = False

    @property
    def starts_on(self) -> date:
        """The first day of the work."""
        return legal_day(NOW) + timedelta(days=self.ahead)

    @property
    def answers(self) -> dict[str, str]:
        """The check-in as it is answered."""
        return WELL | {name: str(code) for name, code in self.said.items()}


def _life(*found: tuple[str, str], **changes: object) -> Life:
    return Life(frozenset(found), **changes)  # type: ignore[arg-type]


def _paid(rule: str, code: str, *payments: Payment) -> Life:
    return _life((rule, code), payments=(FOOD, *payments))


def _lent(code: str, loan: Payment) -> Life:
    """What was paid with borrowed money is owed back, too."""
    return _life(("R31", "repay"), ("R32", code), payments=(FOOD, loan))


SIGNS = ("R37", "signs-of-one-worker")
LIVES: tuple[Life, ...] = (
    _life(("R04", "underage"), born=date(2012, 5, 4)),
    _life(("R05", "identity-mismatch"), other=True),
    _life(("R16", "substituted"), changed={"wage": D(300)}),
    _life(("R16", "substituted"), changed={"hours_per_day": D(9)}),
    _life(("R16", "substituted"), changed={"municipality": "0405"}),
    _life(("R16", "altered"), changed={"wage": D(380)}),
    _life(("R16", "unread"), changed={"title": "Corte de café y lo que diga el caporal"}),
    _life(("R16", "reported"), reported=frozenset({Reported.WAGE})),
    _life(("R17", "not-read-aloud"), heard=False),
    _life(("R17", "no-language"), speaks=("caa",)),
    _life(("R18", "too-late"), ahead=1),
    _paid("R30", "charged", paid("777.77", CostCode.FEE_PLACEMENT, asker=Asker.RECRUITER)),
    _paid("R30", "charged", paid("1", CostCode.BRIBE, asker=Asker.OFFICIAL)),
    _paid("R30", "charged", paid("90", CostCode.BOND, payer=Payer.FAMILY)),
    _paid("R31", "repay", paid("50", CostCode.MEDICAL)),
    _paid("R31", "large-part", paid("2000", CostCode.MEDICAL)),
    _paid("R31", "more-than-a-wage", paid("20000", CostCode.TRAVEL_IN)),
    _paid("R31", "unknown", paid("5", CostCode.MEDICAL, currency="USD")),
    _lent("owes-who-hires", lent(Lender.EMPLOYER, "0")),
    _lent("repaid-by-wage", lent(Lender.BANK, "12", by_wage=True)),
    _lent("interest-too-high", lent(Lender.MONEYLENDER, "36.01")),
    _lent("unknown", lent(Lender.MONEYLENDER, None)),
    _life(("R33", "held"), said={"document": "yes"}),
    _life(
        *(("R33", "held-with-threats"), ("R35", "not-free"), SIGNS),
        said={"document": "yes", "free": "cannot-leave"},
    ),
    _life(("R34", "told-unpaid"), said={"paid": "late"}),
    _life(("R34", "told-less"), said={"paid": "less"}),
    _life(("R34", "unpaid"), slip={"paid_on": None}),
    _life(("R34", "paid-less"), slip={"rate": D("332.49")}),
    _life(("R34", "paid-otherwise"), slip={"currency": "USD", "rate": D(15)}),
    _life(("R35", "not-free"), said={"free": "guarded"}),
    _life(("R35", "not-free"), said={"free": "phone-taken"}),
    _life(("R36", "not-safe"), said={"safe": "harassed"}),
    _life(("R36", "not-safe"), said={"safe": "hurt"}),
    _life(SIGNS, said={"rest": "no", "living": "bad"}),
    _life(("R39", "other-farm"), elsewhere=True),
)
"""One fault each, but where one answer is two."""

TOGETHER: tuple[Life, ...] = (
    LIVES[0],
    _life(("R05", "identity-mismatch"), ("R17", "not-read-aloud"), other=True, heard=False),
    _life(
        *(("R16", "substituted"), ("R30", "charged"), ("R31", "large-part"), SIGNS),
        *(("R33", "held-with-threats"), ("R34", "told-less"), ("R36", "not-safe")),
        changed={"wage": D(300)},
        payments=(paid("1", CostCode.BRIBE), paid("2000", CostCode.MEDICAL)),
        said={"document": "yes", "safe": "threatened", "paid": "less"},
    ),
    _life(
        *(("R16", "reported"), ("R18", "too-late")),
        *(("R31", "repay"), ("R32", "owes-who-hires")),
        *(("R34", "paid-less"), ("R35", "not-free"), ("R39", "other-farm")),
        ahead=1,
        reported=frozenset({Reported.HOURS}),
        payments=(lent(Lender.RECRUITER, "0"),),
        slip={"rate": D("332.49")},
        said={"free": "guarded"},
        elsewhere=True,
    ),
)
"""Every rule once, in few lives."""

RULES = frozenset({"R04", "R05"} | {f"R{n}" for n in (16, 17, 18, *range(30, 38), 39)})
"""What is judged of a worker, and of no vacancy."""


def make_lives(random: Random, count: int) -> Iterator[Life]:
    """So many workers of every age that is admitted; each tenth has one violation."""
    for _ in range(count):
        born = date(1960, 1, 1) + timedelta(days=random.randrange(0, 365 * 48))
        life = random.choice(LIVES) if random.random() < 0.1 else Life()
        if life.born == Life.born:
            life = replace(life, born=min(born, legal_day(NOW).replace(year=2008)))
        fed = replace(FOOD, amount=D(random.randrange(1, 10**7)) / 100)
        fine = random.choice(("yes", "not-due"))
        said = {"paid": fine, **life.said}
        yield replace(life, payments=(fed, *life.payments[1:]), said=said)


def judge_life(life: Life, parameters: Parameters) -> Found:
    """What the law finds in what was told, by the functions that the services call."""
    on = life.starts_on + timedelta(days=ASKED_AFTER)
    found = [
        *_of_person(life, parameters, on),
        *_of_contract(life, parameters, on),
        *_of_costs(life, parameters, on),
        *_of_work(life, parameters, on),
    ]
    return frozenset((one.rule.value, one.code) for one in found if isinstance(one, RuleFinding))


def _of_person(life: Life, parameters: Parameters, on: date) -> Iterator[Finding | None]:
    facts = WorkerFacts(life.born, life.starts_on, life.other, looks_like_child=False)
    yield CATALOGUE[RuleId.R04](facts, parameters, on)
    yield CATALOGUE[RuleId.R05](facts, parameters, on)


@cache
def _contract(ahead: int, *changed: tuple[str, object]) -> tuple[str, AgreedTerms, Told]:
    """The digest and terms of a contract; the identities in it are all the same here."""
    content = content_of(UUID(int=1), PersonId(UUID(int=2)), _offer(ahead, dict(changed)), FAIR)
    told: Told = json.loads(content)
    return digest_of(content), agreed_terms(told), told


def _offer(ahead: int, changed: Changes) -> Offer:
    fair = replace(OFFER, vacancy=str(UUID(int=3)), employer=str(UUID(int=4)))
    offer = replace(fair, starts_on=legal_day(NOW) + timedelta(days=ahead))
    return replace(offer, **changed)  # type: ignore[arg-type]


def _of_contract(life: Life, parameters: Parameters, on: date) -> Iterator[Finding | None]:
    """As `contract_checks.judge_agreement`: what is other is not agreed to yet."""
    before, terms, first = _contract(life.ahead)
    after, delivered, newest = _contract(life.ahead, *life.changed.items())
    words = (one.field for one in compare(first, newest) if one.change is Change.OTHER)
    facts = ContractFacts(
        approved_sha256=before,
        delivered_sha256=after,
        approved=terms,
        delivered=delivered,
        others=frozenset(words),
        reported=frozenset(one.value for one in life.reported),
        languages=LANGUAGES,
        understands=frozenset(life.speaks),
        reads=frozenset(),
        read_aloud=life.heard,
        heard_in="spa" if life.heard else None,
        accepted_at=NOW,
        travels_at=start_of(delivered.starts_on),
    )
    rules = (SUBSTITUTION,) if life.changed else (SUBSTITUTION, UNDERSTOOD, IN_TIME)
    yield from (rule(facts, parameters, on) for rule in rules)


def _of_costs(life: Life, parameters: Parameters, on: date) -> Iterator[Finding | None]:
    """As `cost_claims`, which looks at all that was asked back until then."""
    offer = _offer(life.ahead, {})
    wage = wage_of_month(offer.wage, offer.days_per_week)
    payments = [replace(one, paid_on=one.paid_on or on) for one in life.payments]
    entries = [
        CostEntry(UUID(int=0), UUID(int=0), PersonId(UUID(int=0)), one, NOW) for one in payments
    ]
    for upto in range(1, len(entries) + 1):
        facts = facts_of(entries[:upto], wage, offer.currency, Rates())
        yield CATALOGUE[RuleId.R30](facts, parameters, on)
        yield CATALOGUE[RuleId.R31](facts, parameters, on)
        loans = WorkerFacts(loans=loans_of(payments[:upto]))
        yield CATALOGUE[RuleId.R32](loans, parameters, on)


def _of_work(life: Life, parameters: Parameters, on: date) -> Iterator[Finding | None]:
    """As `check_ins.keep_answers` and `farm_register`."""
    slip = week(life.starts_on + timedelta(days=5), **life.slip)
    pay = wage_facts(slip, Agreed(_offer(life.ahead, {}), None), on)
    answers = read_answers(life.answers, act=False)
    yield from judge_answers(answers, parameters, on, pay)
    yield judge_pattern(reports_of("worker", answers, on), "worker", parameters, on)[0]
    entered = ELSEWHERE if life.elsewhere else FARM
    told = {"change_asked": False, "in_force": True}
    yield judge_entry(entered, FARM, parameters=parameters, on=on, **told)[1]
