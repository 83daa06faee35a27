"""Employers: who hires, how large, and whether they may take new workers now."""

from dataclasses import dataclass
from typing import NewType
from uuid import UUID

from permits.errors import Fault, Invalid
from permits.identity_documents import check_rtn
from permits.wages import EmployerSize
from recruitment.standings import Standing as Standing
from recruitment.standings import may_recruit

EmployerId = NewType("EmployerId", UUID)

NAME_LIMIT = 120
"""Characters of an employer's name; the QR carries 48 of them."""


@dataclass(frozen=True)
class Employer:
    """Who hires.

    `tax_number` is the RTN, None where it is not known (R25). `department` is ISO 3166-2, abroad
    the country's own; `municipality` a code of the reference data, "" abroad. `phone` is E.164.
    """

    id: EmployerId
    name: str
    tax_number: str | None
    size: EmployerSize
    department: str
    municipality: str
    standing: Standing = Standing.GOOD
    phone: str | None = None
    email: str | None = None


def is_abroad(department: str) -> bool:
    """Whether an employer's department (ISO 3166-2) is another country's; False for ""."""
    return bool(department) and not department.startswith("HN-")


def find_faults(employer: Employer) -> list[Fault]:
    """What is wrong with an employer as registered; all at once.

    An employer in Honduras is in a department of it and has an RTN of the right form; without a
    phone or an e-mail nobody could be asked whether they take a worker.
    """
    faults = []
    if not employer.name.strip():
        faults.append(Fault("missing", "name"))
    elif len(employer.name) > NAME_LIMIT:
        faults.append(Fault("too-long", "name", {"limit": NAME_LIMIT}))
    if employer.department.startswith("HN-") and not employer.municipality:
        faults.append(Fault("missing", "municipality"))
    if not employer.phone and not employer.email:
        faults.append(Fault("missing", "phone"))
    return faults + _tax_number_faults(employer)


def _tax_number_faults(employer: Employer) -> list[Fault]:
    """The form is checked where a number is told; abroad there are other numbers."""
    if employer.tax_number is None or not employer.department.startswith("HN-"):
        return []
    try:
        check_rtn(employer.tax_number)
    except Invalid as invalid:
        return [*invalid.faults]
    return []


def may_hire(employer: Employer) -> bool:
    """Whether new vacancies may be opened and new workers accepted (R24)."""
    return may_recruit(employer.standing)
