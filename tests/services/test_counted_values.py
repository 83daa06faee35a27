"""The version of the values is another one as soon as one of them is."""

from dataclasses import replace
from decimal import Decimal

from app.services.counted_values import digest_of
from recruitment.ethics.written import digest
from tests.recruitment.ethics.table import parameters


def test_each_value_that_changes_is_another_version_and_the_old_one_comes_back() -> None:
    known = parameters()
    first = known.minimum_wages[0]
    dearer = replace(first, per_month_hnl=first.per_month_hnl + Decimal("0.01"))
    programme, rows = known.programme, known.rows
    others = [
        replace(known, minimum_wages=(dearer, *known.minimum_wages[1:])),
        replace(known, minimum_wages=known.minimum_wages[1:]),
        replace(known, programme=replace(programme, quotas=programme.quotas[1:])),
        replace(known, rows=replace(rows, severities=rows.severities[1:])),
    ]
    before = digest_of(known)
    found = [digest_of(one) for one in others]
    assert len({before, *found}) == 1 + len(others)
    assert digest_of(known) == before
    assert digest_of(replace(known, minimum_wages=(*known.minimum_wages,))) == before


def test_it_is_the_digest_of_all_that_counts() -> None:
    known = parameters()
    versions = known.programme.versions
    counting = (versions.thresholds, versions.seasons, known.programme.quotas)
    assert digest_of(known) == digest(*counting, known.minimum_wages, known.rows)
