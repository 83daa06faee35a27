"""The worker asks to go on from the page of the permit, and both agencies see that it is so."""

from datetime import timedelta

import pytest

from app.services import credentials
from permits.deadlines import legal_day
from tests.builders import Story, add_vacancy, work_of
from tests.databases import Database
from tests.web.conftest import As, Lived
from tests.web.pages.conftest import StandingClock
from tests.web.pages.walking import words


def signed(story: Story) -> Story:
    return story.start().submit().approve().sign()


def permit_of(database: Database, story: Story) -> credentials.Permit:
    with database.sessions.begin() as session:
        work = work_of(session, story.worker, story.ports, story.now)
        found = credentials.find_permit_of(work, story.id)
    assert found is not None
    return found


@pytest.mark.feature("W22")
def test_it_is_asked_from_the_permit_and_shown_as_a_renewal_to_both_agencies(
    as_: As, lived: Lived, database: Database, clock: StandingClock
) -> None:
    story = lived(signed)
    permit = permit_of(database, story)
    path = f"/mi-permiso/{permit.credential.id}"
    client = as_(story.worker)
    assert "Renovar mi permiso" not in client.get(path).text
    early = client.get(f"{path}/renovar")
    assert "Se pide 30 días antes de que termine." in words(early)
    assert "Pedir la renovación" not in early.text
    assert client.post(f"{path}/renovar").status_code == 409
    clock.now += permit.authorisation.valid_until - legal_day(clock.now) - timedelta(days=9)
    client = as_(story.worker)
    assert f'href="{path}/renovar"' in client.get(path).text
    assert "Es gratis." in words(client.get(f"{path}/renovar"))
    begun = client.post(f"{path}/renovar")
    assert begun.status_code == 303
    assert client.post(f"{path}/renovar").headers["location"] == begun.headers["location"]
    assert client.get(f"{path}/renovar").headers["location"] == begun.headers["location"]
    renewal = begun.headers["location"].rsplit("/", 1)[1]
    with database.sessions.begin() as session:
        ends = permit.authorisation.valid_until + timedelta(days=10)
        vacancy = add_vacancy(session, story.ports, ends_on=ends, starts_on=legal_day(clock.now))
    step = f"/solicitud/{renewal}"
    assert client.post(f"{step}/trabajo", data={"vacancy": str(vacancy)}).status_code == 303
    assert client.post(f"{step}/permiso", data={"consent": "yes"}).status_code == 303
    assert client.post(f"{step}/revisar").status_code == 303
    for official in (story.setrass, story.inm):
        case = as_(official).get(f"/casos/{renewal}")
        assert "Es una renovación" in words(case)
        assert f'href="/casos/{story.id}"' in case.text
        assert "pueden ser de la misma persona" not in case.text


@pytest.mark.promise("P15")
@pytest.mark.asvs("8.2.2")
def test_anothers_permit_is_not_there_to_be_renewed(
    as_: As, lived: Lived, database: Database
) -> None:
    story, stranger = lived(signed), lived(lambda s: s.start())
    path = f"/mi-permiso/{permit_of(database, story).credential.id}/renovar"
    for actor in (stranger.worker, story.setrass):
        assert as_(actor).get(path).status_code == 404
        assert as_(actor).post(path).status_code == 404
