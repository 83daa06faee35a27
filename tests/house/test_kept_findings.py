"""An ethical rule is judged by an act or a run that keeps what it finds; a look shows what is kept.

Who judges for a look stands here with its reason, and nowhere else (decision 107).
"""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from recruitment.ethics.catalogue import FAMILIES
from tests.house.sources import trees

APP = Path(__file__).parent.parent.parent / "app"
JUDGES = {
    "recruitment.vacancy_checks": {"judge"},
    "recruitment.contract_checks": {"judge_contract"},
    "recruitment.check_ins": {"judge_answers", "judge_pattern"},
    "recruitment.farm_register": {"judge_entry"},
    "recruitment.payslip_checks": {"judge", "find_late", "find_below_minimum"},
    "recruitment.wage_shortfalls": {"find_shortfall"},
    "recruitment.ethics.catalogue": {"evaluate"},
    "app.services.vacancy_judging": {"look", "look_many", "_look"},
    "app.services.contract_checks": {"judge_agreement", "judge_version", "understood"},
    "app.services.cost_judging": {"judge_costs"},
    "app.services.wage_runs": {"_lacks"},
}
"""What tells a finding of this moment, by its room; rules themselves beside it."""

KEEPS = {
    "services.vacancy_judging.judge_vacancies",
    "services.contracts.draw",
    "services.contract_checks.keep_agreement",
    "services.cost_judging.keep_costs",
    "services.check_ins.keep_answers",
    "services.farm_register._judge",
    "services.payslips._keep",
    "services.unpaid_wages._judge_again",
    "services.wage_runs._judge_contract",
    "services.wage_runs._judge_payslip",
    "services.wage_runs.judge_short",
}
"""Acts and runs: what they find is kept in the same transaction."""

PARTS = {
    "services.vacancy_judging.look",
    "services.vacancy_judging.look_many",
    "services.vacancy_judging._look",
    "services.contract_checks.judge_agreement",
    "services.contract_checks.judge_version",
    "services.contract_checks.understood",
    "services.cost_judging.judge_costs",
    "services.wage_runs._lacks",
}
"""What those are made of."""

GATES = {
    "services.vacancy_writing._check_clear": "nothing is published on what was true yesterday",
    "services.vacancy_writing.ask_officials": "nobody is asked to look at what stands no more",
    "services.contract_blocks._lacking": "R17 against an approval is of the yes that counts now",
    "services.contract_marks._lacks_language": "whether a mark must be read out once more",
}
"""Acts that refuse by what is found at their moment; they show nothing."""

NOTHING_KEPT = {
    "services.kept_vacancies._never_judged": "opened before there were rules, and touched since",
    "services.cost_judging.read_costs": "noted before findings were kept; the next day it is",
    "services.contract_checks.read_findings": "no yes yet, or of a work to which somebody changes",
    "services.recruiter_audits.list_to_audit": "a list of names by a count; nobody's finding",
    "demo.conditions.seed_conditions": "what is to be put right before it is judged",
    "demo.contracts.seed_contracts": "which vacancies are without fault",
}
"""Looks that have nothing kept to show."""


def test_who_judges_is_an_act_that_keeps_it_or_says_why_not() -> None:
    told = KEEPS | PARTS | set(GATES) | set(NOTHING_KEPT)
    assert set(_judging()) == told


def test_no_page_operation_or_command_judges() -> None:
    doors = ("web.", "cli.")
    assert [one for one in _judging() if one.startswith(doors)] == []


def _judging() -> Iterator[str]:
    """Every function of the machine that judges, by its room."""
    words = {name for some in JUDGES.values() for name in some} | {"CATALOGUE", *ROOMS}
    for path, tree in trees(sorted(APP.rglob("*.py")), words):
        room = ".".join(path.relative_to(APP).with_suffix("").parts)
        known = _known(room, tree)
        for made in ast.walk(tree):
            if isinstance(made, ast.FunctionDef) and any(map(known.judges, ast.walk(made))):
                yield f"{room}.{made.name}"


ROOMS = {f"recruitment.ethics.{room.__name__.rpartition('.')[2]}" for room in FAMILIES}


@dataclass(frozen=True)
class Known:
    """What a module calls things that judge: functions, rooms of them, and rules."""

    functions: set[str]
    rooms: Mapping[str, set[str]]
    rules: set[str]

    def judges(self, node: ast.AST) -> bool:
        """Whether it is a call of one, or names a rule."""
        if isinstance(node, ast.Name):
            return node.id in self.rules
        if not isinstance(node, ast.Call):
            return False
        match node.func:
            case ast.Name(id=name):
                return name in self.functions
            case ast.Attribute(value=ast.Name(id=room), attr=name):
                return name in self.rooms.get(room, ())
            case ast.Subscript(value=ast.Name(id="CATALOGUE")):
                return True
        return False


def _known(room: str, tree: ast.Module) -> Known:
    functions, rules = set(JUDGES.get(f"app.{room}", ())), set()
    rooms: dict[str, set[str]] = {}
    imported = [
        (node.module or "", one.name, one.asname or one.name)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for one in node.names
    ]
    for module, name, here in imported:
        if name in JUDGES.get(module, ()):
            functions.add(here)
        if found := JUDGES.get(f"{module}.{name}"):
            rooms[here] = found
        if module in ROOMS and name.isupper():
            rules.add(here)
    return Known(functions, rooms, rules)
