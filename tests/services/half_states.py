"""States in which nothing may ever be, whoever was killed in the midst of what: each by one query.

An act and its event are one, so neither stands without the other.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import text

from app.services.ports import ObjectStore
from app.storage.credentials import find_by_number
from app.storage.database import Session
from app.storage.sealed import Vault
from permits import qr
from permits.issuing import CredentialState


@dataclass(frozen=True)
class Pair:
    """Rows `t` and the events `e` that tell of them; `where` says which rows."""

    what: str
    table: str
    act: str
    same: str = "e.subject = t.id"
    where: str = "true"

    def queries(self) -> Iterator[tuple[str, str]]:
        """A row without its event, and an event without its row."""
        event, row = f"e.act = '{self.act}'", self.where
        yield (
            f"{self.what} that the log does not know",
            f"SELECT 1 FROM {self.table} t WHERE {row} AND NOT EXISTS"
            f" (SELECT 1 FROM audit_events e WHERE {event} AND {self.same})",
        )
        yield (
            f"{self.what} in the log that is not",
            f"SELECT 1 FROM audit_events e WHERE {event} AND NOT EXISTS"
            f" (SELECT 1 FROM {self.table} t WHERE {row} AND {self.same})",
        )


OF_ROUND = "e.subject = t.application AND (e.facts->>'round')::int = t.round"
REOPENED = (
    "(EXISTS (SELECT 1 FROM appeals a WHERE a.application = t.application"
    " AND a.ruling = 'overturned' AND a.round = t.round - 1)"
    " OR t.round = 1 AND EXISTS (SELECT 1 FROM applications a WHERE a.id = t.application"
    " AND a.restores IS NOT NULL))"
)

PAIRS = (
    Pair("an application", "applications", "application:start"),
    Pair(
        "a submission",
        "application_rounds",
        "application:submit",
        OF_ROUND,
        f"NOT {REOPENED}",
    ),
    Pair("a round of a recourse", "application_rounds", "application:reopen", OF_ROUND, REOPENED),
    Pair("a recommendation", "recommendations", "application:recommend", OF_ROUND),
    Pair("a question", "info_requests", "application:ask", OF_ROUND),
    Pair(
        "an answer",
        "info_requests",
        "application:reply",
        OF_ROUND,
        "t.answered_at IS NOT NULL",
    ),
    Pair(
        "a decision",
        "decisions",
        "application:decide",
        "e.subject = t.application AND e.person = t.official"
        " AND (e.facts->>'round')::int = t.round AND e.facts->>'opinion' = t.opinion",
    ),
    Pair("a withdrawal", "applications", "application:withdraw", where="t.status = 'withdrawn'"),
    Pair("a right", "authorisations", "authorisation:grant"),
    Pair("a credential", "credentials", "credential:prepare"),
    Pair("a signature", "credentials", "credential:sign", where="t.text IS NOT NULL"),
    Pair("a revocation", "credentials", "credential:revoke", where="t.state = 'revoked'"),
    Pair("a crossing", "crossings", "crossing:record"),
    Pair("a picture", "documents", "document:attach"),
)

HALF_STATES = {
    "approved without a right": "SELECT 1 FROM applications a WHERE status = 'approved' AND NOT"
    " EXISTS (SELECT 1 FROM authorisations WHERE application = a.id)",
    "a right without a credential": "SELECT 1 FROM authorisations r WHERE NOT EXISTS"
    " (SELECT 1 FROM credentials WHERE authorisation = r.id)",
    "two rights of one application": "SELECT 1 FROM authorisations GROUP BY application"
    " HAVING count(*) > 1",
    "two credentials of one right": "SELECT 1 FROM credentials WHERE state NOT IN"
    " ('revoked', 'replaced') GROUP BY authorisation"
    " HAVING count(*) > 1",
    "one place in a status list for two": "SELECT 1 FROM credentials"
    " GROUP BY status_list, status_index HAVING count(*) > 1",
    "a credential signed twice": "SELECT 1 FROM audit_events WHERE act = 'credential:sign'"
    " GROUP BY subject HAVING count(*) > 1",
    "a pending credential that nobody is told to sign": "SELECT 1 FROM credentials c WHERE"
    " state = 'pending' AND NOT EXISTS (SELECT 1 FROM outbox WHERE key = 'sign:' || c.id"
    " AND failed_at IS NULL)",
    "two approvals and no outcome": "SELECT 1 FROM applications a WHERE status = 'under-review' AND"
    " (SELECT count(*) FROM decisions WHERE application = a.id AND round = a.round) > 1",
    "a submission that nobody is told of": "SELECT 1 FROM applications a WHERE round > 0 AND"
    " erased_at IS NULL AND NOT"
    " EXISTS (SELECT 1 FROM outbox WHERE key LIKE CASE WHEN a.restores IS NULL"
    " THEN 'application-submitted:' ELSE 'appeal-overturned:' END || a.id || ':%')",
    **{what: query for pair in PAIRS for what, query in pair.queries()},
}


def half_states(session: Session) -> list[str]:
    """Which of them there are."""
    return [name for name, query in HALF_STATES.items() if session.execute(text(query)).first()]


def check_carried_bytes(session: Session, vault: Vault) -> int:
    """Each text carries exactly the bytes that were recorded before anything was signed.

    Every credential is signed; returns how many there are.
    """
    numbers = [number for (number,) in session.execute(text("SELECT number FROM credentials"))]
    for number in numbers:
        found = find_by_number(session, vault, number)
        assert found is not None
        assert found.state is not CredentialState.PENDING
        envelope = qr.read(found.text or "")
        assert (envelope.payload, envelope.to_be_signed) == (found.payload, found.to_be_signed)
    return len(numbers)


def check_pictures(session: Session, objects: ObjectStore) -> None:
    """Each picture that has a row can be read, and is the one that was kept."""
    for key, digest in session.execute(text("SELECT object_key, sha256 FROM documents")):
        assert sha256(objects.get(key)).hexdigest() == digest, key
