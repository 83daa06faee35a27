"""The employer: pays the way back, keeps Art. 11, has a clean record, is known to registries."""

from permits.findings import Severity
from recruitment.ethics.facts import EmployerFacts
from recruitment.ethics.rules import Judging, Outcome, Rule, RuleFinding, RuleId, known
from recruitment.ethics.words import ReturnTransport

HOME = "HND"
"""ISO 3166-1 alpha-3: whose labour code the shares are of, and from whose border it is not far."""


def _way_back(facts: EmployerFacts, judging: Judging) -> RuleFinding | None:
    """R22: at home to the border post at least; from abroad to the worker's home."""
    paid = facts.return_transport
    if paid is ReturnTransport.NOT_PAID:
        return judging.finds("return-not-paid", "return_transport")
    if paid is ReturnTransport.TO_BORDER and judging.programme.destination != HOME:
        return judging.finds("only-to-border", "return_transport")
    return None


RETURN = Rule(
    RuleId.R22,
    EmployerFacts,
    _way_back,
    {"return-not-paid": Outcome(Severity.WARN), "only-to-border": Outcome(Severity.WARN)},
    "OIT, definición de gastos conexos, punto vi; programa TFWP de Canadá",
    needs=("return_transport",),
)

SHARES = ("foreigners", "headcount", "foreign_payroll", "payroll", "waivers")


def _share(facts: EmployerFacts, judging: Judging) -> RuleFinding | None:
    """R23: of workers and of payroll; waivers in force move both, as far as the law lets them.

    Abroad another law counts.
    """
    if judging.programme.destination != HOME:
        return None
    missing = [name for name in SHARES if getattr(facts, name) is None]
    if missing:
        return judging.unknown(*missing)
    waived = sum(one.points for one in known(facts.waivers) if judging.on <= one.ends_on)
    points = min(waived, judging.value("most_waiver_points"))
    workers = judging.value("most_workers_percent") + points
    payroll = judging.value("most_payroll_percent") + points
    if known(facts.foreigners) * 100 > workers * known(facts.headcount):
        return judging.finds("too-many-workers", "foreigners", limit=workers)
    if known(facts.foreign_payroll) * 100 > payroll * known(facts.payroll):
        return judging.finds("too-much-payroll", "foreign_payroll", limit=payroll)
    return None


FOREIGN_SHARE = Rule(
    RuleId.R23,
    EmployerFacts,
    _share,
    {"too-many-workers": Outcome(Severity.WARN), "too-much-payroll": Outcome(Severity.WARN)},
    "Código del Trabajo, art. 11",
    reads=SHARES,
    parameters=("most_workers_percent", "most_payroll_percent", "most_waiver_points"),
)


def _record(facts: EmployerFacts, judging: Judging) -> RuleFinding | None:
    """R24: the gravest first; what is not known cannot hide behind what is only a warning.

    How many were upheld is told to nobody: of few workers it names the one who complained.
    """
    if facts.upheld_grave:
        return judging.finds("grave-complaint", "upheld_grave")
    if facts.unpaid_fines:
        return judging.finds("fine-unpaid", "unpaid_fines", count=facts.unpaid_fines)
    missing = [name for name in RECORD.reads if getattr(facts, name) is None]
    if missing:
        return judging.unknown(*missing)
    if facts.upheld_serious:
        return judging.finds("serious-complaint", "upheld_serious")
    complaints, many = known(facts.complaints), judging.value("many_complaints")
    if complaints >= many:
        return judging.finds("many-complaints", "complaints", count=int(many))
    return None


RECORD = Rule(
    RuleId.R24,
    EmployerFacts,
    _record,
    {
        "grave-complaint": Outcome(Severity.BLOCK),
        "fine-unpaid": Outcome(Severity.BLOCK),
        "serious-complaint": Outcome(Severity.WARN),
        "many-complaints": Outcome(Severity.WARN),
    },
    "IRIS B (diligencia debida); Directiva 2014/36/UE, art. 8",
    reads=("upheld_grave", "unpaid_fines", "upheld_serious", "complaints"),
    parameters=("many_complaints",),
)


def _known(facts: EmployerFacts, judging: Judging) -> RuleFinding | None:
    """R25: a registry that has not answered is "not verified", never "verified".

    The registries are those of Honduras: of a firm abroad its mission attests (E5).
    """
    if judging.programme.destination != HOME:
        return None
    if facts.registered is False:
        return judging.finds("not-registered", "registered")
    if facts.tax_active is False:
        return judging.finds("tax-inactive", "tax_active")
    missing = [name for name in IDENTITY if getattr(facts, name) is None]
    if missing:
        return judging.unknown(*missing)
    if not facts.located:
        return judging.finds("not-located", "located")
    if facts.grows_coffee and facts.coffee_key is None:
        return judging.unknown("coffee_key")
    if facts.grows_coffee and not facts.coffee_key:
        return judging.finds("no-coffee-key", "coffee_key")
    return None


IDENTITY = ("registered", "tax_active", "located", "grows_coffee")

REGISTRIES = Rule(
    RuleId.R25,
    EmployerFacts,
    _known,
    {
        "not-registered": Outcome(Severity.BLOCK),
        "tax-inactive": Outcome(Severity.BLOCK),
        "not-located": Outcome(Severity.WARN),
        "no-coffee-key": Outcome(Severity.WARN),
    },
    "Registro de empleadores RNSP/SIHCAL; registro de productores del IHCAFE",
    reads=(*IDENTITY, "coffee_key"),
)

RULES = (RETURN, FOREIGN_SHARE, RECORD, REGISTRIES)
