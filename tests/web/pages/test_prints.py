"""Paper over the web: a PDF to look at, in the visitor's language, kept by nobody's cache."""

import pytest
from fastapi.testclient import TestClient

from app.services import credentials
from permits.applications import Status
from tests.builders import Story
from tests.papers import words_of
from tests.web.conftest import As, Lived


def permit_path(story: Story) -> str:
    permit = credentials.find_permit_of(story.work(story.worker), story.id)
    assert permit is not None
    return f"/mi-permiso/{permit.credential.id}"


@pytest.fixture
def paths() -> list[str]:
    """Where a story leaves the address of its permit."""
    return []


@pytest.mark.asvs("5.4.2")
@pytest.mark.feature("W14", "W15", "O18")
@pytest.mark.parametrize("name", ["tarjeta.pdf", "hoja.pdf"])
def test_a_worker_opens_the_permit_as_pdf(
    as_: As, lived: Lived, visitor: TestClient, paths: list[str], name: str
) -> None:
    def signed(story: Story) -> Story:
        story.start().submit().approve().sign()
        paths.append(f"{permit_path(story)}/{name}")
        return story

    story = lived(signed)
    client = as_(story.worker)
    spanish = client.get(paths[0])
    client.cookies.set("idioma", "en")
    english = client.get(paths[0])

    assert spanish.status_code == english.status_code == 200
    assert spanish.headers["content-type"] == "application/pdf"
    assert spanish.headers["content-disposition"] == f'inline; filename="{name}"'
    assert spanish.headers["cache-control"] == "no-store"
    assert "Sólo vale si se escanea." in words_of(spanish.content)
    assert "Only valid if scanned." in words_of(english.content)
    assert visitor.get(paths[0]).headers["location"] == f"/retomar?siguiente={paths[0]}"


@pytest.mark.feature("O9", "O18")
def test_a_worker_opens_the_letter_of_a_refusal(as_: As, lived: Lived) -> None:
    story = lived(lambda s: s.reach(Status.REFUSED))
    reply = as_(story.worker).get(f"/mi-solicitud/{story.id}/carta.pdf")

    assert reply.headers["content-disposition"] == 'inline; filename="carta.pdf"'
    assert "La solicitud está repetida (código L7)" in words_of(reply.content)


def test_a_permit_that_is_not_signed_yet_says_so(as_: As, lived: Lived, paths: list[str]) -> None:
    def approved(story: Story) -> Story:
        story.start().submit().approve()
        paths.append(f"{permit_path(story)}/tarjeta.pdf")
        return story

    story = lived(approved)
    reply = as_(story.worker).get(paths[0])

    assert reply.status_code == 409
    assert "El permiso se está preparando. Pruebe en unos minutos." in reply.text


@pytest.mark.promise("P15")
@pytest.mark.asvs("8.2.2")
def test_anothers_paper_is_not_found(as_: As, lived: Lived) -> None:
    story = lived(lambda s: s.reach(Status.REFUSED))
    other = lived(lambda s: s.reach(Status.DRAFT))

    assert as_(other.worker).get(f"/mi-solicitud/{story.id}/carta.pdf").status_code == 404
