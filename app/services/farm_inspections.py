"""What the labour inspection sees of farms: every register, and entries that do not fit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from app.services import farm_register
from app.services.farm_register import EmployersFarm, NamedMovement, Register
from app.services.searching import fold
from app.services.work import Work
from app.storage import farm_hands, farm_movements
from app.storage.people import note_reading
from permits.audit import Act
from permits.errors import NotFound
from permits.people import Permission
from permits.policies import check_permission

LOOKED_BACK = timedelta(days=60)
"""Entries that do not fit are listed so long."""


@dataclass(frozen=True)
class InspectedFarms:
    """Every farm with how many are inside, and the entries that do not fit, newest on top.

    `closed` are farms that were taken away.
    """

    farms: Sequence[tuple[EmployersFarm, int]]
    strange: Sequence[NamedMovement]
    closed: Sequence[EmployersFarm] = ()


def list_farms(work: Work, text: str = "") -> InspectedFarms:
    """All farms of verified employers; `text` is of a farm or its employer."""
    check_permission(work.actor, Permission.FARM_INSPECT)
    found = farm_hands.list_farms_of(work.session, None, text=fold(text))
    inside = farm_movements.count_inside(work.session, [one.id for one in found])
    strange = farm_movements.list_strange(work.session, work.now - LOOKED_BACK)
    counted = [(one, inside.get(one.id, 0)) for one in found]
    return InspectedFarms(counted, strange, farm_hands.list_closed_of(work.session, None))


def get_farm(work: Work, farm: UUID) -> EmployersFarm:
    """A farm for an inspector; NotFound where there is none."""
    check_permission(work.actor, Permission.FARM_INSPECT)
    found = farm_hands.find_farm(work.session, farm)
    if found is None:
        raise NotFound("no-such-farm")
    return found


def read_register(work: Work, farm: UUID) -> Register:
    """The register of any farm, with names; that it was opened is logged."""
    found = get_farm(work, farm)
    note_reading(work.session, event=work.event(Act.FARM_REGISTER_READ, farm))
    return farm_register.register_of(work, found)
