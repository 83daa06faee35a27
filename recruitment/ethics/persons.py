"""The worker: old enough, who the papers say, and free of debts to whoever gives work."""

from permits.ages import is_old_enough
from permits.findings import Severity
from recruitment.ethics.facts import Loan, WorkerFacts
from recruitment.ethics.rules import Effect, Judging, Outcome, Rule, RuleFinding, RuleId, known
from recruitment.ethics.words import Lender


def _age(facts: WorkerFacts, judging: Judging) -> RuleFinding | None:
    """The programme's own minimum, on the first day of work (as `permits.eligibility` judges)."""
    born, starts_on = known(facts.date_of_birth), known(facts.starts_on)
    minimum = judging.programme.minimum_age_years
    if not is_old_enough(born, starts_on, minimum.value):
        return judging.finds("underage", "date_of_birth", limit=minimum.value)
    return None


AGE = Rule(
    RuleId.R04,
    WorkerFacts,
    _age,
    {"underage": Outcome(Severity.BLOCK)},
    "IRIS A.3; Convenios OIT 138 y 182; edad que pide el programa",
    needs=("date_of_birth", "starts_on"),
    overridable=False,
)


def _is_who(facts: WorkerFacts, judging: Judging) -> RuleFinding | None:
    """Stands until an official has looked into it; in doubt the person counts as a minor."""
    if facts.cleared:
        return None
    if facts.looks_like_child:
        return judging.finds("looks-like-child", "looks_like_child")
    if facts.identity_mismatch:
        return judging.finds("identity-mismatch", "date_of_birth")
    missing = [name for name in IDENTITY.reads if getattr(facts, name) is None]
    return judging.unknown(*missing) if missing else None


IDENTITY = Rule(
    RuleId.R05,
    WorkerFacts,
    _is_who,
    {"looks-like-child": Outcome(Severity.BLOCK), "identity-mismatch": Outcome(Severity.BLOCK)},
    "Convenio OIT 182; valor propuesto por el programa",
    reads=("looks_like_child", "identity_mismatch"),
)


def _loans(facts: WorkerFacts, judging: Judging) -> RuleFinding | None:
    """A debt to whoever gives work, one that eats the wage, or one dearer than the law allows."""
    loans, most = known(facts.loans), judging.value("most_interest_percent")
    if any(loan.lender in {Lender.EMPLOYER, Lender.RECRUITER} for loan in loans):
        return judging.finds("owes-who-hires", "loans")
    if any(loan.repaid_by_wage for loan in loans):
        return judging.finds("repaid-by-wage", "loans")
    if any(loan.interest_percent is not None and loan.interest_percent > most for loan in loans):
        return judging.finds("interest-too-high", "loans", limit=most)
    return judging.unknown("loans") if any(map(_is_untold, loans)) else None


def _is_untold(loan: Loan) -> bool:
    return loan.interest_percent is None or loan.repaid_by_wage is None


LOANS = Rule(
    RuleId.R32,
    WorkerFacts,
    _loans,
    {
        "owes-who-hires": Outcome(Severity.WARN, (Effect.OPEN_CASE_S2,)),
        "repaid-by-wage": Outcome(Severity.WARN, (Effect.OPEN_CASE_S2,)),
        "interest-too-high": Outcome(Severity.WARN, (Effect.OPEN_CASE_S2,)),
    },
    "OIT, indicador 9 (servidumbre por deudas)",
    needs=("loans",),
    parameters=("most_interest_percent",),
)

RULES = (AGE, IDENTITY, LOANS)
