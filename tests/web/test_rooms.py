"""A room is passed over where no address of it begins so, and changes no answer."""

from collections.abc import Callable

import pytest
from fastapi import APIRouter, FastAPI
from fastapi.testclient import TestClient

from app.web.rooms import API, Room


def routed(*addresses: str) -> APIRouter:
    router = APIRouter()

    def told(address: str) -> Callable[[], str]:
        return lambda: address

    for address in addresses:
        router.add_api_route(address, told(address), methods=["GET"])
    return router


@pytest.fixture(scope="module")
def client() -> TestClient:
    app = FastAPI()
    rooms = (
        Room(routed("/cases", "/cases/{case}"), API),
        Room(routed("/cases/{case}/files"), API),
        Room(routed("/", "/casos/nuevo", "/pagos")),
        Room(routed("/casos/{case}")),
        Room(routed("/{word}.txt")),
    )
    for room in rooms:
        app.include_router(room)
    return TestClient(app)


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("/api/v1/cases", "/cases"),
        ("/api/v1/cases/7", "/cases/{case}"),
        ("/api/v1/cases/7/files", "/cases/{case}/files"),  # the second room of the same word
        ("/", "/"),
        ("/casos/nuevo", "/casos/nuevo"),  # the first room that fits
        ("/casos/7", "/casos/{case}"),
        ("/pagos/", "/pagos"),  # led on to the address without its slash
        ("/robots.txt", "/{word}.txt"),  # begins with no word that is known beforehand
    ],
)
def test_the_first_route_that_fits_answers(client: TestClient, address: str, found: str) -> None:
    assert client.get(address).json() == found


@pytest.mark.parametrize(
    "address", ["/api/v1", "/api/v1/case", "/api/v1/", "/api/v12/cases", "/caso/7", "/cases"]
)
def test_what_begins_otherwise_is_not_there(client: TestClient, address: str) -> None:
    assert client.get(address).status_code == 404


def test_another_method_is_told_apart_from_another_address(client: TestClient) -> None:
    assert client.post("/pagos").status_code == 405
