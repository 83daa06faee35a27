"""Private keys in a hardware module (PKCS#11), which makes them and never gives them away.

Signatures are ES256 by CKM_ECDSA over a hash that is made here: every module has this mechanism,
and it gives r then s as we need them. A key is found by its name (CKA_ID). Each signature is
verified before it leaves: a module that fails must not put a text into somebody's hands.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from secrets import token_bytes
from threading import RLock
from typing import TypeVar

import pkcs11
from cryptography.hazmat.primitives.asymmetric import ec
from pkcs11 import Attribute, KeyType, Mechanism, MechanismFlag, ObjectClass
from pkcs11.exceptions import NoSuchKey, PinIncorrect, PinLocked, UserAlreadyLoggedIn
from pkcs11.types import Session, SignMixin
from pkcs11.util.ec import encode_named_curve_parameters

from app.adapters.key_files import KeyUnusable
from permits.keys import Key
from permits.signing import KID_SIZE, KeyUse, kid_of, verify_es256

T = TypeVar("T")

# The library is one for the process, with one login for each token: so is the lock.
_LOCK = RLock()


class ModuleAway(OSError):
    """The module does not answer, or lost our session twice; nothing was signed. Try again."""


@dataclass(frozen=True)
class ModuleSigner:
    """Signs inside the module; asks for it only when something is to be signed."""

    kid: bytes
    public: ec.EllipticCurvePublicKey = field(repr=False)
    module: "HardwareModule" = field(repr=False)

    def sign(self, message: bytes) -> bytes:
        """Return the ES256 signature of `message`; ModuleAway, or `KeyUnusable`."""
        signature = self.module.sign(self.kid, sha256(message).digest())
        if not verify_es256(self.public, message, signature):
            raise KeyUnusable(f"{self.kid.hex()}: the module's signature does not hold")
        return signature


@dataclass
class _Open:
    """A session, the process that opened it, and the keys that it has found."""

    session: Session
    process: int
    found: dict[bytes, SignMixin] = field(default_factory=dict)


class HardwareModule:
    """One token of one module, reached through its library."""

    def __init__(self, library: str, token: str, pin: str) -> None:
        """`library` is the module's own shared object, `token` the label; asks for nothing yet."""
        self._library, self._token, self._pin = library, token, pin
        self._open: _Open | None = None
        self._pin_refused = False

    def make(self, use: KeyUse) -> ec.EllipticCurvePublicKey:
        """Make a key that can sign, and do nothing else, and never leave; returns its public half.

        ModuleAway; `KeyUnusable` where the module made something else.
        """
        return self._with(lambda now: _make(now.session, f"vereda {use.value}"))

    def open(self, key: Key) -> ModuleSigner:
        """Return the signer of a key; whether the module has it is found when it signs."""
        return ModuleSigner(key.kid, key.public, self)

    def sign(self, kid: bytes, digest: bytes) -> bytes:
        """Return r then s over a SHA-256 digest; ModuleAway, or `KeyUnusable` for no such key."""

        def act(now: _Open) -> bytes:
            if kid not in now.found:
                now.found[kid] = _find(now.session, kid)
            return bytes(now.found[kid].sign(digest, mechanism=Mechanism.ECDSA))

        return self._with(act)

    def check(self) -> None:
        """Ask the module for a random byte; raises what a signature would raise."""
        self._with(lambda now: now.session.generate_random(8))

    def _with(self, act: Callable[[_Open], T]) -> T:
        """Do it in a session; once more in a new one where the first was lost."""
        with _LOCK:
            if self._open is not None:
                try:
                    return act(self._session())
                except KeyUnusable:
                    raise
                except RuntimeError:  # of PKCS#11; whatever it was, a new session tells
                    self._open = None
            return self._anew(act)

    def _anew(self, act: Callable[[_Open], T]) -> T:
        try:
            return act(self._session())
        except NoSuchKey:  # an old session says so too where the token was pulled out
            raise KeyUnusable("the module has no key of this name") from None
        except RuntimeError as error:
            self._open = None
            raise ModuleAway(f"{type(error).__name__} of the module") from None

    def _session(self) -> _Open:
        if self._open is not None and self._open.process == os.getpid():
            return self._open
        if self._pin_refused:
            raise KeyUnusable("the module refused the PIN; it is not tried again")
        forked = self._open is not None
        try:
            self._open = _Open(self._log_in(forked), os.getpid())
        except (PinIncorrect, PinLocked):
            # A few wrong PINs lock the token for everybody.
            self._pin_refused = True
            raise KeyUnusable("the module refuses the PIN") from None
        return self._open

    def _log_in(self, forked: bool) -> Session:
        """A new session; the library begins anew in a process that was forked off another's."""
        library = pkcs11.lib(self._library)
        try:
            if forked:
                library.reinitialize()
            return self._log_in_to(library)
        except (PinIncorrect, PinLocked):
            raise
        except RuntimeError:
            library.reinitialize()  # perhaps the module came back meanwhile
            return self._log_in_to(library)

    def _log_in_to(self, library: pkcs11.lib) -> Session:  # type: ignore[valid-type]
        token = library.get_token(token_label=self._token)  # type: ignore[attr-defined]
        try:
            session: Session = token.open(rw=True, user_pin=self._pin)
        except UserAlreadyLoggedIn:  # by another session of this process
            session = token.open(rw=True)
        return session


def _find(session: Session, kid: bytes) -> SignMixin:
    found = session.get_key(object_class=ObjectClass.PRIVATE_KEY, id=kid)
    assert isinstance(found, SignMixin)  # noqa: S101  as every key made here can
    return found


def _make(session: Session, label: str) -> ec.EllipticCurvePublicKey:
    curve = {Attribute.EC_PARAMS: encode_named_curve_parameters("secp256r1")}
    parameters = session.create_domain_parameters(KeyType.EC, curve, local=True)
    public, private = parameters.generate_keypair(
        id=token_bytes(KID_SIZE),
        label=label,
        store=True,
        capabilities=MechanismFlag.SIGN | MechanismFlag.VERIFY,
        private_template={
            Attribute.PRIVATE: True,
            Attribute.SENSITIVE: True,
            Attribute.EXTRACTABLE: False,
            Attribute.DERIVE: False,
        },
    )
    if private[Attribute.EXTRACTABLE] or not private[Attribute.NEVER_EXTRACTABLE]:
        private.destroy()
        public.destroy()
        raise KeyUnusable("the module makes keys that can be taken out of it")
    key = _read_point(public[Attribute.EC_POINT])
    for half in (public, private):
        half[Attribute.ID] = kid_of(key)
    return key


def _read_point(value: bytes) -> ec.EllipticCurvePublicKey:
    # A DER octet string; some modules give the bare point.
    point = value[2:] if value[:2] == b"\x04\x41" else value
    return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
