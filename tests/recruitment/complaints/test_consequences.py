"""How grave it seems, what is made good, and what follows for others."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import product
from uuid import UUID

import pytest

from permits.errors import Conflict
from recruitment.complaints import referrals, remedies
from recruitment.complaints.effects import (
    Pattern,
    Said,
    find_patterns,
    follow_up_days,
    measure_of,
)
from recruitment.complaints.remedies import (
    Remedy,
    RemedyAction,
    RemedyPlan,
    RemedyState,
    Verifier,
    move_remedy,
)
from recruitment.complaints.severities import indicators_of, propose
from recruitment.complaints.words import (
    Category,
    DangerSign,
    Outcome,
    ReferralTarget,
    RemedyKind,
    Severity,
)
from recruitment.ethics.words import Indicator

DAY = date(2026, 12, 30)
ID, FARM, OTHER_FARM = (UUID(int=n) for n in (1, 21, 22))


@pytest.mark.feature("H1")
@pytest.mark.parametrize(
    ("categories", "signs", "severity", "flags", "reasons"),
    [
        ((), (), "s3", set(), ()),
        (("permit-delay",), (), "s4", set(), ("permit-delay",)),
        (("permit-delay", "hours"), (), "s3", set(), ("hours",)),
        (("wage-unpaid", "hours"), ("leaving-soon",), "s2", {"departure-soon"}, ("wage-unpaid",)),
        (("document-retained",), (), "s2", set(), ("document-retained",)),
        (
            ("document-retained",),
            ("threatened",),
            "s1",
            {"retaliation-risk"},
            ("held-with-threats",),
        ),
        (("threats",), ("document-held",), "s1", set(), ("held-with-threats",)),
        (("transport",), ("in-danger-now",), "s1", set(), ("in-danger-now",)),
        (("hours",), ("child-working",), "s1", {"minor-involved"}, ("child-working",)),
        (("child-labour",), (), "s1", {"minor-involved"}, ("child-labour",)),
        (("official-misconduct",), (), "s2", {"official-accused"}, ("official-misconduct",)),
        (("other",), ("needs-interpreter",), "s3", {"interpreter-needed"}, ("other",)),
    ],
)
def test_the_gravest_of_what_was_said_is_proposed(
    categories: tuple[str, ...],
    signs: tuple[str, ...],
    severity: str,
    flags: set[str],
    reasons: tuple[str, ...],
) -> None:
    found = propose([Category(one) for one in categories], [DangerSign(one) for one in signs])
    assert found.severity is Severity(severity)
    assert {one.value for one in found.flags} == flags
    assert found.reasons == reasons


def test_every_category_has_a_severity_and_a_target_or_none() -> None:
    for one in Category:
        assert propose([one]).severity in Severity
        assert set(referrals.propose_targets([one])) <= set(ReferralTarget)
    assert len({one for c in Category for one in indicators_of([c])}) == 10


WAGES = RemedyPlan(RemedyKind.WAGES_PAID, DAY, "La finca paga", Decimal("4200.00"), "HNL")
HOUSE = RemedyPlan(RemedyKind.CONDITIONS_MENDED, DAY, "Agua en el dormitorio")


@pytest.mark.feature("H9")
def test_a_remedy_moves_by_its_table_and_money_is_the_worker_s_to_verify() -> None:
    for state, action in product(RemedyState, RemedyAction):
        remedy = Remedy(ID, ID, WAGES, state)
        if (state, action) in remedies.MOVES:
            after = move_remedy(remedy, action, Verifier.COMPLAINANT)
            assert after is remedies.MOVES[state, action]
            continue
        with pytest.raises(Conflict, match="no-such-remedy-move"):
            move_remedy(remedy, action)
    done = Remedy(ID, ID, WAGES, RemedyState.DONE)
    with pytest.raises(Conflict, match="verifier-missing"):
        move_remedy(done, RemedyAction.VERIFY)
    with pytest.raises(Conflict, match="verified-by-worker"):
        move_remedy(done, RemedyAction.VERIFY, Verifier.INSPECTION)
    told = {one: remedies.list_own_moves(replace(done, state=one)) for one in RemedyState}
    yes, no = RemedyAction.VERIFY, RemedyAction.DISPUTE
    assert {one: moves for one, moves in told.items() if moves} == {
        RemedyState.DONE: (yes, no),
        RemedyState.VERIFIED: (no,),  # on whose word soever, their own too
    }
    mended = replace(done, plan=HOUSE)
    assert move_remedy(mended, RemedyAction.VERIFY, Verifier.INSPECTION) is RemedyState.VERIFIED


@pytest.mark.feature("H9")
@pytest.mark.parametrize(
    ("plan", "faults"),
    [
        (WAGES, set()),
        (HOUSE, set()),
        (replace(WAGES, amount=None, words=" "), {("missing", "words"), ("missing", "amount")}),
        (replace(WAGES, amount=Decimal(0)), {("amount-not-positive", "amount")}),
        (replace(WAGES, amount=Decimal("NaN")), {("amount-not-positive", "amount")}),
        (replace(WAGES, amount=Decimal(10_000_001)), {("too-large", "amount")}),
        (replace(WAGES, currency="XXX"), {("not-an-option", "currency")}),
        (
            replace(HOUSE, due_on=DAY - timedelta(days=1), words="a" * 1001),
            {("day-is-over", "due_on"), ("too-long", "words")},
        ),
    ],
)
def test_a_plan_names_amounts_and_days(plan: RemedyPlan, faults: set[tuple[str, str]]) -> None:
    assert {(one.code, one.field) for one in remedies.find_faults(plan, DAY)} == faults


def test_only_what_was_grave_and_upheld_weighs_on_a_standing() -> None:
    found = {
        (severity.value, outcome.value): weighed.kind.value
        for severity, outcome in product(Severity, Outcome)
        if (weighed := measure_of(ID, severity, outcome, "Q-1", DAY))
    }
    assert found == {
        ("s1", "substantiated"): "grave-complaint",
        ("s1", "partly"): "grave-complaint",
        ("s2", "substantiated"): "serious-complaint",
        ("s2", "partly"): "serious-complaint",
    }


def test_after_the_closing_somebody_asks_three_times() -> None:
    days = follow_up_days(date(2026, 12, 28))
    assert days == (date(2027, 1, 4), date(2027, 1, 27), date(2027, 3, 28))


def _said(
    employer: UUID, source: int, indicator: Indicator, ago: int = 0, farm: UUID | None = None
) -> Said:
    return Said(employer, UUID(int=source), indicator, DAY - timedelta(days=ago), farm)


HELD, DEBT, WAGE = (
    Indicator.RETENTION_OF_DOCUMENTS,
    Indicator.DEBT_BONDAGE,
    Indicator.WITHHOLDING_OF_WAGES,
)
NORTH, SOUTH = UUID(int=11), UUID(int=12)
PATTERNS = [
    ([_said(FARM, 1, WAGE), _said(FARM, 2, WAGE)], ()),
    ([_said(FARM, n, WAGE, 10 * n) for n in (1, 2, 3)], (Pattern(FARM, (WAGE,), 3),)),
    ([_said(FARM, 1, WAGE), _said(FARM, 2, WAGE), _said(FARM, 3, WAGE, 31)], ()),
    ([_said(FARM, 1, WAGE), _said(FARM, 2, WAGE), _said(OTHER_FARM, 3, WAGE)], ()),
    ([_said(FARM, 1, WAGE)] * 3, ()),
    ([_said(FARM, 1, HELD), _said(FARM, 1, DEBT, 30)], (Pattern(FARM, (DEBT, HELD), 1),)),
    ([_said(FARM, 1, HELD), _said(FARM, 2, DEBT)], ()),
    ([_said(FARM, 1, HELD), _said(FARM, 1, DEBT, -1)], ()),
    # Of one farm; the employer is named for what no farm of theirs is named for.
    ([_said(FARM, n, WAGE, 1, NORTH) for n in (1, 2, 3)], (Pattern(FARM, (WAGE,), 3, NORTH),)),
    (
        [_said(FARM, 1, WAGE, 1, NORTH), _said(FARM, 2, WAGE, 1, SOUTH), _said(FARM, 3, WAGE)],
        (Pattern(FARM, (WAGE,), 3),),
    ),
    (
        [
            *(_said(FARM, n, WAGE, 1, NORTH) for n in (1, 2, 3)),
            *(_said(FARM, n, HELD, 1, SOUTH if n > 4 else None) for n in (4, 5, 6)),
        ],
        (Pattern(FARM, (WAGE,), 3, NORTH), Pattern(FARM, (HELD,), 6)),
    ),
]


@pytest.mark.parametrize(("said", "found"), PATTERNS)
def test_patterns_ask_for_an_inspection_and_name_nobody(
    said: list[Said], found: tuple[Pattern, ...]
) -> None:
    assert find_patterns(said, DAY) == found
