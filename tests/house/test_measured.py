"""The page of figures: one line a figure, small counts told as such, nothing where nothing ran."""

from tests.measured import bench_line, benches_of, goals_told, merge, proof_line, proofs_of, write

BENCH = {
    "name": "page of the queue",
    "unit": "1/s",
    "ours": 3,
    "against": "empty",
    "theirs": 6,
    "ratio": 0.5,
    "goal": 0,
}
PROOF = {"name": "races", "what": "eight at once", "count": 8, "full": False, "two_permits": 0}
FAST = bench_line("queue", BENCH)
SMALL, FULL = proof_line(PROOF), proof_line({**PROOF, "count": 200, "full": True})


def test_every_figure_has_its_line() -> None:
    assert FAST == "| queue | page of the queue | 1/s | 3 | empty | 6 | 0.5 | 0 |\n"
    assert SMALL == "| races | eight at once | 8 (`make test`) | two permits 0 |\n"
    assert FULL == "| races | eight at once | 200 | two permits 0 |\n"
    lines = write({"queue": [FAST, FAST]}, {"races": FULL}).splitlines(keepends=True)
    assert (lines.count(FAST), lines.count(FULL)) == (2, 1)


def test_nothing_is_claimed_where_nothing_ran() -> None:
    lines = write({}, {}).splitlines()
    assert [line for line in lines if "yet |" in line] == [
        "| not measured yet | | | | | | | |",
        "| not proved yet | | | |",
    ]


def test_a_reader_is_told_which_goals_are_missed() -> None:
    slow = bench_line("queue", {**BENCH, "goal": 0.6})
    met = bench_line("print", {**BENCH, "name": "card", "goal": 0.5})
    page = write({"print": [met], "queue": [slow, FAST]}, {})
    told = "**Missed: 1 of 2 goals.**\n\n- page of the queue beside empty: 0.5 of 0.6\n"
    assert told in page
    assert "card beside" not in page
    assert "Each of the 1 goals is met." in write({"print": [met]}, {})
    assert goals_told([FAST]) == ""
    assert benches_of(page) == {"print": [met], "queue": [slow, FAST]}


def test_the_page_is_read_as_it_was_written() -> None:
    page = write({"queue": [FAST, FAST]}, {"races": FULL})
    assert benches_of(page) == {"queue": [FAST, FAST]}
    assert proofs_of(page) == {"races": FULL}
    assert (benches_of(write({}, {})), proofs_of(write({}, {}))) == ({}, {})


def test_what_was_not_measured_anew_stays_and_what_is_no_more_goes() -> None:
    gone = bench_line("no-such-benchmark", BENCH)
    before = write({"queue": [FAST], "no-such-benchmark": [gone]}, {"races": SMALL, "none": SMALL})
    faster = bench_line("queue", {**BENCH, "ours": 4})
    assert merge(before, {}, {}) == write({"queue": [FAST]}, {"races": SMALL})
    assert merge(before, {"queue": [faster]}, {}) == write({"queue": [faster]}, {"races": SMALL})


def test_a_small_count_takes_no_full_ones_place() -> None:
    small, full = (write({}, {"races": line}) for line in (SMALL, FULL))
    assert merge(full, {}, {"races": SMALL}) == full
    assert merge(small, {}, {"races": FULL}) == full
    assert merge("", {}, {"races": SMALL}) == small
