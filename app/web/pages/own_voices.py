"""A voice for programmes' own questions, which officials write and files bring at any time.

The worker looks every minute for what has none. Where the machine has no voice there is no file,
and pages show no button.
"""

import tempfile
from collections.abc import Iterable
from pathlib import Path

from app.web.pages.voices import SYNTHETIC, Say
from app.web.prompts import OWN, own_name, own_text
from permits.programmes import Programme


def make_own(say: Say | None, voices: Path, programmes: Iterable[Programme]) -> int:
    """Make what is missing, of questions of any day, and forget what no programme asks.

    Returns how many were made. A sound is there whole or not at all, for several workers too.
    """
    if say is None:
        return 0
    asked = {one for programme in programmes for one in programme.versions.questions}
    wanted = {own_name(one, code): (one, code) for one in asked for code in SYNTHETIC}
    folder, made = voices / OWN, 0
    for name, (question, code) in wanted.items():
        if not (folder / name).exists():
            folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(dir=folder) as beside:
                fresh = Path(beside) / name
                say(own_text(question, code), SYNTHETIC[code], fresh)
                fresh.replace(folder / name)
            made += 1
    for old in folder.glob("*.ogg"):
        if old.name not in wanted:
            old.unlink(missing_ok=True)
    return made
