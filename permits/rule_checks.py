"""Checks on what a programme asks beside age and nationality: files, rules and papers."""

from collections.abc import Collection, Iterator

from permits.findings import Finding, Severity
from permits.later_papers import NONE_LATER, LaterPapers
from permits.programme_rules import JUDGED, RuleCode
from permits.programmes import Programme
from permits.submissions import DocumentKind

FINDING_CODES = frozenset(
    {
        "document-came-later",
        "document-missing",
        "document-shown",
        "document-to-be-shown",
        "paper-came-later",
        "paper-shown",
        "paper-to-be-shown",
        "photo-missing",
        "photo-to-be-taken",
        *(f"rule-{code}" for code in RuleCode),
    }
)
"""Every code of this room, for the table of words."""

WARN, INFO = Severity.WARN, Severity.INFO


def check_documents(
    programme: Programme,
    present: Collection[DocumentKind],
    later: LaterPapers = NONE_LATER,
    *,
    brings: bool,
) -> Iterator[Finding]:
    """Files that the programme asks for; what the worker brings to an office is only noted.

    So is what was seen there, or came as a photo after the application: a person looks at it.
    """
    missing = ("document-to-be-shown", INFO) if brings else ("document-missing", WARN)
    for kind in programme.documents:
        if kind not in present:
            (code, severity), told = missing, dict[str, str | int](document=kind.value)
            if kind.value in later.shown:
                code, severity, told = "document-shown", INFO, told | _seen(later, kind.value)
            elif kind.value in later.came:
                code, severity, told = "document-came-later", INFO, told | _came(later, kind.value)
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


def check_papers(programme: Programme, later: LaterPapers = NONE_LATER) -> Iterator[Finding]:
    """Papers that are shown at an office before the decision; a photo of one shows none."""
    for paper in programme.papers:
        code, kind = "paper-to-be-shown", paper.kind.value
        told: dict[str, str | int] = {"paper": kind}
        if kind in later.shown:
            code, told = "paper-shown", told | _seen(later, kind)
        elif kind in later.came:
            code, told = "paper-came-later", told | _came(later, kind)
        yield Finding(code, INFO, paper.source, paper.confirmed, "", told)


def _seen(later: LaterPapers, paper: str) -> dict[str, str | int]:
    day, agency = later.shown[paper]
    return {"shown_on": day.isoformat(), "agency-short": agency.value}


def _came(later: LaterPapers, paper: str) -> dict[str, str | int]:
    return {"came_on": later.came[paper].isoformat()}
