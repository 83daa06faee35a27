"""The offer: the frozen terms of work that an application is decided on, taken from a vacancy."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from permits.programmes import Hiring
from permits.wages import EmployerSize, WageUnit


@dataclass(frozen=True)
class Offer:
    """What was offered at the submission; later changes of the vacancy do not reach it.

    `vacancy` and `employer` are ids as text; a pool's offer has no employer (`permits/pools.py`).
    `department` is ISO 3166-2 (where the work is; abroad
    the country's own code), `municipality` a code of the reference data, "" abroad. `occupation`
    is ISCO-08. Both days count. `wage` is `currency` (ISO 4217) for one `unit`, two decimals;
    `unit_kg` is the weight of a unit of piece work. `tops_up` says that the employer guarantees
    the daily minimum in writing (R07). `contract_sha256` is the hash of the contract text, None
    until there is one.
    """

    vacancy: str
    employer: str
    employer_name: str
    employer_size: EmployerSize
    hiring: Hiring
    department: str
    municipality: str
    title: str
    occupation: str
    starts_on: date
    ends_on: date
    wage: Decimal
    currency: str
    unit: WageUnit
    unit_kg: Decimal | None
    hours_per_day: Decimal
    days_per_week: int
    housing: bool
    transport: bool
    food: bool
    tops_up: bool = False
    contract_sha256: str | None = None

    @property
    def is_pool(self) -> bool:
        """Whether no employer stands behind it yet."""
        return not self.employer

    @property
    def days(self) -> int:
        """Days from the first to the last, both counted; less than 1 when they are reversed."""
        return (self.ends_on - self.starts_on).days + 1


def to_mapping(offer: Offer) -> dict[str, object]:
    """The canonical form whose digest is decided on: text, whole numbers, booleans, None.

    Money has two decimals, weights and hours none that are idle; so one offer has one form,
    however its numbers were written.
    """
    return {
        "vacancy": offer.vacancy,
        "employer": offer.employer,
        "employer_name": offer.employer_name,
        "employer_size": offer.employer_size.value,
        "hiring": offer.hiring.value,
        "department": offer.department,
        "municipality": offer.municipality,
        "title": offer.title,
        "occupation": offer.occupation,
        "starts_on": offer.starts_on.isoformat(),
        "ends_on": offer.ends_on.isoformat(),
        "wage": _money(offer.wage),
        "currency": offer.currency,
        "unit": offer.unit.value,
        "unit_kg": None if offer.unit_kg is None else _plain(offer.unit_kg),
        "hours_per_day": _plain(offer.hours_per_day),
        "days_per_week": offer.days_per_week,
        "housing": offer.housing,
        "transport": offer.transport,
        "food": offer.food,
        "tops_up": offer.tops_up,
        "contract_sha256": offer.contract_sha256,
    }


def from_mapping(mapping: Mapping[str, object]) -> Offer:
    """The inverse of `to_mapping`; keys that are not known, or are missing, are a TypeError."""
    values = dict(mapping)
    readers = {
        "employer_size": EmployerSize,
        "hiring": Hiring,
        "starts_on": date.fromisoformat,
        "ends_on": date.fromisoformat,
        "wage": Decimal,
        "unit": WageUnit,
        "unit_kg": Decimal,
        "hours_per_day": Decimal,
    }
    for key, read in readers.items():
        if values.get(key) is not None:
            values[key] = read(str(values[key]))
    return Offer(**values)  # type: ignore[arg-type]


def _money(amount: Decimal) -> str:
    """Two decimals; a finer or a non-finite amount is a ValueError, never rounded away."""
    if not amount.is_finite() or amount != amount.quantize(Decimal("0.01")):
        raise ValueError("money has two decimals")
    return f"{amount:.2f}"


def _plain(number: Decimal) -> str:
    if not number.is_finite():
        raise ValueError("not a number")
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
