"""Checks on an offer alone: its dates, how worker and employer come together, what it pays."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date

from permits.applications import Application
from permits.errors import Fault
from permits.findings import Finding, Severity
from permits.offers import Offer
from permits.programmes import Hiring, Programme, Threshold
from permits.wages import PIECE_UNITS, MinimumWage, find_minimum, is_below

BLOCK, WARN = Severity.BLOCK, Severity.WARN
FIELD = "vacancy"

FINDING_CODES = frozenset(
    {
        "employer-acceptance-pending",
        "employer-refused",
        "employer-to-attach",
        "hiring-not-admitted",
        "minimum-wage-row-missing",
        "offer-dates-reversed",
        "offer-over",
        "outside-season",
        "pool-not-admitted",
        "piece-rate-below-minimum",
        "piece-rate-topped-up",
        "stay-needs-permit",
        "stay-too-long",
        "wage-below-minimum",
        "wage-not-comparable",
    }
)
"""Every code of this room, for the table of words."""


def check_dates(
    offer: Offer, programme: Programme, on: date, *, special_stay: bool
) -> Iterator[Finding]:
    """R26 and R27: when and how long the work is; reversed dates tell nothing more.

    `special_stay` says that INM's special stay permit is granted or asked for; without it a stay
    beyond the visa-free days blocks.
    """
    if offer.days < 1:
        yield Finding("offer-dates-reversed", BLOCK, programme.source, field=FIELD)
        return
    if offer.ends_on < on:
        yield Finding("offer-over", BLOCK, programme.source, field=FIELD)
    season, validity = programme.season, programme.validity
    if season and not season.admits(offer.starts_on, offer.ends_on):
        yield Finding("outside-season", WARN, f"R27; {season.source}", season.confirmed, FIELD)
    if offer.days > validity.maximum_days.value:
        yield _beyond(validity.maximum_days, "stay-too-long")
    free = validity.visa_free_stay_days
    if free and validity.needs_stay_permit(offer.days) and not special_stay:
        yield _beyond(free, "stay-needs-permit")


def _beyond(limit: Threshold, code: str) -> Finding:
    return Finding(code, BLOCK, limit.source, limit.confirmed, FIELD, {"limit": limit.value})


def check_hiring(
    offer: Offer, programme: Programme, accepts: bool | None, *, contract_waits: bool = False
) -> Iterator[Finding]:
    """No labour decision before the employer said yes; an `open` vacancy waits for nobody.

    In the pool of a department nobody is asked yet; who decides is told that it is one.
    `contract_waits`: labour, which alone is held by it, waits for the worker's yes to the contract.
    """
    if offer.is_pool:
        yield Finding("employer-to-attach", Severity.INFO, programme.source, field=FIELD)
    if offer.is_pool and offer.department not in programme.pool:
        yield Finding("pool-not-admitted", BLOCK, programme.source, field=FIELD)
    if offer.hiring not in programme.hiring:
        yield Finding("hiring-not-admitted", BLOCK, programme.source, field=FIELD)
    if accepts is False:
        yield Finding("employer-refused", BLOCK, programme.source, field=FIELD)
    elif accepts is None and offer.hiring is not Hiring.OPEN:
        yield Finding("employer-acceptance-pending", BLOCK, programme.source, field=FIELD)
    elif contract_waits:
        yield Finding("contract-acceptance-pending", WARN, programme.source, field=FIELD)


def named_first(programme: Programme) -> bool:
    """Whether an employer must have named the worker before anything is handed in."""
    return programme.hiring == (Hiring.NAMED,)


def as_admitted(offer: Offer, programme: Programme) -> Offer:
    """The offer as it is handed in: `open` counts as `named` where nobody comes unnamed.

    A vacancy that was published while `open` was admitted is not lost: its employer names people.
    """
    if named_first(programme) and not offer.is_pool:
        return replace(offer, hiring=Hiring.NAMED)
    return offer


def check_selected(application: Application, *, named: bool) -> list[Fault]:
    """Where the employer's selection comes first nobody hands in whom no employer chose.

    Of what is handed in for the first time, and is no renewal. Who was asked something keeps the
    work, and whoever renews has worked: of these the employer is asked.
    """
    first = application.round == 0 and application.renews is None
    return [Fault("not-selected", FIELD)] if first and not named else []


def check_wage(
    offer: Offer, programme: Programme, table: Collection[MinimumWage]
) -> Iterator[Finding]:
    """R06 and R07: the pay of an ordinary day against the minimum of the first day of work.

    Nothing where another country's law sets the wage. What cannot be compared is told.
    """
    if programme.wage_sector is None:
        return
    minimum = find_minimum(table, programme.wage_sector, offer.employer_size, offer.starts_on)
    piece = programme.piece_kg_per_day
    below = is_below(minimum, offer, piece.value if piece else None)
    if minimum is None or below is None:
        yield Finding("wage-not-comparable", WARN, "R06", field=FIELD)
    elif below:
        rule = "R07" if offer.unit in PIECE_UNITS else "R06"
        yield Finding(_below(offer), WARN, f"{rule}; {minimum.source}", field=FIELD)
    elif minimum.size is not offer.employer_size:
        yield Finding("minimum-wage-row-missing", WARN, f"R06; {minimum.source}", field=FIELD)


def _below(offer: Offer) -> str:
    if offer.unit not in PIECE_UNITS:
        return "wage-below-minimum"
    return "piece-rate-topped-up" if offer.tops_up else "piece-rate-below-minimum"
