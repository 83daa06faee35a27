"""Recruiters: licensed on every day, with registered agents, true to what they declare."""

from collections.abc import Iterable
from datetime import date, timedelta

from permits.findings import Severity
from recruitment.ethics.facts import Licence, RecruiterFacts
from recruitment.ethics.rules import Effect, Judging, Outcome, Rule, RuleFinding, RuleId, known

ONE_DAY = timedelta(days=1)


def _licensed(facts: RecruiterFacts, judging: Judging) -> RuleFinding | None:
    """One day of the window without a licence is enough.

    A gap can begin only on the first day, after the end of a licence, or with a suspension.
    """
    starts_on, ends_on = known(facts.window_starts_on), known(facts.window_ends_on)
    licences = known(facts.licences)
    if ends_on < starts_on:
        return judging.finds("window-reversed", "window_ends_on")
    if not licences:
        return judging.finds("no-licence", "licences")
    turns = [starts_on, *_turns(licences)]
    bare = [day for day in turns if starts_on <= day <= ends_on and not _covered(licences, day)]
    return judging.finds("not-licensed", "licences", day=min(bare).isoformat()) if bare else None


def _turns(licences: Iterable[Licence]) -> list[date]:
    ends = [one.ends_on + ONE_DAY for one in licences]
    return ends + [first for one in licences for first, _ in one.suspended]


def _covered(licences: Iterable[Licence], day: date) -> bool:
    return any(
        one.starts_on <= day <= one.ends_on
        and not any(first <= day <= last for first, last in one.suspended)
        for one in licences
    )


RECRUITER_LICENCE = Rule(
    RuleId.R02,
    RecruiterFacts,
    _licensed,
    {
        "no-licence": Outcome(Severity.BLOCK),
        "not-licensed": Outcome(Severity.BLOCK),
        "window-reversed": Outcome(Severity.BLOCK),
    },
    "IRIS A.1; Acuerdo STSS-141-2015; Acuerdo Gubernativo 50-2022 de Guatemala",
    needs=("window_starts_on", "window_ends_on", "licences"),
)


def _chain(facts: RecruiterFacts, judging: Judging) -> RuleFinding | None:
    """Each agent of the chain; one who is not registered weighs more than one not looked up."""
    agents = known(facts.agents_registered)
    if unregistered := sum(one is False for one in agents):
        return judging.finds("agent-not-registered", "agents_registered", count=unregistered)
    return judging.unknown("agents_registered") if None in agents else None


CHAIN = Rule(
    RuleId.R03,
    RecruiterFacts,
    _chain,
    {"agent-not-registered": Outcome(Severity.BLOCK)},
    "IRIS B; OIT, directrices operativas sobre intermediarios",
    needs=("agents_registered",),
)


def _true_to_word(facts: RecruiterFacts, judging: Judging) -> RuleFinding | None:
    """Nobody asked yet is no fault; a few alone prove nothing, and would be known by name.

    How many told what is no fact of the finding: the employer reads it beside the vacancy, and one
    more would be the one who spoke since.
    """
    answers, different = known(facts.answers), known(facts.different)
    if different < judging.value("least_reports"):
        return None
    if different * 100 > judging.value("most_percent") * answers:
        return judging.finds("different-terms", "different")
    return None


TRUE_TO_WORD = Rule(
    RuleId.R40,
    RecruiterFacts,
    _true_to_word,
    {"different-terms": Outcome(Severity.BLOCK, (Effect.AUDIT_RECRUITER,))},
    "IRIS, seguimiento del cumplimiento",
    needs=("answers", "different"),
    parameters=("least_reports", "most_percent"),
)

RULES = (RECRUITER_LICENCE, CHAIN, TRUE_TO_WORD)
