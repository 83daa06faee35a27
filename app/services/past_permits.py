"""Past permits of people: whose one was, beside who may be meant, and earlier seasons."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from app.services.reaching import reading
from app.services.work import Work
from app.storage import accounts, namesakes, people
from app.storage import past_permits as kept
from app.storage import register_imports as registers
from app.storage.namesakes import Namesake
from app.storage.past_permits import KeptPermit
from permits.applications import ApplicationId
from permits.audit import Act
from permits.duplicates import Compared, compare, may_be_one_person
from permits.errors import Conflict, NotFound
from permits.past_permits import Import, Standing, check_settle
from permits.people import Permission, PersonId
from permits.policies import check_permission
from permits.submissions import Answers

__all__ = ["Compared", "KeptPermit", "Namesake", "Standing"]

LOOKED_AT, SHOWN = 200, 5
SEASONS = 30


@dataclass(frozen=True)
class Candidate:
    """Somebody who may be meant, with each field that the register tells beside theirs."""

    namesake: Namesake
    fields: tuple[Compared, ...]


@dataclass(frozen=True)
class PastFile:
    """A past permit with who may be meant; `matched` is whose it is, where that lies in reach."""

    kept: KeptPermit
    found: Import
    candidates: tuple[Candidate, ...]
    settled_by: str


def read_permit(work: Work, permit: UUID) -> PastFile:
    """One permit beside the people within reach who may be meant; each that is shown is logged."""
    check_permission(work.actor, Permission.REGISTER_IMPORT)
    one = kept.get_permit(work.session, work.ports.vault, permit)
    said = one.permit.person
    shown = _candidates(work, said)
    for namesake in shown:
        facts = {"purpose": "compare"}
        event = work.event(Act.APPLICATION_READ, namesake.application, facts)
        people.note_reading(work.session, event=event)
    account = accounts.find_account_of(work.session, one.settled_by) if one.settled_by else None
    return PastFile(
        one,
        registers.get_import(work.session, one.import_),
        tuple(Candidate(namesake, _fields(said, namesake.answers)) for namesake in shown),
        account.name if account else "",
    )


def settle_permit(
    work: Work, permit: UUID, application: ApplicationId | None, *, seen: Standing
) -> KeptPermit:
    """An official says whose it was: the worker of an application that was shown, or nobody there.

    NotFound for somebody who was not among those who may be meant; Conflict where somebody else
    decided meanwhile, or nothing was compared yet.
    """
    check_permission(work.actor, Permission.REGISTER_IMPORT)
    one = kept.get_permit(work.session, work.ports.vault, permit, hold=True)
    check_settle(one.standing, seen)
    worker: PersonId | None = None
    if application is not None:
        among = {c.application: c.worker for c in _candidates(work, one.permit.person)}
        if application not in among:
            raise NotFound("no-such-application")
        worker = among[application]
    if worker == one.worker and worker is not None:
        raise Conflict("past-settled")
    standing = Standing.MATCHED if worker else Standing.ALONE
    event = work.event(Act.PAST_PERMIT_SETTLED, permit, {"standing": standing.value})
    by = work.actor.person
    kept.save_standing(work.session, permit, standing, worker, by=by, now=work.now, event=event)
    return kept.get_permit(work.session, work.ports.vault, permit)


def list_seasons(work: Work, worker: PersonId) -> Sequence[KeptPermit]:
    """The earlier seasons of a worker, the newest first: history, which decides nothing."""
    return kept.list_of_worker(work.session, work.ports.vault, worker, SEASONS)


def list_open(work: Work, said: Answers) -> Sequence[KeptPermit]:
    """Permits that nobody has been found for and that may be this person's; () for who may not."""
    if not work.actor.can(Permission.REGISTER_IMPORT):
        return ()
    vault = work.ports.vault
    found = namesakes.list_open_rows(work.session, vault, said, LOOKED_AT)
    rows = kept.list_permits_of(work.session, vault, found)
    return [one for one in rows if may_be_one_person(one.permit.person, said)][:SHOWN]


def _candidates(work: Work, said: Answers) -> list[Namesake]:
    """Who may be meant within reach, each worker once, with the newest application."""
    found = namesakes.list_namesakes(
        work.session, work.ports.vault, said, reach=reading(work), limit=LOOKED_AT
    )
    of_worker: dict[PersonId, Namesake] = {}
    for one in found:
        if may_be_one_person(said, one.answers):
            of_worker.setdefault(one.worker, one)
    return list(of_worker.values())[:SHOWN]


def _fields(said: Answers, theirs: Answers) -> tuple[Compared, ...]:
    """What the register tells; of what it says nothing there is nothing to compare."""
    return tuple(one for one in compare(said, theirs) if one.mine is not None)
