"""What a day's work earns, in the words of a worker: piece rates beside the minimum wage (N10)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from permits.offers import Offer
from permits.programmes import Programme
from permits.wages import PIECE_UNITS, MinimumWage, find_minimum, pay_per_ordinary_day

LEAST_KNOWN = 5
"""So many others must be known before half of them tell anything (a number of figures, not law)."""


@dataclass(frozen=True)
class DayWage:
    """What an ordinary day earns, in `currency`, beside the minimum of that day.

    By piece it is what somebody slow picks: `kg_per_day` kilograms, which are `units_per_day` of
    the measure. `minimum` is None where nobody knows it, `source` its decree or attestation.
    `tops_up`: the employer pays the rest in writing.
    """

    earned: Decimal
    currency: str
    minimum: Decimal | None
    source: str
    tops_up: bool
    kg_per_day: int | None = None
    units_per_day: Decimal | None = None

    @property
    def short(self) -> Decimal:
        """What is lacking to the minimum; 0 where nothing is, or where nobody knows it."""
        return max((self.minimum or Decimal(0)) - self.earned, Decimal(0))

    @property
    def paid(self) -> Decimal:
        """What the worker goes home with: the earned, or the minimum that is guaranteed."""
        return self.earned + (self.short if self.tops_up else 0)


def tell_day_wage(
    offer: Offer,
    programme: Programme,
    wages: Collection[MinimumWage],
    attested: Decimal | None = None,
) -> DayWage | None:
    """The pay of an offer by the day; None where it cannot be told (a measure without weight).

    At home the minimum is the decree's of the first day of work, in lempiras; another currency
    has none. Abroad it is what the mission attests.
    """
    by_piece = offer.unit in PIECE_UNITS
    kg_per_day = programme.piece_kg_per_day.value if programme.piece_kg_per_day else None
    earned = pay_per_ordinary_day(
        offer.wage, offer.unit, offer.hours_per_day, offer.unit_kg, kg_per_day
    )
    if earned is None:
        return None
    minimum, source = attested, ""
    if programme.wage_sector is not None:
        row = find_minimum(wages, programme.wage_sector, offer.employer_size, offer.starts_on)
        counts = row is not None and offer.currency == "HNL"
        minimum, source = (row.per_day_hnl, row.source) if row and counts else (None, "")
    pieces = kg_per_day and by_piece and offer.unit_kg
    return DayWage(
        earned,
        offer.currency,
        minimum,
        source,
        offer.tops_up,
        kg_per_day if by_piece else None,
        Decimal(kg_per_day) / offer.unit_kg if pieces and kg_per_day and offer.unit_kg else None,
    )


def least_per_unit(minimum: Decimal, unit_kg: Decimal, kg_per_day: int) -> Decimal:
    """The least piece rate that a slow picker's day makes the minimum of, rounded up to cents."""
    exact = minimum * unit_kg / kg_per_day
    cents = exact.quantize(Decimal("0.01"))
    return cents if cents >= exact else cents + Decimal("0.01")


def find_median(
    days: Sequence[Decimal],
    offer: Offer,
    programme: Programme,
    wages: Collection[MinimumWage],
    attested: Decimal | None,
) -> Decimal | None:
    """What half of the sector earns for the unit of an offer; `days` are ordinary days of others.

    Where too few are known the minimum stands in: half of the sector earns that at least, so that
    R29 may ask a person to look where it need not, and never the other way round. None where there
    is neither, or the offer has no day's pay.
    """
    told = tell_day_wage(offer, programme, wages, attested)
    if told is None or not told.earned:
        return None
    day = median(days) if len(days) >= LEAST_KNOWN else told.minimum
    return day * offer.wage / told.earned if day is not None else None
