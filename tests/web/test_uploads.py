"""The zoo of files, sent as forms and by the API: refused in words, or kept as a clean picture."""

import resource
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from uuid import UUID

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import text

from app.adapters.malware import Clamd
from app.services.ports import Ports
from app.web.i18n import locale_for
from app.web.wording import say
from permits.audit import Act
from tests import outside
from tests.adapters.test_malware import clamd, hangs_up, honest
from tests.builders import Story
from tests.databases import Database
from tests.memory_files import MemoryObjects
from tests.web.conftest import As, Lived
from tests.web.zoo import ZOO, Animal, is_clean, picture

MOST_SECONDS, MOST_MB = 2.0, 100
FACTS = {"limit_mb": 15, "pixels": 120}

# Pillow tells on broken notes in a file by warnings; the picture is taken all the same.
pytestmark = [pytest.mark.promise("P21"), pytest.mark.filterwarnings("ignore::UserWarning:PIL")]


@pytest.fixture
def ports() -> Iterator[Ports]:
    """The world outside, with a clamd that knows EICAR and nothing else."""
    with clamd(honest) as address:
        yield replace(outside.ports(), malware=Clamd(address))


def kept(ports: Ports) -> list[bytes]:
    assert isinstance(ports.objects, MemoryObjects)
    return list(ports.objects.files.values())


def noted(database: Database) -> list[str]:
    """The codes of the files that the log says were refused."""
    query = "SELECT facts->>'code' FROM audit_events WHERE act = :act ORDER BY id"
    with database.engine.connect() as connection:
        return [code for (code,) in connection.execute(text(query), {"act": Act.REFUSED})]


def draft(story: Story) -> Story:
    return story.start()


@dataclass(frozen=True)
class Outcome:
    """What came of a file: the answer, whether it says why, what the log says, what is kept."""

    status: int
    told: bool
    noted: tuple[str, ...]
    clean: tuple[bool, ...]

    @classmethod
    def wanted(cls, animal: Animal) -> "Outcome":
        if animal.code:
            return cls(422, True, (animal.code,), ())
        return cls(303, True, (), (True,))


def send(client: TestClient, address: str, animal: Animal) -> tuple[int, bool]:
    """Send a file, within its time and memory; its status and whether the words are there."""
    data = animal.data
    began, before = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    reply = client.post(address, files={"photo": (animal.name, data, animal.media_type)})
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024
    assert (time.process_time() - began < MOST_SECONDS * 2, grown < MOST_MB) == (True, True)
    words = say(locale_for("es"), "fault", animal.code, FACTS) if animal.code else ""
    return reply.status_code, words in reply.text


@pytest.mark.feature("W6")
@pytest.mark.asvs("1.3.4", "5.2.1", "5.2.2", "5.2.3", "5.2.6", "5.3.2", "5.4.1", "5.4.3", "14.2.8")
def test_a_file_is_refused_in_words_or_kept_clean(
    as_: As, lived: Lived, database: Database, ports: Ports
) -> None:
    client, address = as_((story := lived(draft)).worker), f"/solicitud/{story.id}/foto"
    outcomes = {}
    for name, animal in ZOO.items():
        stood, wrote = len(kept(ports)), len(noted(database))
        status, told = send(client, address, animal)
        clean = tuple(map(is_clean, kept(ports)[stood:]))
        outcomes[name] = Outcome(status, told, tuple(noted(database)[wrote:]), clean)
    assert outcomes == {name: Outcome.wanted(animal) for name, animal in ZOO.items()}
    assert len(ZOO) >= 40
    assert isinstance(ports.objects, MemoryObjects)
    for key in ports.objects.files:
        assert key == f"applications/{story.id}/{UUID(key[-40:-4])}.jpg"


@pytest.mark.asvs("5.4.3", "16.3.3")
def test_the_api_refuses_and_notes_alike(
    app: FastAPI, as_: As, lived: Lived, database: Database, ports: Ports
) -> None:
    story = lived(draft)
    client = as_(story.worker)
    url = f"/api/v1/applications/{story.id}/documents/photo"
    told = []
    for name in ("EICAR", "HTML called a JPEG", "PNG of 50,000 by 50,000", "0 bytes"):
        reply = client.put(
            url, content=ZOO[name].data, headers={"If-Match": version(client, story)}
        )
        told.append((reply.status_code, reply.json()["errors"][0]["code"]))
    codes = ["file-infected", "not-a-picture", "too-many-pixels", "file-empty"]
    assert told == [(422, code) for code in codes]
    assert noted(database) == codes
    assert kept(ports) == []


def version(client: TestClient, story: Story) -> str:
    return str(client.get(f"/api/v1/applications/{story.id}").headers["etag"])


@pytest.mark.promise("P24")
@pytest.mark.asvs("5.4.3", "16.5.2", "16.5.3")
class TestWithoutScanner:
    """The scanner is set up and does not answer: nothing is kept, nothing typed is lost."""

    @pytest.fixture
    def ports(self) -> Iterator[Ports]:
        with clamd(hangs_up) as address:
            yield replace(outside.ports(), malware=Clamd(address, seconds=1))

    def test_the_form_comes_back_with_what_was_typed(
        self, as_: As, lived: Lived, ports: Ports
    ) -> None:
        story = lived(lambda story: story.start(brings_photo=False))
        client = as_(story.worker)
        reply = client.post(
            f"/solicitud/{story.id}/foto",
            data={"brings_photo": "yes"},
            files={"photo": ("foto.jpg", picture(), "image/jpeg")},
        )
        assert reply.status_code == 503
        assert "Ahora no podemos revisar el archivo" in reply.text
        assert kept(ports) == []
        again = client.get(f"/solicitud/{story.id}/foto").text
        assert "checked" in again

    def test_a_program_is_told_when_to_ask_again(self, as_: As, lived: Lived, ports: Ports) -> None:
        story = lived(draft)
        client = as_(story.worker)
        url = f"/api/v1/applications/{story.id}/documents/photo"
        reply = client.put(url, content=picture(), headers={"If-Match": version(client, story)})
        assert (reply.status_code, reply.json()["code"]) == (503, "malware-scan-away")
        assert reply.headers["retry-after"] == "60"
        assert kept(ports) == []


@pytest.mark.asvs("5.2.1")
@pytest.mark.parametrize(
    "fields",
    [
        b"".join(
            b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n\r\n' for _ in range(10**5)
        ),
        b"--x\r\n" + b"A: b\r\n" * 10**5,
        b'--x\r\nContent-Disposition: form-data; name="' + b"a" * 10**6,
        b'--x\r\nContent-Disposition: form-data; name="a"; filename="a"\r\n\r\n' * 2000,
        b"--x\r\nContent-Disposition: form-data\r\n\r\nx\r\n--x--",
        b"--y\r\n",
        b"",
    ],
    ids=["fields", "headers", "name", "files", "no name", "no boundary", "nothing"],
)
def test_a_form_of_nothing_but_parts_has_an_end(as_: As, lived: Lived, fields: bytes) -> None:
    story = lived(draft)
    began = time.process_time()
    reply = as_(story.worker).post(
        f"/solicitud/{story.id}/foto",
        content=fields,
        headers={"Content-Type": "multipart/form-data; boundary=x"},
    )
    assert reply.status_code in {400, 413, 422}
    assert time.process_time() - began < MOST_SECONDS * 2


@pytest.mark.parametrize("separator", [b"&", b"=&", b";"])
def test_a_form_of_a_million_fields_has_an_end(visitor: TestClient, separator: bytes) -> None:
    began = time.process_time()
    reply = visitor.post(
        "/entrar",
        content=b"a" + separator * 10**6,
        headers={"Content-Type": "application/x-www-form-urlencoded"},
    )
    assert reply.status_code in {400, 413, 422}
    assert time.process_time() - began < MOST_SECONDS * 2
