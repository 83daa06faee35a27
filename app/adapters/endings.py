"""The file of what no longer counts: a line of JSON for each, and a last line that seals them all.

Whoever shortens or alters it, or has another passphrase, is refused: an entry too many would take
a permit from somebody, one too few would give it back.
"""

import hashlib
import hmac
import json
import os
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from app.adapters.whole_files import write_whole
from permits.endings import Ended, EndedCard, Leaving
from permits.revocations import Revocation
from permits.status_list import Status
from permits.suspensions import Suspension

FORMAT = 3
READ = frozenset({1, 2, FORMAT})
"""The first told nothing of the rights that their workers ended; the second knew no other end."""

CARD, REVOCATION, SUSPENSION, LEAVING = "card", "revocation", "suspension", "leaving"
_CARD, _REVOCATION = TypeAdapter(EndedCard), TypeAdapter(Revocation)
_SUSPENSION, _LEAVING = TypeAdapter(Suspension), TypeAdapter(Leaving)


class BadEndings(Exception):
    """The file cannot be used; the text says what is wrong with it."""


def write(path: Path, ended: Ended, made_at: datetime, passphrase: str) -> None:
    """Write it whole, sealed under the passphrase of the keys; the one before stands until then."""
    body = "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in _rows(ended)).encode()
    salt = os.urandom(16)
    last = {"what": "end", "format": FORMAT, "made_at": made_at.isoformat()}
    sealed = {**last, "salt": salt.hex(), "seal": _seal(body, last, salt, passphrase)}
    write_whole(path, body + json.dumps(sealed).encode() + b"\n")


def read(path: Path, passphrase: str) -> tuple[Ended, str]:
    """What it tells, and of when (ISO 8601); BadEndings where it is damaged or of other keys."""
    try:
        *lines, last = path.read_bytes().splitlines(keepends=True)
        end = json.loads(last)
        salt, told = bytes.fromhex(end.pop("salt")), str(end.pop("seal"))
        body, made_at = b"".join(lines), str(end["made_at"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise BadEndings(f"{path} is no list of revocations, or half of one.") from None
    if not hmac.compare_digest(told, _seal(body, end, salt, passphrase)):
        raise BadEndings(f"{path} was made under another VEREDA_KEY_PASSPHRASE, or altered.")
    if end.get("format") not in READ:
        raise BadEndings(f"{path} is of a newer version of Vereda: upgrade first.")
    try:
        return _read_rows([json.loads(line) for line in lines]), made_at
    except (ValidationError, ValueError, KeyError) as error:
        raise BadEndings(f"{path} cannot be read: {type(error).__name__}.") from None


def _rows(ended: Ended) -> Iterator[dict[str, Any]]:
    for card in ended.cards:
        told = _CARD.dump_python(card, mode="json", exclude_none=True)
        yield {"what": CARD, **told, "status": card.status.name.lower()}
    for revocation in ended.revocations:
        yield {"what": REVOCATION, **_REVOCATION.dump_python(revocation, mode="json")}
    for suspension in ended.suspensions:
        told = _SUSPENSION.dump_python(suspension, mode="json", exclude_none=True)
        yield {"what": SUSPENSION, **told}
    for leaving in ended.leavings:
        yield {"what": LEAVING, **_LEAVING.dump_python(leaving, mode="json")}


def _read_rows(rows: Sequence[dict[str, Any]]) -> Ended:
    kinds = (CARD, REVOCATION, SUSPENSION, LEAVING)
    by_kind: dict[str, list[dict[str, Any]]] = {kind: [] for kind in kinds}
    for row in rows:
        by_kind[row.pop("what")].append(row)
    cards = [{**row, "status": Status[row["status"].upper()]} for row in by_kind[CARD]]
    return Ended(
        [_CARD.validate_python(row) for row in cards],
        [_REVOCATION.validate_python(row) for row in by_kind[REVOCATION]],
        [_SUSPENSION.validate_python(row) for row in by_kind[SUSPENSION]],
        [_LEAVING.validate_python(row) for row in by_kind[LEAVING]],
    )


def _seal(body: bytes, last: dict[str, Any], salt: bytes, passphrase: str) -> str:
    # A slow key: whoever finds the file must not learn the passphrase by trying.
    key = hashlib.scrypt(passphrase.encode(), salt=salt, n=2**14, r=8, p=1, dklen=32)
    signed = json.dumps(last, sort_keys=True).encode() + b"\n" + body
    return hmac.digest(key, signed, "sha256").hex()
