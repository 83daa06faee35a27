"""The desk of second looks: it alone sees a hit; everybody else sees a case under review."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

import pytest

from app.services import effects, second_looks, watch
from app.services.ports import Ports
from app.storage.database import Session
from permits.approvals import Opinion
from permits.people import SYSTEM, Role
from permits.watch import SecondLook, WatchQuery
from tests import outside
from tests.builders import Story, add_official, work_of
from tests.databases import Database
from tests.renamed import ask as ask_change
from tests.web.conftest import As, Lived
from tests.web.pages.walking import Walker, words

REFERENCE = "INTERPOL-77/2026"
LOOKS = Role.INM_SECOND_LOOK


@dataclass
class Finds:
    """A list that finds everybody, or whose surnames end in these."""

    ending: str = ""

    def ask(self, query: WatchQuery) -> Sequence[str]:
        return [REFERENCE] if query.surnames.endswith(self.ending) else []


@pytest.fixture
def listed() -> Finds:
    return Finds()


@pytest.fixture
def ports(listed: Finds) -> Ports:
    return replace(outside.ports(), watch=listed)


def ask(session: Session, ports: Ports) -> None:
    work = work_of(session, SYSTEM, ports)
    watch.ask_new(work)
    while effects.run_next_effect(work):
        pass


@pytest.fixture
def found(lived: Lived, database: Database, ports: Ports) -> Story:
    story = lived(lambda one: one.start().submit().decide(one.setrass, Opinion.APPROVE))
    with database.sessions.begin() as session:
        ask(session, ports)
    return story


@pytest.fixture
def desk(as_: As, database: Database, ports: Ports) -> Walker:
    with database.sessions.begin() as session:
        actor = add_official(session, ports, Role.INM_SECOND_LOOK)
    return Walker(as_(actor))


def first(desk: Walker) -> str:
    link = re.search(r"/segunda-revision/[0-9a-f-]{36}", desk.open("/segunda-revision").text)
    assert link is not None
    return link[0]


@pytest.mark.promise("P3")
@pytest.mark.feature("O14")
def test_who_had_a_part_in_the_case_reads_why_and_finds_no_form(
    found: Story, desk: Walker, as_: As, database: Database, ports: Ports
) -> None:
    here = first(desk)
    with database.sessions.begin() as session:
        story = Story(session, ports)
        story.id, story.worker = found.id, found.worker
        before, looker = (add_official(session, ports, Role.INM_SECOND_LOOK) for _ in "12")
        check = UUID(here.rsplit("/", 1)[1])
        second_looks.look_again(story.work(looker), check, SecondLook.CLEAR, "Es otra.")
        story.decide(replace(before, role=Role.INM_OFFICER), Opinion.RETURN).submit()
        story.decide(found.setrass, Opinion.APPROVE)
        ask(session, ports)
    walker, there = Walker(as_(before)), first(desk)
    assert there != here
    page = words(walker.open(there))
    assert "Usted no puede hacer esta revisión" in page
    assert "Usted ya participó en este caso. Ahora le toca a otra persona." in page
    assert "Registrar la revisión" not in page
    assert "Registrar la revisión" in words(desk.open(there))
    assert walker.send(there, says="clear", note="Es otra.").status_code == 403


@pytest.mark.feature("O14")
def test_a_hit_is_cleared_at_its_desk_and_the_case_goes_on(
    found: Story, desk: Walker, as_: As
) -> None:
    officer = Walker(as_(found.inm))
    case = f"/casos/{found.id}"
    assert "La verificación de este caso no ha terminado." in words(officer.open(case))
    assert "/segunda-revision" not in officer.page.text
    assert officer.open("/segunda-revision").status_code == 403
    here = first(desk)
    assert REFERENCE in words(desk.open(here))
    english = desk.send(says="clear", note="Otra persona.", idioma="en")
    assert "What does the second look say?" in words(english)
    assert "Otra persona." in english.text
    desk.open(f"/idioma/es?volver={here}")
    assert "Elija qué decide." in words(desk.send(note="x"))
    assert "Escriba por qué." in words(desk.send(says="clear"))
    said = words(desk.send(says="clear", note="Otra persona, otro nacimiento."))
    assert "Su revisión quedó registrada." in said
    assert "No hay alertas por revisar." in said
    assert desk.send(here, says="clear", note="Otra vez.").status_code == 409
    assert "¿Qué decide su institución?" in words(officer.open(case))


@pytest.mark.feature("O14")
def test_a_refusal_ends_the_case_and_tells_nothing_of_the_list(
    found: Story, desk: Walker, as_: As
) -> None:
    worker = Walker(as_(found.worker))
    before = words(worker.open(f"/mi-solicitud/{found.id}"))
    assert "En revisión" in before
    desk.open(first(desk))
    desk.send(says="refuse", note="Confirmado con la lista.", told="Puede pedir que lo revisen.")
    after = words(worker.open(f"/mi-solicitud/{found.id}"))
    assert "Rechazada" in after
    assert "Puede pedir que lo revisen." in after
    assert REFERENCE not in after
    assert "Confirmado con la lista." not in after


@pytest.mark.feature("O14", "O15")
def test_a_name_that_was_found_is_shown_beside_the_old_and_refused_in_words(
    lived: Lived, listed: Finds, ports: Ports, desk: Walker, as_: As
) -> None:
    listed.ending = "de Paz"

    def permit(one: Story) -> Story:
        one.start().submit().decide(one.setrass, Opinion.APPROVE)
        ask(one.session, ports)
        one.decide(one.inm, Opinion.APPROVE).sign()
        ask_change(one)
        ask(one.session, ports)
        return one

    story = lived(permit)
    officer = Walker(as_(story.inm))
    assert "La verificación de este caso no ha terminado." in words(
        officer.open(f"/casos/{story.id}")
    )
    said = words(desk.open(first(desk)))
    assert "Los datos que pide cambiar" in said
    assert "Gutiérrez de Paz" in said
    assert "Rechazar los datos nuevos" in said
    assert "Escriba qué lee la persona." in words(desk.send(says="refuse", note="Confirmado."))
    desk.send(says="refuse", note="Confirmado.", told="Traiga otra prueba.")
    assert "Traiga otra prueba." in words(officer.open(f"/casos/{story.id}"))


@pytest.mark.asvs("8.2.2")
def test_who_may_decide_may_not_look_again(found: Story, desk: Walker, as_: As) -> None:
    here = first(desk)
    for actor in (found.inm, found.setrass, found.worker):
        assert Walker(as_(actor)).open(here).status_code == 403
    nobody = desk.open(f"/segunda-revision/{UUID(int=5)}")
    assert nobody.status_code == 404
