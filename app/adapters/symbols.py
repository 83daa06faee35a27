"""QR symbols: drawn from a credential's text as SVG and PNG, and read from a picture."""

from collections import OrderedDict
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from threading import Lock

import zxingcpp
from PIL import Image, UnidentifiedImageError
from qrcode import ERROR_CORRECT_M, QRCode
from qrcode.util import MODE_8BIT_BYTE, MODE_ALPHA_NUM, QRData

from permits.base45 import ALPHABET

QUIET_ZONE = 4
"""Modules of white around a symbol (ISO/IEC 18004)."""

MAX_PICTURE = 40_000_000
"""Pixels of a picture that is read; a phone takes 12 to 50 million, scaled down before."""

_QR_ONLY = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])

Modules = tuple[tuple[bool, ...], ...]
"""Rows of a symbol from the top, true for dark, without its quiet zone."""


class NoPicture(Exception):
    """The file is no picture, or one that is too large to be read."""


class Symbols:
    """Draws symbols at error correction M; the latest are kept, by hash of their text.

    Drawing takes about 30 ms, a thousand signatures' time, so nothing is drawn while issuing.
    """

    def __init__(self, kept: int = 512) -> None:
        """Keep at most so many symbols (about 6 KB each)."""
        self._kept = kept
        self._modules: OrderedDict[bytes, Modules] = OrderedDict()
        self._lock = Lock()

    def modules(self, text: str) -> Modules:
        """Return the symbol of `text`; alphanumeric where its alphabet allows, else bytes."""
        name = sha256(text.encode()).digest()
        with self._lock:
            found = self._modules.get(name)
            if found is not None:
                self._modules.move_to_end(name)
                return found
        drawn = _draw(text)
        with self._lock:
            self._modules[name] = drawn
            while len(self._modules) > self._kept:
                self._modules.popitem(last=False)
        return drawn

    def svg(self, text: str) -> str:
        """Return the symbol as SVG, one unit a module; sized by whoever embeds it."""
        modules = self.modules(text)
        side = len(modules) + 2 * QUIET_ZONE
        path = "".join(
            f"M{start + QUIET_ZONE} {row + QUIET_ZONE}h{length}v1h-{length}z"
            for row, line in enumerate(modules)
            for start, length in _runs(line)
        )
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}"'
            ' shape-rendering="crispEdges">'
            f'<path fill="#fff" d="M0 0h{side}v{side}H0z"/><path d="{path}"/></svg>'
        )

    def png(self, text: str, pixels_per_module: int = 8) -> bytes:
        """Return the symbol as a black and white PNG, quiet zone included."""
        modules = self.modules(text)
        side = len(modules) + 2 * QUIET_ZONE
        small = Image.new("1", (side, side), 1)
        for row, line in enumerate(modules):
            for column, dark in enumerate(line):
                if dark:
                    small.putpixel((column + QUIET_ZONE, row + QUIET_ZONE), 0)
        size = side * pixels_per_module
        picture = BytesIO()
        small.resize((size, size), Image.Resampling.NEAREST).save(picture, "PNG", optimize=True)
        return picture.getvalue()


def read_picture(path: Path) -> list[str]:
    """Return the texts of the QR symbols in a picture, none where there is none.

    Raises `NoPicture` for what is no picture, and OSError where the file cannot be read.
    """
    data = path.read_bytes()
    try:
        with Image.open(BytesIO(data)) as picture:
            if picture.width * picture.height > MAX_PICTURE:
                raise NoPicture(path.name)
            grey = picture.convert("L")
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError):
        raise NoPicture(path.name) from None
    found = zxingcpp.read_barcodes(grey, formats=_QR_ONLY, text_mode=zxingcpp.TextMode.Plain)
    return [symbol.text for symbol in found]


def _draw(text: str) -> Modules:
    plain = frozenset(ALPHABET).issuperset(text)
    mode = MODE_ALPHA_NUM if plain else MODE_8BIT_BYTE
    symbol = QRCode(error_correction=ERROR_CORRECT_M, border=0)
    symbol.add_data(QRData(text, mode=mode))
    symbol.make(fit=True)
    return tuple(tuple(bool(module) for module in line) for line in symbol.get_matrix())


def _runs(line: tuple[bool, ...]) -> list[tuple[int, int]]:
    """Return where dark modules begin and how many there are in a row."""
    runs: list[tuple[int, int]] = []
    for column, dark in enumerate(line):
        if dark and column and line[column - 1]:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        elif dark:
            runs.append((column, 1))
    return runs
