"""A worker finds the letters of a case under their titles; the desk sees them as drafts before."""

import re

import pytest
from httpx2 import Response

from permits.applications import Status
from permits.people import Actor, Agency
from tests import renamed
from tests.builders import Story
from tests.papers import words_of
from tests.rights import RightStory, signed
from tests.services.test_employer_changes import ask, change
from tests.web.conftest import As, Lived
from tests.web.pages.walking import words

pytestmark = pytest.mark.feature("O15", "O18")
DRAFT = "BORRADOR – NO VÁLIDO"


def hrefs(page: Response) -> list[str]:
    return re.findall(r'href="([^"]+)"', page.text)


def digest(page: Response) -> str:
    """What the form of a wish was shown with."""
    found = re.search(r'name="digest" value="([0-9a-f]{64})"', page.text)
    assert found is not None
    return found[1]


def permitted(story: Story) -> Story:
    return story.start().submit().approve().sign()


def test_a_worker_finds_each_letter_by_its_title(as_: As, lived: Lived) -> None:
    def live(story: Story) -> Story:
        return renamed.moved_and_renamed(permitted(story))

    story = lived(live)
    worker = as_(story.worker)
    page = worker.get(f"/mi-solicitud/{story.id}")
    told = words(page)
    for title in (
        "No aceptaron su cambio de empleador (PDF)",
        "Aceptaron su cambio de empleador (PDF)",
        "Aceptaron el cambio de sus datos (PDF)",
        "No aceptaron el cambio de sus datos (PDF)",
    ):
        assert title in told
    letters = [one for one in hrefs(page) if "/cambios/" in one]
    assert len(letters) == 4
    replies = [worker.get(one) for one in letters]
    assert {one.headers["content-type"] for one in replies} == {"application/pdf"}
    assert {one.headers["cache-control"] for one in replies} == {"no-store"}
    worker.cookies.set("idioma", "en")
    assert "Your letters" in words(worker.get(f"/mi-solicitud/{story.id}"))
    assert "permit stays as it is" in " ".join(words_of(worker.get(one).content) for one in letters)
    desk = as_(story.inm).get(f"/casos/{story.id}")
    assert {one for one in hrefs(desk) if "/cambios/" in one} <= set(letters)
    assert "/cambios/" in desk.text


@pytest.mark.parametrize(
    ("status", "title"),
    [
        (Status.LAPSED, "Su solicitud venció"),
        (Status.ASKED, "Le preguntan algo sobre su solicitud"),
    ],
)
def test_where_a_case_stands_is_a_letter_too(
    as_: As, lived: Lived, status: Status, title: str
) -> None:
    story = lived(lambda one: one.reach(status))
    worker = as_(story.worker)
    page = worker.get(f"/mi-solicitud/{story.id}")
    path = f"/mi-solicitud/{story.id}/carta.pdf"
    assert f"{title} (PDF)" in words(page)
    assert path in hrefs(page)
    assert title in words_of(worker.get(path).content)


def test_who_has_no_letter_reads_of_none(as_: As, lived: Lived) -> None:
    story = lived(lambda one: one.reach(Status.UNDER_REVIEW))
    assert "Sus cartas" not in words(as_(story.worker).get(f"/mi-solicitud/{story.id}"))


def test_setrass_sees_the_letter_of_another_employer_before_deciding(as_: As, lived: Lived) -> None:
    def live(story: Story) -> Story:
        ask(permitted(story))
        return story

    story = lived(live)
    setrass, path = as_(story.setrass), f"/casos/{story.id}/empleador/borrador.pdf"
    assert f'formaction="{path}"' in setrass.get(f"/casos/{story.id}").text
    said = {
        "change_verdict": "refuse",
        "change_note": "La finca no tiene plazas.",
        "digest": digest(setrass.get(f"/casos/{story.id}")),
    }
    shown = words_of(setrass.post(path, data=said).content)
    for part in (DRAFT, "La finca no tiene plazas.", "Su permiso sigue igual."):
        assert part in shown
    assert setrass.post(path, data={}).status_code == 422
    assert setrass.post(path, data={**said, "change_note": ""}).status_code == 422
    assert setrass.post(path, data={**said, "digest": "0" * 64}).status_code == 412
    assert as_(story.inm).post(path, data=said).status_code == 403
    assert "Espera a SETRASS" in words(setrass.get(f"/casos/{story.id}"))


def test_each_agency_sees_the_letter_of_other_data_before_deciding(as_: As, lived: Lived) -> None:
    def live(story: Story) -> Story:
        renamed.ask(permitted(story))
        return story

    story = lived(live)
    inm, path = as_(story.inm), f"/casos/{story.id}/datos/borrador.pdf"
    assert f'formaction="{path}"' in inm.get(f"/casos/{story.id}").text
    shown = digest(inm.get(f"/casos/{story.id}"))
    said = {"data_verdict": "refuse", "data_note": "La partida no se lee.", "digest": shown}
    assert "La partida no se lee." in words_of(inm.post(path, data=said).content)
    assert inm.post(path, data={}).status_code == 422
    assert inm.post(path, data={"data_verdict": "grant", "digest": shown}).status_code == 409


def test_a_dropped_proposal_is_seen_as_a_draft(as_: As, lived: Lived) -> None:
    chiefs: list[Actor] = []

    def live(story: Story) -> Story:
        after = signed(story).propose()
        chiefs.append(after.supervisors[Agency.INM])
        return story

    story = lived(live)
    path = f"/casos/{story.id}/autorizacion/descartar/borrador.pdf"
    shown = words_of(as_(chiefs[0]).post(path).content)
    assert DRAFT in shown
    assert "dejó de proponer que se revoque su permiso" in shown
    assert as_(story.worker).post(path).status_code == 403


def test_a_refused_change_leaves_a_permit_that_stands(as_: As, lived: Lived) -> None:
    def live(story: Story) -> Story:
        change(permitted(story), granted=False)
        return story

    story = lived(live)
    page = words(as_(story.worker).get(f"/mi-solicitud/{story.id}"))
    assert "Ver mi permiso" in page
    assert RightStory(story).permit.credential.number
