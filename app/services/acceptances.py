"""Asking the employer whether they take this worker, by a link that works once."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from app.services import contract_waits, contracts, notices
from app.services.kept_findings import judge_again_soon
from app.services.work import Work, token_hash
from app.storage import acceptances, applications, employer_changes, nominations, vacancies
from app.storage.acceptances import Acceptance
from permits import base64url
from permits.applications import WITH_WORKER, Application, Status
from permits.audit import Act
from permits.errors import Conflict, NotFound
from permits.notices import Notice, NoticeKind
from permits.programmes import Hiring
from permits.reach import EVERYTHING
from permits.submissions import Answers
from recruitment.contracts import Way

LINK_LIFETIME = timedelta(days=21)


@dataclass(frozen=True)
class Question:
    """What the employer is shown: the worker's name and the post, nothing else."""

    worker_name: str
    vacancy: vacancies.ListedVacancy
    accepted: bool | None


def ask_employer(
    work: Work,
    application: Application,
    answers: Answers,
    vacancy: vacancies.ListedVacancy,
    wish: UUID | None = None,
) -> None:
    """Leave the question for the employer of the vacancy, once for each application and vacancy.

    It is left once more where the worker hands in again and the link died without an answer. A yes
    of before does not count for the `wish` of a worker with a permit, who comes back after having
    worked elsewhere: the employer is asked again.

    A vacancy that is open to all needs no answer; a worker whom the employer had named is
    accepted without asking. The contract is drawn in any case, from the terms of now.
    """
    judge_again_soon(work, application.id)  # what was handed in anew may be other than agreed
    if vacancy.hiring is Hiring.OPEN:
        contracts.draw(work, application, vacancy, Way.OPEN)
        return
    number = answers.document_number or ""
    named = nominations.is_named(work.session, work.ports.vault, vacancy.id, number)
    contracts.draw(work, application, vacancy, Way.NAMED if named else None)
    token = base64url.encode(work.ports.chance.token(32))
    acceptance = Acceptance(
        application.id,
        vacancy.id,
        answers.full_name,
        work.now,
        work.now + LINK_LIFETIME,
        True if named else None,
    )
    facts = {"answer": "named" if named else "asked", "vacancy": str(vacancy.id)}
    event = work.event(Act.ACCEPTANCE_ANSWERED, application.id, facts)
    asked = acceptances.ask(
        work.session, acceptance, token_hash(token), anew=wish is not None, event=event
    )
    if asked and not named:
        send_link(work, application, vacancy, token, str(wish or application.round))


def send_link(
    work: Work, application: Application, vacancy: vacancies.ListedVacancy, token: str, once: str
) -> None:
    """The message with the link, once by what it is sent for."""
    link = f"{work.ports.public_url}/empleadores/respuesta/{token}"
    key = f"{NoticeKind.EMPLOYER_ASKED.value}:{application.id}:{vacancy.id}:{once}"
    facts = {"link": link, "title": vacancy.title, "receipt": application.receipt or ""}
    notice = Notice(
        NoticeKind.EMPLOYER_ASKED, "es", key, vacancy.employer_phone, vacancy.employer_email, facts
    )
    notices.leave(work, notice)


def read_question(work: Work, token: str) -> Question:
    """What a link asks; NotFound for a wrong or dead one."""
    acceptance = _question(work, token)
    vacancy = vacancies.find_vacancy(work.session, acceptance.vacancy)
    if vacancy is None:
        raise NotFound("no-such-question")
    return Question(acceptance.worker_name, vacancy, acceptance.accepted)


def answer_question(work: Work, token: str, accepted: bool) -> None:
    """Record the employer's answer; a second, different one is a Conflict.

    Conflict("question-is-over") too where the application is no longer under way.
    """
    acceptance = _question(work, token)
    if acceptance.accepted is not None:
        if acceptance.accepted is not accepted:
            raise Conflict("already-answered")
        return
    application = applications.get_application(
        work.session, acceptance.application, reach=EVERYTHING
    )
    open_case = application.status in {Status.UNDER_REVIEW, *WITH_WORKER}
    if not (open_case or _is_change(work, acceptance)):
        raise Conflict("question-is-over")
    facts = {
        "answer": "accepted" if accepted else "declined",
        "vacancy": str(acceptance.vacancy),
    }
    event = work.event(Act.ACCEPTANCE_ANSWERED, acceptance.application, facts)
    acceptances.answer(work.session, acceptance, accepted, work.now, event=event)
    if accepted:
        contracts.agree_for_employer(work, application.id, acceptance.vacancy, Way.ANSWER)
        contract_waits.tell(work, application)


def _is_change(work: Work, acceptance: Acceptance) -> bool:
    """Whether a worker with a permit waits to change to this employer."""
    session = work.session
    return employer_changes.is_asked(session, acceptance.application, acceptance.vacancy)


def _question(work: Work, token: str) -> Acceptance:
    acceptance = acceptances.lock_by_token(work.session, token_hash(token))
    if work.now >= acceptance.expires_at:
        raise NotFound("no-such-question")
    return acceptance
