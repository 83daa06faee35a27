"""Check-ins during the job: workers are asked by SMS, answer on one page, and danger acts at once.

Nothing of it reaches an employer, a border post or INM. What officials read is in
`check_in_desk`, and the cases that answers ask for are in `wanted_cases`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from app.services import daily, farm_cases, notices, unpaid_wages, wanted_cases
from app.services.reaching import reading, writing
from app.services.vacancy_judging import parameters_for
from app.services.work import Work, token_hash
from app.storage import applications, farm_movements, people, working_rights
from app.storage import check_ins as kept
from app.storage.check_ins import FarmReport
from app.storage.working_rights import WorkingRight
from permits import base64url
from permits.applications import Application, ApplicationId
from permits.audit import Act, Fact
from permits.deadlines import legal_day, start_of
from permits.errors import Hidden, NotFound
from permits.notices import Notice, NoticeKind
from permits.pathway import GOING
from permits.people import Permission, PersonId
from permits.policies import check_own, check_permission
from recruitment.check_in_days import (
    Days,
    days_of,
    due_now,
)
from recruitment.check_ins import (
    CheckIn,
    CheckInAnswers,
    Moment,
    Way,
    answered,
    judge_answers,
    judge_pattern,
    read_answers,
    signs_of,
)
from recruitment.ethics.rules import RuleFinding
from recruitment.wanted_cases import want_case

__all__ = ["CheckIn", "CheckInAnswers"]

JOB = "check-ins"
BATCH = 500
MOST_ANSWERS = 2000
"""So many answers of one employer are looked at together, the newest first."""


def ask_due(work: Work, limit: int = BATCH) -> int:
    """The task of the minute: once a day after eight, ask whoever is due; how many were.

    Who works since when: from the arrival, else the departure that was noted of the journey; else
    from the first crossing to the work; else from the first day of the permit (who passed where
    nobody noted it). Never before that day. Who went home is not asked.
    """
    today = daily.due_day(work, JOB)
    if today is None:
        return 0
    asked, after = 0, None
    days = days_of(work.ports.reference.ethics, today)
    while batch := working_rights.list_working(work.session, today, limit, after):
        asked += sum(_ask(work, right, days, today) for right in batch)
        after = batch[-1].id
    daily.mark_done(work, JOB, today)
    return asked


def _ask(work: Work, right: WorkingRight, days: Days, today: date) -> bool:
    programme = work.ports.reference.programmes[right.programme]
    going = next((GOING[step] for step in programme.pathway if step in GOING), None)
    went = right.passages.went(going) if going else None
    if going and right.passages.came_back(going):
        return False
    there = right.noted or (legal_day(went) if went else right.valid_from)
    started = max(right.valid_from, there)
    moment = due_now(started, right.valid_until, days, today, right.asked)
    return moment is not None and ask_worker(work, right, moment) is not None


def ask_worker(work: Work, right: WorkingRight, moment: Moment) -> CheckIn | None:
    """Ask one worker by SMS; None where nobody knows how to reach them any more."""
    worker = people.find_worker(work.session, right.worker)
    if worker is None:
        return None
    today = legal_day(work.now)
    last = today + timedelta(days=days_of(work.ports.reference.ethics, today).to_answer)
    # 128 random bits: short enough for one SMS, and nobody guesses it within its days.
    token = base64url.encode(work.ports.chance.token(16))
    made = CheckIn(
        *(work.new_id(), right.id, right.application, right.worker, right.employer),
        right.programme,
        moment,
        work.now,
        start_of(last + timedelta(days=1)),
    )
    made = _placed(work, made)
    event = work.event(Act.CHECK_IN_ASKED, made.id, {"moment": moment.value})
    kept.add_check_in(work.session, made, token_hash(token), event=event)
    link = f"{work.ports.public_url}/como-esta/{token}"
    # No receipt: phones go from hand to hand, and the message tells nothing of the case.
    told = {"receipt": "", "link": link, "day": last.isoformat()}
    kind = NoticeKind.CHECK_IN
    key = f"{kind.value}:{right.application}:{moment.value}"
    notices.leave(work, Notice(kind, worker.language, key, worker.phone, None, told))
    return made


def read_link(work: Work, token: str) -> CheckIn:
    """The check-in of a link, without its answers; NotFound for a wrong or dead one.

    The link shows nobody what was answered, nor whose it is: phones go from hand to hand.
    """
    found = kept.find_by_token(work.session, work.ports.vault, token_hash(token))
    if found is None or (found.answers is None and not found.is_open(work.now)):
        raise NotFound("no-such-check-in")
    return found


def answer_link(work: Work, token: str, given: Mapping[str, str], *, act: bool) -> CheckIn:
    """Keep what was answered by the link, once; NotFound for a wrong or dead one."""
    read_link(work, token)
    answers = read_answers(given, act=act)
    found = kept.find_by_token(work.session, work.ports.vault, token_hash(token), hold=True)
    if found is None:
        raise NotFound("no-such-check-in")
    return keep_answers(work, found, answers, Way.LINK)


def list_own(work: Work, application: ApplicationId) -> list[CheckIn]:
    """The check-ins under an own application, answers included; Hidden for everybody else."""
    own = applications.get_application(work.session, application, reach=reading(work))
    _check_own(work, own)
    return kept.list_of_application(work.session, work.ports.vault, application)


def answer_own(
    work: Work, application: ApplicationId, identity: UUID, given: Mapping[str, str], *, act: bool
) -> CheckIn:
    """Keep what its worker answered, signed in; once, or what is graver after the link's."""
    check_permission(work.actor, Permission.APPLICATION_EDIT_OWN)
    own = applications.get_application(work.session, application, reach=writing(work))
    _check_own(work, own)
    check_own(work.actor, own)
    found = kept.find_check_in(work.session, work.ports.vault, identity, hold=True)
    if found is None or found.application != application:
        raise NotFound("no-such-check-in")
    return keep_answers(work, found, read_answers(given, act=act), Way.OWN)


def keep_answers(
    work: Work, found: CheckIn, answers: CheckInAnswers, way: Way, by: PersonId | None = None
) -> CheckIn:
    """Keep the answers of a check-in that is held, with what is found in them.

    1. the answers, once, or what is graver and was told after those by the link; 2. what the rules
    find in them and in the last payslip (R34), and together with others' (R37); 3. kept, sealed;
    4. the case of this worker, where one is wanted; 5. that of the farm, where several tell of one
    sign.
    """
    after = answered(found, answers, work.now, way, by)  # 1
    after = _placed(work, after) if found.answers is None else after
    parameters, today = parameters_for(work, found.programme), legal_day(work.now)
    pay = unpaid_wages.find_wage_facts(work, found.application, found.employer)
    findings = judge_answers(after.told, parameters, today, pay)  # 2
    reports = _reports(work, after)
    every = [one for one, _ in reports]
    own, shared = judge_pattern(every, str(found.worker), parameters, today)
    after = _found(after, (*findings, own) if own else findings)
    _save(work, after, way)  # 3
    wanted = want_case(after.told, after.findings)
    if wanted is not None and wanted != want_case(found.told, found.findings):
        wanted_cases.open_case_from_check_in(work, after, wanted)  # 4
    here = [one for one, farm in reports if farm == after.farm] if after.farm else []
    _, of_farm = judge_pattern(here, "", parameters, today)
    for one in of_farm:
        farm_cases.open_case_of_farm(work, after, one, after.farm)  # 5
    for one in shared:
        farm_cases.open_case_of_farm(work, after, one)
    return after


def _found(after: CheckIn, findings: Sequence[RuleFinding]) -> CheckIn:
    """With what is found now, and what was found in the first answers alone."""
    now = {(one.rule, one.code) for one in findings}
    before = (one for one in after.findings if (one.rule, one.code) not in now)
    return replace(after, findings=(*findings, *before))


def _save(work: Work, after: CheckIn, way: Way) -> None:
    if after.added:
        facts: dict[str, Fact] = {"way": way.value, "added": len(after.added)}
        event = work.event(Act.CHECK_IN_ANSWERED, after.id, facts)
        kept.save_added(work.session, work.ports.vault, after, event=event)
        return
    event = work.event(Act.CHECK_IN_ANSWERED, after.id, {"way": way.value})
    kept.save_answers(work.session, work.ports.vault, after, event=event)


def _placed(work: Work, found: CheckIn) -> CheckIn:
    """Where the register of a farm says that the worker is; in a pool it tells the employer too."""
    inside = farm_movements.find_inside(work.session, found.application)
    if inside is None or found.employer not in {None, inside.employer}:
        return found
    return replace(found, employer=inside.employer, farm=inside.movement.farm)


def _reports(work: Work, after: CheckIn) -> list[FarmReport]:
    """The signs of the same employer's workers, those of these answers first.

    Answers about one employer are kept one after the other, so that none misses the other.
    """
    if after.employer is not None:
        kept.lock_farm(work.session, after.employer)
    today = legal_day(work.now)
    since = start_of(today - timedelta(days=wanted_cases.within_days(work)))
    known = kept.list_reports(work.session, work.ports.vault, after, since, MOST_ANSWERS)
    own = signs_of(str(after.worker), after.said, today)
    return [*((one, after.farm) for one in own), *known]


def _check_own(work: Work, own: Application) -> None:
    if work.actor.person != own.worker or not work.actor.can(Permission.APPLICATION_READ_OWN):
        raise Hidden("no-such-application")
