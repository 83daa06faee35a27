"""What payments of one application come to: their worth, the burden, and what R30-R32 find."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from app.services.kept_findings import About, CaseJudgement, Whose, find, keep
from app.services.payslips import find_month_earned
from app.services.pools import find_work, find_works
from app.services.vacancy_judging import parameters_for
from app.services.work import Work
from app.storage import cost_entries, cost_parts
from app.storage.agreed_terms import list_counting
from app.storage.cost_claims import find_paid_for
from app.storage.vacancies import ListedVacancy
from permits.applications import Application
from permits.deadlines import legal_day
from recruitment.contracts import Told, offer_of
from recruitment.cost_figures import Burden, burden_of, wage_of_month
from recruitment.cost_values import facts_of, loans_of, value_of
from recruitment.costs import ClaimStatus, CostEntry, Costs
from recruitment.day_wages import tell_day_wage
from recruitment.ethics.catalogue import CATALOGUE
from recruitment.ethics.facts import WorkerFacts
from recruitment.ethics.rules import RuleFinding, RuleId
from recruitment.exchange_rates import Converted
from recruitment.repayments import rest_of


@dataclass(frozen=True)
class CostsOf:
    """Payments of one application, and for which work they were made.

    `entries` are those that may be looked at: the caller says so.
    """

    application: UUID
    programme: str
    vacancy: UUID | None
    entries: Sequence[CostEntry]


@dataclass(frozen=True)
class JudgedCosts:
    """Payments against the first month's wage, in the `currency` of that wage.

    `values` has those that were paid in another currency, None where no rate tells it. `burden` is
    None where the wage or a rate is not known. `findings` are those that were kept; `judged` tells
    when and by which values. It is None where nothing was kept, and then they are of this moment.
    """

    currency: str | None
    burden: Burden | None
    values: Mapping[UUID, Converted | None]
    findings: tuple[RuleFinding, ...]
    judged: CaseJudgement | None


def read_costs(work: Work, paid: CostsOf, about: About) -> JudgedCosts:
    """What these payments come to today, and what was found of them when they last changed.

    Sums are reckoned and no finding: what came back is no burden any more.
    """
    costs, rates = costs_of(work, paid.programme), work.ports.reference.exchange_rates
    wage, currency = _month(work, paid)
    judged = find(work, about, paid.application)
    unkept = paid.entries and judged is None  # written before findings were kept
    return JudgedCosts(
        currency,
        burden_of(_owed(work, paid), costs, wage, currency, rates),
        {
            one.id: value_of(one, currency, costs, rates)
            for one in paid.entries
            if currency and one.payment.currency != currency
        },
        judge_costs(work, paid) if unkept else judged.findings if judged else (),
        judged,
    )


def judge_costs(work: Work, paid: CostsOf) -> tuple[RuleFinding, ...]:
    """What R30 to R32 find in these payments today.

    What came back is no burden any more (R31); a fee that was taken stays one (R30).
    """
    rates, entries = work.ports.reference.exchange_rates, paid.entries
    wage, currency = _month(work, paid)
    parameters, today = parameters_for(work, paid.programme), legal_day(work.now)
    judged = (
        CATALOGUE[RuleId.R30](facts_of(entries, wage, currency, rates), parameters, today),
        CATALOGUE[RuleId.R31](
            facts_of(_owed(work, paid), wage, currency, rates), parameters, today
        ),
        CATALOGUE[RuleId.R32](
            WorkerFacts(loans=loans_of([one.payment for one in entries])), parameters, today
        ),
    )
    return tuple(one for one in judged if one is not None)


def _owed(work: Work, paid: CostsOf) -> list[CostEntry]:
    """What is still a burden: the rest of what came in parts, and nothing of what came back."""
    parts = cost_parts.list_of_application(work.session, work.ports.vault, paid.application)
    owed = (one for one in paid.entries if one.status is not ClaimStatus.CONFIRMED)
    return [rest_of(one, parts.get(one.id, ())) for one in owed]


def _month(work: Work, paid: CostsOf) -> tuple[Decimal | None, str | None]:
    """What the first month earned, else what a month of the work earns; with its currency."""
    earned = find_month_earned(work, [paid.application]).get(paid.application)
    return earned or _agreed_month(work, paid) or (None, None)


def _agreed_month(work: Work, paid: CostsOf) -> tuple[Decimal, str] | None:
    if paid.vacancy is None:
        return None
    own = (paid.application, paid.vacancy)
    return find_month_wages(work, [own]).get(own)


def keep_costs(work: Work, own: Application) -> None:
    """Write down what R30 to R32 find of a diary, and of what its worker asked back of it.

    They are two judgements: nobody but its worker reads what they keep private.
    """
    entries = cost_entries.list_entries(work.session, work.ports.vault, own.id)
    vacancy = find_paid_for(work.session, own.id).vacancy
    asked = [one for one in entries if not one.is_private]
    whose = Whose(own.id, own.worker, own.programme)
    for about, told in ((About.DIARY, entries), (About.CLAIMS, asked)):
        if told or find(work, about, own.id):
            found = judge_costs(work, CostsOf(own.id, own.programme, vacancy, told))
            keep(work, whose, about, found, told)


def costs_of(work: Work, programme: str) -> Costs:
    """What is a fee and what a related cost under a programme today, and the days that count."""
    parameters, today = parameters_for(work, programme), legal_day(work.now)
    days = {
        name: found.value
        for name in ("R31.rate_days", "costs.repay_days")
        if (found := parameters.threshold(name, today)) is not None
    }
    return Costs(
        frozenset(parameters.terms("R30.never_legitimate", today).items),
        frozenset(parameters.terms("R31.related", today).items),
        days["R31.rate_days"],
        days["costs.repay_days"],
    )


def find_month_wage(work: Work, vacancy: UUID | None) -> tuple[Decimal, str] | None:
    """What a month of a vacancy's work earns, in its currency; None where nobody can tell.

    By piece it is what somebody slow picks, or the minimum that the employer guarantees.
    """
    found = find_work(work, vacancy) if vacancy else None
    return _month_wage(work, found) if found else None


def find_month_wages(
    work: Work, some: Collection[tuple[UUID, UUID]]
) -> Mapping[tuple[UUID, UUID], tuple[Decimal, str] | None]:
    """The same by application and vacancy, and by the terms that their workers were promised.

    Where a contract was drawn it counts, whatever the vacancy says now; of a vacancy that nobody
    knows nothing is told.
    """
    works = find_works(work, {vacancy for _, vacancy in some})
    agreed = list_counting(work.session, {application for application, _ in some})
    return {
        key: _month_wage(work, works[key[1]], agreed.get(key)) for key in some if key[1] in works
    }


def _month_wage(
    work: Work, found: ListedVacancy, agreed: Told | None = None
) -> tuple[Decimal, str] | None:
    programme = work.ports.reference.programmes[found.programme].on(legal_day(work.now))
    offer = offer_of(agreed, found.offer) if agreed else found.offer
    day = tell_day_wage(offer, programme, work.ports.reference.minimum_wages)
    if day is None or not day.paid:
        return None
    return wage_of_month(day.paid, offer.days_per_week), day.currency
