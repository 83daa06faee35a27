"""Checks on what a programme asks beside age and nationality: files, rules and papers."""

from collections.abc import Collection, Iterator

from permits.findings import Finding, Severity
from permits.programme_rules import JUDGED, RuleCode
from permits.programmes import Programme
from permits.submissions import DocumentKind

FINDING_CODES = frozenset(
    {
        "document-missing",
        "document-to-be-shown",
        "paper-to-be-shown",
        "photo-missing",
        "photo-to-be-taken",
        *(f"rule-{code}" for code in RuleCode),
    }
)
"""Every code of this room, for the table of words."""

WARN, INFO = Severity.WARN, Severity.INFO


def check_documents(
    programme: Programme, present: Collection[DocumentKind], *, brings: bool
) -> Iterator[Finding]:
    """Files that the programme asks for; what the worker brings to an office is only noted."""
    code, severity = ("document-to-be-shown", INFO) if brings else ("document-missing", WARN)
    for kind in programme.documents:
        if kind not in present:
            told: dict[str, str | int] = {"document": kind.value}
            yield Finding(code, severity, programme.source, False, kind, told)


def check_photo(programme: Programme, *, brings: bool) -> Iterator[Finding]:
    """The photo that is not there."""
    code, severity = ("photo-to-be-taken", INFO) if brings else ("photo-missing", WARN)
    if programme.photo_required:
        yield Finding(code, severity, programme.source, field=DocumentKind.PHOTO)


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
        yield Finding("paper-to-be-shown", INFO, paper.source, paper.confirmed, "", told)
