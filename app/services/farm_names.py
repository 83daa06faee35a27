"""Which farm work is on, where its employer registered one there alone."""

from uuid import UUID

from app.services.work import Work
from app.storage import farm_hands


def name_farm(work: Work, employer: UUID, municipality: str) -> str:
    """The name of the employer's one farm in a municipality.

    "" where there is none or more than one: a vacancy names its municipality, and no farm.
    """
    farms = farm_hands.list_farms_of(work.session, employer)
    here = [farm.name for farm in farms if farm.municipality == municipality]
    return here[0] if len(here) == 1 else ""
