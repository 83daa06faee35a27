"""The reader under atheris: inputs are bent where they reach new code, and no answer may be wrong.

`python -m tests.properties.fuzz_reader SECONDS FOLDER` begins from the seeds of the ladder, writes
every input that reached something new into FOLDER, and ends with a figure on standard output; a
finding ends it with a traceback and the input in FOLDER. The first byte of an input is its rung.
"""

import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["permits"]):
    from permits import scans

from tests.scanner import twin
from tests.vectors import ladder

RUNGS = tuple(ladder.RUNGS.values())
LONGEST = 2_048


def text_of(data: bytes) -> str:
    """The text that an input stands for."""
    return RUNGS[data[0] % len(RUNGS)](data[1:]) if data else ""


def try_one(data: bytes) -> None:
    """Judge one input: never an exception, and nothing shown that no trusted key signed."""
    verdict = scans.verdict(text_of(data), twin.TRUST, twin.LISTS, twin.NOW)
    shown = verdict.claims is not None
    assert not shown or verdict.signature is scans.SignatureState.VALID
    assert verdict.colour is not scans.Colour.GREEN or shown


def seeds() -> dict[str, bytes]:
    """The inputs to begin with, by the names of their files."""
    return {
        f"{rung}-{number}": bytes((at,)) + data
        for at, rung in enumerate(ladder.RUNGS)
        for number, data in enumerate(ladder.SEEDS[rung])
    }


def main(seconds: str, folder: str) -> None:
    """Fuzz for so long."""
    for name, data in seeds().items():
        (Path(folder) / name).write_bytes(data)
    options = (
        f"-max_total_time={seconds}",
        f"-max_len={LONGEST}",
        f"-artifact_prefix={folder}/found-",
        *("-seed=1", "-print_final_stats=1", "-verbosity=0", "-timeout=5", "-rss_limit_mb=2048"),
    )
    atheris.Setup([sys.argv[0], *options, folder], try_one)
    atheris.Fuzz()


if __name__ == "__main__":
    main(*sys.argv[1:])
