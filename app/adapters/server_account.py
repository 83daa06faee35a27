"""The unprivileged account that the embedded server runs as, and the folders that it can reach.

PostgreSQL refuses to run as root. Where the service is started by root, the server runs as an
account of its own, and no permission of any folder that is not ours is ever changed: what the
account cannot reach is put elsewhere.
"""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ACCOUNT = "vereda"
SYSTEM_FOLDERS = (Path("/var/lib"), Path("/var/db"), Path("/var/tmp"))  # noqa: S108 made 0711


class EmbeddedServerError(RuntimeError):
    """The embedded server cannot do what was asked; the text says why and what helps."""


@dataclass(frozen=True)
class Account:
    """Who the server's programs run as; `uid` None means: as ourselves, no change needed."""

    name: str
    uid: int | None = None
    gid: int | None = None

    def run(
        self, command: Sequence[str | Path], *, text: str = "", seconds: float = 60
    ) -> subprocess.CompletedProcess[str]:
        """Run a program as this account with a bare environment; `text` goes to its input.

        The output goes to a file: a pipe would be held open by a server that is left running.
        """
        with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as output:
            done = subprocess.run(  # noqa: S603 our own programs, no shell
                [str(part) for part in command],
                input=text,
                stdout=output,
                stderr=subprocess.STDOUT,
                text=True,
                timeout=seconds,
                cwd="/",
                env={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
                check=False,
                user=self.uid,
                group=self.gid,
                extra_groups=None if self.uid is None else [],
                umask=0o077,
            )
            output.seek(0)
            return subprocess.CompletedProcess(done.args, done.returncode, output.read())

    def write(self, path: Path, text: str) -> None:
        """Write a file as this account, where only it may write."""
        done = self.run(["/bin/sh", "-c", 'cat > "$1"', "sh", path], text=text)
        if done.returncode:
            raise EmbeddedServerError(f"{path} cannot be written: {done.stdout.strip()}")

    def own(self, path: Path) -> None:
        """Give a file or folder that we have just made to this account."""
        if self.uid is not None and self.gid is not None:
            os.chown(path, self.uid, self.gid, follow_symlinks=False)

    def reaches(self, folder: Path) -> bool:
        """Whether this account can enter the folder; asked of the system, not read from bits."""
        if self.uid is None:
            return os.access(folder, os.X_OK)
        return self.run(["/bin/sh", "-c", 'cd "$1"', "sh", folder]).returncode == 0


def server_account() -> Account:
    """Ourselves, or for root the account `vereda`, made if missing, else `nobody`.

    Not `postgres`: the real database of the machine may belong to it.
    """
    if os.geteuid() != 0:
        return Account(_own_name())
    for name in (ACCOUNT, "nobody"):
        if name == ACCOUNT:
            _make_account(name)
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        if entry.pw_uid != 0:
            return Account(name, entry.pw_uid, entry.pw_gid)
    raise EmbeddedServerError(
        "PostgreSQL refuses to run as root and there is no other account: "
        "make one (useradd --system vereda) or run as a normal user."
    )


def _own_name() -> str:
    try:
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError as error:
        raise EmbeddedServerError(
            f"PostgreSQL needs an account name for user id {os.geteuid()}: "
            "add it to /etc/passwd or set VEREDA_DATABASE_URL."
        ) from error


def _make_account(name: str) -> None:
    """Add the system account where it is missing; where that fails another account serves."""
    program = shutil.which("useradd")
    try:
        pwd.getpwnam(name)
    except KeyError:
        if program:
            options = ["--system", "--no-create-home", "--user-group", "--shell", "/bin/false"]
            subprocess.run(  # noqa: S603 fixed arguments
                [program, *options, name], check=False, capture_output=True
            )


def system_folder(account: Account) -> Path:
    """A folder of ours outside every home, which the account can enter; made when missing."""
    for parent in SYSTEM_FOLDERS:
        folder = parent / "vereda"
        try:
            folder.mkdir()
            folder.chmod(0o711)  # whatever the umask says
        except FileExistsError:
            pass
        except OSError:
            continue
        ours = folder.lstat().st_uid == os.geteuid() and not folder.is_symlink()
        if ours and account.reaches(folder):
            return folder
    raise EmbeddedServerError(
        f"No folder can be reached by the account {account.name}: "
        "set DATA_DIR to one that it can enter, or set VEREDA_DATABASE_URL."
    )
