"""The worker says who travels along; both agencies see it, and nobody of them gets a permit."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.services.companion_consents import send_link
from app.services.reaching import writing
from app.services.work import Work
from app.storage import applications, people
from app.storage import companions as rows
from permits.applications import Application, ApplicationId
from permits.audit import Act
from permits.companions import Companion, CompanionId, Relation, check_companions, find_faults
from permits.deadlines import legal_day
from permits.errors import NotFound, refuse_if
from permits.identity_documents import normalise
from permits.policies import check_own


@dataclass(frozen=True)
class Told:
    """What the worker tells of somebody; `document` may be empty, and so may the own `phone`."""

    relation: Relation
    full_name: str
    date_of_birth: date
    document: str = ""
    phone: str = ""


def add_companion(work: Work, application: ApplicationId, told: Told) -> Companion:
    """Record somebody who travels with the worker of an own application.

    A grown one is asked by a link to their own phone, where one was told. The same person told of
    twice is one. Invalid with every fault; Conflict where the application is over or has too many.
    """
    found = _lock_own(work, application)
    known = _list(work, application)
    companion = Companion(
        CompanionId(work.new_id()),
        application,
        found.worker,
        told.relation,
        " ".join(told.full_name.split()),
        told.date_of_birth,
        work.now,
        normalise(told.document),
        told.phone,
    )
    again = next((one for one in known if _is_same(one, companion)), None)
    if again is not None:
        return again
    check_companions(found.status, len(known))
    worker = people.find_worker(work.session, found.worker)
    refuse_if(find_faults(companion, legal_day(work.now), worker.phone if worker else ""))
    event = work.event(Act.COMPANION_ADDED, application, {"relation": companion.relation.value})
    rows.add_companion(work.session, work.ports.vault, companion, event=event)
    send_link(work, companion)
    return companion


def _is_same(one: Companion, other: Companion) -> bool:
    told = ("relation", "full_name", "date_of_birth", "document", "phone")
    return all(getattr(one, name) == getattr(other, name) for name in told)


def remove_companion(work: Work, application: ApplicationId, companion: UUID) -> None:
    """Forget somebody who stays at home after all; NotFound where nobody of that id travels."""
    _lock_own(work, application)
    event = work.event(Act.COMPANION_REMOVED, application)
    if not rows.remove_companion(work.session, application, companion, event=event):
        raise NotFound("no-such-companion")


def list_own(work: Work, application: ApplicationId) -> list[Companion]:
    """Who travels with the worker; NotFound for anybody else's application."""
    check_own(
        work.actor, applications.get_application(work.session, application, reach=writing(work))
    )
    return _list(work, application)


def list_seen(work: Work, application: ApplicationId) -> list[Companion]:
    """Who travels along as the agencies see it: nobody grown who has not said yes themselves.

    Of a case that somebody has opened, which is logged there.
    """
    return [one for one in _list(work, application) if not one.awaits_consent]


def _list(work: Work, application: ApplicationId) -> list[Companion]:
    return rows.list_companions(work.session, work.ports.vault, application)


def _lock_own(work: Work, application: ApplicationId) -> Application:
    found = applications.lock(work.session, application, reach=writing(work))
    check_own(work.actor, found)
    return found
