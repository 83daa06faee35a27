"""A worker's application: begun, answered step by step, read, withdrawn."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from app.services import notices, quotas
from app.services.case import Case, load_case
from app.services.pools import find_work, keep_pool
from app.services.reaching import writing
from app.services.resume_codes import make_code
from app.services.searching import fold
from app.services.work import Work
from app.storage import applications, drafts, own_applications, people, vacancies
from app.storage.drafts import Draft
from permits import submissions
from permits.answer_checks import Choices, Setting, find_faults
from permits.applications import Action, Application, ApplicationId, Status, moved
from permits.audit import Act, Fact
from permits.deadlines import legal_day
from permits.errors import Fault, Hidden, Invalid, Stale, refuse_if
from permits.identity_documents import normalise
from permits.notices import AFTER, NoticeKind
from permits.people import Actor, Permission, PersonId, Role
from permits.policies import (
    assists,
    check_edit,
    check_own,
    check_own_consent,
    check_permission,
    check_read,
)
from permits.programme_questions import merged
from permits.submissions import Answers, Sex


@dataclass(frozen=True)
class Started:
    """A new draft; `resume_code` is told once and only its hash is kept."""

    application: Application
    actor: Actor
    resume_code: str


def start_application(
    work: Work,
    programme: str,
    phone: str,
    language: str,
    *,
    assisted: bool = False,
    whatsapp: bool = False,
) -> Started:
    """Register a worker by phone and begin a draft; no account, no e-mail.

    `phone` is E.164, `language` the one for messages. Invalid where the phone is malformed or
    the programme takes no applications. `assisted`: the actor is the facilitator who fills it in
    for the worker beside them; the log names both, and the draft knows who helps. `whatsapp`: the
    worker wishes to be told there, where it is offered.
    """
    setting = setting_of(work, programme)
    refuse_if(find_faults({"phone"}, Answers(phone=phone), setting))
    actor = Actor(PersonId(work.new_id()), Role.WORKER)
    code = make_code(work)
    wished = whatsapp and work.ports.whatsapp is not None
    worker = people.Worker(actor.person, phone, code.kept, language, wished)
    work = work if assisted else work.as_actor(actor)
    event = work.event(Act.ACCOUNT_ADDED, actor.person, {"role": actor.role.value})
    people.add_worker(work.session, worker, work.now, event=event)
    application = _begin(work, programme, {"phone": phone}, assisted=actor if assisted else None)
    told = {"code": code.digits, "link": f"{work.ports.public_url}/retomar"}
    notices.tell_worker(work, NoticeKind.DRAFT_STARTED, application, told)
    return Started(application, actor, code.digits)


def create_application(
    work: Work,
    programme: str,
    answers: Mapping[str, object] | None = None,
    *,
    renews: UUID | None = None,
) -> Application:
    """Begin a draft for a worker who is known already; Invalid with every fault at once.

    `renews` is the right that a renewal goes on from; `renewals.begin_renewal` has checked it.
    """
    worker = people.find_worker(work.session, work.actor.person)
    known = {"phone": worker.phone} if worker is not None else {}
    return _begin(work, programme, {**known, **(answers or {})}, renews)


def _begin(
    work: Work,
    programme: str,
    answers: Mapping[str, object],
    renews: UUID | None = None,
    assisted: Actor | None = None,
) -> Application:
    """The draft; `assisted` is its worker where the actor is who helps."""
    needed = Permission.APPLICATION_ASSIST if assisted else Permission.APPLICATION_CREATE
    check_permission(work.actor, needed)
    setting = setting_of(work, programme)
    # The programme's usual document stands there until the worker names another.
    fixed: dict[str, object] = {"document_kind": setting.programme.identity_kinds[0].value}
    if len(setting.programme.nationalities) == 1:
        fixed["nationality"] = setting.programme.nationalities[0]
    after = _changed(Answers(), {**fixed, **answers}, setting)
    application = Application(
        ApplicationId(work.new_id()),
        assisted.person if assisted else work.actor.person,
        programme,
        Status.DRAFT,
        0,
        1,
        renews=renews,
        assisted_by=work.actor.person if assisted else None,
    )
    draft = _draft(work, after, chosen=True)
    facts: dict[str, Fact] = {"programme": programme}
    if assisted:
        facts["assisted"] = True
    event = work.event(Act.APPLICATION_STARTED, application.id, facts)
    drafts.add_application(
        work.session, work.ports.vault, application, draft, work.now, event=event
    )
    return application


def save_answers(
    work: Work,
    application: ApplicationId,
    changes: Mapping[str, object],
    *,
    seen_version: int | None = None,
    shown: bool = False,
) -> Application:
    """Save some answers of a draft or a returned application; other answers stay.

    Invalid with every fault of the changed fields, and then nothing is saved. `seen_version` is
    compared where the caller names one (Stale); the wizard, one person's own form, does not.
    `shown`: the worker showed their consent to who helps (`assisting`).
    """
    vault = work.ports.vault
    before, draft = drafts.read_whole(
        work.session, vault, application, reach=writing(work), lock=True
    )
    check_edit(work.actor, before)
    if changes.get("consent") is not None and not shown:
        check_own_consent(work.actor)
    if seen_version is not None and before.version != seen_version:
        raise Stale("changed-meanwhile")
    setting = setting_of(work, before.programme, before.submitted_at)
    answers = _changed(submissions.from_mapping(draft.answers), changes, setting)
    if "phone" in changes:
        _check_proven_phone(work, before.worker, answers.phone)
    event = work.event(
        Act.APPLICATION_ANSWERED,
        application,
        {"fields": sorted(changes), "version": before.version + 1},
    )
    draft = _draft(work, answers, chosen="vacancy" in changes)
    return drafts.save_answers(work.session, vault, before, draft, work.now, event=event)


def _check_proven_phone(work: Work, person: PersonId, phone: str | None) -> None:
    """Another number is taken by `own_access.change_phone` alone, which sends it a code."""
    worker = people.find_worker(work.session, person)
    if worker is not None and worker.phone != phone:
        raise Invalid([Fault("phone-needs-proof", "phone")])


def withdraw_application(
    work: Work, application: ApplicationId, *, seen_version: int | None = None
) -> Application:
    """The worker takes the application back; nobody asks why."""
    before = applications.lock(work.session, application, reach=writing(work))
    check_own(work.actor, before)
    if seen_version is not None and before.version != seen_version:
        raise Stale("changed-meanwhile")
    after = moved(before, Action.WITHDRAW)
    quotas.give_back(work, before.id)
    event = work.event(Act.APPLICATION_WITHDRAWN, application, {"round": before.round})
    after = applications.save(work.session, before, after, work.now, event=event)
    notices.tell_worker(work, AFTER[Action.WITHDRAW], after)
    return after


def read_application(work: Work, application: ApplicationId, purpose: str) -> Case:
    """Open a person's file; who opens it stands in the log (run it in a transaction)."""
    case = load_case(work, application)
    check_read(work.actor, case.application)
    event = work.event(Act.APPLICATION_READ, application, {"purpose": purpose})
    people.note_reading(work.session, event=event)
    return case


def read_own(work: Work, application: ApplicationId) -> Case:
    """The signed-in worker's own case, or the draft that one helps with; else NotFound.

    Not logged: the log tells a worker who else looked, and they look at every step. Who helps is
    in the log by every answer that they write.
    """
    case = load_case(work, application)
    own = work.actor.role is Role.WORKER and work.actor.person == case.application.worker
    if not own and not assists(work.actor, case.application):
        raise Hidden("no-such-application")
    check_read(work.actor, case.application)
    return case


def list_own(work: Work) -> list[Application]:
    """The signed-in worker's applications, newest first."""
    check_permission(work.actor, Permission.APPLICATION_READ_OWN)
    return own_applications.list_of_worker(work.session, work.actor.person)


def setting_of(work: Work, programme: str, handed_in: datetime | None = None) -> Setting:
    """Against what the answers under a programme are checked today; Invalid for an unknown one.

    Its values are those of the day on which the case was handed in first, if it was (decision 29).
    """
    reference = work.ports.reference
    today = legal_day(work.now)
    if programme not in reference.programmes:
        raise Invalid([Fault("unknown-value", "programme")])
    choices = Choices(reference.municipalities, reference.languages)
    day = legal_day(handed_in) if handed_in else today
    return Setting(reference.programmes[programme].on(day), choices, today)


def _changed(answers: Answers, changes: Mapping[str, object], setting: Setting) -> Answers:
    known = set(submissions.to_mapping(Answers()))
    unknown = [Fault("unknown-field", name) for name in sorted(set(changes) - known)]
    refuse_if(unknown or _misshapen(changes))
    values = {**submissions.to_mapping(answers), **_plain(changes)}
    own, faults = _own_answers(answers, changes, setting)
    values["extra"] = own
    after = submissions.from_mapping(values)
    if after.document_number and "document_number" in changes:
        after = replace(after, document_number=normalise(after.document_number))
    refuse_if(find_faults(set(changes), after, setting) + faults)
    return after


def _own_answers(
    answers: Answers, changes: Mapping[str, object], setting: Setting
) -> tuple[Mapping[str, object], list[Fault]]:
    """What is answered to the programme's own questions; those that are not named stay."""
    told = changes.get("extra")
    named = told if isinstance(told, Mapping) else {}
    return merged(answers.extra, named, setting.programme.questions)


def _misshapen(changes: Mapping[str, object]) -> list[Fault]:
    """Texts that are no day, no sex or no vacancy at all; a door that forgot to look is no 500."""
    own = changes.get("extra") or {}
    faults = [] if isinstance(own, Mapping) else [Fault("unknown-value", "extra")]
    for name, read in {"date_of_birth": date.fromisoformat, "sex": Sex, "vacancy": UUID}.items():
        if changes.get(name) is None:
            continue
        try:
            read(str(changes[name]))
        except ValueError:
            faults.append(Fault("unknown-value", name))
    return faults


def _plain(changes: Mapping[str, object]) -> dict[str, object]:
    plain = submissions.to_mapping(replace(Answers(), **changes))  # type: ignore[arg-type]
    return {name: plain[name] for name in changes}


def _draft(work: Work, answers: Answers, *, chosen: bool) -> Draft:
    """Only a vacancy chosen now must be open: one that closed later keeps no name from saving."""
    vacancy = UUID(answers.vacancy) if answers.vacancy else None
    employer = ""
    if vacancy is not None:
        found = find_work(work, vacancy)
        if found is None or (chosen and not vacancies.is_open(found, legal_day(work.now))):
            barred = found is not None and found.barred
            code = "vacancy-barred" if barred else "vacancy-not-open"
            raise Invalid([Fault(code, "vacancy")])
        if chosen:
            keep_pool(work, found)
        employer = found.employer_name
    return draft_of(answers, employer)


def draft_of(answers: Answers, employer: str) -> Draft:
    """The answers with what lists show and are searched by."""
    return Draft(
        submissions.to_mapping(answers),
        answers.full_name,
        fold(" ".join((answers.full_name, answers.phone or "", employer))),
        UUID(answers.vacancy) if answers.vacancy else None,
        employer,
    )
