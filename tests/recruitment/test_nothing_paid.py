"""Who paid nothing counts as a zero, in which phase it was said, and what says otherwise."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from permits.errors import Conflict
from recruitment.cost_figures import FEWEST, Burden, Indicator, burden_of, in_groups, indicate
from recruitment.costs import Phase
from recruitment.ethics.words import Payer
from recruitment.exchange_rates import Rates
from recruitment.nothing_paid import check_sayable, denies, may_be_said, phase_on
from tests.recruitment.test_costs import COSTS, ENTRY, FEE

FIRST = date(2026, 11, 1)
A_DAY = timedelta(days=1)


@pytest.mark.feature("N9", "W19")
@pytest.mark.parametrize(
    ("day", "started", "over", "phase"),
    [
        (FIRST, None, False, Phase.BEFORE),
        (FIRST - A_DAY, FIRST, False, Phase.BEFORE),
        (FIRST, FIRST, False, Phase.DURING),
        (FIRST, FIRST, True, Phase.AFTER),
        (FIRST, None, True, Phase.AFTER),
    ],
)
def test_it_is_said_of_the_phase_of_its_day(
    day: date, started: date | None, phase: Phase, *, over: bool
) -> None:
    assert phase_on(day, started, over=over) is phase


@pytest.mark.feature("N9")
@pytest.mark.parametrize("payer", list(Payer))
def test_what_the_worker_s_side_paid_says_otherwise_and_nothing_else(payer: Payer) -> None:
    own = payer in {Payer.WORKER, Payer.FAMILY}
    entry = replace(ENTRY, payment=replace(FEE, payer=payer))
    assert denies(entry.payment) is own
    assert may_be_said([entry]) is not own
    assert may_be_said([])
    if own:
        with pytest.raises(Conflict, match="payment-noted"):
            check_sayable([entry])
    else:
        check_sayable([entry])


@pytest.mark.feature("A5")
def test_nothing_is_a_zero_where_the_wage_is_known_and_unknown_where_it_is_not() -> None:
    free = burden_of([], COSTS, Decimal(2600), "HNL", Rates())
    assert free == Burden(Decimal(0), Decimal(2600))
    assert burden_of([], COSTS, None, None, Rates()) is None
    said, paid = replace(free, said_nothing=True), Burden(Decimal(520), Decimal(2600))
    assert indicate([said] * 4) is None
    assert indicate([said] * 5) == Indicator(5, 0, 5)
    assert indicate([*[paid] * 5, *[said] * 5]) == Indicator(10, 10, 5)
    # Four of ten who said it are not told: the rest would be six, and the fifth one person.
    assert indicate([*[paid] * 6, *[said] * 4]) == Indicator(10, 10, 0)
    # The waiting eleventh adds nothing to either number.
    assert indicate([*[paid] * 5, *[said] * 5, said]) == Indicator(10, 10, 5)


wages = st.decimals(1, 100_000, places=2)
burdens = st.lists(st.builds(Burden, st.decimals(0, 1_000_000, places=2), wages), max_size=23)


def free_of(some: list[Decimal]) -> list[Burden]:
    return [Burden(Decimal(0), wage, said_nothing=True) for wage in some]


def percent(some: list[Burden]) -> int:
    told = indicate(some)
    return told.percent if told else 0


@pytest.mark.feature("A5")
@settings(max_examples=300)
@given(burdens, st.lists(wages, min_size=1, max_size=12), st.data())
def test_who_paid_nothing_never_raises_the_indicator(
    some: list[Burden], free: list[Decimal], data: st.DataObject
) -> None:
    """Among the same people, wherever they come; and no costs put to zero either."""
    told = some[: in_groups(len(some))]
    whole = free * FEWEST  # whole groups, so that nobody else begins or ceases to count
    at = data.draw(st.integers(0, len(told)))
    joined = [*told[:at], *free_of(whole), *told[at:]]
    if told:
        assert percent(joined) <= percent(told)
    after = indicate(joined)
    assert after is not None
    assert after.workers == len(told) + len(whole)
    assert len(whole) == after.nothing
    if told:
        one = data.draw(st.integers(0, len(told) - 1))
        zero = replace(told[one], paid=Decimal(0), said_nothing=True)
        assert percent([*told[:one], zero, *told[one + 1 :]]) <= percent(told)


@pytest.mark.feature("A5")
@settings(max_examples=200)
@given(burdens, wages)
def test_one_more_changes_nothing_until_a_group_is_whole(some: list[Burden], wage: Decimal) -> None:
    """One alone is never found between two looks; by a fifth the waiting four count as well."""
    more = [*some, *free_of([wage])]
    if len(more) % FEWEST:
        assert indicate(more) == indicate(some)
    else:
        without = Burden(sum((one.paid for one in some), Decimal(0)), sum_of(some))
        everybody = replace(without, wage_per_month=without.wage_per_month + wage)
        assert percent(more) == percent([everybody] * FEWEST)
        assert percent(more) <= percent([without] * FEWEST)


def sum_of(some: list[Burden]) -> Decimal:
    return sum((one.wage_per_month for one in some), Decimal(0))
