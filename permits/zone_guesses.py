"""The zone of a document among the lines that a machine read in its picture: a guess to confirm.

A reader miscounts the fillers and takes a letter for a digit; where the layout says what stands
(ICAO 9303 parts 4 and 5), both are mended. A digit that is wrong all the same shows in the check
digits, so the guess with the fewest of those is taken, and one with many is none.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from permits.errors import Invalid
from permits.mrz import SHAPES, check_mrz

MOST_WRONG = 2
"""Check digits and dates that may not hold: beyond them a guess only misleads who corrects it."""

_FILLERS = str.maketrans(
    {"«": "<<", "‹": "<", "＜": "<", "〈": "<", "《": "<<", "(": "<", "{": "<"}
)
_DIGITS, _LETTERS = str.maketrans("OQDILZSBG", "000112586"), str.maketrans("012568", "OIZSGB")
_RUN = re.compile("<+")

Places = tuple[int, int]
"""From a position up to another, which no more belongs to it."""

_NUMBERS: dict[str, tuple[tuple[Places, ...], ...]] = {
    "td3": ((), ((9, 10), (13, 20), (21, 28), (43, 44))),
    "td1": (((14, 15),), ((0, 7), (8, 15), (29, 30)), ()),
}
"""Where only digits stand, line by line."""

_NAMES: dict[str, tuple[tuple[Places, ...], ...]] = {
    "td3": (((0, 44),), ((10, 13), (20, 21))),
    "td1": (((0, 5),), ((7, 8), (15, 18)), ((0, 30),)),
}
"""Where none does."""

_NAMED = {"td3": 0, "td1": 2}
"""The line of the names."""


def find_zone(lines: Sequence[str], on: date) -> str:
    """The lines of the zone, one a row, mended; "" where these lines hold none.

    `lines` are read from top to bottom. What is wrong in what comes back is for a person to see.
    """
    clean = [line for line in map(_plain, lines) if line]
    guesses = [(wrong, guess) for guess in _guesses(clean) if (wrong := _wrong(guess, on)) >= 0]
    wrong, guess = min(guesses, default=(MOST_WRONG + 1, ""))
    return guess if wrong <= MOST_WRONG else ""


def _plain(line: str) -> str:
    return re.sub("[^A-Z0-9<]", "", line.upper().translate(_FILLERS))


def _guesses(clean: Sequence[str]) -> Iterator[str]:
    """Every so many lines in a row that can be made to fit a layout."""
    for (count, width), shape in SHAPES.items():
        for first in range(len(clean) - count + 1):
            lines = clean[first : first + count]
            fitted = [
                _pad(line, width) if at == _NAMED[shape] else _fit(line, width)
                for at, line in enumerate(lines)
            ]
            mended = [_mend(line, shape, at) for at, line in enumerate(fitted) if line]
            if len(mended) == count:
                yield "\n".join(mended)


def _pad(line: str, width: int) -> str:
    """The line of the names, which ends in fillers; "" where it is too short or too long."""
    bare = line.rstrip("<")
    return bare.ljust(width, "<") if width // 2 <= len(line) and len(bare) <= width else ""


def _fit(line: str, width: int) -> str:
    """The line at its width, by its longest run of fillers; "" where that cannot be."""
    missing = width - len(line)
    runs = sorted(_RUN.finditer(line), key=lambda run: run.end() - run.start())
    if missing == 0:
        return line
    if not runs or len(line) < width // 2:
        return ""
    start, end = runs[-1].span()
    if end - start + missing < 1:
        return ""
    return line[:start] + "<" * (end - start + missing) + line[end:]


def _mend(line: str, shape: str, at: int) -> str:
    for start, end in _NUMBERS[shape][at]:
        line = line[:start] + line[start:end].translate(_DIGITS) + line[end:]
    for start, end in _NAMES[shape][at]:
        line = line[:start] + line[start:end].translate(_LETTERS) + line[end:]
    return line


def _wrong(guess: str, on: date) -> int:
    """How many check digits and dates do not hold; -1 where it is no zone at all."""
    try:
        read = check_mrz(guess, on)
    except Invalid:
        return -1
    if not read.number or not read.surnames:
        return -1
    return sum(one.code != "mrz-expired" for one in read.warnings)
