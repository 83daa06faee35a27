"""What is put on paper of a payslip, as the printers are given it."""

from dataclasses import dataclass
from datetime import datetime

from permits.programmes import Programme
from recruitment.payslips import Payslip


@dataclass(frozen=True)
class PrintedPayslip:
    """The newest version of a payslip, with the names of both parties."""

    receipt: str
    full_name: str
    employer_name: str
    programme: Programme
    payslip: Payslip
    printed_at: datetime
