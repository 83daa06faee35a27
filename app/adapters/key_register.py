"""The register of keys: `keys.json`, what each key is for and where it stands; all of it public."""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from app.adapters.whole_files import alone, write_whole
from permits.keys import Key, KeyPlace, KeyState
from permits.signing import KeyUse, read_cose_key

Change = Callable[[tuple[Key, ...]], Sequence[Key]]
"""All keys in; those that are new or different out."""


class KeyRegister:
    """Every key of a folder; every change is exclusive, across processes too."""

    def __init__(self, folder: Path) -> None:
        """Use `folder`, which is made with the first key."""
        self._folder = folder
        self._path = folder / "keys.json"
        self._read: tuple[object, dict[str, Any], tuple[Key, ...]] = (None, _EMPTY, ())

    def keys(self) -> tuple[Key, ...]:
        """Every key, oldest first; none where there is no folder yet."""
        return self._load()[1]

    @property
    def list_version(self) -> int:
        """The highest version that a trust list was given."""
        version: int = self._load()[0]["trust_list_version"]
        return version

    def change(self, act: Change) -> Sequence[Key]:
        """Write what `act` makes of the keys: each new, or in the place of that of its name.

        Nobody else changes the register meanwhile; one stroke, also where several keys change.
        """
        with alone(self._folder, ".lock"):
            register, keys = self._load()
            changed = act(keys)
            by_kid = {key.kid: key for key in keys} | {key.kid: key for key in changed}
            if list(by_kid.values()) != list(keys):
                self._write({**register, "keys": [write_key(key) for key in by_kid.values()]})
            return changed

    def take_version(self, least: int = 0) -> int:
        """A version that no trust list had, above `least` too; it is on disk before it is used."""
        with alone(self._folder, ".lock"):
            register, _ = self._load()
            version = max(int(register["trust_list_version"]), least) + 1
            self._write({**register, "trust_list_version": version})
            return version

    @property
    def seen_as(self) -> object:
        """What differs once the register was changed, by whatever process."""
        try:
            stat = self._path.stat()
        except FileNotFoundError:
            return None
        return stat.st_mtime_ns, stat.st_ino, stat.st_size

    def _load(self) -> tuple[dict[str, Any], tuple[Key, ...]]:
        seen_as = self.seen_as
        if seen_as is None:
            return _EMPTY, ()
        if seen_as != self._read[0]:
            register: dict[str, Any] = json.loads(self._path.read_text(encoding="utf-8"))
            self._read = (seen_as, register, tuple(map(read_key, register["keys"])))
        return self._read[1:]

    def _write(self, register: Mapping[str, Any]) -> None:
        write_whole(self._path, json.dumps(register, indent=1).encode())


_EMPTY: dict[str, Any] = {"trust_list_version": 0, "keys": []}


def write_key(key: Key) -> dict[str, str | None]:
    """Return a key as plain JSON values; only public things stand in it."""
    point = key.public.public_numbers()
    return {
        "kid": key.name,
        "use": key.use.value,
        "state": key.state.value,
        "place": key.place.value,
        "not_before": key.not_before.isoformat(),
        "expires": key.expires.isoformat(),
        "created": key.created.isoformat(),
        "published": _write_instant(key.published),
        "signs_from": _write_instant(key.signs_from),
        "ended": _write_instant(key.ended),
        "cutoff": _write_instant(key.cutoff),
        "x": f"{point.x:064x}",
        "y": f"{point.y:064x}",
    }


def read_key(entry: Mapping[str, str]) -> Key:
    """Return the key of an entry; the inverse of `write_key`, and what older versions wrote."""
    x, y = bytes.fromhex(entry["x"]), bytes.fromhex(entry["y"])
    return Key(
        kid=bytes.fromhex(entry["kid"]),
        use=KeyUse(entry["use"]),
        state=KeyState(entry["state"]),
        not_before=datetime.fromisoformat(entry["not_before"]),
        expires=datetime.fromisoformat(entry["expires"]),
        created=datetime.fromisoformat(entry["created"]),
        public=read_cose_key({1: 2, -1: 1, -2: x, -3: y}),
        place=KeyPlace(entry.get("place", KeyPlace.FILE)),
        published=_read_instant(entry.get("published", entry["created"])),
        signs_from=_read_instant(entry.get("signs_from", entry["not_before"])),
        ended=_read_instant(entry.get("ended")),
        cutoff=_read_instant(entry["cutoff"]),
    )


def _write_instant(instant: datetime | None) -> str | None:
    return instant.isoformat() if instant else None


def _read_instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
