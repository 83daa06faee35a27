"""Reads the text of a picture where the optional extra `ocr` is installed.

Nothing leaves the house: the models come inside the wheel of rapidocr-onnxruntime.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from threading import Lock
from typing import Any

MODULE = "rapidocr_onnxruntime"

LONGEST_WAIT = 20.0
"""Seconds until whoever asks is told to try again: the one before takes three of a free machine."""


@dataclass(frozen=True)
class _Piece:
    """Some words as they stand in the picture, in pixels."""

    text: str
    left: float
    middle: float
    height: float


class RapidOcr:
    """One reader for the process, made at the first picture, that one thread uses at a time."""

    def __init__(self, module: str = MODULE, longest_wait: float = LONGEST_WAIT) -> None:
        self._module, self._longest_wait = module, longest_wait
        self._engine: Any = None
        self._lock = Lock()

    def read_lines(self, picture: bytes) -> Sequence[str]:
        """The lines of a JPEG or PNG from top to bottom; () where there are none.

        OSError where others have kept it busy for too long.
        """
        if not self._lock.acquire(timeout=self._longest_wait):
            raise OSError("the reader is busy")
        try:
            if self._engine is None:
                self._engine = _open(self._module)
            found, _ = self._engine(picture)
        finally:
            self._lock.release()
        return _lines([_piece(box, str(text)) for box, text, *_ in found or ()])


def open_zone_reader(module: str = MODULE) -> RapidOcr | None:
    """The reader, or None where the extra, with its package of this name, is not installed."""
    return RapidOcr(module) if find_spec(module) is not None else None


def _open(module: str) -> Any:  # noqa: ANN401  (a package that brings no types)
    engine = import_module(module).RapidOCR()
    # Its guess which way is up turns lines of fillers around; the switch has two names by version.
    engine.use_cls = engine.use_angle_cls = False
    return engine


def _piece(box: Sequence[Sequence[float]], text: str) -> _Piece:
    """The corners of the box go round from the upper left."""
    tops, lefts = [float(y) for _, y in box], [float(x) for x, _ in box]
    return _Piece(text, min(lefts), sum(tops) / len(tops), max(tops) - min(tops))


def _lines(pieces: Sequence[_Piece]) -> list[str]:
    """Pieces of one height beside each other are one line: a reader parts it at a wide gap."""
    rows: list[list[_Piece]] = []
    for piece in sorted(pieces, key=lambda one: one.middle):
        beside = rows[-1][-1] if rows else None
        if beside and piece.middle - beside.middle < min(piece.height, beside.height) / 2:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return ["".join(one.text for one in sorted(row, key=lambda one: one.left)) for row in rows]
