"""A programme that asks questions of its own: from the wizard to who reads the answers."""

import html
import json
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from app.services.ports import Ports
from permits.people import Actor, Agency, Role
from permits.programme_questions import After, ProgrammeQuestion, QuestionKind, QuestionPictogram
from permits.programmes import Hiring
from tests import outside
from tests.builders import add_official
from tests.crewed import crew_of
from tests.databases import Database
from tests.web.conftest import As, Lived
from tests.web.pages.test_brigade import case as case
from tests.web.pages.test_brigade import facilitator as facilitator
from tests.web.pages.walking import Walker, open_work, words

pytestmark = pytest.mark.feature("D5")

LICENCE = ProgrammeQuestion(
    "driving-licence",
    QuestionKind.YES_NO,
    "¿Tiene licencia de conducir?",
    "Do you have a driving licence?",
    required=True,
    pictogram=QuestionPictogram.ID_CARD,
    after=After.SEX,
    seen_by=(Agency.SETRASS,),
    source="test",
    valid_from=date(2026, 1, 1),
)
SINCE = replace(
    LICENCE,
    id="driver-since",
    kind=QuestionKind.DATE,
    label_es="¿Desde qué día conduce?",
    label_en="Since which day do you drive?",
    hint_es="Si no lo sabe, siga.",
    hint_en="If you do not know, go on.",
    required=False,
    seen_by=(Agency.INM,),
    employer=True,
)


@pytest.fixture
def ports() -> Ports:
    """The tests' outside world, whose coffee programme asks two questions more."""
    world = outside.ports()
    known = dict(world.reference.programmes)
    asked, coffee = (LICENCE, SINCE), known["coffee-hn-gt"]
    versions = replace(coffee.versions, questions=asked)
    known["coffee-hn-gt"] = replace(coffee, questions=asked, versions=versions)
    return replace(world, reference=replace(world.reference, programmes=known))


def answer_up_to_own(walker: Walker) -> None:
    walker.send(document_kind="gt-dpi", document_number="1234 56789 2004")
    walker.send(given_names="María", surnames="Gutiérrez")
    walker.send(date_of_birth__day="27", date_of_birth__month="3", date_of_birth__year="1994")
    walker.send(sex="female")


def answer_the_rest(walker: Walker, vacancy: UUID) -> None:
    walker.send(municipality="jocotan")
    walker.send(languages_spoken=["spa"])
    walker.send(languages_read="spa")
    walker.open(f"/solicitud/{walker.application}/trabajo/{vacancy}")
    walker.send()
    walker.send(brings_documents="yes")
    walker.send(brings_photo="yes")
    walker.send(consent="yes")


def test_the_worker_answers_them_and_each_reads_what_is_theirs(
    visitor: TestClient, as_: As, database: Database, ports: Ports
) -> None:
    vacancy = open_work(database, ports)
    walker = Walker(visitor)
    walker.begin()
    answer_up_to_own(walker)
    assert walker.slug == "pregunta-driving-licence"
    assert "La ve SETRASS." in words(walker.page)
    walker.send()
    assert (walker.page.status_code, "Falta este dato." in words(walker.page)) == (422, True)
    walker.send(extra_driving_licence="perhaps")
    assert walker.page.status_code == 422
    walker.send(extra_driving_licence="no")
    assert walker.slug == "pregunta-driver-since"
    assert "La ve el INM. También la ve el empleador." in words(walker.page)
    wrong = {"extra_driver_since-day": "31", "extra_driver_since-month": "2"}
    walker.send(**wrong, **{"extra_driver_since-year": "2020"})
    assert (walker.page.status_code, 'value="31"' in walker.page.text) == (422, True)
    walker.send()
    assert walker.slug == "municipio"
    walker.open(f"/solicitud/{walker.application}/pregunta-driver-since")
    right = {"extra_driver_since-day": "1", "extra_driver_since-month": "mayo"}
    walker.send(**right, **{"extra_driver_since-year": "2020"})
    answer_the_rest(walker, vacancy)
    assert walker.slug == "revisar"
    told = words(walker.page)
    assert "¿Tiene licencia de conducir? No" in told
    assert "1 de mayo de 2020" in told
    application = walker.application
    walker.send()
    assert walker.slug == "recibo"
    _check_readers(as_, database, ports, application)


def _check_readers(as_: As, database: Database, ports: Ports, application: str) -> None:
    seen: list[tuple[Role, str, dict[str, Any], str]] = [
        (Role.SETRASS_OFFICER, LICENCE.label_es, {"driving-licence": False}, SINCE.label_es),
        (Role.INM_OFFICER, SINCE.label_es, {"driver-since": "2020-05-01"}, LICENCE.label_es),
    ]
    for role, told, answered, hidden in seen:
        with database.sessions.begin() as session:
            official = add_official(session, ports, role)
        client = as_(official)
        page = html.unescape(client.get(f"/casos/{application}").text)
        assert told in page
        assert hidden not in page
        case = client.get(f"/api/v1/applications/{application}").json()
        assert case["answers"]["extra"] == answered


def test_the_api_lists_them_and_takes_their_answers(as_: As, lived: Lived) -> None:
    story = lived(lambda one: one.start())
    client = as_(story.worker)
    coffee = client.get("/api/v1/programmes").json()["items"][0]
    assert [one["id"] for one in coffee["questions"]] == ["driving-licence", "driver-since"]
    begun = client.post(
        "/api/v1/applications",
        json={"programme": coffee["code"], "answers": {"extra": {"driving-licence": True}}},
    )
    here = f"/api/v1/applications/{begun.json()['id']}"

    def patch(extra: object) -> Response:
        etag = client.get(here).headers["etag"]
        return client.patch(here, json={"answers": {"extra": extra}}, headers={"If-Match": etag})

    assert patch({"driver-since": "2020-05-01"}).status_code == 200
    for wrong, field in (
        ({"driving-licence": "yes"}, "extra.driving-licence"),
        ({"driver-since": "2020-02-30"}, "extra.driver-since"),
        ({"shoe-size": 40}, "extra"),
    ):
        refused = patch(wrong)
        assert refused.status_code == 422
        assert [one["field"] for one in refused.json()["errors"]] == [field]
    assert client.get(here).json()["answers"]["extra"] == {
        "driving-licence": True,
        "driver-since": "2020-05-01",
    }
    assert patch({"driver-since": None}).status_code == 200
    assert client.get(here).json()["answers"]["extra"]["driver-since"] is None


def test_who_came_by_a_list_answers_them_with_their_yes(
    as_: As, database: Database, ports: Ports
) -> None:
    vacancy = open_work(database, ports, Hiring.NAMED)
    with database.sessions.begin() as session:
        crewed = crew_of(session, ports, vacancy).register(1)
        member = crewed.members[0]
    walker = Walker(as_(Actor(member.member.worker, Role.WORKER)))
    walker.open(f"/consentir/{member.application.id}")
    assert LICENCE.label_es in words(walker.page)
    walker.send(**{"answer": "yes", "extra_driver_since-day": "31"})
    assert (walker.page.status_code, 'value="31"' in walker.page.text) == (422, True)
    walker.send(answer="yes")
    assert walker.page.status_code == 422
    assert 'href="#extra_driving_licence"' in walker.page.text
    walker.send(answer="yes", extra_driving_licence="yes")
    assert walker.path == f"/mi-solicitud/{member.application.id}"
    case = walker.client.get(f"/api/v1/applications/{member.application.id}").json()
    assert case["status"] == "under-review"
    assert case["answers"]["extra"] == {"driving-licence": True, "driver-since": None}


def test_the_tablet_asks_them_and_sends_the_answers(
    as_: As,
    visitor: TestClient,
    case: dict[str, Any],
    facilitator: Actor,
) -> None:
    page = visitor.get("/brigada/preguntas/coffee-hn-gt?idioma=en").text
    assert 'data-step="pregunta-driving-licence"' in page
    assert f'data-asked="pregunta-driver-since">{SINCE.label_en}' in page
    assert page.count("data-optional") == 1
    client = as_(facilitator)

    def send(typed: dict[str, Any]) -> Response:
        whole = case | {"typed": case["typed"] | typed}
        return client.post("/brigada/casos.json", data={"caso": json.dumps(whole)})

    left_out = send({"foto": {"brings_photo": ["yes"]}})
    assert [one["step"] for one in left_out.json()["faults"]] == ["pregunta-driving-licence"]
    own = {"pregunta-driving-licence": {"extra_driving_licence": ["yes"]}}
    assert send({"foto": {"brings_photo": ["yes"]}} | own).json()["receipt"]
