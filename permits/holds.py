"""Who works on a case: taken, taken over from a colleague for a reason, or handed to somebody."""

from enum import StrEnum

from permits.applications import Application
from permits.errors import Conflict, Fault, Forbidden, Invalid
from permits.people import Actor, Permission
from permits.policies import Ties, check_hold, check_permission


class TakeOver(StrEnum):
    """Why an official takes a case that a colleague holds."""

    ABSENT = "absent"
    AGREED = "agreed"
    URGENT = "urgent"


def check_take_over(actor: Actor, application: Application, reason: TakeOver | None) -> None:
    """Invalid where a colleague holds the case and no reason is named."""
    if application.held_by not in {None, actor.person} and reason is None:
        raise Invalid([Fault("take-over-reason-missing", "reason")])


def check_assign(actor: Actor, assignee: Actor, application: Application, ties: Ties) -> None:
    """May `actor` hand this case to `assignee`, whose `ties` to it are given?

    Who takes cases for themselves needs no more than the right to hold them; a supervisor hands
    them to officials of the own agency. Many at once never steal one: Conflict("held-by-other").
    """
    if assignee.person == actor.person:
        check_permission(actor, Permission.APPLICATION_HOLD)
    else:
        check_permission(actor, Permission.APPLICATION_ASSIGN)
        if assignee.agency is None or assignee.agency is not actor.agency:
            raise Forbidden("not-of-your-agency")
    check_hold(assignee, application, ties)
    if application.held_by not in {None, assignee.person}:
        raise Conflict("held-by-other", holder=application.held_by_name)
