"""Families of codes that many rooms put into words, each code in one of them."""

from collections import Counter
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

_NAMES = {one.name for one in iter_modules([str(Path(__file__).parent)])} - {"families"}
_ROOMS = [import_module(f"{__package__}.{name}") for name in sorted(_NAMES)]
"""Every other file of this folder."""


def every(family: str) -> list[Mapping[str, str]]:
    """What each room says of a family."""
    return [getattr(room, family) for room in _ROOMS if hasattr(room, family)]


def once(*tables: Mapping[str, str]) -> dict[str, str]:
    """One family of several tables; ValueError for codes that two of them put into words.

    One of the two would be said, in silence, where the other is meant.
    """
    told = Counter(code for table in tables for code in table)
    if doubles := sorted(code for code, times in told.items() if times > 1):
        raise ValueError(f"worded twice: {', '.join(doubles)}")
    return {code: words for table in tables for code, words in table.items()}
