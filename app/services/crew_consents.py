"""Each worker of a list says yes or no alone: by a code on the own phone, or before a witness."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from app.services.applications import save_answers, withdraw_application
from app.services.case import Case, load_case
from app.services.reaching import writing
from app.services.submissions import consent_of, submit_application
from app.services.work import Work
from app.storage import applications, consents, crews, people
from app.storage.crews import ListedMember as ListedMember
from permits.answer_checks import CONSENT_VERSION
from permits.applications import Application, ApplicationId, Status
from permits.audit import Act
from permits.consents import ConsentWay
from permits.crews import Crew, Member, check_consent, check_witness
from permits.errors import NotFound
from permits.people import Actor, Permission, Role
from permits.policies import check_permission
from permits.programme_questions import ProgrammeQuestion
from permits.reach import EVERYTHING

NOTHING: Mapping[str, object] = {}


@dataclass(frozen=True)
class Waiting:
    """What somebody is asked to agree to."""

    crew: Crew
    member: Member
    case: Case

    @property
    def unasked(self) -> tuple[ProgrammeQuestion, ...]:
        """The programme's own questions that nobody has put to the worker yet."""
        known = self.case.answers.extra
        return tuple(one for one in self.case.programme.questions if one.id not in known)


def list_waiting(work: Work) -> Sequence[ListedMember]:
    """What the signed-in worker is still to answer."""
    check_permission(work.actor, Permission.APPLICATION_READ_OWN)
    listed = crews.list_of_worker(work.session, work.actor.person)
    return [one for one in listed if one.application.status is Status.DRAFT]


def read_waiting(work: Work, application: ApplicationId) -> Waiting:
    """One of them; NotFound for anybody else's, and for what came by no list."""
    check_permission(work.actor, Permission.APPLICATION_READ_OWN)
    member = crews.lock_member(work.session, application)
    if member.worker != work.actor.person:
        raise NotFound("no-such-member")
    case = load_case(work, application)
    return Waiting(crews.get_crew(work.session, member.crew), member, case)


def consent(
    work: Work, application: ApplicationId, extra: Mapping[str, object] = NOTHING
) -> Application:
    """The worker says yes by the session that a code on the phone opened, and it is handed in.

    `extra` is what they answer now to the programme's own questions, which no list asks.
    Conflict("already-consented") or ("no-consent-wanted"); Invalid where something is missing.
    """
    waiting = read_waiting(work, application)
    check_consent(waiting.member, waiting.case.application)
    return _agree(work, work, waiting.member, ConsentWay.CODE, extra)


def decline(work: Work, application: ApplicationId) -> None:
    """The worker says no; who registered the list sees no more than before."""
    waiting = read_waiting(work, application)
    check_consent(waiting.member, waiting.case.application)
    withdraw_application(work, application)


def list_to_witness(work: Work) -> Sequence[Crew]:
    """Lists on which somebody has not answered yet, but for those that the actor registered."""
    check_permission(work.actor, Permission.CREW_WITNESS)
    found = crews.list_unanswered(work.session)
    return [crew for crew in found if crew.registered_by != work.actor.person]


def list_unanswered(work: Work, crew: UUID) -> tuple[Crew, Sequence[ListedMember]]:
    """A list with those of its workers who have not answered."""
    check_permission(work.actor, Permission.CREW_WITNESS)
    found = crews.get_crew(work.session, crew)
    listed = crews.list_members(work.session, crew)
    return found, [one for one in listed if one.application.status is Status.DRAFT]


def open_for_mark(work: Work, crew: UUID, application: ApplicationId) -> Waiting:
    """What is read to the worker before the mark; who opened it stands in the log.

    NotFound where the application came by no list, or by another.
    """
    waiting = _before_witness(work, application)
    if waiting.crew.id != crew:
        raise NotFound("no-such-member")
    event = work.event(Act.APPLICATION_READ, application, {"purpose": "witness"})
    people.note_reading(work.session, event=event)
    return waiting


def witness_consent(
    work: Work, application: ApplicationId, extra: Mapping[str, object] = NOTHING
) -> Application:
    """Record the mark that a worker made before the signed-in witness, and hand it in.

    Forbidden("own-crew") for who registered the list; else as `consent`.
    """
    waiting = _before_witness(work, application)
    worker = work.as_actor(Actor(waiting.member.worker, Role.WORKER))
    return _agree(work, worker, waiting.member, ConsentWay.WITNESSED, extra)


def _before_witness(work: Work, application: ApplicationId) -> Waiting:
    check_permission(work.actor, Permission.CREW_WITNESS)
    member = crews.lock_member(work.session, application)
    crew = crews.get_crew(work.session, member.crew)
    found = applications.get_application(work.session, application, reach=EVERYTHING)
    check_witness(work.actor, crew, member, found)
    worker = work.as_actor(Actor(member.worker, Role.WORKER))
    return Waiting(crew, member, load_case(worker, application))


def _agree(
    work: Work, worker: Work, member: Member, way: ConsentWay, extra: Mapping[str, object]
) -> Application:
    """`work` tells in the log who recorded it, `worker` whose application is handed in."""
    witness = work.actor.person if way is ConsentWay.WITNESSED else None
    said = replace(member, way=way, consented_at=work.now, witness=witness)
    facts = {"way": way.value, "worker": str(member.worker)}
    event = work.event(Act.CREW_CONSENTED, member.application, facts)
    changes = {"consent": CONSENT_VERSION} | ({"extra": extra} if extra else {})
    with work.attempt():
        applications.lock(work.session, member.application, reach=writing(worker))
        crews.set_consent(work.session, said, event=event)
        save_answers(worker, member.application, changes)
        agreed = consent_of(worker, load_case(worker, member.application), CONSENT_VERSION)
        consents.give_consent(work.session, replace(agreed, way=way, witness=witness))
        return submit_application(worker, member.application)
