"""Which file uses which cryptography, read from the source: what docs/cryptography.md must list."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.house.marks import HOUSE
from tests.house.sources import trees

PAGE = HOUSE / "docs" / "cryptography.md"
ROW = re.compile(r"^\| `([\w./-]+)` \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)

MECHANISMS = {
    "AESGCM": "AES-256-GCM",
    "Argon2Hasher": "Argon2id",
    "Argon2id": "Argon2id",
    "BestAvailableEncryption": "PKCS#8 encryption",
    "SHA256": "SHA-256",
    "HKDF": "HKDF",
    "MLKEM768X25519PrivateKey": "HPKE (ML-KEM-768 with X25519)",
    "Scrypt": "scrypt",
    "ec": "ECDSA P-256",
    "ChaCha20": "ChaCha20",
    "Ed25519PrivateKey": "Ed25519",
    "hmac.digest": "HMAC-SHA-256",
    "hashlib.scrypt": "scrypt",
    "hashlib.sha256": "SHA-256",
    "jose": "JWS ES256",
    "joserfc": "JWS verification",
    "os.urandom": "random bytes",
    "pkcs11": "PKCS#11",
    "pyotp": "TOTP",
    "secrets": "random bytes",
    "sha256": "SHA-256",
    "sha512": "SHA-512",
    "ssl": "TLS",
    "webauthn": "WebAuthn",
}
"""A name of the source and the mechanism that it stands for."""

WHOLE = {"jose", "joserfc", "pkcs11", "pyotp", "secrets", "ssl", "webauthn"}
"""Packages of which every part counts."""

FROM = {"cryptography", "hashlib", "pwdlib"}
"""Packages of which the names count that are taken from them."""

IN_BROWSERS = {
    "AES-GCM": "AES-256-GCM",
    "ECDSA": "ECDSA P-256",
    "HMAC": "HMAC-SHA-256",
    "PBKDF2": "PBKDF2",
    "SHA-256": "SHA-256",
}


def found() -> dict[str, set[str]]:
    """Each file that uses cryptography, by its path, with its mechanisms."""
    python = (path for floor in ("app", "permits", "recruitment") for path in _files(floor, "*.py"))
    packages = {*WHOLE, *FROM, *(name.partition(".")[0] for name in MECHANISMS if "." in name)}
    uses = {_name(path): _of_python(tree) for path, tree in trees(python, packages)}
    uses |= {_name(path): _of_javascript(path) for path in _files("app/web", "*.js")}
    return {name: used for name, used in sorted(uses.items()) if used}


def listed() -> dict[str, set[str]]:
    """The like as the page says it."""
    rows = ROW.findall(PAGE.read_text("utf-8"))
    return {name: set(used.strip().split(", ")) for name, used, _ in rows}


def _files(folder: str, pattern: str) -> Iterator[Path]:
    built = HOUSE / "app" / "web" / "static" / "vendor"
    return (p for p in (HOUSE / folder).rglob(pattern) if not p.is_relative_to(built))


def _name(path: Path) -> str:
    return path.relative_to(HOUSE).as_posix()


def _of_python(tree: ast.Module) -> set[str]:
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names} & WHOLE
        elif isinstance(node, ast.ImportFrom):
            package = (node.module or "").partition(".")[0]
            names |= {package} & WHOLE
            names |= {alias.name for alias in node.names} if package in FROM else set()
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            names.add(f"{node.value.id}.{node.attr}")
    return {MECHANISMS[name] for name in names if name in MECHANISMS}


def _of_javascript(path: Path) -> set[str]:
    source = path.read_text("utf-8")
    if "crypto.subtle" not in source and "getRandomValues" not in source:
        return set()
    used = {word for name, word in IN_BROWSERS.items() if f'"{name}"' in source}
    return used | ({"random bytes"} if "getRandomValues" in source else set())
