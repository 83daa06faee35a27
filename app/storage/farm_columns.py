"""A farm as columns: of those that stand, and of the changes that are asked for."""

from typing import Any
from uuid import UUID

from sqlalchemy import Row

from recruitment.registrations import Farm


def farm_values(farm: Farm) -> dict[str, Any]:
    """What the columns of a farm hold, without its id."""
    return {
        "name": farm.name,
        "municipality": farm.municipality,
        "housed": farm.housed,
        "grower": farm.grower,
        "latitude": farm.latitude,
        "longitude": farm.longitude,
    }


def read_farm(row: Row[Any], identity: UUID) -> Farm:
    """The farm that those columns of a row hold."""
    point = (row.latitude, row.longitude)
    return Farm(identity, row.name, row.municipality, row.housed, row.grower, *point)
