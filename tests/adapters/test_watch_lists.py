"""The watch list as a file and as a service: what is a hit, and what is no whole answer."""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from app.adapters.outbound import Outbound, Refused, Reply
from app.adapters.watch_lists import FileWatchList, HttpWatchList
from permits.watch import WatchQuery

PERSON = WatchQuery("gt-dpi", "1234567892004", "María Ángela", "Núñez", date(1994, 3, 27), "GTM")
HEAD = "reference,document_number,full_name,date_of_birth\n"


def asked(path: Path, text: str, key: str = "") -> list[str]:
    path.write_text(text, "utf-8")
    return list(FileWatchList(path, key).ask(PERSON))


@pytest.mark.feature("O14")
@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("A-1,1234 56789 2004,Otra,1990-01-01", ["A-1"]),
        ("A-2,,maria angela nunez,1994-03-27", ["A-2"]),
        ("A-3,,María Ángela Núñez,1994-03-28", []),
        ("A-4,9999,María Ángela Núñez,", []),
    ],
)
def test_a_person_is_found_by_document_or_by_name_and_day_of_birth(
    tmp_path: Path, line: str, found: list[str]
) -> None:
    assert asked(tmp_path / "list.csv", HEAD + line) == found
    values = dict(zip(HEAD.strip().split(","), line.split(","), strict=True))
    assert asked(tmp_path / "list.json", json.dumps([values])) == found


def test_a_file_that_was_changed_is_read_anew(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(HEAD, "utf-8")
    watch = FileWatchList(path)
    assert watch.ask(PERSON) == []
    path.write_text(f"{HEAD}A-1,1234567892004,,\n", "utf-8")
    assert watch.ask(PERSON) == ["A-1"]
    path.unlink()
    with pytest.raises(OSError, match="list"):
        watch.ask(PERSON)


@pytest.mark.parametrize(
    "text", ["", "no,such,columns\n1,2,3", "[1]", '[{"reference": ""}]', "[{", f"{HEAD},1,x,"]
)
def test_what_is_no_list_lets_nobody_pass(tmp_path: Path, text: str) -> None:
    with pytest.raises(OSError, match="watch list"):
        asked(tmp_path / "list", text)


@pytest.mark.promise("P20")
def test_with_a_key_only_the_signed_file_counts(tmp_path: Path) -> None:
    key = Ed25519PrivateKey.generate()
    public = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    told, path = base64.b64encode(public).decode(), tmp_path / "list.csv"
    text = f"{HEAD}A-1,1234567892004,,\n"
    with pytest.raises(FileNotFoundError):
        asked(path, text, told)
    (tmp_path / "list.csv.sig").write_bytes(base64.b64encode(key.sign(text.encode())))
    assert asked(path, text, told) == ["A-1"]
    with pytest.raises(OSError, match="not signed"):
        asked(path, f"{text}\n", told)


@dataclass
class Line(Outbound):
    """A way out on which one reply waits."""

    reply: Reply | Exception
    sent: list[tuple[str, Any, Mapping[str, str]]] = field(default_factory=list)

    def post(self, url: str, body: bytes, headers: Mapping[str, str] | None = None) -> Reply:
        self.sent.append((url, json.loads(body), headers or {}))
        if isinstance(self.reply, Exception):
            raise self.reply
        return self.reply


URL = "https://alertas.inm.example/v1/personas"


@pytest.mark.feature("O14")
def test_a_service_is_asked_with_its_token_and_answers_by_reference() -> None:
    line = Line(Reply(200, {}, b'{"hits": [{"reference": "R-9"}]}'))
    assert HttpWatchList(line, URL, "s3cret").ask(PERSON) == ["R-9"]
    url, person, headers = line.sent[0]
    assert (url, person["date_of_birth"]) == (URL, "1994-03-27")
    assert headers["Authorization"] == "Bearer s3cret"
    assert HttpWatchList(Line(Reply(200, {}, b'{"hits": []}')), URL).ask(PERSON) == []


@pytest.mark.parametrize(
    "reply",
    [
        Reply(200, {}, b""),
        Reply(200, {}, b"{}"),
        Reply(200, {}, b"[]"),
        Reply(200, {}, b'{"hits": [{}]}'),
        Reply(204, {}, b""),
        Reply(302, {}, b'{"hits": []}'),
        Reply(500, {}, b'{"hits": []}'),
        Refused("too-slow"),
    ],
)
def test_a_service_that_gives_no_whole_answer_lets_nobody_pass(reply: Reply | Exception) -> None:
    with pytest.raises(OSError):  # noqa: PT011  (each has words of its own)
        HttpWatchList(Line(reply), URL).ask(PERSON)
