"""Every heavy proof is run in full by `make prove`, and its figures stand in docs/measured.md."""

import re
from pathlib import Path

import pytest

from tests.benchmarks.__main__ import names
from tests.house.marks import HOUSE
from tests.house.proofs import MAKEFILE, proved, recorded, using
from tests.measured import TARGET, benches_of, proofs_of

PROVED = proved(MAKEFILE.read_text("utf-8"))
MISSING = "run: python -m tests.benchmarks NAME, or the proof; then python -m tests.measured"


def test_every_proof_is_run_in_full() -> None:
    left_out = {
        name for name in using() if not any(Path(name).is_relative_to(path) for path in PROVED)
    }
    assert left_out == set(), "the Makefile's PROOFS lacks them"
    assert len(using()) > 15


@pytest.mark.parametrize("path", PROVED)
def test_what_is_to_be_proved_is_there(path: str) -> None:
    assert (HOUSE / path).exists()


def test_every_benchmark_has_a_figure_on_the_page_and_no_other() -> None:
    assert set(benches_of(TARGET.read_text("utf-8"))) == set(names()), MISSING


def test_every_proof_has_a_figure_on_the_page_and_no_other() -> None:
    drawn = list(proofs_of(TARGET.read_text("utf-8")))
    wanted = recorded()
    assert [one for one in wanted if not any(re.fullmatch(one, name) for name in drawn)] == []
    assert [name for name in drawn if not any(re.fullmatch(one, name) for one in wanted)] == []


def test_a_proof_is_found_by_what_it_takes(tmp_path: Path) -> None:
    (tmp_path / "tests").mkdir()
    source = 'from tests.proofs import record\nrecord("a", "b", 1)\nrecord(f"c-{1}.x", "d", 1)\n'
    (tmp_path / "tests" / "test_a.py").write_text(source)
    whole = 'from tests import proofs\nproofs.record("e", "f", 1)\nbook.record("g")\n'
    (tmp_path / "tests" / "test_b.py").write_text(whole)
    (tmp_path / "tests" / "test_c.py").write_text("from tests.proofs import FIGURES\n")
    assert using(tmp_path) == {"tests/test_a.py", "tests/test_b.py"}
    assert recorded(tmp_path) == ["a", r"c\-.+\.x", "e"]
    assert proved("A = x\nPROOFS = \\\n\ttests/a.py \\\n\ttests/b\n\nB = y\n") == [
        "tests/a.py",
        "tests/b",
    ]
