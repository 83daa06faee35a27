"""A programme of one agency: nobody is shown a step, or waits for the word, of who is not asked."""

from dataclasses import replace

import pytest

from app.services.ports import Ports
from permits.approvals import Opinion
from permits.people import Actor, Agency
from tests import outside
from tests.agencies import ENTRY, LABOUR, coffee_of, knowing
from tests.builders import Story
from tests.databases import Database
from tests.web.conftest import As, Lived
from tests.web.pages.officers import Desk, opinions_of, send
from tests.web.pages.walking import words

SETRASS, INM = "(SETRASS)", "(INM)"


@pytest.fixture
def ports() -> Ports:
    return knowing(outside.ports(), coffee_of(LABOUR), coffee_of(ENTRY))


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
    assert f"{asked} La revisa ahora. Su permiso Después." in said
    assert other not in said
    assert str(story.id) in deciding.get("/bandeja").text
    assert opinions_of(beside.get(f"/casos/{story.id}").text) == []
    assert send(deciding, story, "decidir", {"opinion": "approve"}).status_code == 303
    said = words(worker.get(line))
    assert f"{asked}: Aprobó" in said
    assert other not in said
    assert "Lo decide" not in words(deciding.get(f"/casos/{story.id}"))


@pytest.mark.feature("O1")
def test_the_rules_tell_who_decides_since_when(as_: As, lived: Lived) -> None:
    said = words(as_(lived(lambda s: s.start()).setrass).get("/reglas-y-plazos"))
    assert said.count("Decide SETRASS, desde el 30 de septiembre de 2026.") == 1
    assert said.count("Decide el INM, desde el 30 de septiembre de 2026.") == 1
    assert said.count("Deciden SETRASS y el INM, desde el") == 3


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
