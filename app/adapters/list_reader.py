"""Signed lists as one process has read them: each signature is checked once, and its bits unpacked.

What was read counts while the bytes are the same, and for a status list while the trust list is.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from cryptography.hazmat.primitives.asymmetric import ec

from permits import status_list, trust_list
from permits.signing import NotTrusted
from permits.status_list import StatusList, StatusLists
from permits.trust_list import TrustList


class _Trusted(NamedTuple):
    token: bytes
    roots: tuple[ec.EllipticCurvePublicKey, ...]
    told: TrustList


class _Read(NamedTuple):
    trust: TrustList | None
    tokens: tuple[bytes, ...]
    each: dict[bytes, StatusList | None]
    lists: StatusLists


class ListReader:
    """Holds what was read last; threads that read at once do the same work twice and no harm."""

    def __init__(self) -> None:
        self._trusted: _Trusted | None = None
        self._read = _Read(None, (), {}, StatusLists())

    def trust(self, token: bytes, roots: Sequence[ec.EllipticCurvePublicKey]) -> TrustList:
        """The trust list, if one of these roots signed it; NotTrusted."""
        kept, pinned = self._trusted, tuple(roots)
        if kept is None or kept.token != token or kept.roots != pinned:
            kept = _Trusted(token, pinned, trust_list.read(token, pinned))
            self._trusted = kept
        return kept.told

    def status_lists(self, tokens: Iterable[bytes], trust: TrustList) -> StatusLists:
        """The lists of these tokens; one that cannot be believed is left out."""
        wanted, kept = tuple(tokens), self._read
        if kept.trust is trust and kept.tokens == wanted:
            return kept.lists
        before = kept.each if kept.trust is trust else {}
        each = {one: before[one] if one in before else _open(one, trust) for one in wanted}
        # Of two that name one address the later counts.
        opened = sorted((one for one in each.values() if one), key=lambda one: one.issued_at)
        lists = StatusLists({one.uri: one for one in opened})
        self._read = _Read(trust, wanted, each, lists)
        return lists


def _open(token: bytes, trust: TrustList) -> StatusList | None:
    try:
        return status_list.read(token, trust)
    except NotTrusted:
        return None
