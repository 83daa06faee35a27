"""An offer as the columns of a vacancy hold it."""

from typing import Any

from permits.offers import Offer


def values_of_offer(offer: Offer, places: int) -> dict[str, Any]:
    """What an employer may change of a vacancy, by the names of the columns."""
    return {
        "hiring": offer.hiring.value,
        "title": offer.title,
        "occupation": offer.occupation,
        "department": offer.department,
        "municipality": offer.municipality,
        "starts_on": offer.starts_on,
        "ends_on": offer.ends_on,
        "places": places,
        "wage": offer.wage,
        "currency": offer.currency,
        "unit": offer.unit.value,
        "unit_kg": offer.unit_kg,
        "hours_per_day": offer.hours_per_day,
        "days_per_week": offer.days_per_week,
        "housing": offer.housing,
        "transport": offer.transport,
        "food": offer.food,
        "tops_up": offer.tops_up,
    }
