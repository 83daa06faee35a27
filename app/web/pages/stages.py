"""One line of steps across both agencies: what is done, where it is now, what comes after."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from app.services.progress import Progress
from permits.applications import WITH_WORKER, Status
from permits.approvals import Opinion
from permits.authorisations import OVER, status_on
from permits.deadlines import last_day, start_of
from permits.issuing import CredentialState
from permits.journeys import JourneyStep, first_of, visa_of
from permits.pathway import GOING, Days, StageState, Travel, way_of
from permits.people import Agency
from permits.programme_rules import STEP_OF, PathwayStep

__all__ = ["Stage", "StageKind", "StageState", "stages_of"]


class StageKind(StrEnum):
    """What happens in a stage."""

    LEARNT = "learnt"
    SENT = "sent"
    EMPLOYER = "employer"
    CONTRACT = "contract"
    AGENCY = "agency"
    WORKER = "worker"
    ENDED = "ended"
    PERMIT = "permit"
    ORIENTED = "oriented"
    VISA = "visa"
    TRAVEL = "travel"


@dataclass(frozen=True)
class Stage:
    """One step of the line; `agency` names whose it is, `at` is when it was done.

    `step` is that of the programme's pathway, for what comes after the permit; `first` and `last`
    are its planned days while it is not done.
    """

    kind: StageKind
    state: StageState
    agency: Agency | None = None
    at: datetime | None = None
    opinion: Opinion | None = None
    step: PathwayStep | None = None
    first: date | None = None
    last: date | None = None
    journey: JourneyStep | None = None


ENDED = frozenset({Status.WITHDRAWN, Status.LAPSED})

AGENCY_OF = {step: agency for agency, step in STEP_OF.items()}


def stages_of(progress: Progress) -> tuple[Stage, ...]:
    """The stages of an application, in the order of its way; of a draft all are yet to come.

    Nothing is promised after an end, nor after a right that was revoked, nor of what nobody
    received.
    """
    found = progress.case.application
    if found.submitted_at is None and found.status is not Status.DRAFT:
        return ()
    way = way_of(progress.case.programme.pathway, progress.case.agencies)
    stages = [stage for step in way for stage in _of(progress, step)]
    if found.status in ENDED:
        done = [s for s in stages if s.state is StageState.DONE]
        return (*done, Stage(StageKind.ENDED, StageState.STOPPED))
    return tuple(stages)


def _of(progress: Progress, step: PathwayStep) -> Iterator[Stage]:
    found = progress.case.application
    if step is PathwayStep.ORIENTATION:
        # Who chooses work has its terms before them. Nobody notes the day of it, so none is told;
        # that of an orientation which was attended stands at its own step.
        learnt = bool(progress.case.answers.vacancy)
        yield Stage(StageKind.LEARNT, StageState.DONE if learnt else StageState.NOW)
    elif step is PathwayStep.APPLICATION:
        yield _sent(progress)
        if found.submitted_at is None:
            return
        if any(f.code == "employer-acceptance-pending" for f in progress.case.findings):
            yield Stage(StageKind.EMPLOYER, StageState.NOW)
        if any(f.code == "contract-acceptance-pending" for f in progress.case.findings):
            yield Stage(StageKind.CONTRACT, StageState.NOW)
    elif step in AGENCY_OF:
        yield from _agency(progress, AGENCY_OF[step])
    elif found.status is Status.REFUSED:
        return
    elif step is PathwayStep.PERMIT:
        if found.status in WITH_WORKER:
            yield Stage(StageKind.WORKER, StageState.NOW)
        yield _permit(progress)
    else:
        if step in GOING:
            yield from _before_leaving(progress)
        yield from _travel(progress, step)


def _sent(progress: Progress) -> Stage:
    """The sending: of a draft the step of now, once the work is chosen or where it is the first."""
    found, programme = progress.case.application, progress.case.programme
    if found.submitted_at is not None:
        return Stage(StageKind.SENT, StageState.DONE, at=found.submitted_at)
    chosen = progress.case.answers.vacancy or PathwayStep.ORIENTATION not in programme.pathway
    return Stage(StageKind.SENT, StageState.NOW if chosen else StageState.LATER)


def _agency(progress: Progress, agency: Agency) -> Iterator[Stage]:
    """An agency's stage; once one of them ended the round, of those alone that had their say."""
    decision = next((d for d in progress.decisions if d.agency is agency), None)
    if decision is not None:
        state = StageState.STOPPED if decision.opinion is Opinion.REFUSE else StageState.DONE
        yield Stage(StageKind.AGENCY, state, agency, decision.decided_at, decision.opinion)
    elif not any(d.opinion in {Opinion.REFUSE, Opinion.RETURN} for d in progress.decisions):
        waits = agency in progress.waiting_for
        state = StageState.NOW if waits else StageState.LATER
        yield Stage(StageKind.AGENCY, state, agency, last=_due(progress))


def _due(progress: Progress) -> date | None:
    """Until when the agencies must have decided; no day while the case is with its worker."""
    found = progress.case.application
    running = found.status is Status.UNDER_REVIEW
    return last_day(found.due_at) if found.due_at and running else None


def _permit(progress: Progress) -> Stage:
    if progress.permit is None:
        return Stage(StageKind.PERMIT, StageState.LATER)
    credential = progress.permit.credential
    if credential.state is CredentialState.PENDING:
        return Stage(StageKind.PERMIT, StageState.NOW)
    state = StageState.DONE if credential.state is CredentialState.ISSUED else StageState.STOPPED
    return Stage(StageKind.PERMIT, state, at=credential.issued_at)


def _before_leaving(progress: Progress) -> Iterator[Stage]:
    """The orientation that was attended, and where a visa stands, as far as they are known."""
    if progress.attended_at is not None:
        yield Stage(StageKind.ORIENTED, StageState.DONE, at=progress.attended_at)
    visa = visa_of(progress.journey)
    if visa is not None:
        state = _VISA.get(visa.step, StageState.NOW)
        yield Stage(StageKind.VISA, state, at=start_of(visa.on), journey=visa.step)


_VISA = {JourneyStep.VISA_GRANTED: StageState.DONE, JourneyStep.VISA_REFUSED: StageState.STOPPED}


def _travel(progress: Progress, step: PathwayStep) -> Iterator[Stage]:
    travel, days = _known(progress)
    if travel.status in OVER and travel.state(step) is not StageState.DONE:
        return
    stage = Stage(StageKind.TRAVEL, travel.state(step), at=travel.at(step), step=step)
    if days is not None and travel.at(step) is None:
        first, last = days.of(step)
        stage = replace(stage, first=first, last=last)
    yield stage


def _noted(progress: Progress) -> datetime | None:
    """When the person left or, where nobody noted that, arrived."""
    steps = (JourneyStep.DEPARTED, JourneyStep.ARRIVED)
    found = next((one for step in steps if (one := first_of(progress.journey, step))), None)
    return start_of(found.on) if found else None


def _known(progress: Progress) -> tuple[Travel, Days | None]:
    """What is known of the journey, and its planned days: the right's, else the offer's.

    Nobody sets out without a permit: until the first is signed the journey is yet to come.
    """
    programme, offer = progress.case.programme, progress.case.offer
    if progress.permit is None:
        return Travel(None), Days(offer.starts_on, offer.ends_on) if offer else None
    right = progress.permit.authorisation
    going = next((GOING[step] for step in programme.pathway if step in GOING), None)
    passed, days = progress.passages, Days(right.valid_from, right.valid_until)
    went = (passed.went(going) if going else None) or _noted(progress)
    if progress.permit.credential.state is CredentialState.PENDING and went is None:
        return Travel(None), days
    came_back = passed.came_back(going) if going else None
    return Travel(status_on(right, progress.today), went, came_back, bool(programme.posts)), days
