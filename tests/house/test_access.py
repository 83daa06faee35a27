"""The page that tells who may do what is that of the tables; no request model takes more."""

from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import iter_route_contexts
from pydantic import BaseModel

from app.web import routes
from tests.house import access

LAX = {
    "TokenForm": "RFC 6749 section 3.2: what is not known in a token request is ignored",
    "Words": "words of a page's address; a link from elsewhere may have others",
}


@pytest.mark.asvs("8.1.1")
def test_the_page_is_up_to_date() -> None:
    assert access.PAGE.read_text("utf-8") == access.draw()


def _models(dependant: Dependant) -> Iterator[type[BaseModel]]:
    taken = [*dependant.body_params, *dependant.query_params]
    for param in taken:
        kind = param.field_info.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            yield from _within(kind)
    for inner in dependant.dependencies:
        yield from _models(inner)


def _within(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """A model and those that stand in its fields."""
    yield model
    for info in model.model_fields.values():
        kinds = [info.annotation, *getattr(info.annotation, "__args__", ())]
        for kind in kinds:
            if isinstance(kind, type) and issubclass(kind, BaseModel):
                yield from _within(kind)


def _taken() -> dict[str, type[BaseModel]]:
    app = FastAPI()
    routes.install(app, demo=True)
    contexts = [
        route for route in iter_route_contexts(app.routes) if getattr(route, "dependant", 0)
    ]
    return {model.__name__: model for one in contexts for model in _models(one.dependant)}


@pytest.mark.promise("P16")
@pytest.mark.asvs("8.2.3", "15.3.3")
def test_no_request_model_takes_a_field_that_it_does_not_name() -> None:
    found = _taken()
    assert {"ApplicationInput", "AnswersInput", "CrossingInput", "QueueQuery"} <= set(found)
    lax = {name for name, model in found.items() if model.model_config.get("extra") != "forbid"}
    assert lax == set(LAX)
