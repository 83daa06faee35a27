"""Set-up on a strange machine: what is missing is one sentence, what is fresh is skipped."""

import ast
import os
import runpy
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HOUSE = Path(__file__).parent.parent
STUB = """#!{python}
import pathlib, sys
name = pathlib.Path(sys.argv[0]).name
house = pathlib.Path({house!r})
with (house / "ran").open("a", encoding="utf-8") as ran:
    print(name, *sys.argv[1:], file=ran)
if name == "node":
    print("v24.1.0")
if (house / "fails").exists() and name == (house / "fails").read_text("utf-8"):
    sys.exit(7)
for made in {{"npm": ("node_modules", "app/web/static/vendor")}}.get(name, ()):
    (house / made).mkdir(parents=True, exist_ok=True)
(house / "app/web/locales/en/LC_MESSAGES/messages.mo").touch()
if "app.web.pages.voices" in sys.argv:
    audio = house / "app/web/static/vendor/audio"
    audio.mkdir(parents=True, exist_ok=True)
    (audio / "manifest.json").touch()
"""
"""Stands for pip, uv, npm, node and vereda: notes what it was asked, and makes what they make."""

OLD = "import sys; sys.version_info = (3, 10, 4, 'final', 0)"
NO_VENV = "import sys; sys.modules['ensurepip'] = None"


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A house with our set-up, and programs that only note what they are asked."""
    house = tmp_path / "house"
    for folder in ("app/web/static", "app/web/scanner", "app/web/locales/en/LC_MESSAGES"):
        (house / folder).mkdir(parents=True)
    for folder in ("app/web/pages", "app/web/voices"):
        (house / folder).mkdir()
    (house / "app/web/wording").mkdir()
    rooms = ("steps", "tablet_steps", "voices", "complaint_voices")
    pages = [f"pages/{one}.py" for one in rooms]
    for name in (*pages, "wording/check_ins.py", "wording/complaint_filing.py"):
        (house / "app/web" / name).write_text(name, encoding="utf-8")
    for name in ("setup_house.py", "Makefile"):
        shutil.copy(HOUSE / name, house)
    for name in ("pyproject.toml", "package.json", "package-lock.json"):
        (house / name).write_text(name, encoding="utf-8")
    for lock in ("requirements.lock", "requirements-dev.lock", "requirements-node.lock"):
        (house / lock).write_text(lock, encoding="utf-8")
    (house / "app/web/locales/en/LC_MESSAGES/words.po").write_text("words", encoding="utf-8")
    programs = house / ".venv" / "bin"
    programs.mkdir(parents=True)
    for name in ("python", "uv", "npm", "node", "vereda"):
        stub = programs / name
        stub.write_text(STUB.format(python=sys.executable, house=str(house)), encoding="utf-8")
        stub.chmod(0o755)
    return house


def set_up(house: Path, task: str, before: str = "") -> tuple[int, str]:
    """Run a task on the bare Python, in surroundings that `before` spoils; its code and words."""
    code = f"{before}\nimport runpy, sys\nsys.argv = ['setup_house.py', {task!r}]\n"
    code += f"runpy.run_path({str(house / 'setup_house.py')!r}, run_name='__main__')"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=house, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stderr


def ran(house: Path) -> list[str]:
    """What the programs were asked since the last time."""
    noted = house / "ran"
    lines = noted.read_text("utf-8").splitlines() if noted.exists() else []
    noted.unlink(missing_ok=True)
    return [line.replace(f"{house}/", "").replace(str(house), ".") for line in lines]


INSTALL = "uv pip install --quiet --python .venv/bin/python"


def test_run_sets_up_everything_and_serves_and_again_only_serves(house: Path) -> None:
    code, said = set_up(house, "run")
    assert code == 0
    first, *beside, compiled, spoken, served = ran(house)
    assert (first, compiled, spoken, served) == (
        "node --version",
        "python -m app.web.i18n_catalogues compile",
        "python -m app.web.pages.voices",
        "vereda serve",
    )
    # The front end is built beside the packages of Python, each of the two in its order.
    assert [line for line in beside if line.startswith("npm")] == [
        "npm ci --silent",
        "npm run --silent build",
    ]
    assert [line for line in beside if not line.startswith("npm")] == [
        f"{INSTALL} --require-hashes -r requirements.lock",
        f"{INSTALL} --no-deps --editable .",
    ]
    steps = [line for line in said.splitlines() if line.startswith("·")]
    assert sorted(steps[:-2]) == [
        "· Python packages …",
        "· front-end assets …",
        "· front-end packages …",
    ]
    assert steps[-2:] == ["· translations …", "· questions said aloud …"]
    assert set_up(house, "run") == (0, "")
    assert ran(house) == ["node --version", "vereda serve"]


@pytest.mark.parametrize(
    ("changed", "anew"),
    [
        ("requirements.lock", f"{INSTALL} --require-hashes -r requirements.lock"),
        ("package-lock.json", "npm ci --silent"),
        ("app/web/scanner/new.mjs", "npm run --silent build"),
        ("app/web/locales/en/LC_MESSAGES/words.po", "python -m app.web.i18n_catalogues compile"),
    ],
)
def test_a_step_is_done_anew_where_what_it_reads_changed(
    house: Path, changed: str, anew: str
) -> None:
    set_up(house, "setup")
    ran(house)
    (house / changed).write_text("changed", encoding="utf-8")
    assert set_up(house, "setup")[0] == 0
    assert anew in ran(house)
    set_up(house, "setup")
    assert ran(house) == ["node --version"]


def test_a_step_is_done_anew_where_what_it_makes_is_gone(house: Path) -> None:
    set_up(house, "setup")
    ran(house)
    shutil.rmtree(house / "node_modules")
    set_up(house, "setup")
    assert ran(house) == ["node --version", "npm ci --silent"]


def test_a_step_that_failed_is_told_and_tried_again(house: Path) -> None:
    (house / "fails").write_text("npm", encoding="utf-8")
    code, said = set_up(house, "setup")
    assert (code, said.splitlines()[-1]) == (
        1,
        "This failed, and its words above say why: npm ci --silent",
    )
    (house / "fails").unlink()
    ran(house)
    assert set_up(house, "setup")[0] == 0
    assert "npm ci --silent" in ran(house)


def test_tools_are_the_developers_packages_and_a_browser(house: Path) -> None:
    assert set_up(house, "packages")[0] == 0
    asked = ran(house)
    assert f"{INSTALL} --require-hashes -r requirements-dev.lock" in asked
    assert "python -m tests.chromium" not in asked
    assert set_up(house, "tools")[0] == 0
    assert ran(house)[-2:] == ["python -m tests.chromium", "python -m tests.softhsm"]


@pytest.mark.parametrize(
    ("task", "before", "sentence"),
    [
        (
            "run",
            OLD,
            "Vereda needs Python 3.11 or newer and this is 3.10: "
            "install it and run `make PYTHON=python3.11 …`.",
        ),
        (
            "setup",
            NO_VENV,
            "This Python cannot make virtual environments: install the package python3-venv.",
        ),
        ("test", "", "There is no task 'test': run, setup, packages or tools."),
    ],
)
def test_what_is_missing_is_one_sentence(
    house: Path, task: str, before: str, sentence: str
) -> None:
    assert set_up(house, task, before) == (1, f"{sentence}\n")
    assert ran(house) == []


def test_an_old_python_can_read_it() -> None:
    ast.parse((HOUSE / "setup_house.py").read_text("utf-8"), feature_version=(3, 7))


@pytest.mark.parametrize("task", ["run", "setup", "packages", "tools"])
def test_make_without_a_python_says_what_to_install(house: Path, task: str) -> None:
    done = subprocess.run(
        ["make", task, "PYTHON=no-such-python"],
        cwd=house,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    told = done.stderr.splitlines()[0]
    assert told == "Vereda needs Python 3.11 or newer: install it, or name it by PYTHON=python3.11."
    assert "not found" not in done.stderr


def test_make_passes_the_task_on(house: Path) -> None:
    done = subprocess.run(
        ["make", "run", f"PYTHON={sys.executable}"],
        cwd=house,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, ran(house)[-1]) == (0, "vereda serve")


def browser(folder: Path, code: str) -> subprocess.CompletedProcess[str]:
    """What tests/chromium.py does on a machine whose programs all stand in one folder."""
    variables = {**os.environ, "PATH": str(folder), "PLAYWRIGHT_BROWSERS_PATH": str(folder)}
    variables.pop("VEREDA_CHROMIUM", None)
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=HOUSE,
        env={**variables, "PYTHONPATH": str(HOUSE)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_missing_browser_is_a_failure_with_the_command(tmp_path: Path) -> None:
    done = browser(tmp_path, "from tests import chromium; chromium.find()")
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == (
        "tests.chromium.NoBrowser: The journeys need Chromium: run "
        "`.venv/bin/playwright install --with-deps chromium`, or set VEREDA_CHROMIUM."
    )


def test_a_browser_that_is_there_is_found(tmp_path: Path) -> None:
    program = tmp_path / "chromium-browser"
    program.touch(mode=0o755)
    done = browser(tmp_path, "from tests import chromium; print(chromium.find())")
    assert done.stdout.strip() == str(program)


def test_an_environment_of_another_python_is_made_anew(house: Path) -> None:
    made = runpy.run_path(str(house / "setup_house.py"))
    note = house / ".venv" / "pyvenv.cfg"
    for version, stays in ((sys.version_info, True), ((3, 10, 4), False)):
        note.write_text("home = /usr/bin\nversion = {}.{}.{}\n".format(*version[:3]), "utf-8")
        made["leave_other_python"]()
        assert (house / ".venv").exists() is stays


def test_the_newest_python_that_can_make_an_environment_is_taken(
    house: Path, tmp_path: Path
) -> None:
    machine = tmp_path / "machine"
    machine.mkdir()
    for name, works in (("python3.13", False), ("python3.12", True), ("python3.11", True)):
        stub = machine / name
        stub.write_text(f"#!/bin/sh\n{'exit 0' if works else 'exit 127'}\n", encoding="utf-8")
        stub.chmod(0o755)
    path = {**os.environ, "PATH": f"{machine}{os.pathsep}{os.environ['PATH']}"}
    told = subprocess.run(
        ["make", "-n", "setup"], cwd=house, env=path, capture_output=True, text=True, check=True
    )
    assert told.stdout.splitlines()[-1] == "python3.12 setup_house.py setup"
