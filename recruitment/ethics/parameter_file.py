"""The parameters as their file says them: read strictly, every fault at once."""

import re
from collections.abc import Mapping
from datetime import date
from functools import partial

from permits.errors import Fault, refuse_if
from permits.findings import Severity
from permits.programme_files import dated, read_threshold
from permits.programmes import Threshold
from permits.tables import Table
from recruitment.ethics.catalogue import CATALOGUE
from recruitment.ethics.parameters import ParameterSet, SeverityRow, Terms
from recruitment.ethics.rules import GRAVEST_FIRST, RuleId
from recruitment.ethics.words import ContractTerm, CostCode, DeductionKind

VISITED = (
    *("pattern", "measure", "never_inspected", "mending_overdue", "silent", "children"),
    *("inspection_old", "plan_overdue"),
)
"""Signs that speak for a visit (`recruitment.inspection_plan`)."""

BOUNDS: Mapping[str, tuple[int, int]] = {
    "R08.guaranteed_percent": (1, 100),
    "R09.most_hours_a_day": (1, 24),
    "R09.most_overtime_days": (0, 7),
    "R09.day_hours_a_day": (1, 24),
    "R09.day_hours_a_week": (1, 168),
    "R09.mixed_hours_a_day": (1, 24),
    "R09.mixed_hours_a_week": (1, 168),
    "R09.night_hours_a_day": (1, 24),
    "R09.night_hours_a_week": (1, 168),
    "R11.least_premium_percent": (0, 300),
    "R12.most_percent": (0, 100),
    "R13.fair_week_cad": (0, 10_000),
    "R13.fair_week_hnl": (0, 100_000),
    "R13.fair_week_eur": (0, 10_000),
    "R13.fair_week_usd": (0, 10_000),
    "R18.least_hours": (0, 720),
    "R20.oldest_days": (1, 3660),
    "R21.people_per_toilet": (1, 100),
    "R21.people_per_shower": (1, 100),
    "R23.most_workers_percent": (0, 100),
    "R23.most_payroll_percent": (0, 100),
    "R23.most_waiver_points": (0, 90),
    "R23.most_waiver_years": (1, 10),
    "R24.many_complaints": (1, 1000),
    "R29.most_times_median": (1, 100),
    "R31.warn_percent": (0, 1000),
    "R31.debt_percent": (0, 1000),
    "R31.rate_days": (0, 60),
    "R32.most_interest_percent": (0, 1000),
    "R34.late_days": (0, 60),
    "R34.short_percent": (0, 100),
    "R37.within_days": (1, 366),
    "R37.least_signs": (1, 11),
    "R37.least_workers": (1, 1000),
    "R40.least_reports": (1, 1000),
    "R40.most_percent": (0, 100),
    "check_ins.first_week_days": (1, 366),
    "check_ins.first_month_days": (1, 366),
    "check_ins.second_month_days": (1, 366),
    "check_ins.before_leaving_days": (0, 60),
    "check_ins.answer_days": (1, 30),
    "check_ins.least_asked": (5, 1000),
    "check_ins.least_percent": (0, 100),
    "check_ins.silence_days": (1, 366),
    **{f"inspection_plan.{sign}_points": (0, 100) for sign in VISITED},
    "costs.repay_days": (1, 366),
    "standings.short_paid_workers": (3, 1000),
    "payslips.written_days": (31, 3660),
    "overrides.longest_days": (1, 366),
}
"""Every number by its name: the least and the most that can be meant."""

OPTIONAL = frozenset({"R13.fair_week_hnl", "R13.fair_week_eur", "R13.fair_week_usd"})
"""Numbers that nobody has found yet; what they would judge is then not known."""

_WORD = re.compile(r".*\S.*")
LISTS: Mapping[str, re.Pattern[str]] = {
    "R01.words": _WORD,
    "R12.allowed": re.compile("|".join(DeductionKind)),
    "R14.words": _WORD,
    "R15.words": _WORD,
    "R19.mandatory": re.compile("|".join(ContractTerm)),
    "R28.grave_words": _WORD,
    "R28.words": _WORD,
    "R29.words": _WORD,
    "R30.never_legitimate": re.compile("|".join(CostCode)),
    "R31.related": re.compile("|".join(CostCode)),
}
"""Every list by its name, and what its entries are."""

NEVER_SHORTER: Mapping[str, frozenset[str]] = {
    "R01.words": frozenset({"se cobra", "trabajador paga", "enganchador"}),
    "R14.words": frozenset({"fianza", "garantía", "depósito", "multa", "penalidad"}),
    "R15.words": frozenset({"retener", "retención", "custodia"}),
    "R30.never_legitimate": frozenset({"fee-placement", "broker", "bribe", "bond", "collateral"}),
}
"""Of rules that nobody may set aside: what no file leaves out, as it would set them aside."""

_PROGRAMME = re.compile(r"\*|[a-z0-9]+(-[a-z0-9]+)*(-\*)?")
_OUTCOME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
MOST_ROWS = 400
"""Rows of severities in one file."""


def read(mapping: Mapping[str, object]) -> ParameterSet:
    """The parameters from plain data (as TOML gives it), or Invalid with every fault at once.

    Strict as `permits.programme_files.read`: `missing`, `unknown-key`, `wrong-type`,
    `out-of-range`, `unknown-value`, `twice`, `out-of-order`, `gap`. A row of a severity names a
    rule and an outcome of it (else `unknown-value`). It never makes a rule milder that nobody may
    set aside (`never-milder`), and leaves out none of what such a rule looks for (`never-shorter`).
    """
    faults: list[Fault] = []
    table = Table(mapping, faults)
    since = table.day("valid_from")
    table.day("checked_on")
    numbered = {name: table.table(name) for name in _sections()}
    values, lists = _values(numbered, since), _lists(numbered, since)
    for one in numbered.values():
        one.close()
    rows = table.tables("severities", MOST_ROWS) if table.has("severities") else []
    severities = tuple(_severity(row) for row in rows)
    keys = [(one.rule, one.outcome, one.programme, one.valid_from) for one in severities]
    if len(set(keys)) != len(keys):
        table.fault("twice", "severities")
    table.close()
    refuse_if(faults)
    return ParameterSet(values, lists, severities)


def _sections() -> list[str]:
    return sorted({name.partition(".")[0] for name in (*BOUNDS, *LISTS)})


def _values(numbered: Mapping[str, Table], since: date) -> Mapping[str, tuple[Threshold, ...]]:
    found = {}
    for name, bounds in BOUNDS.items():
        rule, _, key = name.partition(".")
        if name not in OPTIONAL or numbered[rule].has(key):
            read_one = partial(read_threshold, bounds=bounds)
            found[name] = dated(numbered[rule], key, since, read_one)
    return found


def _lists(numbered: Mapping[str, Table], since: date) -> Mapping[str, tuple[Terms, ...]]:
    found = {}
    for name, pattern in LISTS.items():
        rule, _, key = name.partition(".")
        least = NEVER_SHORTER.get(name, frozenset())
        read_one = partial(_terms, pattern=pattern, least=least)
        found[name] = dated(numbered[rule], key, since, read_one)
    return found


def _terms(table: Table, pattern: re.Pattern[str], least: frozenset[str]) -> Terms:
    terms = Terms(items=table.texts("items", pattern), **table.clause())
    if not least <= set(terms.items):
        table.fault("never-shorter", "items")
    table.close()
    return terms


def _severity(table: Table) -> SeverityRow:
    row = SeverityRow(
        rule=table.choice("rule", RuleId),
        outcome=table.text("outcome", _OUTCOME),
        programme=table.text("programme", _PROGRAMME),
        severity=table.choice("severity", Severity),
        **table.clause(),
    )
    table.close()
    rule = CATALOGUE[RuleId(row.rule)]
    outcome = rule.outcomes.get(row.outcome)
    if outcome is None:
        table.fault("unknown-value", "outcome")
        return row
    milder = GRAVEST_FIRST.index(row.severity) > GRAVEST_FIRST.index(outcome.severity)
    if milder and not rule.overridable:
        table.fault("never-milder", "severity")
    return row
