"""Checks on what a programme asks of a person beside age and nationality: its rules and papers."""

from collections.abc import Iterator

from permits.findings import Finding, Severity
from permits.programme_rules import JUDGED, RuleCode
from permits.programmes import Programme

FINDING_CODES = frozenset({"paper-to-be-shown", *(f"rule-{code}" for code in RuleCode)})
"""Every code of this room, for the table of words."""


def check_rules(programme: Programme, languages_read: tuple[str, ...] | None) -> Iterator[Finding]:
    """Domain 0.11: what the answers decide is judged, the rest is shown to who looks at it.

    A person who was not asked yet whether they read misses nothing here.
    """
    missed = {RuleCode.READS_AND_WRITES: languages_read == ()}
    for rule in programme.rules:
        judged = rule.code in JUDGED
        if not judged or missed[rule.code]:
            field = "languages_read" if judged else ""
            yield Finding(f"rule-{rule.code}", rule.severity, rule.source, rule.confirmed, field)


def check_papers(programme: Programme) -> Iterator[Finding]:
    """Papers that are shown at an office before the decision."""
    for paper in programme.papers:
        told: dict[str, str | int] = {"paper": paper.kind.value}
        yield Finding("paper-to-be-shown", Severity.INFO, paper.source, paper.confirmed, "", told)
