"""A case as its reader may see it: what a seal keeps from them is not in it."""

from dataclasses import replace

from app.services.case import Case
from permits.applications import Status
from permits.approvals import whose_turn
from permits.people import Actor, Agency
from permits.visibility import sealed_round, unsealed, visible_decisions, visible_findings


def seal_of(case: Case) -> int | None:
    """The round of the case whose decisions are sealed now, if any."""
    return sealed_round(case.application, sealed=case.programme.sealed)


def case_as_seen(actor: Actor, case: Case) -> Case:
    """The case for a page or a reply; whoever decides on it goes by the whole one."""
    seal = seal_of(case)
    return replace(
        case,
        decisions=visible_decisions(actor, case.decisions, seal),
        findings=visible_findings(actor, case.findings),
        advice=replace(case.advice, given=unsealed(actor, case.advice.given, seal)),
    )


def waiting_as_seen(actor: Actor, case: Case) -> tuple[Agency, ...]:
    """The agencies that are waited for, as far as this actor may know; none but in review."""
    if case.application.status is not Status.UNDER_REVIEW:
        return ()
    programme, known = case.programme, unsealed(actor, case.decisions, seal_of(case))
    return whose_turn(
        known, case.agencies, sequential=programme.sequential, sealed=programme.sealed
    )
