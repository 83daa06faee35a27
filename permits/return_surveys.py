"""Closing after the season (domain 4.2): six questions, asked once, and what they lead to.

A right that ended or expired is closed by a day and no new status: after the answers, or after the
programme's days without any. Who came home in time and wants to come back goes before others in
the next season; it informs who decides, and decides nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from permits.applications import ApplicationId
from permits.deadlines import legal_day
from permits.errors import Conflict, Fault, Invalid
from permits.findings import Finding, Severity
from permits.pathway import GOING, Passages
from permits.people import Actor, Permission, PersonId
from permits.policies import check_permission
from permits.programmes import Programme

COME_IN = timedelta(days=7)
"""A post without a network hands its crossings in by then: only afterwards is it known who came
home in time. To be confirmed."""

FINDING = "rehire-priority"


class YesNo(StrEnum):
    """One of two; who does not want to say leaves the question out."""

    YES = "yes"
    NO = "no"


class ComingBack(StrEnum):
    """Whether the worker wants to come back, and to whom."""

    SAME_EMPLOYER = "same-employer"
    OTHER_EMPLOYER = "other-employer"
    NO = "no"


@dataclass(frozen=True)
class SurveyAnswers:
    """The six answers, in the order in which they are asked; None where somebody keeps it.

    `call_me` is no question: the worker agrees that SETRASS calls about what went wrong.
    """

    work_as_promised: YesNo | None = None
    paid_as_promised: YesNo | None = None
    asked_for_money: YesNo | None = None
    treated_well: YesNo | None = None
    come_back: ComingBack | None = None
    wants_help: YesNo | None = None
    call_me: bool = False

    @property
    def went_wrong(self) -> bool:
        """Whether something is to be complained of: unpaid, asked for money, treated badly."""
        return (
            self.paid_as_promised is YesNo.NO
            or self.asked_for_money is YesNo.YES
            or self.treated_well is YesNo.NO
        )

    @property
    def comes_back(self) -> bool:
        """Whether the worker wants to come back, to whomever."""
        return self.come_back in {ComingBack.SAME_EMPLOYER, ComingBack.OTHER_EMPLOYER}


QUESTIONS: Mapping[str, tuple[str, ...]] = {
    one.name: tuple(ComingBack if one.name == "come_back" else YesNo)
    for one in fields(SurveyAnswers)
    if one.name != "call_me"
}
"""The questions in their order, each with what may be answered."""


class ReturnTask(StrEnum):
    """What the desk does after a survey, only for who asked for it."""

    CALL = "call"
    HELP = "help"


@dataclass(frozen=True)
class Survey:
    """One right's survey: asked once, answered once or never, closed once.

    `closes_on` is the last day to answer. `answers` are for the worker alone; of them the desk
    sees `tasks`, which the worker asked for, until somebody has done them. `rehire`: goes before
    others in the next season, set when it is closed.
    """

    authorisation: UUID
    application: ApplicationId
    worker: PersonId
    programme: str
    asked_at: datetime
    closes_on: date
    answers: SurveyAnswers | None = None
    answered_at: datetime | None = None
    tasks: frozenset[ReturnTask] = frozenset()
    attended_at: datetime | None = None
    attended_by: PersonId | None = None
    closed_at: datetime | None = None
    rehire: bool = False

    @property
    def is_open(self) -> bool:
        """Whether the worker may answer still."""
        return self.answers is None and self.closed_at is None


def ask(right: tuple[UUID, ApplicationId, PersonId], programme: Programme, now: datetime) -> Survey:
    """The survey of a right, its application and its worker, with the programme's days."""
    authorisation, application, worker = right
    days = programme.clocks.closing_days.value
    closes_on = legal_day(now) + timedelta(days=days)
    return Survey(authorisation, application, worker, programme.code, now, closes_on)


def read_answers(given: Mapping[str, str], *, call_me: bool) -> SurveyAnswers:
    """The answers as given by code; Invalid with every code that no question knows, or with none.

    An empty text is a question left out.
    """
    said = {name: value for name, value in given.items() if value}
    faults = [
        Fault("choice-unknown", name)
        for name, value in said.items()
        if value not in QUESTIONS.get(name, ())
    ]
    if not said:
        faults.append(Fault("survey-empty", next(iter(QUESTIONS))))
    if faults:
        raise Invalid(faults)
    come_back = said.pop("come_back", None)
    return SurveyAnswers(
        **{name: YesNo(value) for name, value in said.items()},
        come_back=ComingBack(come_back) if come_back else None,
        call_me=call_me,
    )


def answered(survey: Survey, answers: SurveyAnswers, now: datetime) -> Survey:
    """The survey with its answers; Conflict where it has some, or is closed.

    The desk hears of who wants to be called and of who wants help at home, and of nobody else.
    """
    if survey.answers is not None:
        raise Conflict("survey-answered")
    if survey.closed_at is not None:
        raise Conflict("survey-closed")
    wanted = {
        ReturnTask.CALL: answers.call_me,
        ReturnTask.HELP: answers.wants_help is YesNo.YES,
    }
    tasks = frozenset(task for task, asked in wanted.items() if asked)
    return replace(survey, answers=answers, answered_at=now, tasks=tasks)


def check_attend(actor: Actor, survey: Survey) -> None:
    """Whoever may do the desk's tasks, for somebody else, while one waits."""
    check_permission(actor, Permission.RETURN_ATTEND)
    if not survey.tasks or survey.attended_at is not None:
        raise Conflict("no-return-task")


def is_over(survey: Survey, now: datetime) -> bool:
    """Whether it is to be closed: some days after the answers, or after its last day."""
    if survey.answered_at is not None:
        return now >= survey.answered_at + COME_IN
    return legal_day(now) > survey.closes_on


def came_home_in_time(programme: Programme, passages: Passages, last_day: date) -> bool:
    """Whether the last passing is one home, on the right's last day or before.

    Where the posts note no crossings (who flies abroad), what nobody noted is held against nobody.
    """
    going = next((GOING[step] for step in programme.pathway if step in GOING), None)
    if going is None or not programme.posts:
        return True
    home = passages.came_back(going)
    return home is not None and legal_day(home) <= last_day


def closed(survey: Survey, now: datetime, *, in_time: bool, revoked: bool) -> Survey:
    """The survey closed; `revoked`: a right was taken back for the worker's own ground, and stays.

    Conflict where it is not over, or was closed before.
    """
    if survey.closed_at is not None or not is_over(survey, now):
        raise Conflict("survey-not-over")
    wants = survey.answers is not None and survey.answers.comes_back
    return replace(survey, closed_at=now, rehire=wants and in_time and not revoked)


def find_priority(programme: Programme, *, rehire: bool) -> tuple[Finding, ...]:
    """What an official reads of a worker who goes before others: it informs, and blocks nothing."""
    if not rehire:
        return ()
    days = programme.clocks.closing_days
    return (Finding(FINDING, Severity.INFO, days.source, days.confirmed),)
