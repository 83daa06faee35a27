"""Payslips of the tests, and a week of work as a farm writes it."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from permits.people import PersonId
from permits.programmes import Programme
from permits.wages import WageUnit
from recruitment.payslip_papers import PrintedPayslip
from recruitment.payslips import Answer, Contested, Payslip, Slip, WorkersAnswer

AT = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)


def payslip(slip: Slip, answer: Answer | None = None, lines: tuple[Contested, ...] = ()) -> Payslip:
    """A first version, answered or not."""
    told = WorkersAnswer(answer, AT, lines) if answer else None
    worker = PersonId(UUID(int=2))
    return Payslip(UUID(int=1), worker, UUID(int=3), UUID(int=4), 1, slip, "0" * 64, AT, told)


def week(last_day: date, **changes: object) -> Slip:
    """Six days of the builders' vacancy (350.00 lempiras a day), paid on the last one."""
    values: dict[str, object] = {
        "first_day": last_day - timedelta(days=5),
        "last_day": last_day,
        "currency": "HNL",
        "days": 6,
        "unit": WageUnit.DAY,
        "units": Decimal(6),
        "rate": Decimal("350.00"),
        "paid_on": last_day,
    }
    return Slip(**{**values, **changes})  # type: ignore[arg-type]


def printed_payslip(programme: Programme) -> PrintedPayslip:
    """A payslip as the printers are given it: nothing was taken, and nothing paid yet."""
    slip = week(
        date(2026, 11, 21), overtime_hours=Decimal(2), overtime_pay=Decimal(110), paid_on=None
    )
    return PrintedPayslip(
        "2026-1234-5678",
        "María Ángela Gutiérrez Ñamendí",
        "Finca El Cedral",
        programme,
        payslip(slip),
        AT,
    )
