"""One effect for one key: a request that is sent again gets the answer of the first."""

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

from app.services.work import Work
from app.storage import idempotency
from app.storage.sealed import open_bytes, seal_bytes
from permits.errors import Conflict, Fault, Invalid

KEY_LIMIT = 255


@dataclass(frozen=True)
class Answer:
    """What was answered, ready to be sent again."""

    status: int
    body: bytes
    etag: str | None = None


def run_once(work: Work, key: str, asked: str, act: Callable[[], Answer]) -> Answer:
    """Run `act` unless the actor used the key before; then return the answer kept.

    `asked` is what was asked (operation and body): the same key with another question is Invalid.
    A second request under way at the same time waits for the first. The answer is kept in the
    transaction of the effect, so either both stand or neither; refusals are not kept.
    """
    if not 1 <= len(key) <= KEY_LIMIT or not (key.isascii() and key.isprintable()):
        raise Invalid([Fault("idempotency-key-malformed", "Idempotency-Key")])
    fingerprint = sha256(asked.encode()).digest()
    person = work.actor.person
    if not idempotency.claim(work.session, person, key, fingerprint, work.now):
        return _again(work, key, fingerprint)
    answer = act()
    body = seal_bytes(work.ports.vault, _place(key), person, answer.body)
    idempotency.keep(work.session, person, key, answer.status, body, answer.etag)
    return answer


def _again(work: Work, key: str, fingerprint: bytes) -> Answer:
    kept = idempotency.find_answer(work.session, work.actor.person, key)
    if kept is None or kept.status is None or kept.body is None:
        raise Conflict("still-under-way")
    if kept.fingerprint != fingerprint:
        raise Invalid([Fault("idempotency-key-reused", "Idempotency-Key")])
    body = open_bytes(work.ports.vault, _place(key), work.actor.person, kept.body)
    return Answer(kept.status, body, kept.etag)


def _place(key: str) -> str:
    """An answer may show a document number: it is sealed to its person and key."""
    return f"idempotency_keys.body/{key}"
