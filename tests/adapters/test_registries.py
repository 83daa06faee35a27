"""Registries over HTTPS: whatever is not a whole answer is an OSError, and verifies nobody."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest

from app.adapters.outbound import Outbound, Refused, Reply
from app.adapters.registries import HttpRegistries, Service, read_services
from recruitment.registries import Answer, Entry, EntryState, Registry

URL = "https://registro.example/v1"
ENTRY = {"number": "0801-1", "name": "Finca", "state": "active", "ends_on": "2027-01-31"}


@dataclass
class Line(Outbound):
    """A way out on which one reply waits."""

    reply: Reply | Exception
    sent: list[tuple[str, bytes, Mapping[str, str]]] = field(default_factory=list)

    def post(self, url: str, body: bytes, headers: Mapping[str, str] | None = None) -> Reply:
        self.sent.append((url, body, headers or {}))
        if isinstance(self.reply, Exception):
            raise self.reply
        return self.reply

    def get(self, url: str, headers: Mapping[str, str] | None = None) -> Reply:
        return self.post(url, b"", headers)


def told(body: object, status: int = 200) -> Reply:
    return Reply(status, {}, json.dumps(body).encode())


@pytest.mark.feature("E1")
def test_a_number_is_asked_in_the_body_and_answered() -> None:
    line = Line(told({"as_of": "2026-11-01", "entry": ENTRY}))
    asked = HttpRegistries(line, {Registry.RTN: Service(URL, "secret")})
    assert asked.answers(Registry.RTN)
    assert not asked.answers(Registry.RNSP)
    entry = Entry("08011", "Finca", EntryState.ACTIVE, None, date(2027, 1, 31))
    assert asked.ask(Registry.RTN, "08011") == Answer(entry, date(2026, 11, 1))
    ((url, body, headers),) = line.sent
    assert (url, json.loads(body)) == (URL, {"number": "08011"})
    assert headers["Authorization"] == "Bearer secret"
    none = HttpRegistries(
        Line(told({"as_of": "2026-11-01", "entry": None})), {Registry.RTN: Service(URL)}
    )
    assert none.ask(Registry.RTN, "08011").entry is None
    listed = HttpRegistries(Line(Reply(200, {}, b"number\n")), {Registry.RTN: Service(URL)})
    assert listed.fetch(Registry.RTN) == b"number\n"


@pytest.mark.parametrize(
    "reply",
    [
        told({"as_of": "2026-11-01", "entry": ENTRY}, 500),
        told({"entry": None}),
        told({"as_of": "yesterday", "entry": None}),
        told({"as_of": "2026-11-01", "entry": ENTRY | {"state": "fine"}}),
        told({"as_of": "2026-11-01", "entry": "yes"}),
        told([]),
        Reply(200, {}, b"<html>"),
        Refused("private-address"),
    ],
)
def test_no_whole_answer_is_none(reply: Reply | Exception) -> None:
    with pytest.raises(OSError, match=r"registry|private"):
        HttpRegistries(Line(reply), {Registry.RTN: Service(URL)}).ask(Registry.RTN, "08011")


def test_the_file_of_services_is_read_strictly(tmp_path: Path) -> None:
    path = tmp_path / "registries.toml"
    path.write_text(f'[rtn]\nurl = "{URL}"\ntoken = "t"\n')
    assert read_services(path) == {Registry.RTN: Service(URL, "t")}
    assert read_services(None) == {}
    for wrong in (
        '[sar]\nurl = "https://a.example"',
        "[rtn]\n",
        '[rtn]\nurl = "ftp://x"',
        '[rtn]\nurl = "https://a.example"\nkey = "x"',
    ):
        path.write_text(wrong)
        with pytest.raises(ValueError, match=r"rtn|sar"):
            read_services(path)
