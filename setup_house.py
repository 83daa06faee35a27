"""Set-up behind `make`: brings what is missing, says each long step, skips what is fresh.

It runs on the bare Python of the machine, so it imports nothing but the standard library and its
text stays readable for a Python that is too old. A step is fresh while the files it reads are the
same as when it last ended well (a stamp in build/stamps).
"""

import hashlib
import os
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

OLDEST = (3, 11)
OLDEST_NODE = 20
HOUSE = Path(__file__).resolve().parent
VENV = HOUSE / ".venv"
BIN = VENV / "bin"
STAMPS = HOUSE / "build" / "stamps"
WEB = HOUSE / "app" / "web"
ASSETS = WEB / "static"
SCANNER = WEB / "scanner"
BRIGADE = WEB / "brigade"
GATE = WEB / "gate"
LOCALES = WEB / "locales"


class Missing(Exception):
    """A prerequisite is missing; the text is one sentence that says what to do."""


def say(line: str) -> None:
    """One line of progress."""
    sys.stderr.write(f"{line}\n")  # at once: two steps may speak at the same time
    sys.stderr.flush()


def run(*command: object) -> None:
    """Run a program of the set-up; its own words tell what went wrong."""
    environment = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}
    words = [str(word) for word in command]
    done = subprocess.run(words, cwd=HOUSE, env=environment, check=False)  # noqa: S603
    if done.returncode:
        raise Missing(f"This failed, and its words above say why: {' '.join(words)}")


def step(
    name: str, told: str, reads: "list[Path]", makes: Path, *commands: "tuple[object, ...]"
) -> None:
    """Run the commands unless the step is fresh: what it makes stands and what it reads is same."""
    digest = hashlib.sha256(f"{sys.version_info[:2]} {HOUSE}".encode())
    for path in sorted(reads):
        digest.update(path.name.encode() + path.read_bytes())
    stamp = STAMPS / name
    if makes.exists() and stamp.exists() and stamp.read_text() == digest.hexdigest():
        return
    say(f"· {told} …")
    begun = time.monotonic()
    for command in commands:
        run(*command)
    STAMPS.mkdir(parents=True, exist_ok=True)
    stamp.write_text(digest.hexdigest())
    say(f"  {time.monotonic() - begun:.1f} s")


def files_below(*folders: Path) -> "list[Path]":
    """Every file of these folders, whatever is built or cached left out."""
    found = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    return [path for path in found if not {"vendor", "__pycache__"} & set(path.parts)]


def check_python() -> None:
    """Refuse a Python that is too old or that cannot make virtual environments."""
    if sys.version_info < OLDEST:
        found = ".".join(map(str, sys.version_info[:2]))
        raise Missing(
            f"Vereda needs Python 3.11 or newer and this is {found}: "
            "install it and run `make PYTHON=python3.11 …`."
        )
    try:
        __import__("ensurepip")
        __import__("venv")
    except ImportError as error:
        raise Missing(
            "This Python cannot make virtual environments: install the package python3-venv."
        ) from error


def leave_other_python() -> None:
    """Take the environment away where another Python made it: its packages would not fit."""
    note = VENV / "pyvenv.cfg"
    ours = "version = {}.{}.".format(*sys.version_info[:2])
    if note.exists() and ours not in note.read_text("utf-8"):
        say("· the virtual environment is of another Python: made anew …")
        shutil.rmtree(VENV)


def set_up_python(lock: str) -> None:
    """The virtual environment, uv in it, the packages of a lock with their hashes, ourselves."""
    leave_other_python()
    if not (BIN / "python").exists():
        say("· virtual environment …")
        run(sys.executable, "-m", "venv", VENV)
    if not (BIN / "uv").exists():
        say("· uv …")
        run(BIN / "python", "-m", "pip", "install", "--quiet", "uv")
    install = (BIN / "uv", "pip", "install", "--quiet", "--python", BIN / "python")
    locked = HOUSE / lock
    step(
        lock,
        "Python packages",
        [locked, HOUSE / "pyproject.toml"],
        BIN / "vereda",
        (*install, "--require-hashes", "-r", locked),
        (*install, "--no-deps", "--editable", HOUSE),
    )


def has_node() -> bool:
    """Whether the machine, or the environment, has Node and npm that are new enough."""
    node = shutil.which("node", path=f"{BIN}{os.pathsep}{os.environ['PATH']}")
    if node and shutil.which("npm", path=f"{BIN}{os.pathsep}{os.environ['PATH']}"):
        told = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)  # noqa: S603
        return int(told.stdout.strip().lstrip("v").split(".")[0] or 0) >= OLDEST_NODE
    return False


def set_up_node() -> None:
    """Node from PyPI, in the environment."""
    lock = HOUSE / "requirements-node.lock"
    install = (BIN / "uv", "pip", "install", "--quiet", "--python", BIN / "python")
    step("node", "Node", [lock], BIN / "node", (*install, "--require-hashes", "-r", lock))


def set_up_assets() -> None:
    """The front end's packages and its built files."""
    packages = [HOUSE / "package.json", HOUSE / "package-lock.json"]
    modules = HOUSE / "node_modules"
    step("npm", "front-end packages", packages, modules, ("npm", "ci", "--silent"))
    sources = [*packages, *files_below(ASSETS, SCANNER, BRIGADE, GATE)]
    build = ("npm", "run", "--silent", "build")
    step("assets", "front-end assets", sources, ASSETS / "vendor", build)


def set_up_wording() -> None:
    """The translations in machine form."""
    words = list(LOCALES.rglob("*.po"))
    compiled = (BIN / "python", "-m", "app.web.i18n_catalogues", "compile")
    made = LOCALES / "en" / "LC_MESSAGES" / "messages.mo"
    step("wording", "translations", words, made, compiled)


def set_up_voices() -> None:
    """The questions said aloud; where the machine has no voice, the recorded ones alone."""
    found = all(shutil.which(name) for name in ("espeak-ng", "opusenc"))
    rooms = ("steps", "tablet_steps", "voices", "complaint_voices")
    written = [WEB / "pages" / f"{name}.py" for name in rooms]
    worded = [WEB / "wording" / f"{name}.py" for name in ("check_ins", "complaint_filing")]
    said = [*written, *worded, *files_below(WEB / "voices")]
    spoken = (BIN / "python", "-m", "app.web.pages.voices")
    name = "voices-made" if found else "voices-recorded"
    made = ASSETS / "vendor" / "audio" / "manifest.json"
    step(name, "questions said aloud", [*said, *LOCALES.rglob("*.po")], made, spoken)


def set_up(lock: str) -> None:
    """Everything that serving needs, or with the developers' lock everything that tests need.

    Where there is Node the front end is built beside the installing of Python's packages.
    """
    check_python()
    with ThreadPoolExecutor(max_workers=1) as beside:
        front = beside.submit(set_up_assets) if has_node() else None
        set_up_python(lock)
        if front is None:
            set_up_node()
            set_up_assets()
        else:
            front.result()
    set_up_wording()
    set_up_voices()


def main(task: str) -> None:
    """`run`: set up and serve; `setup`: for serving; `packages`: for checks; `tools`: for tests."""
    if task == "run":
        set_up("requirements.lock")
        sys.stderr.flush()
        os.chdir(HOUSE)
        os.execv(BIN / "vereda", ["vereda", "serve"])  # noqa: S606 ours; signals reach it directly
    elif task == "setup":
        set_up("requirements.lock")
    elif task == "packages":
        set_up("requirements-dev.lock")
    elif task == "tools":
        set_up("requirements-dev.lock")
        run(BIN / "python", "-m", "tests.chromium")
        run(BIN / "python", "-m", "tests.softhsm")
    else:
        raise Missing(f"There is no task {task!r}: run, setup, packages or tools.")


if __name__ == "__main__":
    try:
        main(sys.argv[1] if len(sys.argv) > 1 else "setup")
    except Missing as missing:
        say(str(missing))
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
