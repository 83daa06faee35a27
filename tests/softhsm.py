"""A hardware module in software (SoftHSM 2): found, or installed, or a clear failure."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pkcs11

LIBRARIES = (
    "/usr/lib/softhsm/libsofthsm2.so",
    "/usr/lib64/pkcs11/libsofthsm2.so",
    "/usr/lib/pkcs11/libsofthsm2.so",
    "/usr/local/lib/softhsm/libsofthsm2.so",
    "/opt/homebrew/lib/softhsm/libsofthsm2.so",
)
INSTALL = "apt-get install softhsm2 (Debian), dnf install softhsm (Fedora), brew install softhsm"
PIN, SO_PIN = "482915", "915482"


class NoModule(RuntimeError):
    """There is no SoftHSM; the text names the command that installs it."""


@cache
def find() -> Path:
    """Its library: VEREDA_SOFTHSM, else where packages put it."""
    given = os.environ.get("VEREDA_SOFTHSM")
    for path in map(Path, [given] if given else LIBRARIES):
        if path.exists() and shutil.which("softhsm2-util"):
            return path
    raise NoModule(f"The tests of hardware keys need SoftHSM: {INSTALL}; or set VEREDA_SOFTHSM.")


def install() -> Path:
    """Find it or bring it by apt, which root may."""
    commands: list[list[str]] = []
    if os.geteuid() == 0 and shutil.which("apt-get"):
        apt = ["apt-get", "install", "-y", "--no-install-recommends", "softhsm2"]
        commands = [apt, ["apt-get", "update"], apt]
    for command in commands:
        try:
            return find()
        except NoModule:
            print(f"· {' '.join(command)} …", file=sys.stderr, flush=True)  # noqa: T201
            subprocess.run(command, check=False)
    return find()


@dataclass(frozen=True)
class Token:
    """A token of one test: where it keeps its things, its label, and what a process needs."""

    folder: Path
    label: str = "vereda test"

    @property
    def configuration(self) -> Path:
        return self.folder / "softhsm2.conf"

    @property
    def things(self) -> Path:
        return self.folder / "tokens"

    @property
    def variables(self) -> dict[str, str]:
        """For a process that works with it."""
        return {
            "SOFTHSM2_CONF": str(self.configuration),
            "VEREDA_PKCS11_MODULE": str(find()),
            "VEREDA_PKCS11_TOKEN": self.label,
            "VEREDA_PKCS11_PIN": PIN,
        }

    def make(self) -> "Token":
        """Set it up."""
        self.things.mkdir(parents=True)
        lines = (
            f"directories.tokendir = {self.things}",
            "objectstore.backend = file",
            "log.level = ERROR",
        )
        self.configuration.write_text("\n".join(lines) + "\n", encoding="utf-8")
        words = ["softhsm2-util", "--init-token", "--free", "--label", self.label]
        pins = ["--pin", PIN, "--so-pin", SO_PIN]
        environment = {**os.environ, "SOFTHSM2_CONF": str(self.configuration)}
        subprocess.run([*words, *pins], env=environment, check=True, capture_output=True)
        return self


@contextmanager
def token_of(folder: Path) -> Iterator[Token]:
    """A token for this process, which had perhaps another before."""
    token = Token(folder).make()
    before = os.environ.get("SOFTHSM2_CONF")
    os.environ["SOFTHSM2_CONF"] = str(token.configuration)
    library = pkcs11.lib(str(find()))
    library.reinitialize()
    try:
        yield token
    finally:
        library.finalize()
        if before is None:
            del os.environ["SOFTHSM2_CONF"]
        else:
            os.environ["SOFTHSM2_CONF"] = before


if __name__ == "__main__":
    try:
        install()
    except NoModule as missing:
        sys.exit(str(missing))
