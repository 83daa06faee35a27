"""Whether a signed trust list may take the place of the one that is served.

A list that lacks a key, or tells of it as it no longer is, would turn people away at the border
or let a stolen key go on: it is refused before any scanner sees it.
"""

from collections.abc import Mapping

from permits.errors import Conflict
from permits.trust_list import TrustedKey, TrustList, TrustState

CLOCK_TOLERANCE = 300
"""Seconds by which the clock of the machine that drew the list may be ahead."""


def check_list(
    offered: TrustList,
    served: TrustList | None,
    wanted: Mapping[bytes, TrustedKey],
    waiting: frozenset[bytes],
    issuer: str,
    now: int,
) -> None:
    """Raise Conflict with the reason against serving a list whose signature held.

    `wanted` is every key as our register tells of it now; those of `waiting` sign nothing yet, so
    a list may lack them. `list-foreign`: of another issuer; `list-over`, `list-ahead`: its time;
    `list-not-newer`: scanners would refuse it as rolled back; `list-lacks-key`,
    `list-behind`, `list-names-stranger`: its keys.
    """
    if offered.issuer != issuer:
        raise Conflict("list-foreign", issuer=offered.issuer)
    if now >= offered.expires:
        raise Conflict("list-over")
    if offered.issued_at > now + CLOCK_TOLERANCE:
        raise Conflict("list-ahead")
    if served and (offered.version, offered.issued_at) <= (served.version, served.issued_at):
        raise Conflict("list-not-newer", version=offered.version, served=served.version)
    for kid, key in offered.keys.items():
        if kid not in wanted:
            raise Conflict("list-names-stranger", kid=kid.hex())
        _check_key(key, wanted[kid])
    for kid in wanted:
        if kid not in offered.keys and kid not in waiting:
            raise Conflict("list-lacks-key", kid=kid.hex())


def check_draft(draft: TrustList, issuer: str, signed: int, now: int) -> None:
    """Raise Conflict with the reason against signing a draft with a root.

    `issuer` is the one that the root signs for, `signed` the highest version that it signed: a
    draft that came back, or was slipped in, is not signed (`list-foreign`, `list-not-newer`,
    `list-over`).
    """
    if draft.issuer != issuer:
        raise Conflict("list-foreign", issuer=draft.issuer)
    if draft.version <= signed:
        raise Conflict("list-not-newer", version=draft.version, served=signed)
    if now >= draft.expires:
        raise Conflict("list-over")


def _check_key(told: TrustedKey, key: TrustedKey) -> None:
    name = key.kid.hex()
    if (told.issuer, told.use) != (key.issuer, key.use) or told.not_before > key.not_before:
        raise Conflict("list-behind", kid=name)
    lost = TrustState.COMPROMISED in (told.state, key.state)
    if lost and (told.state, told.cutoff) != (key.state, key.cutoff):
        raise Conflict("list-behind", kid=name)
    if told.expires < key.expires:
        raise Conflict("list-lacks-key", kid=name)
