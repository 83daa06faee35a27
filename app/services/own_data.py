"""A worker's own data: all of it to take along, who looked at it, and what can be asked."""

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from app.services import whatsapp
from app.services.applications import withdraw_application
from app.services.cost_voices import voice_of
from app.services.erasing import erasure_now
from app.services.request_terms import Asked, Term, term_of
from app.services.work import Work
from app.storage import (
    consents,
    cost_entries,
    data_requests,
    erasures,
    own_data,
    own_looks,
    people,
    sessions,
)
from app.storage.own_looks import Look
from permits.applications import EDITABLE, MOVES, Action, Application, ApplicationId
from permits.audit import Act
from permits.consents import Consent
from permits.data_requests import WORDS_LIMIT, DataRequest, RequestKind, RequestStatus
from permits.erasure import Erasure
from permits.errors import Conflict, Fault, Invalid
from permits.people import Permission, PersonId
from permits.policies import check_own, check_permission
from permits.retention_terms import LOOKS_BACK

__all__ = ["DataRequest", "Look", "Overview", "OwnData", "OwnFile"]

LOOKS_SHOWN = 200

REQUESTS_SHOWN = 100


@dataclass(frozen=True)
class OwnData:
    """All that is kept about a worker: rows by table, sealed ones opened, pictures as base64."""

    person: PersonId
    made_at: datetime
    tables: Mapping[str, Sequence[Mapping[str, object]]]
    looks: Sequence[Look]


@dataclass(frozen=True)
class OwnFile:
    """One application: what may become of it, and whether its answers can be changed by hand."""

    application: Application
    erasure: Erasure
    correctable: bool


@dataclass(frozen=True)
class Overview:
    """What the page of the own data shows; `whatsapp` is None where it is not to be chosen."""

    phone: str
    whatsapp: bool | None
    files: Sequence[OwnFile]
    consents: Sequence[Consent]
    requests: Sequence[DataRequest]
    looks: Sequence[Look]


def read_overview(work: Work) -> Overview:
    """The worker's files with their ends, consents, requests, and who looked.

    Not logged: the log tells a worker who else looked.
    """
    check_permission(work.actor, Permission.APPLICATION_READ_OWN)
    person, vault = work.actor.person, work.ports.vault
    worker = people.find_worker(work.session, person)
    return Overview(
        worker.phone if worker else "",
        _way(work, worker),
        [_file(work, kept) for kept in erasures.list_of_worker(work.session, person)],
        consents.list_of_worker(work.session, person),
        data_requests.list_of_worker(work.session, vault, person),
        list_looks(work),
    )


def _way(work: Work, worker: people.Worker | None) -> bool | None:
    """Who chose WhatsApp may go back, also where it is offered no more."""
    chosen = worker is not None and worker.whatsapp
    return chosen if worker is not None and (chosen or whatsapp.is_offered(work)) else None


def list_looks(work: Work) -> Sequence[Look]:
    """Who looked at the worker's files as far back as they may see, newest first, 200 at most."""
    check_permission(work.actor, Permission.APPLICATION_READ_OWN)
    since = LOOKS_BACK.before(work.now)
    return own_looks.list_looks(work.session, work.actor.person, since, LOOKS_SHOWN)


def read_own_data(work: Work, form: str) -> OwnData:
    """All that is kept about the worker, to take along; `form` (json, pdf) is logged."""
    check_permission(work.actor, Permission.APPLICATION_READ_OWN)
    person = work.actor.person
    tables = own_data.read_own(work.session, work.ports.vault, person)
    if form == "json":
        for document in tables["documents"]:
            picture = work.ports.objects.get(str(document["object_key"]))
            document["picture"] = base64.b64encode(picture).decode()
        for cost in tables["cost_entries"]:
            if cost["receipt_key"]:
                picture = work.ports.objects.get(str(cost["receipt_key"]))
                cost["picture"] = base64.b64encode(picture).decode()
        for entry in cost_entries.list_spoken(work.session, work.ports.vault, person):
            sound, media = voice_of(work, entry)
            told = next(o for o in tables["cost_entries"] if str(o["id"]) == str(entry.id))
            told["voice"] = f"data:{media};base64,{base64.b64encode(sound).decode()}"
    event = work.event(Act.DATA_READ, person, {"form": form})
    sessions.note_event(work.session, event=event)
    return OwnData(person, work.now, tables, list_looks(work))


def withdraw_consent(work: Work, consent: UUID) -> Consent:
    """Take a consent back: an application that is under way is withdrawn with it.

    What was decided stands, and what the law keeps is kept until its time. Twice is once.
    """
    check_permission(work.actor, Permission.APPLICATION_READ_OWN)
    found = consents.get_consent(work.session, work.actor.person, consent)
    if found.withdrawn_at is not None:
        return found
    event = work.event(
        Act.CONSENT_WITHDRAWN, work.actor.person, {"application": str(found.application)}
    )
    consents.withdraw_consent(work.session, found, work.now, event=event)
    for kept in erasures.list_of_worker(work.session, work.actor.person):
        standing = kept.application
        if standing.id == found.application and (standing.status, Action.WITHDRAW) in MOVES:
            withdraw_application(work, standing.id)
    return replace(found, withdrawn_at=work.now)


def ask_office(work: Work, application: UUID, kind: RequestKind, words: str) -> DataRequest:
    """Leave a request for the data-protection officer; one of a kind is open at a time.

    Invalid where nothing was written or too much; Conflict("already-asked").
    """
    kept = erasures.get_case(work.session, application)
    check_own(work.actor, kept.application)
    _check_words(words)
    request = DataRequest(
        work.new_id(),
        work.actor.person,
        ApplicationId(application),
        kind,
        RequestStatus.OPEN,
        words.strip(),
        work.now,
    )
    facts = {"application": str(application), "kind": kind.value}
    event = work.event(Act.DATA_REQUESTED, work.actor.person, facts)
    data_requests.add_request(work.session, work.ports.vault, request, event=event)
    return request


@dataclass(frozen=True)
class WaitingRequest:
    """One on the office's list; `term` is that of the answer, None where the file is gone."""

    request: DataRequest
    term: Term | None


def list_requests(work: Work) -> list[WaitingRequest]:
    """What waits for the office, the oldest first."""
    check_permission(work.actor, Permission.DATA_REQUEST_DECIDE)
    found = data_requests.list_open(work.session, work.ports.vault, REQUESTS_SHOWN)
    return [
        WaitingRequest(one, term_of(work, programme or "", Asked.DATA_REQUEST, one.asked_at))
        for one, programme in found
    ]


def answer_request(work: Work, request: UUID, status: RequestStatus, words: str) -> DataRequest:
    """The office's answer, once; Conflict("already-answered") for the second."""
    check_permission(work.actor, Permission.DATA_REQUEST_DECIDE)
    before = data_requests.lock_request(work.session, work.ports.vault, request)
    if before.status is not RequestStatus.OPEN:
        raise Conflict("already-answered")
    if status is RequestStatus.OPEN:
        raise Invalid([Fault("missing", "status")])
    _check_words(words)
    after = replace(
        before,
        status=status,
        answer=words.strip(),
        answered_at=work.now,
        answered_by=work.actor.person,
    )
    facts = {"kind": before.kind.value, "status": status.value}
    event = work.event(Act.DATA_REQUEST_ANSWERED, before.worker, facts)
    data_requests.answer_request(work.session, work.ports.vault, after, event=event)
    return after


def _file(work: Work, kept: erasures.KeptCase) -> OwnFile:
    correctable = kept.application.status in EDITABLE
    return OwnFile(kept.application, erasure_now(work, kept), correctable)


def _check_words(words: str) -> None:
    if not words.strip():
        raise Invalid([Fault("missing", "words")])
    if len(words) > WORDS_LIMIT:
        raise Invalid([Fault("too-long", "words", {"limit": WORDS_LIMIT})])
