"""The choice of a language is kept, and leads back to the page of this site."""

import pytest
from fastapi.testclient import TestClient


@pytest.mark.feature("W28")
def test_the_choice_is_kept_and_the_page_comes_back(visitor: TestClient) -> None:
    reply = visitor.get("/idioma/en?volver=/entrar%3Fsiguiente%3D/bandeja")
    assert (reply.status_code, reply.headers["location"]) == (303, "/entrar?siguiente=/bandeja")
    assert "<title>Sign in · Vereda</title>" in visitor.get("/entrar").text
    visitor.get("/idioma/es")
    assert "<title>Entrar · Vereda</title>" in visitor.get("/entrar").text


@pytest.mark.asvs("3.7.2")
@pytest.mark.parametrize("back", ["//example.com", "https://example.com/", "javascript:x"])
def test_it_never_leads_to_another_site(visitor: TestClient, back: str) -> None:
    assert visitor.get("/idioma/en", params={"volver": back}).headers["location"] == "/"
