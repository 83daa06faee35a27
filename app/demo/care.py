"""What is looked after in the demonstration: an invitation, a proposal, a lock, openings."""

from datetime import datetime, timedelta
from uuid import UUID

from app.demo.officials import DOMAIN, Cast, official
from app.demo.stage import Stage
from app.services import account_care, break_glass, invitations, queues
from app.services.accounts import Newcomer, add
from app.storage.accounts import Account
from permits.accounts import LockReason
from permits.errors import Conflict
from permits.people import Actor, PersonId, Role

SECOND = Actor(
    PersonId(UUID(int=(0xDE30 << 112) + (0xAD << 8) + 2)),
    Role.ADMINISTRATOR,
    "Segunda Administración Ficticia",
)
GONE = Actor(
    PersonId(UUID(int=(0xDE30 << 112) + (0xAD << 8) + 3)),
    Role.LABOUR_INSPECTOR,
    "Rigoberto Baja Ficticio",
)
REASONS = (
    "La persona llamó desde la frontera y su oficina estaba cerrada.",
    "El hospital de Copán pidió saber quién es su empleador.",
)
NOTE = "El puesto confirmó la llamada y la oficina estaba cerrada."


def seed_care(stage: Stage, cast: Cast) -> None:
    """Leave something to do for the administrator and for the data-protection officer."""
    now = stage.now
    for actor, name in ((SECOND, "admin2"), (GONE, "inspector2")):
        add(stage.work(now), Account.of(actor, f"{name}@{DOMAIN}", None))
    administrator = stage.work(now - timedelta(hours=5), cast.administrator)
    account_care.lock_account(administrator, GONE.person, LockReason.LEFT_SERVICE)
    invited = Newcomer("Rosa Invitada Ficticia", Role.SETRASS_ANALYST, f"rosa@{DOMAIN}")
    invitations.invite_person(administrator, invited)
    proposed = Newcomer("Mario Propuesto Ficticio", Role.INM_OFFICER, f"mario@{DOMAIN}")
    invitations.invite_person(stage.work(now - timedelta(hours=2), SECOND), proposed)
    _open_files(stage, cast)


def _open_files(stage: Stage, cast: Cast) -> None:
    """Two files beyond the bounds of an analyst: one judged days ago, one open now."""
    analyst, judge = official("analista.inm"), official("datos")
    work = stage.work(stage.now, cast.setrass[0])
    wanted = queues.filter_of(work, queues.Wanted())
    receipts = [row.receipt for row in queues.list_queue(work, wanted).rows]
    whens = [stage.now - timedelta(days=3), stage.now - timedelta(minutes=10)]
    for when, reason in zip(whens, REASONS, strict=True):
        opened = _open_first(stage, when, analyst, receipts, reason)
        if when is whens[0]:
            later = stage.work(when + timedelta(hours=6), judge)
            break_glass.review_opening(later, opened, justified=True, note=NOTE)


def _open_first(
    stage: Stage, when: datetime, analyst: Actor, receipts: list[str], reason: str
) -> UUID:
    """Open the first file that is not the analyst's own to read; it is left out afterwards."""
    work = stage.work(when, analyst)
    while receipts:
        try:
            return break_glass.open_file(work, receipts.pop(0), reason).id
        except Conflict:  # within the analyst's department
            continue
    raise LookupError("every file lies within reach")
