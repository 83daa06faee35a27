"""Programmes of one agency and of three: each is shown the steps of who decides, and no other."""

import re
from dataclasses import replace

import pytest

from app.services.ports import Ports
from permits.applications import Status
from permits.approvals import Opinion
from permits.people import Actor, Agency, Role
from tests import outside
from tests.agencies import CONSULAR, ENTRY, LABOUR, coffee_of, knowing
from tests.builders import Story
from tests.databases import Database
from tests.web.conftest import As, Lived
from tests.web.pages.officers import Desk, opinions_of, send
from tests.web.pages.walking import words

SETRASS, INM = "(SETRASS)", "(INM)"


@pytest.fixture
def ports() -> Ports:
    return knowing(outside.ports(), coffee_of(LABOUR), coffee_of(ENTRY), coffee_of(CONSULAR))


@pytest.fixture
def desk(database: Database, ports: Ports) -> Desk:
    return Desk(database, ports)


def both(story: Story) -> tuple[Actor, Actor]:
    return story.setrass, story.inm


@pytest.mark.feature("O1", "W10", "N13")
@pytest.mark.parametrize(
    ("programme", "asked", "other", "checks"),
    [
        (LABOUR, SETRASS, INM, "La revisa SETRASS. Es gratis."),
        (ENTRY, INM, SETRASS, "La revisa el INM. Es gratis."),
    ],
)
def test_nobody_waits_for_who_is_not_asked(
    as_: As, lived: Lived, desk: Desk, programme: str, asked: str, other: str, checks: str
) -> None:
    draft = lived(lambda s: s.start(programme=programme))
    assert checks in words(as_(draft.worker).get(f"/solicitud/{draft.id}/revisar"))
    story = lived(lambda s: s.start(programme=programme).submit())
    worker, line = as_(story.worker), f"/mi-solicitud/{story.id}"
    officials = both(story) if asked == SETRASS else both(story)[::-1]
    deciding, beside = (as_(one) for one in officials)
    receipt = words(worker.get(f"/solicitud/{story.id}/recibo"))
    assert ("SETRASS revisa" in receipt, "El INM revisa" in receipt) == (
        asked == SETRASS,
        asked == INM,
    )
    said = words(worker.get(line))
    assert re.search(
        rf"{re.escape(asked)} La revisa ahora\. A más tardar el [^.]*\. Su permiso", said
    )
    assert other not in said
    assert str(story.id) in deciding.get("/bandeja").text
    assert opinions_of(beside.get(f"/casos/{story.id}").text) == []
    assert send(deciding, story, "decidir", {"opinion": "approve"}).status_code == 303
    said = words(worker.get(line))
    assert f"{asked}: Aprobó" in said
    assert other not in said
    assert "Lo decide" not in words(deciding.get(f"/casos/{story.id}"))


@pytest.mark.feature("O1", "O2", "N13")
@pytest.mark.promise("P15")
def test_a_consulate_decides_last_on_its_own_people_and_reads_no_other_file(
    as_: As, lived: Lived, desk: Desk
) -> None:
    consul = as_(desk.official(Role.CONSULATE_OFFICER, "Cónsul Uno"))
    other = lived(lambda s: s.start().submit())
    draft = lived(lambda s: s.start(programme=CONSULAR))
    asked = words(as_(draft.worker).get(f"/solicitud/{draft.id}/permiso"))
    assert "También el consulado de su país." in asked
    story = lived(lambda s: s.start(programme=CONSULAR).submit())
    line = f"/mi-solicitud/{story.id}"
    for who in both(story):
        assert opinions_of(consul.get(f"/casos/{story.id}").text) == []
        assert send(as_(who), story, "decidir", {"opinion": "approve"}).status_code == 303
    assert "Consulado de su país La revisa ahora. A más tardar el" in words(
        as_(story.worker).get(line)
    )
    listed = consul.get("/bandeja").text
    assert (str(story.id) in listed, str(other.id) in listed) == (True, False)
    assert consul.get(f"/casos/{other.id}").status_code == 404
    page = consul.get(f"/casos/{story.id}")
    assert 'value="C1"' in page.text
    assert 'value="M1"' not in page.text
    assert send(consul, story, "decidir", {"opinion": "approve"}).status_code == 303
    assert desk.application(story).status is Status.APPROVED
    assert "Consulado de su país: Aprobó" in words(as_(story.worker).get(line))


@pytest.mark.feature("O1")
def test_the_rules_tell_who_decides_since_when(as_: As, lived: Lived) -> None:
    said = words(as_(lived(lambda s: s.start()).setrass).get("/reglas-y-plazos"))
    assert said.count("Decide SETRASS, desde el 30 de septiembre de 2026.") == 1
    assert said.count("Decide el INM, desde el 30 de septiembre de 2026.") == 1
    assert said.count("Deciden SETRASS y el INM, desde el") == 3
    assert said.count("Deciden SETRASS, el INM y el consulado, desde el") == 1


@pytest.mark.feature("O1", "N13")
def test_a_case_says_who_decides_where_its_programme_asks_others_by_now(
    as_: As, lived: Lived, desk: Desk
) -> None:
    story = lived(lambda s: s.start(programme=LABOUR).submit().decide(s.setrass, Opinion.APPROVE))
    changed = replace(coffee_of(LABOUR), agencies=(Agency.SETRASS, Agency.INM))
    desk.ports.reference.programmes[LABOUR] = changed  # type: ignore[index]
    assert "Lo decide SETRASS, como pedía el programa al enviarse." in words(
        as_(story.setrass).get(f"/casos/{story.id}")
    )
    assert INM not in words(as_(story.worker).get(f"/mi-solicitud/{story.id}"))
