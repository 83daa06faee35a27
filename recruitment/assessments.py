"""The IRIS self-assessment: each criterion has a status and a slot for its evidence.

The numbers A.1 to A.3 are those of the standard (IRIS v1.2, 2019); the other criteria are said in
our words under their principle, until the text with its numbering is at hand.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from permits.errors import Conflict, Fault, refuse_if

EVIDENCE_LIMIT = 500
"""Characters that say what the evidence is and where it can be seen."""


class Principle(StrEnum):
    """The two general and five specific principles of IRIS."""

    LAWS = "A"
    CONDUCT = "B"
    NO_FEES = "1"
    MOVEMENT = "2"
    TERMS = "3"
    DATA = "4"
    REMEDY = "5"


class Criterion(StrEnum):
    """What is assessed."""

    LAWS = "a1-laws"
    FORCED_LABOUR = "a2-forced-labour"
    MINORS = "a3-minors"
    EQUALITY = "a-equality"
    ASSOCIATION = "a-association"
    POLICIES = "b-policies"
    DUE_DILIGENCE = "b-due-diligence"
    LICENCE = "b-licence"
    RECORDS = "b-records"
    FEES = "1-fees"
    DEPOSITS = "1-deposits"
    REPAYMENT = "1-repayment"
    DOCUMENTS = "2-documents"
    LEAVING = "2-leaving"
    CONTRACT = "3-contract"
    SUBSTITUTION = "3-substitution"
    UNDERSTOOD = "3-understood"
    CONSENT = "4-consent"
    DISCLOSURE = "4-disclosure"
    CHANNEL = "5-channel"
    RETALIATION = "5-retaliation"

    @property
    def principle(self) -> Principle:
        """The principle that it belongs to."""
        return Principle(self.value[0].upper())


class AssessmentStatus(StrEnum):
    """How far a criterion has been shown to be met."""

    NOT_ASSESSED = "not-assessed"
    SELF_DECLARED = "self-declared"
    EVIDENCED = "evidenced"
    AUDITED = "audited"
    NON_CONFORM = "non-conform"


class Audit(StrEnum):
    """What an official says after looking."""

    CONFIRM = "confirm"
    REJECT = "reject"


@dataclass(frozen=True)
class Assessment:
    """One criterion as it stands; `evidence` says what shows it and where it can be seen."""

    criterion: Criterion
    status: AssessmentStatus = AssessmentStatus.NOT_ASSESSED
    evidence: str = ""
    version: int = 0
    set_at: datetime | None = None


def declare(before: Assessment, evidence: str, now: datetime) -> Assessment:
    """The owner's word, with evidence or without; what was audited counts anew from here.

    What an official found not to conform stays so, with the new evidence beside it, until an
    official looks again.
    """
    text = evidence.strip()
    if len(text) > EVIDENCE_LIMIT:
        refuse_if([Fault("too-long", "evidence", {"limit": EVIDENCE_LIMIT})])
    status = AssessmentStatus.EVIDENCED if text else AssessmentStatus.SELF_DECLARED
    if before.status is AssessmentStatus.NON_CONFORM:
        status = AssessmentStatus.NON_CONFORM
    return replace(before, status=status, evidence=text, version=before.version + 1, set_at=now)


AUDITS: Mapping[tuple[AssessmentStatus, Audit], AssessmentStatus] = {
    (AssessmentStatus.SELF_DECLARED, Audit.REJECT): AssessmentStatus.NON_CONFORM,
    (AssessmentStatus.EVIDENCED, Audit.CONFIRM): AssessmentStatus.AUDITED,
    (AssessmentStatus.EVIDENCED, Audit.REJECT): AssessmentStatus.NON_CONFORM,
    (AssessmentStatus.AUDITED, Audit.REJECT): AssessmentStatus.NON_CONFORM,
    (AssessmentStatus.NON_CONFORM, Audit.CONFIRM): AssessmentStatus.AUDITED,
}
"""Nobody confirms what has no evidence, and nobody looks at what was never declared."""


def audit(before: Assessment, said: Audit, now: datetime) -> Assessment:
    """What an official's look makes of it; Conflict("no-such-audit") where there is nothing."""
    status = AUDITS.get((before.status, said))
    if status is None or (said is Audit.CONFIRM and not before.evidence):
        raise Conflict("no-such-audit", status=before.status.value)
    return replace(before, status=status, version=before.version + 1, set_at=now)


def whole(kept: Sequence[Assessment]) -> tuple[Assessment, ...]:
    """Every criterion in the order of the standard; what nobody touched is not assessed."""
    known = {one.criterion: one for one in kept}
    return tuple(known.get(one, Assessment(one)) for one in Criterion)
