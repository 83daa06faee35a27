"""Asking other registries about an employer that registers; no answer is never "verified"."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from app.services import judging_runs
from app.services.registries import ask
from app.services.work import Work
from app.storage import mandates, outbox, registrations, registry_answers
from app.storage.registry_answers import RegistryAnswer as RegistryAnswer
from permits.audit import Act
from permits.deadlines import legal_day
from permits.people import Permission
from permits.policies import check_permission
from recruitment.registrations import Registration, number_for
from recruitment.registries import OF_EMPLOYERS, OF_RECRUITERS, Registry, Verdict, judge

EFFECT = "ask-registries"


def ask_registries(work: Work, payload: Mapping[str, Any]) -> None:
    """The effect: each registry is asked once and what it proves is kept.

    The row is held meanwhile: an answer is never kept for a number that was changed while it came.
    """
    identity = UUID(payload["id"])
    if registrations.find_registration(work.session, identity) is not None:
        _ask_all(work, registrations.lock_registration(work.session, identity))


def follow_list(work: Work, payload: Mapping[str, Any]) -> None:
    """The effect of another list: whoever it may speak of is looked at again.

    Of recruiters: the vacancies of all who have named any. Else each employer that was verified
    is asked about, in an effect of its own: one service that is away stops no other.
    """
    if Registry(payload["registry"]) in OF_RECRUITERS:
        hiring = mandates.list_employers(work.session, None, legal_day(work.now))
        judging_runs.start_run(work, "registry", employers=hiring)
        return
    for identity in registrations.list_verified(work.session):
        key = f"{EFFECT}:{identity}:{payload['list']}"
        outbox.put(work.session, outbox.Effect(EFFECT, key, {"id": str(identity)}), work.now)


def ask_again(work: Work, registration: UUID) -> Mapping[Registry, RegistryAnswer]:
    """The same at an official's word, as where a registry was away."""
    check_permission(work.actor, Permission.EMPLOYER_VERIFY)
    return _ask_all(work, registrations.lock_registration(work.session, registration))


def _ask_all(work: Work, found: Registration) -> Mapping[Registry, RegistryAnswer]:
    before = registry_answers.list_verdicts(work.session, [found.id]).get(found.id)
    answers = {one: _ask_one(work, found, one) for one in OF_EMPLOYERS}
    told = ",".join(f"{one.value}={answers[one].verdict.value}" for one in answers)
    event = work.event(Act.REGISTRIES_ASKED, found.id, {"verdicts": told})
    registry_answers.put_answers(work.session, found.id, [*answers.values()], event=event)
    if found.employer and before != {one: answers[one].verdict for one in answers}:
        judging_runs.start_run(work, "registry", found.employer)
    return answers


def _ask_one(work: Work, found: Registration, registry: Registry) -> RegistryAnswer:
    number = number_for(registry, found.told)
    if not number:
        return RegistryAnswer(registry, Verdict.NOT_TOLD, None, work.now)
    answer = ask(work, registry, number)
    info = work.ports.reference.registries[registry]
    verdict = judge(answer, found.told.name or "", legal_day(work.now), info)
    return RegistryAnswer(registry, verdict, answer.as_of if answer else None, work.now)
