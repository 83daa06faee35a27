"""All that is kept about one worker, table by table, by the classes of the columns."""

import base64
import json
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Column,
    ColumnElement,
    Row,
    Select,
    Table,
    Text,
    and_,
    bindparam,
    cast,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from app.storage import codecisions as wishes
from app.storage.acceptances import acceptances
from app.storage.appeals import ANSWER as APPEAL_ANSWER
from app.storage.appeals import WORDS as APPEAL_WORDS
from app.storage.appeals import appeals
from app.storage.applications import applications
from app.storage.appointments import appointments
from app.storage.approvals import decisions
from app.storage.authorisations import authorisations
from app.storage.candidacies import candidacies
from app.storage.card_batches import card_prints
from app.storage.case_judgements import FOUND as JUDGED
from app.storage.case_notes import WORDS as NOTE
from app.storage.case_notes import case_notes
from app.storage.check_ins import ADDED, CHECKED, FOUND, check_ins
from app.storage.companions import COMPANION_DOCUMENT, companions
from app.storage.consents import consents
from app.storage.cost_cases import COST_CASE
from app.storage.cost_entries import COST
from app.storage.cost_parts import PART
from app.storage.credentials import PAYLOAD, TEXT, TO_BE_SIGNED, credentials
from app.storage.crews import crew_members
from app.storage.crossings import crossings
from app.storage.data_classes import class_of
from app.storage.data_requests import ANSWER, WORDS, data_requests
from app.storage.database import Session
from app.storage.documents import documents
from app.storage.employer_changes import employer_changes
from app.storage.faces import TEXT as FACE
from app.storage.faces import faces
from app.storage.factors import factors
from app.storage.identity_changes import IDENTITY_CONTENT
from app.storage.identity_tables import identity_changes
from app.storage.info_requests import ANSWER as ITEM_ANSWER
from app.storage.info_requests import QUESTION, info_items, info_requests
from app.storage.journeys import journey_notes
from app.storage.orientation import orientation_seats, orientation_tests
from app.storage.outbox import messages
from app.storage.own_work import OWN_WORK
from app.storage.past_permits import TOLD as PAST
from app.storage.past_permits import past_permits
from app.storage.people import workers
from app.storage.read_zones import ZONE, read_zones
from app.storage.recommendations import recommendations
from app.storage.return_referrals import return_referrals
from app.storage.return_surveys import ANSWERS as SURVEY
from app.storage.return_surveys import return_surveys
from app.storage.revocations import HEARING, revocations
from app.storage.roster import roster_entries
from app.storage.rounds import application_rounds, case_keys, read_content
from app.storage.sealed import DOCUMENT, Vault, open_bytes
from app.storage.sessions import sessions
from app.storage.shown_papers import shown_papers
from app.storage.suspensions import suspensions
from app.storage.wanted_cases import WANTED, wanted_cases
from app.storage.welfare_claims import WELFARE_STEPS, WELFARE_TOLD, welfare_claims
from permits.data_classes import ABOUT_SOMEBODY
from permits.notices import CARRIES_A_CODE
from permits.people import PersonId
from permits.visibility import UNDER_SEAL

Rows = list[dict[str, Any]]

_OWN = select(applications.c.id)


def of_worker(person: PersonId) -> Any:  # noqa: ANN401  (a subquery of ids)
    """The ids of a worker's files that were not erased."""
    return _OWN.where(applications.c.worker == person, applications.c.erased_at.is_(None))


def numbers_of(person: PersonId) -> Any:  # noqa: ANN401  (a subquery of numbers)
    """The numbers of a worker's permits."""
    return _of_credentials(credentials.c.number, person)


def _cards(person: PersonId) -> Any:  # noqa: ANN401  (a subquery of ids)
    return _of_credentials(credentials.c.id, person)


def _of_credentials(column: Column[Any], person: PersonId) -> Any:  # noqa: ANN401
    return (
        select(column)
        .join(authorisations, authorisations.c.id == credentials.c.authorisation)
        .where(authorisations.c.worker == person)
    )


def _advised(person: PersonId) -> ColumnElement[bool]:
    """What was recommended to an agency that has decided, once its round is closed."""
    settled = select(decisions.c.application).where(
        decisions.c.application == recommendations.c.application,
        decisions.c.round == recommendations.c.round,
        decisions.c.agency == recommendations.c.agency,
    )
    closed = recommendations.c.application.in_(_closed(person, recommendations.c.round))
    return and_(recommendations.c.worker == person, settled.exists(), closed)


def _closed(person: PersonId, round_: Column[int]) -> Any:  # noqa: ANN401  (a subquery of ids)
    """Applications in which this round is closed: none is told of what was said in an open one."""
    open_ = [status.value for status in sorted(UNDER_SEAL)]
    return of_worker(person).where(
        or_(applications.c.status.not_in(open_), applications.c.round > round_)
    )


def _told(person: PersonId) -> ColumnElement[bool]:
    """Messages about an application of this worker; a household may share one phone."""
    about = select(applications.c.id).where(
        applications.c.worker == person, messages.c.key.contains(cast(applications.c.id, Text))
    )
    return and_(messages.c.kind.not_in(CARRIES_A_CODE), about.exists())


OWN: Mapping[Table, Callable[[Any], ColumnElement[bool]]] = {
    workers: lambda p: workers.c.person == p,
    applications: lambda p: and_(applications.c.worker == p, applications.c.erased_at.is_(None)),
    application_rounds: lambda p: application_rounds.c.application.in_(of_worker(p)),
    documents: lambda p: documents.c.application.in_(of_worker(p)),
    companions: lambda p: companions.c.application.in_(of_worker(p)),
    acceptances: lambda p: acceptances.c.application.in_(of_worker(p)),
    **OWN_WORK,
    # A decision is told when its round is closed, and not before.
    decisions: lambda p: decisions.c.application.in_(_closed(p, decisions.c.round)),
    case_notes: lambda p: case_notes.c.application.in_(
        of_worker(p).where(applications.c.status.not_in([one.value for one in sorted(UNDER_SEAL)]))
    ),
    read_zones: lambda p: read_zones.c.application.in_(of_worker(p)),
    shown_papers: lambda p: shown_papers.c.application.in_(of_worker(p)),
    authorisations: lambda p: authorisations.c.worker == p,
    credentials: lambda p: credentials.c.number.in_(numbers_of(p)),
    card_prints: lambda p: card_prints.c.credential.in_(_cards(p)),
    faces: lambda p: faces.c.credential.in_(_cards(p)),
    employer_changes: lambda p: employer_changes.c.worker == p,
    identity_changes: lambda p: identity_changes.c.worker == p,
    suspensions: lambda p: suspensions.c.worker == p,
    revocations: lambda p: revocations.c.worker == p,
    wishes.codecisions: lambda p: wishes.codecisions.c.worker == p,
    appeals: lambda p: appeals.c.worker == p,
    return_surveys: lambda p: return_surveys.c.worker == p,
    return_referrals: lambda p: return_referrals.c.worker == p,
    check_ins: lambda p: check_ins.c.worker == p,
    wanted_cases: lambda p: wanted_cases.c.worker == p,
    roster_entries: lambda p: roster_entries.c.worker == p,
    candidacies: lambda p: candidacies.c.worker == p,
    journey_notes: lambda p: journey_notes.c.worker == p,
    welfare_claims: lambda p: welfare_claims.c.worker == p,
    orientation_seats: lambda p: orientation_seats.c.worker == p,
    orientation_tests: lambda p: orientation_tests.c.worker == p,
    past_permits: lambda p: past_permits.c.worker == p,
    appointments: lambda p: appointments.c.worker == p,
    recommendations: _advised,
    info_requests: lambda p: info_requests.c.worker == p,
    info_items: lambda p: info_items.c.worker == p,
    crossings: lambda p: crossings.c.number.in_(numbers_of(p)),
    crew_members: lambda p: crew_members.c.worker == p,
    consents: lambda p: consents.c.worker == p,
    data_requests: lambda p: data_requests.c.worker == p,
    messages: _told,
    sessions: lambda p: sessions.c.person == p,
    factors: lambda p: factors.c.person == p,
}
"""Which rows of which tables are about a worker, given as an id or as a parameter of one."""

NOT_OF_WORKERS: Mapping[str, str] = {
    "accounts": "officials and others with an account",
    **dict.fromkeys(
        (
            *("complaint_custody", "complaint_files", "complaint_messages", "complaint_notes"),
            *("complaint_outside", "complaint_referrals", "complaint_remedies"),
            "complaint_steps",
        ),
        "under a key that its number alone opens: who complained reads it there, and nobody else",
    ),
    "child_alerts": "the protection of a child, who may be in danger; its authority tells of it",
    "assessments": "what an employer says of itself",
    "recruiter_assessments": "what a recruiter says of itself",
    "employer_registrations": "how an employer is reached",
    "employer_papers": "what shows who an employer is",
    "employers": "how an employer is reached",
    "farms": "where an employer's farms are",
    "farm_changes": "where an employer's farms are, and who called about them",
    "improvement_points": "what an employer is to mend; nobody who spoke is in it",
    **dict.fromkeys(("mandates", "measures"), "recruiters by licence"),
    "registry_entries": "employers and recruiters in the list of another registry",
    "registry_imports": "who signed the list of another registry",
    "federated_identities": "officials, at their agency's provider",
    "handed_in": "a crossing of an ended device, told once a supervisor says that it counts",
    "idempotency_keys": "an answer that was given before, for a day",
    "openings": "an official's words about the own act; that it was opened is told",
    "offer_reports": "what strangers warn of; whom they accuse is told to officials alone",
    "outbox": "a message on its way, for seconds; it is told when it was sent",
    "phone_codes": "the same phone, for ten minutes",
    "watch_checks": "a check that its law keeps from who is checked (second look at INM)",
    **dict.fromkeys(("employer_ratings", "return_counts"), "counts of many; one's own are told"),
    "sign_in_steps": "a sign-in of somebody with an account that is half done, for minutes",
    "recoveries": "who asked to come back by another phone; the office tells it",
}
"""Tables with personal columns that no download holds, and why."""

LEFT_OUT: Mapping[tuple[str, str], str] = {
    ("messages", "provider_id"): "how its channel names a message, for its reports",
    ("applications", "held_by_name"): "an official's name: who looked is told by role and agency",
    ("applications", "search_keys"): "letters of the words that stand beside them",
    ("past_permits", "search_keys"): "letters of the names that stand beside them",
}
"""Personal columns of a worker's own rows that no download holds, and why."""


def read_own(session: Session, vault: Vault, person: PersonId) -> dict[str, Rows]:
    """Every personal column of every row about a worker, sealed ones opened, by table."""
    keys = _keys(session, person)
    told: dict[str, Rows] = {}
    for table in OWN:
        rows = session.execute(_reading(table), {"person": person})
        told[table.name] = [_open(vault, table, row, keys) for row in rows]
    return told


@cache
def _reading(table: Table) -> Select[Any]:
    return select(table).where(OWN[table](bindparam("person", type_=PG_UUID)))


def list_columns_of(table: Table) -> list[str]:
    """The columns of a table that a download holds."""
    return [
        column.name
        for column in table.columns
        if class_of(column) in ABOUT_SOMEBODY and (table.name, column.name) not in LEFT_OUT
    ]


def _keys(session: Session, person: PersonId) -> dict[UUID, bytes]:
    rows = session.execute(select(case_keys).where(case_keys.c.application.in_(of_worker(person))))
    return {row.application: row.sealed for row in rows}


def _open(vault: Vault, table: Table, row: Row[Any], keys: Mapping[UUID, bytes]) -> dict[str, Any]:
    values = row._mapping
    told = {name: values[name] for name in ("id", *list_columns_of(table)) if name in values}
    for name, value in told.items():
        if isinstance(value, bytes):
            told[name] = _opened(vault, f"{table.name}.{name}", row, keys)
    return told


OPENED = {
    *(APPEAL_ANSWER, APPEAL_WORDS, ANSWER, COMPANION_DOCUMENT, DOCUMENT, HEARING, NOTE, TEXT),
    *(ITEM_ANSWER, QUESTION, WORDS, wishes.WORDS, wishes.WHY),
}
"""Where a row's own id is what it is sealed to."""
_JSON = {
    *(PAST, COST, COST_CASE, PART, IDENTITY_CONTENT),
    *(CHECKED, FOUND, ADDED, JUDGED, WANTED, WELFARE_TOLD, WELFARE_STEPS),
}


def _opened(vault: Vault, place: str, row: Row[Any], keys: Mapping[UUID, bytes]) -> object:
    if place == "application_rounds.content":
        return json.loads(read_content(vault, keys[row.application], row))
    if place in {PAYLOAD, TO_BE_SIGNED}:
        name = place.partition(".")[2]
        return base64.b64encode(open_bytes(vault, place, row.id, getattr(row, name))).decode()
    if place == ZONE:
        return vault.open(place, row.application, row.text)
    if place in _JSON:
        return json.loads(vault.open(place, row.id, getattr(row, place.partition(".")[2])))
    if place == SURVEY:
        return json.loads(vault.open(place, row.authorisation, row.answers))
    if place == FACE:
        return vault.open(place, row.credential, row.text)
    if place not in OPENED:
        raise ValueError(f"nobody said how {place} is opened")
    return vault.open(place, row.id, getattr(row, place.partition(".")[2]))
