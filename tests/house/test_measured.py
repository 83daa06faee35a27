"""The page of figures: one line a figure, small counts told as such, nothing where nothing ran."""

from tests.measured import write

BENCH = {
    "name": "queue",
    "unit": "1/s",
    "ours": 3,
    "against": "empty",
    "theirs": 6,
    "ratio": 0.5,
    "goal": 0,
}
PROOF = {"name": "races", "what": "eight at once", "count": 8, "full": False, "two_permits": 0}


def test_every_figure_has_its_line() -> None:
    lines = write([BENCH], [PROOF, {**PROOF, "count": 200, "full": True}]).splitlines()
    assert "| queue | 1/s | 3 | empty | 6 | 0.5 | 0 |" in lines
    assert "| races | eight at once | 8 (`make test`) | two permits 0 |" in lines
    assert "| races | eight at once | 200 | two permits 0 |" in lines


def test_nothing_is_claimed_where_nothing_ran() -> None:
    lines = write([], []).splitlines()
    assert [line for line in lines if "yet |" in line] == [
        "| not measured yet | | | | | | |",
        "| not proved yet | | | |",
    ]
