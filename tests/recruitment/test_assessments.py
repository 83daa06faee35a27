"""The IRIS self-assessment: declared, shown with evidence, looked at, never made better alone."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import product

import pytest

from permits.errors import Conflict, Invalid
from recruitment.assessments import (
    AUDITS,
    Assessment,
    AssessmentStatus,
    Audit,
    Criterion,
    Principle,
    audit,
    declare,
    whole,
)

NOW = datetime(2026, 12, 1, tzinfo=UTC)


@pytest.mark.feature("N5")
@pytest.mark.parametrize(
    ("before", "evidence", "after"),
    [
        ("not-assessed", " ", "self-declared"),
        ("not-assessed", "Política firmada, oficina", "evidenced"),
        ("audited", "Otra prueba", "evidenced"),
        ("audited", "", "self-declared"),
        ("non-conform", "Prueba nueva", "non-conform"),
    ],
)
def test_the_owner_declares(before: str, evidence: str, after: str) -> None:
    one = Assessment(Criterion.FEES, AssessmentStatus(before), "x", 4)
    said = declare(one, evidence, NOW)
    assert (said.status.value, said.evidence, said.version) == (after, evidence.strip(), 5)


def test_evidence_is_short() -> None:
    with pytest.raises(Invalid):
        declare(Assessment(Criterion.FEES), "x" * 501, NOW)


def test_an_official_confirms_what_can_be_seen_and_nothing_else() -> None:
    for status, said in product(AssessmentStatus, Audit):
        one = Assessment(Criterion.FEES, status, "Recibos", 1)
        if (status, said) in AUDITS:
            assert audit(one, said, NOW).status is AUDITS[status, said]
        else:
            with pytest.raises(Conflict, match="no-such-audit"):
                audit(one, said, NOW)
    bare = Assessment(Criterion.FEES, AssessmentStatus.NON_CONFORM)
    with pytest.raises(Conflict, match="no-such-audit"):
        audit(bare, Audit.CONFIRM, NOW)


def test_every_criterion_is_there_and_every_principle_has_some() -> None:
    kept = replace(Assessment(Criterion.LEAVING), version=2)
    found = whole([kept])
    assert [one.criterion for one in found] == list(Criterion)
    assert kept in found
    assert {one.principle for one in Criterion} == set(Principle)
