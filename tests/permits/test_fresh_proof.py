"""The gravest acts ask who somebody is again: how long a proof counts."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from permits.errors import Unauthenticated
from permits.policies import check_fresh
from tests.permits.cases import NOW, SETRASS

UNTIL = NOW + timedelta(minutes=15)


@pytest.mark.asvs("7.5.3")
@pytest.mark.parametrize(
    ("now", "fresh"),
    [(NOW, True), (UNTIL - timedelta(seconds=1), True), (UNTIL, False)],
)
def test_a_proof_counts_until_its_end_and_not_at_it(now: datetime, fresh: bool) -> None:
    actor = replace(SETRASS, proven_until=UNTIL)
    if fresh:
        check_fresh(actor, now)
        return
    with pytest.raises(Unauthenticated) as refused:
        check_fresh(actor, now)
    assert refused.value.code == "proof-needed"


@pytest.mark.asvs("7.5.3")
def test_who_never_proved_anything_is_asked() -> None:
    with pytest.raises(Unauthenticated):
        check_fresh(SETRASS, NOW)
