"""What a programme asks of the person: judged where an answer decides, else shown (domain 0.11)."""

from dataclasses import replace

import pytest

from permits.eligibility import check_eligibility, is_blocked
from permits.findings import Severity
from permits.programme_files import read
from tests.outside import reference
from tests.permits.test_dated_values import rule
from tests.permits.test_eligibility import FACTS, ON
from tests.permits.test_programmes import given_mapping

READS = read(given_mapping() | {"rules": [rule("reads-and-writes", "block")]})


@pytest.mark.parametrize(
    ("languages_read", "blocks"), [((), True), (("spa",), False), (None, False)]
)
def test_a_programme_may_ask_for_reading(
    languages_read: tuple[str, ...] | None, blocks: bool
) -> None:
    facts = replace(FACTS, languages_read=languages_read)
    found = check_eligibility(facts, READS, ON)
    told = [(f.code, f.field, f.confirmed) for f in found if f.severity is Severity.BLOCK]
    assert told == ([("rule-reads-and-writes", "languages_read", True)] if blocks else [])
    assert is_blocked(found) is blocks


@pytest.mark.parametrize("code", ["twap-canada", "twap-spain"])
def test_what_the_programme_abroad_asks_is_shown_and_never_blocks(code: str) -> None:
    programme = reference().programmes[code].on(ON)
    found = check_eligibility(replace(FACTS, languages_read=()), programme, ON)
    asked = [f for f in found if f.code.startswith(("rule-", "paper-"))]
    assert [(f.code, f.severity) for f in asked if f.code.startswith("rule-")] == [
        ("rule-reads-and-writes", Severity.WARN),
        ("rule-national-by-birth", Severity.INFO),
        ("rule-resident", Severity.INFO),
        ("rule-no-migration-record", Severity.INFO),
    ]
    assert [f.facts["paper"] for f in asked if f.facts] == [
        "criminal-record",
        "health-certificate",
        "work-experience",
    ]
    assert not any(f.confirmed for f in asked)
    assert all(f.source for f in asked)


def test_the_harvest_asks_none_of_it() -> None:
    coffee = reference().programmes["coffee-hn-gt"].on(ON)
    assert (coffee.rules, coffee.papers, coffee.minimum_age_years.value) == ((), (), 18)
