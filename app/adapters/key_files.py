"""Private keys as encrypted files of a folder.

<kid>.pem         PKCS#8, encrypted with the passphrase
root/<kid>.pem    the root keys; needed only to sign a trust list, and kept offline otherwise
"""

from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    load_pem_private_key,
)

from app.adapters.whole_files import write_whole
from permits.keys import Key
from permits.signing import KeyUse, kid_of, sign_es256


class KeyUnusable(Exception):
    """A key is missing, damaged or of another passphrase; says which, never what is in it."""


@dataclass(frozen=True)
class FileSigner:
    """Signs with a key that was read from its file."""

    kid: bytes
    private: ec.EllipticCurvePrivateKey = field(repr=False)

    def sign(self, message: bytes) -> bytes:
        """Return the ES256 signature of `message`: r then s, 64 bytes."""
        return sign_es256(self.private, message)


class KeyFiles:
    """The private halves in a folder."""

    def __init__(self, folder: Path, passphrase: str) -> None:
        """The passphrase must not be empty (ValueError)."""
        if not passphrase:
            raise ValueError("keys on disk need a passphrase")
        self._folder = folder
        self._passphrase = passphrase.encode()

    def make(self, use: KeyUse) -> ec.EllipticCurvePublicKey:
        """Make a key, write it, and return its public half."""
        private = ec.generate_private_key(ec.SECP256R1())
        public = private.public_key()
        write_whole(self.path(kid_of(public), use), encrypt(private, self._passphrase))
        return public

    def open(self, key: Key) -> FileSigner:
        """Return the signer of a key, or `KeyUnusable`. Takes some milliseconds: keep it."""
        return FileSigner(key.kid, self.read(key))

    def read(self, key: Key) -> ec.EllipticCurvePrivateKey:
        """Return the private half of a key of the register, or `KeyUnusable`."""
        private = decrypt(self.path(key.kid, key.use), self._passphrase)
        if private.public_key() != key.public:
            raise KeyUnusable(f"{key.name}.pem: not the key of the register")
        return private

    def has(self, key: Key) -> bool:
        """Whether the file of a key is here."""
        return self.path(key.kid, key.use).is_file()

    def path(self, kid: bytes, use: KeyUse) -> Path:
        """Where the private half of a key lies."""
        folder = self._folder / "root" if use is KeyUse.TRUST else self._folder
        return folder / f"{kid.hex()}.pem"


def encrypt(private: ec.EllipticCurvePrivateKey, passphrase: bytes) -> bytes:
    """Return a private key as encrypted PEM."""
    return private.private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(passphrase)
    )


def decrypt(path: Path, passphrase: bytes) -> ec.EllipticCurvePrivateKey:
    """Return the P-256 key of an encrypted PEM file, or `KeyUnusable`."""
    try:
        private = load_pem_private_key(path.read_bytes(), passphrase)
    except OSError as error:
        raise KeyUnusable(f"{path.name}: {error.strerror}") from None
    except (ValueError, TypeError):
        raise KeyUnusable(f"{path.name}: wrong passphrase, or damaged") from None
    if not isinstance(private, ec.EllipticCurvePrivateKey) or private.curve.name != "secp256r1":
        raise KeyUnusable(f"{path.name}: not a key on P-256")
    return private
