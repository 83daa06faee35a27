"""A right on the page of its case: suspended, given back, proposed to end, ended; its card too."""

import re
from collections.abc import Mapping

import pytest
from fastapi.testclient import TestClient

from app.services.complaint_shields import open_shield
from app.services.ports import Ports
from app.services.work import Work
from app.storage.authorisations import find_of_application
from permits.people import Role
from tests.builders import NOW, Story
from tests.databases import Database
from tests.papers import words_of
from tests.rights import RightStory
from tests.web.conftest import As, Lived
from tests.web.pages.officers import Desk, forms_of, hidden
from tests.web.pages.walking import words

PAUSE = {
    "pause_reason": "alert",
    "days": "10",
    "pause_origin": "own",
    "pause_note": "Hay que confirmar un dato.",
}
ENDING: Mapping[str, str | list[str]] = {
    "end_grounds": ["M3", "fraud"],
    "heard": "in-person",
    "hearing": "Dijo que se lo dio otra persona.",
    "end_origin": "own",
    "end_note": "El documento que mostró no es auténtico.",
}


@pytest.fixture
def desk(database: Database, ports: Ports) -> Desk:
    return Desk(database, ports)


def signed(story: Story) -> Story:
    return story.start().submit().approve().sign()


def send(client: TestClient, story: Story, act: str, fields: Mapping[str, str | list[str]]) -> str:
    """Fill in the form of an act on the case's page, and read where it leads."""
    page = client.get(f"/casos/{story.id}").text
    sent = {**hidden(page, act), **fields}
    reply = client.post(f"/casos/{story.id}/{act}", data=sent)
    assert reply.status_code == 303, words(reply)
    return words(client.get(reply.headers["location"]))


@pytest.mark.feature("N12", "H7")
def test_an_employer_s_wish_goes_to_the_office_and_the_page_tells_of_no_complaint(
    as_: As, lived: Lived, desk: Desk
) -> None:
    story = lived(signed)
    client = as_(desk.official(Role.INM_SUPERVISOR, "Jefa Uno"))
    path = f"/casos/{story.id}"
    wish = {"pause_origin": "employer"}
    page = client.get(path).text
    refused = client.post(
        f"{path}/autorizacion/suspender", data={**hidden(page, "suspender"), **PAUSE, **wish}
    )
    assert (refused.status_code, "Pregunte primero a la oficina" in refused.text) == (409, True)
    before = _seen(client, path)
    _shield(desk, story)
    assert _seen(client, path) == before  # to the letter: nothing tells of the complaint
    said = {"wish": "suspend", "wish_words": "Ya no viene."}
    page = send(client, story, "autorizacion/consultar", said)
    assert "Pide suspender el permiso" in page
    assert "Espera a la oficina de quejas." in page
    assert "Ya no viene." not in page  # the words are the office's to read


def _seen(client: TestClient, path: str) -> str:
    """The page without what is another at each look: looks in the log, and instants."""
    page = client.get(path).text.partition("<main")[2]
    return re.sub(r"20\d\d-\d\d-\d\dT[^\"<]*|\(\d+ ve(z|ces)\)", "", page)


def _shield(desk: Desk, story: Story) -> None:
    handler = desk.official(Role.COMPLAINT_HANDLER, "Gestora")
    with desk.database.sessions.begin() as session:
        work = Work(session, handler, NOW, desk.ports)
        right = find_of_application(session, story.id)
        assert right is not None
        open_shield(work, right.worker)


@pytest.mark.feature("O16")
def test_a_supervisor_suspends_and_an_officer_gives_back(as_: As, lived: Lived, desk: Desk) -> None:
    story = lived(signed)
    supervisor = desk.official(Role.INM_SUPERVISOR, "Jefa Uno")
    client = as_(supervisor)
    empty = client.post(
        f"/casos/{story.id}/autorizacion/suspender",
        data=hidden(client.get(f"/casos/{story.id}").text, "suspender"),
    )
    assert empty.status_code == 422
    for said in ("Elija por qué la suspende.", "Escriba cuántos días.", "Elija quién lo pide."):
        assert said in empty.text
    too_long = client.post(
        f"/casos/{story.id}/autorizacion/suspender",
        data={
            **hidden(empty.text, "suspender"),
            **PAUSE,
            "days": "16",
            "pause_note": " ",
        },
    )
    assert too_long.status_code == 422
    assert "Elija de 1 a 15 días. Ésos son los que quedan." in too_long.text
    assert "Escriba qué se le dice a la persona." in too_long.text
    page = send(client, story, "autorizacion/suspender", PAUSE)
    assert "La autorización quedó suspendida." in page
    assert "Aprobada Suspendida" in page.partition("Controles")[0]  # beside the case's own status
    assert "Suspendida hasta el 2 de diciembre de 2026" in page
    assert "Hay una alerta por confirmar · Instituto Nacional de Migración (INM) · Jefa Uno" in page
    assert "Se suspendió la autorización: hay una alerta por confirmar" in page
    assert "restablecer" not in forms_of(client.get(f"/casos/{story.id}").text)
    assert "restablecer" not in forms_of(as_(story.setrass).get(f"/casos/{story.id}").text)
    given_back = send(as_(story.inm), story, "autorizacion/restablecer", {})
    assert "La suspensión terminó. El permiso vale otra vez." in given_back
    assert "Se levantó la suspensión" in given_back


@pytest.mark.promise("P3")
@pytest.mark.feature("O16")
def test_one_proposes_and_another_of_the_same_agency_confirms(
    as_: As, lived: Lived, desk: Desk
) -> None:
    story = lived(signed)
    first, second = as_(story.inm), as_(desk.official(Role.INM_OFFICER, "Oficial Dos"))
    page = send(first, story, "autorizacion/proponer", ENDING)
    assert "Su propuesta quedó registrada." in page
    assert "M3 · Un documento es falso o está vencido" in page
    assert "en persona Dijo que se lo dio otra persona." in page
    acts = forms_of(first.get(f"/casos/{story.id}").text)
    assert ("confirmar" in acts, "descartar" in acts) == (False, True)
    assert not {"confirmar", "descartar"} & forms_of(
        as_(story.setrass).get(f"/casos/{story.id}").text
    )
    forced = first.post(
        f"/casos/{story.id}/autorizacion/confirmar",
        data=hidden(first.get(f"/casos/{story.id}").text, "descartar"),
    )
    assert forced.status_code == 403
    ended = send(second, story, "autorizacion/confirmar", {})
    assert "La autorización quedó revocada, y todos sus permisos." in ended
    assert f"La propuso {story.inm.name} y la confirmó Oficial Dos" in ended
    assert "La autorización terminó" in ended
    assert forms_of(second.get(f"/casos/{story.id}").text) == {"notas"}


@pytest.mark.feature("O16")
def test_a_proposal_is_dropped_and_the_page_says_by_whom(as_: As, lived: Lived, desk: Desk) -> None:
    story = lived(signed)
    send(as_(story.inm), story, "autorizacion/proponer", ENDING)
    colleague = as_(desk.official(Role.INM_SUPERVISOR))
    page = colleague.get(f"/casos/{story.id}").text
    assert "Rechazar la propuesta" in page
    done = send(colleague, story, "autorizacion/descartar", {})
    assert "La propuesta no siguió. Nada cambió." in done
    assert "No siguió la propuesta de revocar: rechazada" in done


@pytest.mark.promise("P5")
@pytest.mark.feature("O16")
def test_who_saw_an_older_page_loses_nothing_and_changes_nothing(
    as_: As, lived: Lived, desk: Desk
) -> None:
    story = lived(signed)
    client = as_(desk.official(Role.SETRASS_SUPERVISOR))
    old = hidden(client.get(f"/casos/{story.id}").text, "suspender")
    send(client, story, "autorizacion/suspender", PAUSE)
    send(as_(story.setrass), story, "autorizacion/restablecer", {})
    stale = client.post(f"/casos/{story.id}/autorizacion/suspender", data={**old, **PAUSE})
    assert stale.status_code == 412
    assert "Este caso cambió mientras usted lo leía. Nada se guardó." in stale.text
    assert "Hay que confirmar un dato.</textarea>" in stale.text
    blind = client.post(f"/casos/{story.id}/autorizacion/restablecer", data={})
    assert blind.status_code == 428


@pytest.mark.feature("W15")
def test_an_official_replaces_a_card_and_the_count_is_shown(
    as_: As, lived: Lived, desk: Desk
) -> None:
    story = lived(signed)
    client = as_(story.setrass)
    done = send(client, story, "credencial/reemplazar", {"card_reason": "damaged"})
    assert "El permiso de antes ya no vale. El nuevo se está preparando." in done
    assert "Reemplazos 1, gratis" in done
    assert "Se reemplazó el permiso: está dañado" in done
    nothing = client.post(
        f"/casos/{story.id}/credencial/reemplazar",
        data={"card_reason": "fraud", "credential_version": "1"},
    )
    assert nothing.status_code == 422  # fraud is no reason for another card


LETTERS = {
    "suspended": ("Su permiso está suspendido", "Hay una alerta por confirmar"),
    "reinstated": ("Su permiso vale otra vez", "No tiene que pagar ni pedir nada."),
    "proposed": ("Proponen revocar su permiso", "Usted puede dar su versión"),
    "revoked": ("Su permiso fue revocado", "pida la reposición a la misma institución"),
}


@pytest.mark.feature("O16", "O18")
@pytest.mark.parametrize("measure", sorted(LETTERS))
def test_each_measure_is_a_letter_that_its_worker_opens(
    as_: As, lived: Lived, measure: str
) -> None:
    def live(story: Story) -> Story:
        after = RightStory(signed(story))
        {
            "suspended": lambda: after.suspend(),
            "reinstated": lambda: after.suspend().reinstate(),
            "proposed": lambda: after.propose(),
            "revoked": lambda: after.propose().confirm(),
        }[measure]()
        return story

    story = lived(live)
    reply = as_(story.worker).get(f"/mi-solicitud/{story.id}/carta.pdf")
    assert reply.headers["content-type"] == "application/pdf"
    said = words_of(reply.content)
    for text in LETTERS[measure]:
        assert text in said
    english = as_(story.worker)
    english.cookies.set("idioma", "en")
    assert "Temporary" not in measure
    assert re.search("Your permit|A proposal", words_of(english.get(reply.url.path).content))


def test_without_a_measure_there_is_no_letter(as_: As, lived: Lived) -> None:
    story = lived(signed)
    assert as_(story.worker).get(f"/mi-solicitud/{story.id}/carta.pdf").status_code == 409
