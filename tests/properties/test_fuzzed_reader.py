"""What the fuzzer finds: no input makes the reader fall, and the scanner says the same of each.

`make test` replays the inputs that atheris once found to reach something new; `make prove` lets it
look for five minutes more, and replays those too.
"""

import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.proofs import record, times
from tests.scanner import twin
from tests.scanner.twin import running_twin
from tests.vectors import ladder
from tests.vectors.make_vectors import FOLDER

SECONDS = times(2, 300)
RUNGS = tuple(ladder.RUNGS)


def kept() -> list[str]:
    """The texts of the inputs that are kept."""
    found = json.loads((FOLDER / "corpus" / "reader.json").read_text("utf-8"))
    return [ladder.RUNGS[rung](bytes.fromhex(data)) for rung, data in found]


@pytest.mark.promise("P9")
def test_what_was_found_before() -> None:
    texts = kept()

    assert len(texts) > 150
    with running_twin() as scanner:
        assert twin.disagreements(scanner, texts) == []


@pytest.mark.promise("P9")
@pytest.mark.skipif(find_spec("atheris") is None, reason="atheris has wheels for Linux on x86-64")
def test_what_is_found_now(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.properties.fuzz_reader", str(SECONDS), str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3_000:]
    assert list(tmp_path.glob("found-*")) == []
    tried = int(done.stderr.partition("number_of_executed_units: ")[2].split()[0])

    inputs = [path.read_bytes() for path in sorted(tmp_path.iterdir())]
    texts = [ladder.RUNGS[RUNGS[data[0] % len(RUNGS)]](data[1:]) for data in inputs if data]
    with running_twin() as scanner:
        assert twin.disagreements(scanner, texts) == []
    assert tried > 100
    assert len(texts) > 40
    record(
        "fuzzing",
        "inputs made by atheris where they reach new code; those that did, judged by both readers",
        tried,
        seconds=SECONDS,
        judged_by_both=len(texts),
        crashes=0,
        disagreements=0,
    )
