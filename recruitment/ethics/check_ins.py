"""What workers tell during the job, one by one (R33–R36)."""

from permits.findings import Severity
from recruitment.ethics.facts import CheckInFacts
from recruitment.ethics.rules import Effect, Judging, Outcome, Rule, RuleFinding, RuleId, known


def _held(facts: CheckInFacts, judging: Judging) -> RuleFinding | None:
    """R33: somebody else holds the document; with threats, or who cannot leave, it is graver."""
    if not facts.document_held:
        return None
    if facts.threatened or facts.cannot_leave:
        return judging.finds("held-with-threats", "document_held")
    return judging.finds("held", "document_held")


HELD = Rule(
    RuleId.R33,
    CheckInFacts,
    _held,
    {
        "held-with-threats": Outcome(Severity.BLOCK, (Effect.OPEN_CASE_S1,)),
        "held": Outcome(Severity.BLOCK, (Effect.OPEN_CASE_S2,)),
    },
    "OIT, indicador 7 (retención de documentos)",
    needs=("document_held",),
    reads=("threatened", "cannot_leave"),
    overridable=False,
)


def _paid(facts: CheckInFacts, judging: Judging) -> RuleFinding | None:
    """R34: paid in time, and what was agreed; either failing is enough.

    What was counted (a payslip) and what the worker says both weigh; the worker's word that all
    is well passes where nobody has counted. Pay in another unit or currency than agreed, which
    nobody can compare, is no pay as agreed.
    """
    late, short = judging.value("late_days"), judging.value("short_percent")
    if facts.told_unpaid:
        return judging.finds("told-unpaid", "told_unpaid")
    if facts.told_less:
        return judging.finds("told-less", "told_less")
    since, period = facts.days_since_pay, facts.pay_period_days
    if since is not None and period is not None and since > period + late:
        return judging.finds("unpaid", "days_since_pay", days=since)
    if facts.paid_otherwise:
        return judging.finds("paid-otherwise", "paid_otherwise")
    if facts.paid is not None and facts.due is not None and _is_short(facts, short):
        return judging.finds("paid-less", "paid", limit=short)
    if None not in (facts.told_unpaid, facts.told_less):
        return None
    missing = [name for name in COUNTED if getattr(facts, name) is None]
    return judging.unknown(*missing) if missing else None


COUNTED = ("days_since_pay", "pay_period_days", "paid", "due")
"""What somebody counted of the pay."""


def _is_short(facts: CheckInFacts, short_percent: int) -> bool:
    return known(facts.paid) * 100 < known(facts.due) * (100 - short_percent)


PAID = Rule(
    RuleId.R34,
    CheckInFacts,
    _paid,
    {
        "unpaid": Outcome(Severity.WARN, (Effect.OPEN_CASE_S2,)),
        "paid-less": Outcome(Severity.WARN, (Effect.OPEN_CASE_S2,)),
        "paid-otherwise": Outcome(Severity.WARN, (Effect.OPEN_CASE_S2,)),
        "told-unpaid": Outcome(Severity.WARN, (Effect.OPEN_CASE_S2,)),
        "told-less": Outcome(Severity.WARN, (Effect.OPEN_CASE_S2,)),
    },
    "OIT, indicador 8 (retención de salarios); Convenio OIT 95",
    reads=(*COUNTED, "paid_otherwise", "told_unpaid", "told_less"),
    parameters=("late_days", "short_percent"),
)


def _free(facts: CheckInFacts, judging: Judging) -> RuleFinding | None:
    """R35: any yes is enough; a no to all three is needed to pass."""
    return _any_yes(facts, judging, FREE.reads, "not-free")


FREE = Rule(
    RuleId.R35,
    CheckInFacts,
    _free,
    {"not-free": Outcome(Severity.BLOCK, (Effect.OPEN_CASE_S1, Effect.REFER_TO_CICESCT))},
    "OIT, indicadores 3 y 4 (restricción de movimiento y aislamiento)",
    reads=("cannot_leave", "guarded", "phone_taken"),
    overridable=False,
)


def _safe(facts: CheckInFacts, judging: Judging) -> RuleFinding | None:
    """R36: violence, sexual harassment, threats (of deportation too)."""
    return _any_yes(facts, judging, SAFE.reads, "not-safe")


SAFE = Rule(
    RuleId.R36,
    CheckInFacts,
    _safe,
    {"not-safe": Outcome(Severity.BLOCK, (Effect.OPEN_CASE_S1,))},
    "OIT, indicadores 5 y 6; Convenio OIT 190",
    reads=("violence", "harassment", "threatened"),
)


def _any_yes(
    facts: CheckInFacts, judging: Judging, questions: tuple[str, ...], code: str
) -> RuleFinding | None:
    yes = [name for name in questions if getattr(facts, name)]
    if yes:
        return judging.finds(code, yes[0], told=", ".join(yes))
    missing = [name for name in questions if getattr(facts, name) is None]
    return judging.unknown(*missing) if missing else None


RULES = (HELD, PAID, FREE, SAFE)
