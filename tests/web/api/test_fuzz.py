"""schemathesis over the document: no crash, and no reply that it does not tell of."""

from collections.abc import Mapping
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from schemathesis.checks import CHECKS, load_all_checks
from schemathesis.specs.openapi.schemas import OpenApiSchema

from permits.people import Role
from tests.builders import Story
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


def questions() -> list[tuple[str, GenerationMode]]:
    """Every operation, asked rightly and, where there is anything to get wrong, wrongly."""
    asked = [(name, GenerationMode.POSITIVE) for name in NAMES]
    asked.extend(
        (operation["operationId"], GenerationMode.NEGATIVE)
        for methods in the_document()["paths"].values()
        for operation in methods.values()
        if "parameters" in operation or "requestBody" in operation
    )
    return asked


@pytest.fixture(scope="module")
def described(shared: World) -> OpenApiSchema:
    schema = schemathesis.openapi.from_dict(the_document())
    schema.app = shared.app
    return schema


@pytest.fixture(scope="module")
def tokens(shared: World) -> Mapping[str, str]:
    """What each role sends to be known, made once."""
    people = live(shared).people
    return {
        role.value: shared.caller(people[role.value]).headers["authorization"]
        for role in Role
        if role not in NOBODYS
    }


def told_by(shared: World, story: Story) -> dict[str, str]:
    """The like for those whom the story ties to its file; a visitor sends nothing."""
    actors = {name: actor_of(name, story) for name in OF_THE_STORY}
    return {n: shared.caller(a).headers["authorization"] for n, a in actors.items() if a}


@pytest.mark.promise("P20")
@pytest.mark.asvs("2.2.1")
@pytest.mark.parametrize(("name", "mode"), questions())
def test_whatever_is_sent_the_reply_is_one_of_those_told(
    shared: World,
    described: OpenApiSchema,
    tokens: Mapping[str, str],
    name: str,
    mode: GenerationMode,
) -> None:
    operation = described.find_operation_by_id(name)
    story = shared.live(submitted)
    known = {**tokens, **told_by(shared, story)}

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
            sent["If-Match"] = f'"{shared.version_of(story.id)}"'  # else nothing gets past it
        case.call_and_validate(base_url="http://localhost:8000", headers=sent, checks=CHECKED)

    run()


def test_every_role_asks() -> None:
    assert {role.value for role in Role if role not in NOBODYS} < set(EVERYBODY)
