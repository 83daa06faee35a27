"""What was found of one worker is kept at the act, with its day and the values that counted."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID, uuid5

from app.services.vacancy_judging import digest_of_values
from app.services.work import Work
from app.storage import case_judgements, outbox
from app.storage.case_judgements import About, CaseJudgement, is_same
from permits.deadlines import legal_day
from permits.people import PersonId
from recruitment.ethics.rules import RuleFinding
from recruitment.ethics.written import digest
from recruitment.farm_register import Movement

__all__ = ["About", "CaseJudgement"]

EFFECT, ALL = "judge-case", "judge-cases"


@dataclass(frozen=True)
class Whose:
    """Of whom something was found, and under which programme it was judged."""

    application: UUID
    worker: PersonId
    programme: str


def keep(
    work: Work,
    whose: Whose,
    about: About,
    found: Sequence[RuleFinding],
    *looked_at: object,
    subject: UUID | None = None,
) -> None:
    """Write down what was found in `looked_at`; nothing where the last judgement says the same.

    `subject` is the movement that was judged, else the application itself.
    """
    judged_of, facts = subject or whose.application, digest(*looked_at)
    before = find(work, about, judged_of)
    judged = CaseJudgement(
        # One follows from the other: nobody else has to be asked for a number.
        uuid5(before.id if before else judged_of, f"{about.value}:{facts.hex()}"),
        whose.application,
        whose.worker,
        about,
        judged_of,
        legal_day(work.now),
        work.now,
        facts,
        digest_of_values(work, whose.programme),
        tuple(found),
    )
    if not is_same(judged, before):
        case_judgements.add_judgement(work.session, work.ports.vault, judged)


def keep_movement(
    work: Work, movement: Movement, programme: str, found: RuleFinding | None
) -> None:
    """The same of somebody who came in where they do not belong (R39); nothing was found else."""
    if found is not None:
        whose = Whose(movement.application, movement.worker, programme)
        keep(work, whose, About.MOVEMENT, [found], movement, subject=movement.id)


def find(work: Work, about: About, subject: UUID) -> CaseJudgement | None:
    """The judgement that counts. For services, which check who asks."""
    return case_judgements.find_newest(work.session, work.ports.vault, about, subject)


def judge_soon(work: Work, application: UUID) -> None:
    """A fact changed elsewhere: leave it to the worker process to judge this case again."""
    key, payload = f"{EFFECT}:{work.new_id()}", {"application": str(application)}
    outbox.put(work.session, outbox.Effect(EFFECT, key, payload), work.now)


def judge_again_soon(work: Work, application: UUID) -> None:
    """The same where something of this worker was judged before; else there is nothing to mend."""
    if case_judgements.has_judgement(work.session, application):
        judge_soon(work, application)


def judge_all_soon(work: Work, run: UUID, after: UUID | None = None) -> None:
    """Leave it to the worker process to judge all that stand again, from `after` on."""
    start = str(after) if after else "first"
    payload = {"run": str(run), "after": start}
    outbox.put(work.session, outbox.Effect(ALL, f"{ALL}:{run}:{start}", payload), work.now)
