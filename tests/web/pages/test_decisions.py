"""Deciding, holding and revoking through the forms, and every way in which they are refused."""

import re
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient

from app.services.ports import Ports
from permits.applications import Status
from permits.approvals import Opinion
from permits.people import Role
from permits.programmes import Hiring
from tests.builders import Story
from tests.databases import Database
from tests.web.conftest import As, Lived
from tests.web.pages.conftest import StandingClock
from tests.web.pages.officers import Desk, hidden, opinions_of, send

NOTE = "¿Cuál es su segundo apellido?"


@pytest.fixture
def desk(database: Database, ports: Ports) -> Desk:
    return Desk(database, ports)


def submitted(story: Story) -> Story:
    return story.start().submit()


def follow(client: TestClient, address: str) -> str:
    reply = client.get(address)
    assert reply.status_code == 200
    return reply.text


@pytest.mark.feature("O2", "O8", "O9")
@pytest.mark.parametrize(
    ("fields", "status", "told"),
    [
        ({"opinion": "approve"}, Status.UNDER_REVIEW, "Su aprobación quedó registrada."),
        (
            {"opinion": "return", "reasons": ["D2"], "note": NOTE},
            Status.RETURNED,
            "La solicitud volvió a la persona con su pregunta.",
        ),
        (
            {"opinion": "refuse", "grounds": ["L2", "L7"]},
            Status.REFUSED,
            "Su rechazo quedó registrado.",
        ),
    ],
)
def test_a_decision_is_recorded_and_leads_to_the_next_case(
    as_: As, lived: Lived, desk: Desk, fields: dict[str, str | list[str]], status: Status, told: str
) -> None:
    story, next_one = lived(submitted), lived(submitted)
    client = as_(story.setrass)
    reply = send(client, story, "decidir", fields)
    opinion = str(fields["opinion"])
    assert reply.status_code == 303
    assert reply.headers["location"] == f"/casos/{story.id}?hecho={opinion}"
    page = follow(client, reply.headers["location"])
    assert told in page
    assert f'href="/casos/{next_one.id}"' in page
    assert opinions_of(page) == []
    assert desk.application(story).status is status
    taken = [(d.opinion.value, d.official, d.note) for d in desk.decisions(story)]
    assert taken == [(opinion, story.setrass.person, fields.get("note", ""))]


def test_a_made_up_address_confirms_nothing(as_: As, lived: Lived) -> None:
    story = lived(submitted)
    for done in ("approve", "return", "refuse", "revoke", "hold", "x"):
        page = follow(as_(story.setrass), f"/casos/{story.id}?hecho={done}")
        assert "notice--good" not in page


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({}, "Elija qué decide."),
        ({"opinion": "refuse"}, "Elija al menos un motivo para rechazar."),
        ({"opinion": "refuse", "grounds": ["M1"]}, "Ese motivo es de otra institución."),
        (
            {"opinion": "approve", "grounds": ["L1"]},
            "Los motivos sólo se usan para rechazar.",
        ),
        ({"opinion": "return", "note": NOTE}, "Elija al menos una razón para devolver."),
        (
            {"opinion": "approve", "reasons": ["D1"]},
            "Estas razones sólo se usan para devolver.",
        ),
        (
            {"opinion": "return", "reasons": ["D1"]},
            "Escriba qué debe corregir o responder la persona.",
        ),
        ({"opinion": "return", "note": "a" * 2001}, "El máximo es de 2000 letras."),
    ],
)
def test_a_faulty_decision_comes_back_with_what_was_typed(
    as_: As, lived: Lived, desk: Desk, fields: dict[str, str | list[str]], fault: str
) -> None:
    story = lived(submitted)
    reply = send(as_(story.setrass), story, "decidir", fields)
    assert reply.status_code == 422
    assert fault in reply.text
    if "opinion" in fields:
        assert (
            re.findall(r'name="opinion"[^>]* value="([\w-]+)" checked', reply.text)[0]
            == fields["opinion"]
        )
    assert desk.decisions(story) == []


def test_a_blocking_finding_refuses_the_approval_and_says_which(
    as_: As, lived: Lived, desk: Desk
) -> None:
    story = lived(lambda s: s.start(hiring=Hiring.ON_ACCEPTANCE).submit())
    reply = send(as_(story.setrass), story, "decidir", {"opinion": "approve"})
    assert reply.status_code == 422
    assert 'href="#opinion">El empleador todavía no ha respondido.</a>' in reply.text
    assert desk.decisions(story) == []


@pytest.mark.promise("P5")
@pytest.mark.feature("O4")
def test_who_read_an_older_page_is_told_who_changed_what_and_keeps_the_text(
    as_: As, lived: Lived, desk: Desk, clock: StandingClock
) -> None:
    story = lived(submitted)
    client = as_(story.setrass)
    old = hidden(follow(client, f"/casos/{story.id}"), "decidir")
    clock.now += timedelta(minutes=5)
    colleague = desk.official(Role.SETRASS_OFFICER, "Óscar Zelaya")
    assert send(as_(colleague), story, "tomar").status_code == 303
    assert send(as_(colleague), story, "soltar").status_code == 303
    reply = client.post(
        f"/casos/{story.id}/decidir",
        data={**old, "opinion": "return", "reasons": ["D2"], "note": NOTE},
    )
    assert reply.status_code == 412
    notice = reply.text[reply.text.index("notice--stop") :]
    changes = re.findall(r"<li>([^<]+)</li>", notice[: notice.index("</ul>")])
    assert [line.split(" · ")[:2] for line in changes] == [
        ["Se soltó el caso", "Óscar Zelaya"],
        ["Se tomó el caso", "Óscar Zelaya"],
    ]
    assert f">{NOTE}</textarea>" in reply.text
    assert desk.decisions(story) == []
    again = client.post(
        f"/casos/{story.id}/decidir",
        data={
            **hidden(reply.text, "decidir"),
            "opinion": "return",
            "reasons": ["D2"],
            "note": NOTE,
        },
    )
    assert again.status_code == 303


@pytest.mark.parametrize("version", ["", "x", "9" * 10])
def test_a_form_that_does_not_say_what_was_seen_is_refused(
    as_: As, lived: Lived, desk: Desk, version: str
) -> None:
    story = lived(submitted)
    fields = {"opinion": "approve", "version": version}
    reply = as_(story.setrass).post(f"/casos/{story.id}/decidir", data=fields)
    assert reply.status_code == 428
    assert "Falta saber qué versión vio usted" in reply.text
    assert desk.decisions(story) == []


def _version(desk: Desk, story: Story) -> dict[str, str]:
    return {"version": str(desk.application(story).version)}


@pytest.mark.asvs("2.3.1", "8.2.1")
@pytest.mark.feature("O2")
def test_what_is_not_offered_is_refused_by_the_server_too(
    as_: As, lived: Lived, desk: Desk
) -> None:
    story = lived(submitted)
    fields = {"opinion": "approve", "note": "Ya lo revisé", **_version(desk, story)}
    too_early = as_(story.inm).post(f"/casos/{story.id}/decidir", data=fields)
    assert too_early.status_code == 409
    assert "Todavía no le toca a su institución." in too_early.text
    assert "Ya lo revisé" in too_early.text
    held = lived(submitted)

    send(as_(held.setrass), held, "tomar")
    other = desk.official(Role.SETRASS_OFFICER)
    fields = {"opinion": "approve", **_version(desk, held)}
    reply = as_(other).post(f"/casos/{held.id}/decidir", data=fields)
    assert reply.status_code == 409
    assert f"{held.setrass.name} trabaja en este caso ahora." in reply.text
    assert desk.decisions(story) == desk.decisions(held) == []


@pytest.mark.promise("P3")
def test_nobody_decides_twice(as_: As, lived: Lived, desk: Desk) -> None:
    story = lived(lambda s: s.start().submit().decide(s.setrass, Opinion.APPROVE))
    fields = {"opinion": "refuse", "grounds": "L1", **_version(desk, story)}
    reply = as_(story.setrass).post(f"/casos/{story.id}/decidir", data=fields)
    assert reply.status_code == 409
    assert "Su institución ya decidió este caso." in reply.text
    assert len(desk.decisions(story)) == 1


@pytest.mark.parametrize("act", ["decidir", "tomar", "soltar", "credencial/revocar"])
@pytest.mark.parametrize("role", [Role.BORDER_AGENT, Role.ADMINISTRATOR, Role.WORKER])
def test_other_roles_get_a_page_that_says_no(
    as_: As, lived: Lived, desk: Desk, act: str, role: Role
) -> None:
    story = lived(lambda s: s.start().submit().approve().sign())
    actor = story.worker if role is Role.WORKER else desk.official(role)
    fields = {"opinion": "approve", "reason": "lost", "credential_version": "2"}
    reply = as_(actor).post(f"/casos/{story.id}/{act}", data={**fields, **_version(desk, story)})
    assert reply.status_code in {403, 404}
    assert "Gutiérrez" not in reply.text


@pytest.mark.promise("P20")
@pytest.mark.asvs("3.5.1")
@pytest.mark.parametrize("act", ["decidir", "tomar", "soltar", "credencial/revocar"])
def test_another_site_cannot_send_a_form(as_: As, lived: Lived, desk: Desk, act: str) -> None:
    story = lived(submitted)
    reply = as_(story.setrass).post(
        f"/casos/{story.id}/{act}",
        data={"opinion": "approve", **_version(desk, story)},
        headers={"sec-fetch-site": "cross-site"},
    )
    assert reply.status_code == 403
    assert (desk.decisions(story), desk.application(story).held_by) == ([], None)


@pytest.mark.feature("O4")
def test_a_case_is_taken_taken_over_and_given_back(as_: As, lived: Lived, desk: Desk) -> None:
    story = lived(submitted)
    first, second = as_(story.setrass), as_(desk.official(Role.SETRASS_OFFICER, "Iris Núñez"))
    page = follow(first, send(first, story, "tomar").headers["location"])
    assert "Usted tiene este caso ahora." in page
    seen = follow(second, f"/casos/{story.id}")
    assert f"{story.setrass.name} tiene este caso desde el" in seen
    assert f"Tomar el caso de {story.setrass.name}" in seen
    unsaid = send(second, story, "tomar")
    assert (unsaid.status_code, "Diga por qué toma el caso." in unsaid.text) == (422, True)
    page = follow(second, send(second, story, "tomar", {"taking": "absent"}).headers["location"])
    assert f"Se tomó el caso. Lo tenía {story.setrass.name}." in page
    assert desk.application(story).held_by_name == "Iris Núñez"
    page = follow(second, send(second, story, "soltar").headers["location"])
    assert "El caso volvió a la bandeja." in page
    assert desk.application(story).held_by is None


@pytest.mark.feature("O16")
def test_a_permit_is_revoked_with_its_reason_and_only_once(
    as_: As, lived: Lived, desk: Desk
) -> None:
    story = lived(lambda s: s.start().submit().approve().sign())
    client = as_(story.inm)
    page = follow(client, f"/casos/{story.id}")
    fields = hidden(page, "credencial/revocar")
    address = f"/casos/{story.id}/credencial/revocar"
    empty = client.post(address, data=fields)
    assert empty.status_code == 422
    assert "Elija por qué lo revoca." in empty.text
    reply = client.post(address, data={**fields, "reason": "stolen"})
    assert reply.headers["location"] == f"/casos/{story.id}?hecho=revoke"
    done = follow(client, reply.headers["location"])
    assert "El permiso quedó revocado." in done
    assert "Fue robado" in done
    assert "Se revocó el permiso: fue robado" in done
    again = client.post(address, data={**fields, "reason": "lost"})
    assert again.status_code == 412
    assert "Fue robado" in again.text


def test_the_language_button_keeps_what_was_typed_and_decides_nothing(
    as_: As, lived: Lived, desk: Desk
) -> None:
    story = lived(submitted)
    client = as_(story.setrass)
    reply = send(
        client,
        story,
        "decidir",
        {"opinion": "return", "reasons": ["D2"], "note": NOTE, "idioma": "en"},
    )
    assert reply.status_code == 200
    assert "What does your institution decide?" in reply.text
    assert f">{NOTE}</textarea>" in reply.text
    assert desk.decisions(story) == []
