"""A case shows the quotas that it falls under, and a full one says so to who approves."""

import re

import pytest

from app.services.ports import Ports
from permits.applications import Status
from permits.approvals import Opinion
from permits.quotas import Scope
from tests.builders import Story
from tests.databases import Database
from tests.quotas import rule, with_quotas
from tests.web.conftest import As, Lived
from tests.web.pages.officers import Desk, send


@pytest.fixture
def ports() -> Ports:
    """The world of the tests, in which the season has one place."""
    return with_quotas(rule(Scope.SEASON, 1), rule(Scope.EMPLOYER, 2000))


@pytest.fixture
def desk(database: Database, ports: Ports) -> Desk:
    return Desk(database, ports)


def quotas_on(page: str) -> list[str]:
    """What the section of the quotas says, line by line."""
    section = re.search(r'<section aria-labelledby="cupos">.*?</section>', page, re.S)
    lines = re.findall(r"<p>(.*?)</p>", section[0], re.S) if section else []
    return [re.sub(r"<[^>]+>", "", line) for line in lines]


@pytest.mark.feature("O12")
def test_a_full_quota_is_told_and_the_case_waits_with_what_was_typed(
    as_: As, lived: Lived, desk: Desk
) -> None:
    story, other = (lived(lambda s: s.start().submit()) for _ in range(2))
    client, note = as_(story.setrass), "Bienvenida."
    assert quotas_on(client.get(f"/casos/{story.id}").text) == [
        "Cupo de la temporada 2026–2027: plazas ocupadas, 0 de 1.",
        "Cupo del empleador Finca El Cedral: plazas ocupadas, 0 de 2,000.",
    ]
    assert send(client, other, "decidir", {"opinion": "approve"}).status_code == 303
    reply = send(client, story, "decidir", {"opinion": "approve", "note": note})
    assert reply.status_code == 422
    assert (
        "El cupo de la temporada 2026–2027 está lleno (plazas: 1)."
        " Rechace por el motivo L4, o deje el caso en espera."
    ) in reply.text
    assert f">{note}</textarea>" in reply.text
    assert (
        quotas_on(reply.text)[0]
        == "Lleno: Cupo de la temporada 2026–2027: plazas ocupadas, 1 de 1."
    )
    assert (desk.decisions(story), desk.application(story).status) == ([], Status.UNDER_REVIEW)
    client.cookies.set("idioma", "en")
    english = quotas_on(client.get(f"/casos/{story.id}").text)
    assert english[0] == "Full: Quota of the season 2026–2027: places taken, 1 of 1."
    # The other one is refused by INM: the place is free, and the waiting case takes it.
    refusal: dict[str, str | list[str]] = {"opinion": "refuse", "grounds": ["M1"]}
    assert send(as_(other.inm), other, "decidir", refusal).status_code == 303
    assert send(client, story, "decidir", {"opinion": "approve"}).status_code == 303
    assert [d.opinion for d in desk.decisions(story)] == [Opinion.APPROVE]


def test_a_case_that_is_over_shows_no_quota(as_: As, lived: Lived) -> None:
    def refused(story: Story) -> Story:
        return story.start().submit().decide(story.setrass, Opinion.REFUSE)

    story = lived(refused)
    assert quotas_on(as_(story.setrass).get(f"/casos/{story.id}").text) == []
