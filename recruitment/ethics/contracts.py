"""The contract as a whole: not exchanged, understood, in time, and complete (R16–R19)."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from permits.findings import Severity
from recruitment.ethics.facts import AgreedTerms, ContractFacts
from recruitment.ethics.rules import Judging, Outcome, Rule, RuleFinding, RuleId, known
from recruitment.ethics.words import Weighed

TERMS = ("approved", "delivered", "others")
"""The terms of both versions and what no order weighs, which only another text asks for."""

LOST = Decimal("-Infinity")
"""What a promise is worth that the other version does not speak of."""


def _substituted(facts: ContractFacts, judging: Judging) -> RuleFinding | None:
    """R16: the same hash is the same contract; another one may only be better for the worker.

    What only words tell (title, tasks) a person reads: what they call worse is worse, and what
    nobody read passes nowhere. What the worker tells of the place is no proof against the paper.
    """
    other = facts.approved_sha256 != facts.delivered_sha256
    exchanged = _exchanged(facts, judging) if other else None
    if exchanged:
        return exchanged
    if facts.reported:
        return judging.finds("reported", "delivered", fields=", ".join(sorted(facts.reported)))
    if other:
        return judging.finds("altered", "delivered_sha256")
    return None


def _exchanged(facts: ContractFacts, judging: Judging) -> RuleFinding | None:
    approved, delivered, others = facts.approved, facts.delivered, facts.others
    if approved is None or delivered is None or others is None:
        return judging.unknown(*(n for n in TERMS if getattr(facts, n) is None))
    worse = list(find_worse(approved, delivered))
    if facts.looked is Weighed.WORSE:
        worse += sorted(others)
    if worse:
        return judging.finds("substituted", "delivered", fields=", ".join(worse))
    if others and facts.looked is None:
        return judging.finds("unread", "looked", fields=", ".join(sorted(others)))
    return None


def find_worse(approved: AgreedTerms, delivered: AgreedTerms) -> Iterator[str]:
    """The fields in which a worker stands worse than by the approved terms.

    Another place, job, unit, currency or time is another work: never better by itself.
    """
    pay = (delivered.currency, delivered.unit) == (approved.currency, approved.unit)
    if not pay or delivered.wage < approved.wage:
        yield "wage"
    if delivered.hours_per_day > approved.hours_per_day:
        yield "hours_per_day"
    if delivered.place != approved.place:
        yield "place"
    if delivered.job != approved.job:
        yield "job"
    if delivered.starts_on != approved.starts_on or delivered.ends_on != approved.ends_on:
        yield "duration"
    if delivered.deductions > approved.deductions:
        yield "deductions"
    for name, worth in approved.promised.items():
        if delivered.promised.get(name, LOST) < worth:
            yield name


SUBSTITUTION = Rule(
    RuleId.R16,
    ContractFacts,
    _substituted,
    {
        "substituted": Outcome(Severity.BLOCK),
        "unread": Outcome(Severity.BLOCK),
        "reported": Outcome(Severity.WARN),
        "altered": Outcome(Severity.INFO),
    },
    "OIT, principio 8 (sustitución de contratos) e indicador 2",
    needs=("approved_sha256", "delivered_sha256"),
    reads=(*TERMS, "looked", "reported"),
    overridable=False,
)


def _understood(facts: ContractFacts, judging: Judging) -> RuleFinding | None:
    """R17: a version in a language of the worker; who reads none of them has heard it in one.

    What was read out in a language that nobody noted is not known to be understood.
    """
    languages, understands = known(facts.languages), known(facts.understands)
    written = bool(languages & understands)
    if written and languages & known(facts.reads):
        return None
    if not written and not facts.read_aloud:
        return judging.finds("no-language", "languages")
    if facts.read_aloud is None:
        return judging.unknown("read_aloud")
    if not facts.read_aloud:
        return judging.finds("not-read-aloud", "read_aloud")
    if facts.heard_in is None:
        return judging.unknown("heard_in")
    return None if facts.heard_in in understands else judging.finds("no-language", "heard_in")


UNDERSTOOD = Rule(
    RuleId.R17,
    ContractFacts,
    _understood,
    {"no-language": Outcome(Severity.BLOCK), "not-read-aloud": Outcome(Severity.BLOCK)},
    "OIT, principio 8; IRIS 3",
    needs=("languages", "understands", "reads"),
    reads=("read_aloud", "heard_in"),
)


def _in_time(facts: ContractFacts, judging: Judging) -> RuleFinding | None:
    """R18: time to think between the yes and the journey."""
    least = judging.value("least_hours")
    if known(facts.travels_at) - known(facts.accepted_at) < timedelta(hours=least):
        return judging.finds("too-late", "accepted_at", limit=least)
    return None


IN_TIME = Rule(
    RuleId.R18,
    ContractFacts,
    _in_time,
    {"too-late": Outcome(Severity.WARN)},
    "OIT, principio 8 (con antelación suficiente)",
    needs=("accepted_at", "travels_at"),
    parameters=("least_hours",),
)


def _complete(facts: ContractFacts, judging: Judging) -> RuleFinding | None:
    """R19: what every contract must say."""
    told = {term.value for term in known(facts.stated)}
    silent = [term for term in judging.terms("mandatory") if term not in told]
    if silent:
        return judging.finds("terms-missing", "stated", terms=", ".join(silent))
    return None


COMPLETE = Rule(
    RuleId.R19,
    ContractFacts,
    _complete,
    {"terms-missing": Outcome(Severity.BLOCK)},
    "OIT, principio 8; Código del Trabajo, art. 37",
    needs=("stated",),
    parameters=("mandatory",),
)

RULES = (SUBSTITUTION, UNDERSTOOD, IN_TIME, COMPLETE)
