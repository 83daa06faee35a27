"""A coffee programme with the quotas that a test asks for."""

from dataclasses import replace
from datetime import date

from app.services.ports import Ports
from permits.programmes import Mode
from permits.quotas import Quota, Scope
from tests import outside

DAY = date(2026, 10, 1)


def rule(scope: Scope, value: int, of: str = "") -> Quota:
    """A quota from the first day of the season."""
    return Quota(scope, of, value, "clause", DAY, "why", confirmed=False)


def with_quotas(*rules: Quota, mode: Mode = Mode.SEQUENTIAL, ports: Ports | None = None) -> Ports:
    """The outside world in which the coffee programme has these quotas."""
    ports = ports or outside.ports()
    coffee = replace(ports.reference.programmes["coffee-hn-gt"], quotas=rules, mode=mode)
    programmes = {**ports.reference.programmes, coffee.code: coffee}
    return replace(ports, reference=replace(ports.reference, programmes=programmes))
