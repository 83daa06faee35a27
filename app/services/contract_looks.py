"""SETRASS reads what only words tell of a changed contract: the same work, better or worse (R16).

Until then nobody accepts the version, and SETRASS approves nothing on it. What is worse is a
substitution from then on, as one that is found by its numbers.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from app.services import contract_waits, notices
from app.services.applications import read_application
from app.services.case import Case, load_case
from app.services.contract_checks import keep_agreement, reader_of
from app.services.reaching import reading
from app.services.seeking import seek_cases
from app.services.seen_contracts import SeenContract, see_contract
from app.services.wished_work import asked_for
from app.services.work import Work
from app.storage import contract_looks as rows
from app.storage import unread_contracts
from app.storage.unread_contracts import Unread as Unread
from permits.applications import ApplicationId, Status
from permits.audit import Act, AuditEvent, Fact
from permits.deadlines import legal_day
from permits.errors import Conflict, DomainError, Forbidden, NotFound, refuse_if
from permits.notices import NoticeKind
from permits.people import Permission
from permits.policies import check_permission, check_read
from recruitment.contract_looks import Look, find_faults
from recruitment.contract_standing import Held, is_alike
from recruitment.ethics.words import Weighed

LISTED = 200
LOOKED_WHILE = frozenset({Status.UNDER_REVIEW, Status.ASKED, Status.APPROVED})


@dataclass(frozen=True)
class Said:
    """What an official says of the pair that they saw, by the digests of both versions."""

    base: str
    digest: str
    weighed: Weighed | None
    reason: str


def list_waiting(work: Work, text: str = "") -> Sequence[Unread]:
    """What waits for a look, the oldest first; of the cases that `text` finds."""
    check_permission(work.actor, Permission.CONTRACT_LOOK)
    search, today = seek_cases(work, text), legal_day(work.now)
    return unread_contracts.list_unread(
        work.session, today, reach=reading(work), limit=LISTED, search=search
    )


def read_contract(work: Work, application: ApplicationId, version: int) -> SeenContract:
    """The newest version of a work, to be looked at; the log says who opened the file.

    NotFound("no-such-contract") where it is none, or newer ones are drawn by now.
    """
    check_permission(work.actor, Permission.CONTRACT_LOOK)
    return _open(work, read_application(work, application, "contract"), version)


def see_version(work: Work, application: ApplicationId, version: int) -> SeenContract:
    """The same after an act of one's own, which the log tells."""
    check_permission(work.actor, Permission.CONTRACT_LOOK)
    return _open(work, load_case(work, application), version)


def look(work: Work, application: ApplicationId, version: int, said: Said) -> None:
    """Keep what an official says of a change; R16 is judged again, and the worker is told.

    Invalid as `find_faults`. Conflict("contract-changed") where another pair was seen,
    "contract-looked-at" where somebody looked before, "contract-not-to-read" where nothing waits.
    Forbidden for the own case, for who prepared it, and for whoever's act drew the version.
    """
    check_permission(work.actor, Permission.CONTRACT_LOOK)
    case = load_case(work, application, lock=True)
    check_read(work.actor, case.application)
    seen = _open(work, case, version)
    refuse_if(find_faults(said.weighed, said.reason))
    _check_tied(work, case, seen.held)
    _check_waits(case.application.status, seen.held, said)
    given = Look(
        said.base,
        said.digest,
        Weighed(said.weighed or ""),
        said.reason.strip(),
        work.actor.person,
        work.actor.role,
        work.now,
    )
    rows.add_look(work.session, seen.held, given, event=_event(work, application, seen.held, given))
    keep_agreement(work, reader_of(case))
    _tell(work, case, seen)


def list_alike(work: Work, seen: SeenContract) -> Sequence[tuple[ApplicationId, int]]:
    """Contracts of other workers in which the same was changed, and that wait, too."""
    found = unread_contracts.list_alike(
        work.session, legal_day(work.now), seen.held, reach=reading(work), limit=LISTED
    )
    return [(ApplicationId(application), version) for application, version in found]


def look_at_alike(work: Work, application: ApplicationId, version: int, said: Said) -> int:
    """The same, said of each contract in which the same was changed; returns of how many others.

    Each keeps a look of its own. What is changed meanwhile, or is tied to who looks, still waits.
    Cases are held in one order, whoever begins.
    """
    check_permission(work.actor, Permission.CONTRACT_LOOK)
    seen, others = _open(work, load_case(work, application), version), 0
    for other, newest in sorted({(application, version), *list_alike(work, seen)}):
        if other == application:
            look(work, application, version, said)
            continue
        with suppress(DomainError):
            held = _open(work, load_case(work, other, lock=True), newest).held
            if is_alike(held, seen.held):
                same = replace(said, base=held.base.digest, digest=held.newest.digest)
                look(work, other, newest, same)
                others += 1
    return others


def _open(work: Work, case: Case, version: int) -> SeenContract:
    """Of the work that is asked for, or of that of now."""
    for each in dict.fromkeys((asked_for(work, case).offer, case.offer)):
        seen = see_contract(work, replace(case, offer=each))
        if seen is not None and seen.newest.version == version:
            return seen
    raise NotFound("no-such-contract")


def _check_tied(work: Work, case: Case, held: Held) -> None:
    if work.actor.person == case.application.worker or case.ties.own:
        raise Forbidden("own-case")
    if case.ties.prepared or work.actor.person == held.newest.drawn_by:
        raise Forbidden("prepared-case")


def _check_waits(status: Status, held: Held, said: Said) -> None:
    if (said.base, said.digest) != (held.base.digest, held.newest.digest):
        raise Conflict("contract-changed")
    if held.look is not None:
        raise Conflict("contract-looked-at")
    if not held.unread or held.newest.blocked or status not in LOOKED_WHILE:
        raise Conflict("contract-not-to-read")


def _event(work: Work, application: ApplicationId, held: Held, given: Look) -> AuditEvent:
    told: dict[str, Fact] = {
        "version": held.newest.version,
        "base": given.base,
        "digest": given.digest,
        "weighed": given.weighed.value,
        "fields": sorted(held.others),
    }
    return work.event(Act.CONTRACT_LOOKED_AT, application, told)


def _tell(work: Work, case: Case, seen: SeenContract) -> None:
    """Who waits for the version hears of it now, as they would have when it was drawn."""
    own = case.application
    if seen.case.offer != case.offer:
        contract_waits.tell(work, own)
    else:
        notices.tell_worker(work, NoticeKind.CONTRACT_OFFERED, own, once=seen.newest.digest)
