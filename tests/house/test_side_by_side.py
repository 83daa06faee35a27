"""Processes that share one collection tell every outcome, and one that dies takes no test along."""

import os
import subprocess
import sys
from pathlib import Path

HOUSE = Path(__file__).parents[2]
FILES = {
    "test_first.py": """
import os

def test_dies(): os._exit(7)
def test_goes_on_elsewhere(tmp_path): print("said"); assert tmp_path.exists()
""",
    "test_second.py": """
import pytest

@pytest.fixture(scope="module")
def once():
    yield [0]
    print("taken down")

def test_counts(once): once[0] += 1
def test_sees_what_its_module_set_up(once): assert once == [1]
def test_fails(once): assert once == [2], "told as it is"
""",
    "test_third.py": "def test_stands(): pass\n",
}


def tried(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    for name, text in FILES.items():
        (folder / name).write_text(text, "utf-8")
    own = {**os.environ, "PYTHONPATH": str(HOUSE), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    words = ["-p", "tests.side_by_side", "--processes", "2", "-q", "--rootdir", str(folder)]
    command = [sys.executable, "-m", "pytest", *words, *options, str(folder)]
    return subprocess.run(
        command, env=own, cwd=folder, capture_output=True, text=True, check=False, timeout=60
    )


def test_every_outcome_is_told_and_a_crash_is_a_failure(tmp_path: Path) -> None:
    told = tried(tmp_path)
    assert told.returncode == 1, told.stdout + told.stderr
    assert "2 failed, 4 passed" in told.stdout
    assert "test_first.py::test_dies - The process of the tests ended with 7." in told.stdout
    assert "test_second.py::test_fails - AssertionError: told as it is" in told.stdout
    assert told.stdout.count("taken down") == 1  # heard with what failed, and by nobody else


def test_it_stops_where_it_is_asked_to(tmp_path: Path) -> None:
    told = tried(tmp_path, "-x", "-k", "dies or elsewhere or counts")
    assert told.returncode == 1, told.stdout + told.stderr
    assert "1 failed" in told.stdout
    assert "stopping after 1 failures" in told.stdout
