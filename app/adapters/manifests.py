"""The list of what a backup holds: every part with its hash, so that damage is seen before use."""

import hashlib
import hmac
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

NAME = "manifest.json"
FORMAT = 1
_CHUNK = 2**20


class BadBackup(Exception):
    """The backup cannot be used; the text says what is wrong with it."""


@dataclass(frozen=True)
class Part:
    """One file of a backup, by its path in it."""

    sha256: str
    size_bytes: int


@dataclass(frozen=True)
class Manifest:
    """What a backup holds, of which instant (ISO 8601) and of which version.

    `keys` names the keys that its contents need; `checkpoint` is the log's newest signed one.
    """

    made_at: str
    version: str
    revision: str
    counts: Mapping[str, int]
    checkpoint: str | None
    keys: tuple[str, ...]
    parts: Mapping[str, Part] = field(default_factory=dict)


def write(folder: Path, manifest: Manifest, passphrase: str) -> None:
    """Write the list, sealed under the passphrase of the keys; to disk before this returns."""
    body = {"format": FORMAT, **asdict(manifest)}
    salt = os.urandom(16)
    sealed = {**body, "salt": salt.hex(), "seal": _seal(body, salt, passphrase)}
    sealed["sha256"] = _digest(sealed)
    with (folder / NAME).open("w", encoding="utf-8") as file:
        json.dump(sealed, file, ensure_ascii=False, indent=1)
        file.flush()
        os.fsync(file.fileno())


def read(folder: Path, passphrase: str) -> tuple[Manifest, str]:
    """The list and its own hash; BadBackup where it is missing, damaged, or of other keys."""
    try:
        found: dict[str, Any] = json.loads((folder / NAME).read_bytes())
        told, seal, salt = found.pop("sha256"), found["seal"], bytes.fromhex(found["salt"])
    except FileNotFoundError:
        raise BadBackup(f"{folder} holds no {NAME}: it is no backup, or half of one.") from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise BadBackup(f"{NAME} is damaged.") from None
    if not hmac.compare_digest(str(told), _digest(found)):
        raise BadBackup(f"{NAME} is damaged.")
    body = {name: value for name, value in found.items() if name not in {"salt", "seal"}}
    if body.pop("format") != FORMAT:
        raise BadBackup("The backup is of a newer version of Vereda: upgrade first.")
    if not hmac.compare_digest(seal, _seal({"format": FORMAT, **body}, salt, passphrase)):
        raise BadBackup("The backup was made under another VEREDA_KEY_PASSPHRASE, or altered.")
    parts = {name: Part(**part) for name, part in body.pop("parts").items()}
    return Manifest(**{**body, "keys": tuple(body["keys"])}, parts=parts), str(told)


def measure(path: Path) -> Part:
    """The hash and size of a file as it stands."""
    with path.open("rb") as file:
        hashed = hashlib.sha256()
        while chunk := file.read(_CHUNK):
            hashed.update(chunk)
    return Part(hashed.hexdigest(), path.stat().st_size)


def files_below(folder: Path) -> Iterator[str]:
    """Paths of the files in a folder and below, relative to it; the list itself is left out."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and name != NAME:
            yield name


def check(folder: Path, manifest: Manifest) -> None:
    """Compare every file with the list; BadBackup that names the first that differs."""
    present = set(files_below(folder))
    for name in sorted(manifest.parts.keys() | present):
        if name not in present:
            raise BadBackup(f"The backup is not whole: {name} is missing.")
        if name not in manifest.parts:
            raise BadBackup(f"{name} does not belong to the backup.")
        if measure(folder / name) != manifest.parts[name]:
            raise BadBackup(f"{name} is damaged.")


def _digest(content: Mapping[str, Any]) -> str:
    text = json.dumps(content, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _seal(content: Mapping[str, Any], salt: bytes, passphrase: str) -> str:
    # A slow key: whoever finds a backup must not learn the passphrase by trying.
    key = hashlib.scrypt(passphrase.encode(), salt=salt, n=2**14, r=8, p=1, dklen=32)
    return hmac.digest(key, _digest(content).encode(), "sha256").hex()
