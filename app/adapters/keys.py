"""The signing keys of a house: a register of them, and where their private halves lie."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Protocol

from cryptography.hazmat.primitives.asymmetric import ec

from app.adapters.key_files import KeyFiles, KeyUnusable
from app.adapters.key_register import Change, KeyRegister
from permits import keys
from permits.errors import Conflict
from permits.keys import Key, KeyPlace, KeyState
from permits.signing import KeyUse, Signer

Noting = Callable[[Key], None]


class KeyModule(Protocol):
    """A place for private keys that never gives them away."""

    def make(self, use: KeyUse) -> ec.EllipticCurvePublicKey:
        """Make a key there and return its public half."""

    def open(self, key: Key) -> Signer:
        """Return the signer of a key, or `KeyUnusable`."""


class KeyFolder:
    """The keys of a folder, those that a hardware module holds for it too.

    New keys are made in the module where there is one, except roots: these leave the machine.
    """

    def __init__(self, folder: Path, passphrase: str, module: KeyModule | None = None) -> None:
        """Use `folder` (made with the first key); the passphrase must not be empty (ValueError)."""
        self.register = KeyRegister(folder)
        self.files = KeyFiles(folder, passphrase)
        self.folder, self.module = folder, module

    def records(self) -> tuple[Key, ...]:
        """Every key of the register, oldest first; none where there is no folder yet."""
        return self.register.keys()

    def find(self, kid: bytes) -> Key | None:
        """The key of this name."""
        return next((key for key in self.records() if key.kid == kid), None)

    def create(self, use: KeyUse, now: datetime, noting: Noting = lambda _: None) -> Key:
        """Make a key (`permits.keys.make_key`) and its private half, which is stored first.

        `noting` is told of it before it counts.
        """
        inside = self.module if use is not KeyUse.TRUST else None
        place = KeyPlace.MODULE if inside else KeyPlace.FILE

        def make(standing: tuple[Key, ...]) -> list[Key]:
            if keys.find_waiting(standing, use):
                raise Conflict("key-already-waiting", use=use.value)
            public = (inside or self.files).make(use)
            key = keys.make_key(standing, use, public, now, place)
            noting(key)
            return [key]

        return self.register.change(make)[0]

    def change(self, act: Change) -> Sequence[Key]:
        """Write what `act` makes of all keys; nobody else changes them meanwhile."""
        return self.register.change(act)

    def signer(self, use: KeyUse) -> Signer:
        """The signer of the active key of a use; Conflict("no-active-key"), or `KeyUnusable`."""
        key = keys.find_signing(self.records(), use)
        if key is None:
            raise Conflict("no-active-key", use=use.value)
        return self.open(key)

    def signer_of(self, kid: bytes) -> Signer:
        """The signer of one key, also of a retired one that still owes a signature.

        NotFound("key-unknown"); Conflict("key-compromised"): nothing may be signed with it.
        """
        key = keys.get_key(self.records(), kid)
        if key.state is KeyState.COMPROMISED:
            raise Conflict("key-compromised", kid=key.name)
        return self.open(key)

    def open(self, key: Key) -> Signer:
        """The signer of a key, whatever its state; `KeyUnusable`. Takes milliseconds: keep it."""
        if key.place is KeyPlace.MODULE:
            if self.module is None:
                raise KeyUnusable(f"{key.name}: lies in a module, and none is set")
            return self.module.open(key)
        return self.files.open(key)

    def find_root(self) -> Signer | None:
        """The signer of the active root; None where it lies on another machine, as it should."""
        root = keys.find_signing(self.records(), KeyUse.TRUST)
        return self.open(root) if root and self.files.has(root) else None

    def roots(self) -> list[ec.EllipticCurvePublicKey]:
        """The public keys that scanners pin: the active root and the standby."""
        return [key.public for key in self.records() if keys.is_pinned(key)]
