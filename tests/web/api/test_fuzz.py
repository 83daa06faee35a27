"""schemathesis over the document: no crash, and no reply that it does not tell of."""

from collections.abc import Mapping
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis import APIOperation, Case, GenerationMode
from schemathesis.checks import CHECKS, load_all_checks
from schemathesis.specs.openapi.schemas import OpenApiSchema
from sqlalchemy import text

from permits.people import AGENCY_OF, Role
from tests.builders import Story, add_official
from tests.proofs import times
from tests.web.api.matrix.cast import live
from tests.web.api.operations import OPERATIONS, actor_of, submitted
from tests.web.api.world import World, the_document

NOBODYS = {Role.WORKER, Role.SYSTEM, Role.ANYONE}
"""A worker is somebody of the story; nobody signs in as the others."""

NAMES = sorted({row.id for row in OPERATIONS})
EXAMPLES = times(2, 2000)
"""Requests of each kind for each operation, each with the token of some role or with none."""

OF_THE_STORY = ("owner", "stranger", "setrass", "inm", "visitor")
"""Who is tied to the very file that is asked about, and nobody."""

EVERYBODY = sorted({*OF_THE_STORY, *(role.value for role in Role if role not in NOBODYS)})
"""Them, and somebody of every other role."""

EVENTS = "SELECT count(*) FROM audit_events WHERE subject = :story"

load_all_checks()
CHECKED: list[Any] = CHECKS.get_by_names(
    [
        "not_a_server_error",
        "status_code_conformance",
        "content_type_conformance",
        "response_headers_conformance",
        "response_schema_conformance",
    ]
)


@pytest.fixture(scope="module")
def described(shared: World) -> OpenApiSchema:
    schema = schemathesis.openapi.from_dict(the_document())
    schema.app = shared.app
    return schema


@pytest.fixture(scope="module")
def tokens(shared: World) -> Mapping[str, str]:
    """What each role sends to be known, made once; who speaks for an agency is posted there."""
    with shared.database.sessions.begin() as session:
        posted = {role.value: add_official(session, shared.ports, role) for role in AGENCY_OF}
    people = {**live(shared).people, **posted}
    return {
        role.value: shared.caller(people[role.value]).headers["authorization"]
        for role in Role
        if role not in NOBODYS
    }


class Files:
    """Files that are asked about: the next takes the one before, unless something came about."""

    def __init__(self, world: World, tokens: Mapping[str, str]) -> None:
        self._world, self._tokens = world, tokens
        self._story: Story | None = None
        self._events, self._known = -1, dict[str, str]()

    def take(self) -> tuple[Story, Mapping[str, str]]:
        """A case that was handed in and nothing else, and what each sends to be known."""
        if self._story is None or self._count(self._story) != self._events:
            self._story = story = self._world.live(submitted)
            self._events = self._count(story)
            tied = {name: actor_of(name, story) for name in OF_THE_STORY}
            told = {n: self._world.caller(a).headers["authorization"] for n, a in tied.items() if a}
            self._known = {**self._tokens, **told}
        return self._story, self._known

    def version_of(self, story: Story) -> int:
        """As it stands now."""
        return self._world.version_of(story.id)

    def _count(self, story: Story) -> int:
        """How much the log knows of it; every act and every reading stands there."""
        with self._world.database.engine.connect() as connection:
            count: int = connection.execute(text(EVENTS), {"story": story.id}).scalar_one()
        return count


@pytest.fixture(scope="module")
def files(shared: World, tokens: Mapping[str, str]) -> Files:
    return Files(shared, tokens)


@pytest.mark.promise("P20")
@pytest.mark.asvs("2.2.1")
@pytest.mark.parametrize("name", NAMES)
def test_whatever_is_sent_the_reply_is_one_of_those_told(
    described: OpenApiSchema, files: Files, name: str
) -> None:
    """Asked wrongly, where there is anything to get wrong, and rightly."""
    operation = described.find_operation_by_id(name)
    told = operation.definition.raw
    if "parameters" in told or "requestBody" in told:
        ask(files, operation, GenerationMode.NEGATIVE)
    ask(files, operation, GenerationMode.POSITIVE)


def ask(files: Files, operation: APIOperation[Any, Any, Any, Any], mode: GenerationMode) -> None:
    story, known = files.take()

    @seed(20261123)
    @settings(
        max_examples=EXAMPLES,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode), who=st.sampled_from(EVERYBODY))
    def run(case: Case[Any], who: str) -> None:
        if "application" in (case.path_parameters or {}):
            case.path_parameters["application"] = str(story.id)
        sent = {"Authorization": known[who]} if who in known else {}
        if mode is GenerationMode.POSITIVE and "If-Match" in (case.headers or {}):
            sent["If-Match"] = f'"{files.version_of(story)}"'  # else nothing gets past it
        case.call_and_validate(base_url="http://localhost:8000", headers=sent, checks=CHECKED)

    run()


def test_every_role_asks() -> None:
    assert {role.value for role in Role if role not in NOBODYS} < set(EVERYBODY)
