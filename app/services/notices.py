"""Telling people: a notice waits in the outbox of the same transaction."""

from dataclasses import asdict, replace
from datetime import datetime

from app.services.work import Work
from app.storage import outbox, people
from permits.applications import Application
from permits.notices import Notice, NoticeKind

EFFECT = "notice"


def tell_worker(
    work: Work,
    kind: NoticeKind,
    application: Application,
    facts: dict[str, str] | None = None,
    once: str = "",
) -> None:
    """Leave a notice for the worker of an application, once for each of its versions.

    `once` names what it is about where that is no change of the application.
    """
    worker = people.find_worker(work.session, application.worker)
    if worker is None:
        return
    key = f"{kind.value}:{application.id}:{once or application.version}"
    told = {"receipt": application.receipt or "", "link": f"{work.ports.public_url}/mi-solicitud"}
    facts = told | (facts or {})
    person = str(worker.person)
    leave(work, Notice(kind, worker.language, key, worker.phone, None, facts, person))


def leave(work: Work, notice: Notice) -> None:
    """Leave any notice for the worker process to send; one to a phone may wait for the morning."""
    payload = asdict(replace(notice, facts=dict(notice.facts)))
    effect = outbox.Effect(EFFECT, notice.key, payload)
    outbox.put(work.session, effect, send_at(work, notice, work.now))


def send_at(work: Work, notice: Notice, at: datetime) -> datetime:
    """When a notice goes out that could go at an instant: phones are let sleep."""
    return wake_at(work, notice.kind, at) if notice.phone else at


def wake_at(work: Work, kind: NoticeKind, at: datetime) -> datetime:
    """When a kind of notice may come to a phone that could be sent at an instant."""
    quiet = work.ports.quiet_hours
    return quiet.send_at(kind, at) if quiet else at


def read(payload: dict[str, object]) -> Notice:
    """The notice of an outbox row."""
    values = dict(payload)
    values["kind"] = NoticeKind(str(values["kind"]))
    return Notice(**values)  # type: ignore[arg-type]
