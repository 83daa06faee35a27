"""What a worker says of the own register: seen by them, and asked before anybody else (R39)."""

from collections.abc import Sequence
from uuid import UUID

from app.services.applications import read_own
from app.services.reaching import writing
from app.services.work import Work
from app.storage import applications, farm_movements
from app.storage.farm_movements import NamedMovement
from permits.applications import ApplicationId
from permits.audit import Act
from permits.errors import NotFound
from permits.policies import check_own, check_own_consent
from recruitment.farm_register import Said, check_sayable


def list_own(work: Work, application: ApplicationId) -> Sequence[NamedMovement]:
    """The worker's own entries and exits, the newest on top; Hidden for everybody else."""
    check_own_consent(work.actor)
    read_own(work, application)
    return farm_movements.list_of_application(work.session, application)


def say(work: Work, application: ApplicationId, movement: UUID, said: Said) -> None:
    """The worker tells how they came to another farm; Conflict("movement-not-asked") twice."""
    check_own_consent(work.actor)
    own = applications.lock(work.session, application, reach=writing(work))
    check_own(work.actor, own)
    found = farm_movements.find_movement(work.session, movement, hold=True)
    if found is None or found.application != application:
        raise NotFound("no-such-movement")
    check_sayable(found)
    event = work.event(Act.FARM_MOVEMENT_ANSWERED, movement, {"said": said.value})
    farm_movements.save_said(work.session, movement, said, work.now, event=event)
