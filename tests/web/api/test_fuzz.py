"""schemathesis over the document: no crash, and no reply that it does not tell of."""

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from schemathesis.checks import CHECKS, load_all_checks
from schemathesis.specs.openapi.schemas import OpenApiSchema

from tests.proofs import times
from tests.web.api.operations import OPERATIONS, ROLES, actor_of, submitted
from tests.web.api.world import World, the_document

NAMES = sorted({row.id for row in OPERATIONS})
EXAMPLES = times(7, 2000)
"""Requests of each kind for each operation, each with the token of some role or with none."""

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


@pytest.mark.promise("P20")
@pytest.mark.asvs("2.2.1")
@pytest.mark.parametrize(("name", "mode"), questions())
def test_whatever_is_sent_the_reply_is_one_of_those_told(
    shared: World, described: OpenApiSchema, name: str, mode: GenerationMode
) -> None:
    operation = described.find_operation_by_id(name)
    story = shared.live(submitted)
    tokens = {role: shared.caller(actor_of(role, story)).headers for role in ROLES}

    @seed(20261123)
    @settings(
        max_examples=EXAMPLES,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode), role=st.sampled_from(ROLES))
    def run(case: Case[Any], role: str) -> None:
        if "application" in (case.path_parameters or {}):
            case.path_parameters["application"] = str(story.id)
        sent: dict[str, Any] = {k: v for k, v in tokens[role].items() if k in {"authorization"}}
        if mode is GenerationMode.POSITIVE and "If-Match" in (case.headers or {}):
            sent["If-Match"] = f'"{shared.version_of(story.id)}"'  # else nothing gets past it
        case.call_and_validate(base_url="http://localhost:8000", headers=sent, checks=CHECKED)

    run()
