"""One line of steps across both agencies: what is done, where it is now, what comes after."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.services.progress import Progress
from permits.applications import Status
from permits.approvals import Opinion
from permits.issuing import CredentialState
from permits.people import Agency


class StageState(StrEnum):
    """How a stage is drawn; always with its word."""

    DONE = "done"
    NOW = "now"
    LATER = "later"
    STOPPED = "stopped"


class StageKind(StrEnum):
    """What happens in a stage."""

    SENT = "sent"
    EMPLOYER = "employer"
    AGENCY = "agency"
    WORKER = "worker"
    ENDED = "ended"
    PERMIT = "permit"


@dataclass(frozen=True)
class Stage:
    """One step of the line; `agency` names whose it is, `at` is when it was done."""

    kind: StageKind
    state: StageState
    agency: Agency | None = None
    at: datetime | None = None
    opinion: Opinion | None = None


ENDED = frozenset({Status.WITHDRAWN, Status.LAPSED})


def stages_of(progress: Progress) -> tuple[Stage, ...]:
    """The stages of a submitted application in order; nothing is promised after an end."""
    found = progress.case.application
    if found.submitted_at is None:
        return ()
    stages = [Stage(StageKind.SENT, StageState.DONE, at=found.submitted_at)]
    if any(f.code == "employer-acceptance-pending" for f in progress.case.findings):
        stages.append(Stage(StageKind.EMPLOYER, StageState.NOW))
    stages += _agencies(progress)
    if found.status is Status.RETURNED:
        stages.append(Stage(StageKind.WORKER, StageState.NOW))
    elif found.status in ENDED:
        done = [s for s in stages if s.state is StageState.DONE]
        return (*done, Stage(StageKind.ENDED, StageState.STOPPED))
    if found.status is not Status.REFUSED:
        stages.append(_permit(progress))
    return tuple(stages)


def _agencies(progress: Progress) -> list[Stage]:
    """Each agency's stage; once one of them ended the round, of those alone that had their say."""
    stages = [_agency(progress, agency) for agency in progress.case.programme.agencies]
    if any(stage.opinion in {Opinion.REFUSE, Opinion.RETURN} for stage in stages):
        return [stage for stage in stages if stage.opinion is not None]
    return stages


def _agency(progress: Progress, agency: Agency) -> Stage:
    decision = next((d for d in progress.decisions if d.agency is agency), None)
    if decision is None:
        waits = agency in progress.waiting_for
        return Stage(StageKind.AGENCY, StageState.NOW if waits else StageState.LATER, agency)
    state = StageState.STOPPED if decision.opinion is Opinion.REFUSE else StageState.DONE
    return Stage(StageKind.AGENCY, state, agency, decision.decided_at, decision.opinion)


def _permit(progress: Progress) -> Stage:
    if progress.permit is None:
        return Stage(StageKind.PERMIT, StageState.LATER)
    credential = progress.permit.credential
    if credential.state is CredentialState.PENDING:
        return Stage(StageKind.PERMIT, StageState.NOW)
    state = StageState.DONE if credential.state is CredentialState.ISSUED else StageState.STOPPED
    return Stage(StageKind.PERMIT, state, at=credential.issued_at)
