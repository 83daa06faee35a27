"""What operators do with roots and trust lists; each act is in the log before it counts."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from cryptography.hazmat.primitives.asymmetric import ec

from app.services.key_care import log_list
from app.services.keys import subject_of
from app.services.work import Work
from app.storage import key_uses
from permits import keys, trust_list
from permits.audit import Act, Fact
from permits.errors import Conflict
from permits.keys import Key, KeyPlace
from permits.signing import KeyUse
from permits.trust_list import TrustList


class ListDesk(Protocol):
    """Where trust lists are drawn and taken."""

    def draw(self, now: datetime) -> TrustList:
        """A list of every key as it stands, not yet signed, of a version that no list had."""

    def take(self, token: bytes, now: datetime) -> TrustList:
        """Serve a list that a root of ours signed; NotTrusted or Conflict with the reason."""


def draft_list(work: Work, desk: ListDesk) -> bytes:
    """The claims of a list that a root has to sign where no network is."""
    drawn = desk.draw(work.now)
    log_list(work, Act.TRUST_LIST_DRAFTED, drawn)
    return trust_list.write_claims(drawn)


def take_list(work: Work, desk: ListDesk, token: bytes) -> TrustList:
    """Serve a list that was signed elsewhere; what would strand permits is refused."""
    taken = desk.take(token, work.now)
    log_list(work, Act.TRUST_LIST_SERVED, taken)
    return taken


def import_root(work: Work, public: ec.EllipticCurvePublicKey) -> Key:
    """Register a root whose private half is elsewhere: the first signs lists, the next stands by.

    Conflict("key-exists"), Conflict("key-already-waiting").
    """

    def act(standing: Sequence[Key]) -> Sequence[Key]:
        made = keys.make_key(standing, KeyUse.TRUST, public, work.now, KeyPlace.ELSEWHERE)
        facts = {"kid": made.name, "use": made.use.value, "state": made.state.value}
        event = work.event(Act.ROOT_IMPORTED, subject_of(made.kid), facts)
        key_uses.note_key_act(work.session, event=event)
        return [made]

    return work.ports.keys.change(act)[0]


def export_roots(work: Work, leaving: Key | None) -> list[Key]:
    """Tell every root that scanners pin; the private half of `leaving` lies elsewhere from now on.

    Conflict("key-not-a-root") for a key of another use.
    """
    if leaving and leaving.use is not KeyUse.TRUST:
        raise Conflict("key-not-a-root")

    def act(standing: Sequence[Key]) -> Sequence[Key]:
        for key in filter(keys.is_pinned, standing):
            facts: dict[str, Fact] = {"kid": key.name, "moved": key == leaving}
            event = work.event(Act.ROOT_EXPORTED, subject_of(key.kid), facts)
            key_uses.note_key_act(work.session, event=event)
        return [keys.leave(key) for key in standing if key == leaving]

    work.ports.keys.change(act)
    return list(filter(keys.is_pinned, work.ports.keys.list_keys()))
