"""What each role sees of a case: pure filters over values."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from permits.approvals import Decision, Opinion
from permits.findings import Finding
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


OFFICIALS_ONLY = frozenset({"similar-application"})
"""Findings that speak of other people's applications too."""


def visible_findings(actor: Actor, findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """The findings as this actor may see them.

    Officers see all; the worker those that speak of nobody else; nobody else sees any.
    """
    if actor.agency is not None:
        return tuple(findings)
    if actor.role is Role.WORKER:
        return tuple(f for f in findings if f.code not in OFFICIALS_ONLY)
    return ()
