"""What people were told, kept outside of what is killed, and whether it is all there.

An act is counted when its reply arrived. A reply that was lost may stand for an act that was done
or not; a try with a key is repeated until it is answered, and counts once whatever became of the
first. So for each subject of each kind of act there are as many events as replies, and at most as
many more as tries without a key were lost.
"""

import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256

from sqlalchemy import text

from app.services.work import token_hash
from app.storage.credentials import TEXT
from app.storage.database import Session
from app.storage.sealed import Vault
from permits.audit import Act

Subject = str | None
"""Whom an act is about; None where only the service knows."""


@dataclass(frozen=True)
class Effect:
    """What one request does: the event that it leaves, and what must stand afterwards.

    `standing` is compared with the row that the query of `STANDING` finds.
    """

    act: Act
    subject: Subject = None
    standing: tuple[str, ...] = ()


@dataclass(frozen=True)
class Told:
    """An effect that somebody was told of; `again` where an earlier reply to it was lost."""

    effect: Effect
    request: str
    again: bool


STANDING: Mapping[Act, str] = {
    Act.APPLICATION_STARTED: "SELECT id FROM applications",
    Act.DOCUMENT_ATTACHED: "SELECT application, kind FROM documents",
    Act.APPLICATION_SUBMITTED: "SELECT application, round FROM application_rounds",
    Act.APPLICATION_DECIDED: "SELECT application, agency, round, opinion FROM decisions",
    Act.APPLICATION_WITHDRAWN: "SELECT id FROM applications WHERE status = 'withdrawn'",
    Act.CONTRACT_ACCEPTED: "SELECT application, party FROM contract_agreements",
    Act.CREDENTIAL_REVOKED: "SELECT id FROM credentials WHERE state = 'revoked'",
    Act.CROSSING_RECORDED: "SELECT id, direction FROM crossings",
    Act.SIGNED_IN: "SELECT encode(token_hash, 'hex') FROM sessions",
}
"""What must be there of what somebody was told, as the columns of `Effect.standing`."""

WATCHED = (
    *STANDING,
    Act.APPLICATION_ANSWERED,
    Act.APPLICATION_HELD,
    Act.APPLICATION_READ,
    Act.APPLICATION_RELEASED,
    Act.CREDENTIAL_READ,
    Act.CREDENTIAL_VERIFIED,
    Act.SIGN_IN_BEGUN,
    Act.TOKEN_CREATED,
)
"""Acts that the mixed lives do and nobody else does."""


def session_opened(person: Subject, token: str) -> Effect:
    """Somebody was signed in and holds this token."""
    return Effect(Act.SIGNED_IN, person, (token_hash(token).hex(),))


@dataclass
class Ledger:
    """Everything that was told, by however many at once."""

    told: list[Told] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    spare: Counter[tuple[Act, Subject]] = field(default_factory=Counter)
    replies: int = 0
    lost: int = 0
    surprises: list[str] = field(default_factory=list)
    dying: bool = False
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def tell(self, effects: Iterable[Effect], request: str, *, again: bool = False) -> None:
        """A reply arrived."""
        with self._lock:
            self.replies += 1
            self.told.extend(Told(effect, request, again) for effect in effects)

    def lose(self, why: str, effects: Iterable[Effect] = ()) -> None:
        """A reply did not arrive: what it would have told may be there all the same.

        That is a surprise unless somebody is about to be killed.
        """
        with self._lock:
            self.lost += 1
            self.spare.update((effect.act, effect.subject) for effect in effects)
            if not self.dying:
                self.surprises.append(why)

    @contextmanager
    def pending(self, effects: Iterable[Effect]) -> Iterator[None]:
        """As long as nobody knows; what is repeated until it is answered ends as one."""
        keys = [(effect.act, effect.subject) for effect in effects]
        with self._lock:
            self.spare.update(keys)
        yield
        with self._lock:
            self.spare.subtract(keys)

    def hand_out(self, credential: str, words: str) -> None:
        """A permit's QR text was shown; never another one for the same credential."""
        with self._lock:
            assert self.texts.setdefault(credential, words) == words, credential

    def kinds(self) -> Counter[Act]:
        """How many acts of each kind were acknowledged."""
        with self._lock:
            return Counter(one.effect.act for one in self.told)


def differences(ledger: Ledger, session: Session, vault: Vault) -> list[str]:
    """What was told and is not there, or is there more often than anybody was told."""
    return [
        *_missing(ledger, session),
        *_unlogged(ledger, session),
        *_doubled(ledger, session),
        *_other_texts(ledger, session, vault),
    ]


def _missing(ledger: Ledger, session: Session) -> Iterator[str]:
    for act, query in STANDING.items():
        rows = {tuple(str(cell) for cell in row) for row in session.execute(text(query))}
        for one in ledger.told:
            if one.effect.act is act and one.effect.standing not in rows:
                yield f"told and not there: {one}"


def _unlogged(ledger: Ledger, session: Session) -> Iterator[str]:
    """Each request that was answered at its first try has its one event."""
    query = text("SELECT act, subject, request FROM audit_events WHERE act = ANY(:acts)")
    acts = [act.value for act in WATCHED]
    rows = [tuple(map(str, row)) for row in session.execute(query, {"acts": acts})]
    whole, nameless = Counter(rows), Counter((act, request) for act, _, request in rows)
    for one in ledger.told:
        act, subject = one.effect.act.value, one.effect.subject
        events = nameless[act, one.request] if subject is None else whole[act, subject, one.request]
        if events != 1 and not one.again:
            yield f"told and {events} times in the log: {one}"


def _doubled(ledger: Ledger, session: Session) -> Iterator[str]:
    """As many events as replies for each subject, and no more than may have been lost."""
    told = Counter((one.effect.act, one.effect.subject) for one in ledger.told)
    query = text("SELECT act, subject FROM audit_events WHERE act = ANY(:acts)")
    acts = [act.value for act in WATCHED]
    logged = Counter((Act(a), str(s)) for a, s in session.execute(query, {"acts": acts}))
    over: dict[Act, list[str]] = {}
    for act, subject in told.keys() | logged.keys():
        if subject is None:
            continue
        more = logged[act, subject] - told[act, subject]
        if more < 0:
            yield f"{-more} too few in the log: {act} {subject}"
        over.setdefault(act, []).extend([subject] * (more - ledger.spare[act, subject]))
    for act, subjects in over.items():
        if len(subjects) > told[act, None] + ledger.spare[act, None]:
            yield f"in the log and nobody was told: {act} {subjects}"


def _other_texts(ledger: Ledger, session: Session, vault: Vault) -> Iterator[str]:
    query = text("SELECT id, text FROM credentials WHERE text IS NOT NULL")
    kept = {str(r.id): vault.open(TEXT, r.id, r.text) for r in session.execute(query)}
    for credential, words in ledger.texts.items():
        if kept.get(credential) != words:
            digest = sha256(words.encode()).hexdigest()[:12]
            yield f"a text was handed out that is not there: {credential} {digest}"
