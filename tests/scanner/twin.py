"""Both readers on the same input: permits/ here, the scanner's JavaScript behind a pipe."""

import json
import subprocess
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from permits import base45, qr, scans
from permits.status_list import StatusLists
from tests.permits.samples import at
from tests.vectors import forge

PROGRAM = Path(__file__).with_name("twin.mjs")
AT_ONCE = 50
"""Questions that are sent before their answers are read: few enough for the pipes to hold."""

TRUST = forge.make_trust()
LISTS = StatusLists().taking(forge.make_list())
NOW = at(forge.NOW)

Told = dict[str, Any]


class Twin:
    """The scanner's reader in a process of Node; it lives as long as the test needs it."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self._in: IO[str] = process.stdin
        self._out: IO[str] = process.stdout

    def ask(self, questions: Sequence[Told]) -> list[Told]:
        """The answers, in order."""
        answers: list[Told] = []
        for begin in range(0, len(questions), AT_ONCE):
            some = questions[begin : begin + AT_ONCE]
            self._in.write("".join(json.dumps(question) + "\n" for question in some))
            self._in.flush()
            for question in some:
                line = self._out.readline()
                assert line, f"the scanner's reader died of {question}"
                answers.append(json.loads(line))
        return answers

    def judge(self, texts: Iterable[str]) -> list[Told]:
        """What the scanner says of each text."""
        return self.ask([{"text": text} for text in texts])

    def inflate(self, streams: Iterable[bytes]) -> list[str | None]:
        """What the scanner makes of each deflate stream, in hex."""
        return [told["inflated"] for told in self.ask([{"deflate": s.hex()} for s in streams])]


@contextmanager
def running_twin() -> Iterator[Twin]:
    """Start the process and end it."""
    with subprocess.Popen(
        ["node", str(PROGRAM)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield Twin(process)
        assert process.stdin is not None
        process.stdin.close()
        assert process.wait(10) == 0


def judge(text: str) -> Told:
    """What permits/ says of a text, in the shape that the twin answers in."""
    verdict = scans.verdict(text, TRUST, LISTS, NOW)
    envelope = envelope_of(text)
    return {
        "reason": verdict.reason.value,
        "verdict": verdict.colour.value,
        "signature": verdict.signature.value,
        "time": verdict.time.value,
        "status": verdict.status.value,
        "list_age": verdict.list_age,
        "number": verdict.claims.number if verdict.claims else verdict.number,
        "name": verdict.claims.full_name if verdict.claims else None,
        "envelope": None if envelope is None else envelope.hex(),
    }


def envelope_of(text: str) -> bytes | None:
    """The bytes of the envelope in a text, signed or not; None where there are none."""
    try:
        return qr.inflate(base45.decode(text), qr.MAX_INFLATED)
    except base45.NotBase45:
        return None


def inflate(stream: bytes) -> str | None:
    """What zlib makes of a deflate stream within the limit, in hex."""
    unpacker = zlib.decompressobj(-15)
    try:
        data = unpacker.decompress(stream, qr.MAX_INFLATED + 1)
    except zlib.error:
        return None
    whole = unpacker.eof and not unpacker.unused_data and len(data) <= qr.MAX_INFLATED
    return data.hex() if whole else None


def disagreements(twin: Twin, texts: Sequence[str]) -> list[tuple[str, Told, Told]]:
    """The texts on which the two readers differ, with what each says."""
    pairs = zip(texts, map(judge, texts), twin.judge(texts), strict=True)
    return [(text, ours, theirs) for text, ours, theirs in pairs if ours != theirs]
