"""What each role sees of a case: pure filters over values."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from permits.approvals import Decision, Opinion
from permits.people import Actor, PersonId, Role

SOMEONE = PersonId(UUID(int=2))
"""Stands for an official whose name the reader is not told."""


def visible_decisions(actor: Actor, decisions: Sequence[Decision]) -> tuple[Decision, ...]:
    """The decisions as this actor may see them.

    Officers see all. The worker sees each agency's decision without the official's identity, and
    the note only where it speaks to the worker (a return or a refusal). Nobody else sees any.
    """
    if actor.agency is not None:
        return tuple(decisions)
    if actor.role is Role.WORKER:
        return tuple(
            replace(d, official=SOMEONE, note="" if d.opinion is Opinion.APPROVE else d.note)
            for d in decisions
        )
    return ()
