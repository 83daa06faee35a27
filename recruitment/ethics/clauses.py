"""Clauses that bind a worker: penalties, bonds, savings by force, papers kept (R14, R15)."""

from permits.findings import Severity
from recruitment.ethics.facts import ContractFacts
from recruitment.ethics.matching import find_words
from recruitment.ethics.rules import Judging, Outcome, Rule, RuleFinding, RuleId
from recruitment.ethics.words import Clause

BINDING = frozenset(Clause) - {Clause.KEEPS_DOCUMENTS}


def _look_for(
    facts: ContractFacts, judging: Judging, forbidden: frozenset[Clause]
) -> RuleFinding | None:
    """What a reader has marked blocks. Of a text that was read, words alone never do.

    "No bond is asked" has the word too, and is shown. While nobody has read the contract nothing
    passes: where all but a few words of the employer is fixed terms, those words must not be there.
    """
    found = sorted(clause.value for clause in (facts.clauses or frozenset()) & forbidden)
    if found:
        return judging.finds("clause", "clauses", clauses=", ".join(found))
    if facts.clauses is None and facts.fixed_form and facts.text is not None:
        unread = find_words(facts.text, judging.terms("words"))
        return judging.finds("words-unread", "text", words=", ".join(unread)) if unread else None
    missing = [name for name in ("clauses", "text") if getattr(facts, name) is None]
    if missing:
        return judging.unknown(*missing)
    words = find_words(facts.text or "", judging.terms("words"))
    return judging.finds("words-seen", "text", words=", ".join(words)) if words else None


def _binding(facts: ContractFacts, judging: Judging) -> RuleFinding | None:
    """R14: nothing makes leaving dear."""
    return _look_for(facts, judging, BINDING)


def _papers(facts: ContractFacts, judging: Judging) -> RuleFinding | None:
    """R15: nobody but the worker keeps the worker's papers."""
    return _look_for(facts, judging, frozenset({Clause.KEEPS_DOCUMENTS}))


OUTCOMES = {
    "clause": Outcome(Severity.BLOCK),
    "words-unread": Outcome(Severity.BLOCK),
    "words-seen": Outcome(Severity.INFO),
}

PENALTIES = Rule(
    RuleId.R14,
    ContractFacts,
    _binding,
    OUTCOMES,
    "OIT, principio 12 e indicador 9; IRIS 1 y 2",
    reads=("clauses", "text"),
    parameters=("words",),
    overridable=False,
)

DOCUMENTS = Rule(
    RuleId.R15,
    ContractFacts,
    _papers,
    OUTCOMES,
    "OIT, principio 11 e indicador 7; IRIS 2",
    reads=("clauses", "text"),
    parameters=("words",),
    overridable=False,
)

RULES = (PENALTIES, DOCUMENTS)
