"""A camera that sees one QR symbol: a raw video file that Chromium plays as its device."""

from pathlib import Path

import numpy as np
from PIL import Image
from qrcode import ERROR_CORRECT_L, QRCode

WIDTH, HEIGHT, FRAMES = 1280, 720, 5


def film(symbol: Path, video: Path, frames: int = FRAMES) -> Path:
    """Write a y4m of the symbol held still before a grey wall; 1.4 MB a frame.

    A camera that is opened again plays what stands under the same name by then.
    """
    frame = Image.new("L", (WIDTH, HEIGHT), 150)
    with Image.open(symbol) as picture:
        square = picture.convert("L").resize((560, 560), Image.Resampling.LANCZOS)
    frame.paste(square, ((WIDTH - 560) // 2, (HEIGHT - 560) // 2))
    luma = np.asarray(frame, dtype=np.uint8).tobytes()
    chroma = bytes([128]) * (WIDTH * HEIGHT // 2)
    with video.open("wb") as file:
        file.write(f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F10:1 Ip A1:1 C420jpeg\n".encode())
        for _ in range(frames):
            file.write(b"FRAME\n" + luma + chroma)
    return video


def code(text: str, path: Path) -> Path:
    """Draw the QR symbol of any text, a long one too: the least correction, the most letters."""
    symbol = QRCode(error_correction=ERROR_CORRECT_L, border=4)
    symbol.add_data(text)
    symbol.make_image().save(path)
    return path
