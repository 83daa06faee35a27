"""Who may do what with a permit; every refusal says why. Rows are chosen by storage queries."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from permits.applications import EDITABLE, Application, Status
from permits.approvals import Decision, Opinion, whose_turn
from permits.errors import Conflict, Forbidden, Hidden, Unauthenticated
from permits.people import Actor, Agency, Permission, Role
from permits.recommendations import NO_ADVICE, Advice, check_advised, check_wanted


@dataclass(frozen=True)
class Ties:
    """What ties an official to a case, and no id of the case tells.

    `own`: it names the official's own identity document. `holder`: the agency of who holds it.
    `check_open`: INM waits for the watch list or for a second look, and nobody is told for which.
    `looked_again`: the official took that second look.
    `decided_before`: they decided on it before a recourse opened it again.
    `prepared`: they filled it in for the worker, registered the crew list by which it came, or saw
    the worker's mark, in whatever role that was.
    """

    own: bool = False
    holder: Agency | None = None
    check_open: bool = False
    looked_again: bool = False
    decided_before: bool = False
    prepared: bool = False


NO_TIES = Ties()


@dataclass(frozen=True)
class Turn:
    """A case as whose turn it is is judged by, always whole: a part left out would be a gap.

    `taken` are the decisions of the present round, `required` the programme's agencies in their
    order, `ties` those of the official who asks, and `advice` what was recommended in the round.
    `sealed`: the round waits for each of them, whatever the other said.
    """

    application: Application
    taken: Collection[Decision]
    required: Sequence[Agency]
    sequential: bool
    ties: Ties = NO_TIES
    advice: Advice = NO_ADVICE
    sealed: bool = False


def check_permission(actor: Actor, permission: Permission) -> None:
    """Forbidden("not-permitted") unless the actor's role carries the permission."""
    if not actor.can(permission):
        raise Forbidden("not-permitted", permission=permission.value)


def check_fresh(actor: Actor, now: datetime) -> None:
    """Unauthenticated("proof-needed") unless the actor proved a short while ago who they are.

    Asked for what cannot be taken back or opens other doors: deciding, revoking, exporting,
    keys, accounts, own factors (ASVS 7.5.1, 7.5.3).
    """
    if actor.proven_until is None or now >= actor.proven_until:
        raise Unauthenticated("proof-needed")


def assists(actor: Actor, application: Application) -> bool:
    """Whether this is the facilitator who fills it in for a worker, until it is handed in."""
    theirs = actor.person == application.assisted_by and application.status is Status.DRAFT
    return theirs and actor.role is Role.FACILITATOR and actor.can(Permission.APPLICATION_ASSIST)


def check_read(actor: Actor, application: Application) -> None:
    """Who may open this file: its worker, who helps with a draft, and officers once submitted.

    A draft that was withdrawn before anybody received it stays the worker's own. NotFound, not
    Forbidden, for whoever may not know that it exists.
    """
    own = actor.role is Role.WORKER and actor.person == application.worker
    if own and actor.can(Permission.APPLICATION_READ_OWN):
        return
    if assists(actor, application):
        return
    if actor.can(Permission.APPLICATION_READ) and application.round > 0:
        return
    raise Hidden("no-such-application")


def check_review(actor: Actor) -> Agency:
    """The agency of who may open the whole file of a case: an official of one that judges it."""
    check_permission(actor, Permission.APPLICATION_READ)
    if actor.agency is None:
        raise Forbidden("not-permitted", permission=Permission.APPLICATION_READ.value)
    return actor.agency


def check_edit(actor: Actor, application: Application) -> None:
    """Only the worker, or who helps with a draft, changes the answers while it is theirs."""
    check_own(actor, application)
    if application.status not in EDITABLE:
        raise Conflict("not-editable", status=application.status.value)


def check_own(actor: Actor, application: Application) -> None:
    """Submitting and withdrawing are the worker's own acts, or done for them beside them."""
    check_read(actor, application)
    if not assists(actor, application):
        check_permission(actor, Permission.APPLICATION_EDIT_OWN)


def check_own_consent(actor: Actor) -> None:
    """Nobody ticks another's consent: who helps shows it by a code or a witnessed mark."""
    if actor.role is Role.FACILITATOR:
        raise Forbidden("consent-of-another")


def check_decide(actor: Actor, turn: Turn, opinion: Opinion = Opinion.APPROVE) -> Agency:
    """Return the agency that the actor decides for, or refuse.

    Nobody decides their own case, for both agencies, twice, out of turn, or on a case that a
    colleague of the same agency holds (domain 4.3). Who holds it for the other agency prepares
    that agency's decision and keeps nobody from this one. Nobody decides on what they prepared or
    recommended themselves, nor again after a recourse on what they had decided before it.
    """
    check_permission(actor, Permission.APPLICATION_DECIDE)
    agency = _check_turn(actor, turn)
    check_advised(turn.advice, agency, actor.person, opinion)
    return agency


def check_recommend(actor: Actor, turn: Turn) -> Agency:
    """Return the agency that the actor recommends to, or refuse.

    Where the programme wants it, while the agency may decide, once a round, and by nobody who
    could not decide on it for what ties them to the case.
    """
    check_permission(actor, Permission.APPLICATION_RECOMMEND)
    agency = _check_turn(actor, turn)
    check_wanted(turn.advice, agency)
    return agency


def check_ask(actor: Actor, turn: Turn) -> Agency:
    """Return the agency for which the actor asks the worker something, or refuse.

    Who may recommend may ask, whether or not the programme wants a recommendation, while their
    agency may decide.
    """
    check_permission(actor, Permission.APPLICATION_RECOMMEND)
    return _check_turn(actor, turn)


def _check_turn(actor: Actor, turn: Turn) -> Agency:
    application, taken, ties, agency = turn.application, turn.taken, turn.ties, actor.agency
    check_read(actor, application)
    if agency is None or agency not in turn.required:
        raise Forbidden("agency-not-required")
    if actor.person == application.worker or ties.own:
        raise Forbidden("own-case")
    if ties.prepared:
        raise Forbidden("prepared-case")
    if application.status is not Status.UNDER_REVIEW:
        raise Conflict("not-under-review", status=application.status.value)
    if agency in {d.agency for d in taken}:
        raise Conflict("agency-already-decided", agency=agency.value)
    if actor.person in {d.official for d in taken}:
        raise Forbidden("official-already-decided")
    if ties.decided_before:
        raise Forbidden("decided-before-recourse")
    sequential, sealed = turn.sequential, turn.sealed
    if agency not in whose_turn(taken, turn.required, sequential=sequential, sealed=sealed):
        raise Conflict("not-this-agencys-turn", agency=agency.value)
    if agency is Agency.INM and ties.check_open:
        raise Conflict("check-open")
    if ties.looked_again:
        raise Forbidden("official-already-decided")
    held = application.held_by is not None and application.held_by != actor.person
    if held and ties.holder in {None, agency}:
        raise Conflict("held-by-other", holder=application.held_by_name)
    return agency


def check_hold(actor: Actor, application: Application, ties: Ties = NO_TIES) -> None:
    """An official may take a case under review, also before their agency's turn, to prepare.

    Who held it before is told by the log.
    """
    check_permission(actor, Permission.APPLICATION_HOLD)
    check_read(actor, application)
    if actor.person == application.worker or ties.own:
        raise Forbidden("own-case")
    if ties.prepared:
        raise Forbidden("prepared-case")
    if application.status is not Status.UNDER_REVIEW:
        raise Conflict("not-under-review", status=application.status.value)
