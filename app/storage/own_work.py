"""What is kept of a worker's work, for what is kept about a worker: contract, farm and pay."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Table, select

from app.storage.age_marks import age_marks
from app.storage.applications import applications
from app.storage.case_judgements import case_judgements
from app.storage.child_care import senaf_handovers
from app.storage.contract_looks import contract_looks
from app.storage.contract_shortfalls import contract_shortfalls
from app.storage.contracts import contract_agreements, contract_reports, contracts
from app.storage.cost_cases import cost_cases
from app.storage.cost_entries import cost_entries
from app.storage.cost_parts import cost_parts
from app.storage.farm_movements import farm_movements
from app.storage.nothing_paid import nothing_paid
from app.storage.payslip_tables import payslip_answers, payslip_findings, payslips
from app.storage.pool_asks import pool_asks
from app.storage.travel_papers import travel_papers
from permits.people import PersonId

TABLES = (
    case_judgements,
    contracts,
    contract_agreements,
    contract_looks,
    contract_reports,
    cost_cases,
    cost_entries,
    cost_parts,
    nothing_paid,
    farm_movements,
    payslips,
    payslip_answers,
    payslip_findings,
    contract_shortfalls,
    pool_asks,
    age_marks,
    senaf_handovers,
    travel_papers,
)
"""Each hangs on an application, and goes with it."""


def _rows_of(table: Table) -> Callable[[PersonId], ColumnElement[bool]]:
    return lambda person: table.c.application.in_(_files(person))


def _files(person: PersonId) -> Any:  # noqa: ANN401  (a subquery of ids)
    own = (applications.c.worker == person, applications.c.erased_at.is_(None))
    return select(applications.c.id).where(*own)


OWN_WORK: Mapping[Table, Callable[[PersonId], ColumnElement[bool]]] = {
    table: _rows_of(table) for table in TABLES
}
"""Which rows of these tables are about a worker."""
