"""Root keys where no network is: a folder on another machine, or on a stick in a safe.

    <kid>.pem      PKCS#8, encrypted with a passphrase of its own
    <kid>.json     the public half, to be registered at the service
    signed.json    for each root the issuer and the highest version of a list that it signed

Nothing here needs a database, settings or the service's own keys.
"""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec

from app.adapters.key_files import FileSigner, decrypt, encrypt
from app.adapters.whole_files import alone, write_whole
from permits import cose, trust_list
from permits.list_checks import check_draft
from permits.signing import fingerprint, kid_of, read_cose_key


class RootFolder:
    """The roots of a folder, which is made with the first."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def names(self) -> list[str]:
        """The names of the roots whose private half is here."""
        return sorted(path.stem for path in self._folder.glob("*.pem"))

    def make(self, passphrase: str) -> ec.EllipticCurvePublicKey:
        """Make a root and write both halves; returns the public one."""
        private = ec.generate_private_key(ec.SECP256R1())
        self.put(private, passphrase)
        return private.public_key()

    def put(self, private: ec.EllipticCurvePrivateKey, passphrase: str) -> None:
        """Write both halves of a root, and read them back."""
        public = private.public_key()
        name = kid_of(public).hex()
        write_whole(self._private(name), encrypt(private, passphrase.encode()))
        write_public(self._folder / f"{name}.json", public)
        if decrypt(self._private(name), passphrase.encode()).public_key() != public:
            raise OSError(f"{name}.pem: what was written is not what is read")

    def sign(self, name: str, passphrase: str, claims: bytes, now: datetime) -> bytes:
        """Sign the claims of a draft, once it is remembered that this version was signed.

        KeyUnusable for the root; NotTrusted or Conflict (`permits.list_checks.check_draft`) for
        the draft: what lies behind a list that this root signed, or is of another issuer, is none.
        """
        signer = FileSigner(bytes.fromhex(name), decrypt(self._private(name), passphrase.encode()))
        draft = trust_list.read_claims(claims)
        with alone(self._folder, ".lock"):
            signed = self._read_signed()
            last = signed.get(name, {"issuer": draft.issuer, "version": 0})
            check_draft(draft, last["issuer"], last["version"], int(now.timestamp()))
            signed[name] = {"issuer": draft.issuer, "version": draft.version}
            write_whole(self._folder / "signed.json", json.dumps(signed, indent=1).encode())
        return trust_list.sign_claims(claims, signer)

    def _private(self, name: str) -> Path:
        return self._folder / f"{name}.pem"

    def _read_signed(self) -> dict[str, Any]:
        try:
            read: dict[str, Any] = json.loads((self._folder / "signed.json").read_text("utf-8"))
        except FileNotFoundError:
            return {}
        return read


def write_public(path: Path, public: ec.EllipticCurvePublicKey) -> None:
    """Write the public half of a root, to be pinned or registered."""
    write_whole(path, json.dumps(describe(public), indent=1).encode())


def read_public(path: Path) -> ec.EllipticCurvePublicKey:
    """Read what `write_public` wrote; ValueError where it is something else."""
    try:
        entry = json.loads(path.read_text("utf-8"))
        point = {-2: bytes.fromhex(entry["x"]), -3: bytes.fromhex(entry["y"])}
        public = read_cose_key({1: 2, -1: 1, **point})
    except (OSError, ValueError, KeyError, TypeError, cose.Malformed):
        raise ValueError(f"{path} is no public half of a root") from None
    if entry.get("fingerprint") != fingerprint(public):
        raise ValueError(f"{path}: the fingerprint is of another key")
    return public


def describe(public: ec.EllipticCurvePublicKey) -> dict[str, str]:
    """A root as plain values: name, coordinates, fingerprint."""
    point = public.public_numbers()
    return {
        "kid": kid_of(public).hex(),
        "x": f"{point.x:064x}",
        "y": f"{point.y:064x}",
        "fingerprint": fingerprint(public),
    }
