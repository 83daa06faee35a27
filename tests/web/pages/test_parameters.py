"""Every number of a programme shows where it stands and whether counsel has confirmed it."""

from dataclasses import replace
from datetime import date

import pytest

from app.services.programmes import Counting, list_fixed, list_sheets
from app.web.i18n import COOKIE
from permits.people import SYSTEM, Role
from permits.programme_changes import list_parameters
from tests import outside
from tests.builders import add_official, work_of
from tests.databases import Database
from tests.permits.test_dated_values import LATER, several
from tests.web.conftest import As, Lived
from tests.web.pages.walking import words

PATH = "/reglas-y-plazos"


@pytest.mark.feature("D4")
def test_every_value_shows_its_source_and_whether_it_is_confirmed(as_: As, lived: Lived) -> None:
    story = lived(lambda s: s.start())
    for official in (story.setrass, story.inm):
        client = as_(official)
        assert f'href="{PATH}"' in client.get("/bandeja").text
        page = client.get(PATH)
        said = words(page)
        assert "Cosecha de café Honduras–Guatemala 29 por confirmar" in said
        assert "Edad mínima 18 años 1 de octubre de 2026 IRIS A.3" in said
        assert "Si el plazo se detiene mientras la persona responde sí, se detiene" in said
        assert "Temporada del 1 de octubre al 30 de abril" in said
        assert "Desde cuándo es urgente 90 % del plazo" in said
        assert "Constancia de salud se muestra en la oficina 2 de abril de 2025" in said
        for programme in outside.reference().programmes.values():
            for one in list_parameters(programme):
                assert " ".join(one.source.split()) in said
        said_once = [one for one, _ in list_fixed()]
        assert "Desde qué edad se es mayor 18 años" in said
        assert "Tiempo de más por un proceso 90 días" in said
        of_programmes = (
            one
            for programme in outside.reference().programmes.values()
            for one in list_parameters(programme)
        )
        assert page.text.count("Por confirmar") == sum(
            not one.confirmed for one in (*of_programmes, *said_once)
        )


def test_in_english_the_names_and_units_are_english(as_: As, lived: Lived) -> None:
    client = as_(lived(lambda s: s.start()).setrass)
    client.cookies.set(COOKIE, "en")
    said = words(client.get(PATH))
    assert "Minimum age 18 years 1 October 2026" in said
    assert "Season from 1 October to 30 April" in said
    assert "To be confirmed" in said


def test_a_worker_and_a_border_agent_have_no_such_page(
    as_: As, lived: Lived, database: Database
) -> None:
    story = lived(lambda s: s.start())
    assert as_(story.worker).get(PATH).status_code == 403
    with database.sessions.begin() as session:
        agent = add_official(session, outside.ports(), Role.BORDER_AGENT)
    assert as_(agent).get(PATH).status_code == 403


def test_which_version_counts_on_a_day(database: Database) -> None:
    world = outside.ports()
    known = replace(world.reference, programmes={"coffee": several()})
    with database.sessions() as session:
        work = work_of(session, SYSTEM, replace(world, reference=known))
        ages = {
            day: [
                state
                for one, state in list_sheets(work, day)[0][1]
                if one.path == "minimum_age_years"
            ]
            for day in (date(2020, 1, 1), LATER)
        }
    assert list(ages.values()) == [
        [Counting.IN_FORCE, Counting.LATER, Counting.LATER],
        [Counting.BEFORE, Counting.IN_FORCE, Counting.LATER],
    ]
