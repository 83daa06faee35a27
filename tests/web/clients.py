"""Browsers and programs that speak to a site of the tests, all over its one event loop.

A client of Starlette's opens a loop of its own for each request, unless it has one already.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from fastapi import FastAPI
from fastapi.testclient import TestClient

SITE = "http://localhost:8000"


@contextmanager
def opened(app: FastAPI) -> Iterator[None]:
    """The site is up, as between its start and its shutdown."""
    with TestClient(app) as first:
        app.state.portal = first.portal
        try:
            yield
        finally:
            app.state.portal = None


def browser(app: FastAPI, token: str | None = None) -> TestClient:
    """Somebody, signed in with the token of a session; redirects are answers to look at."""
    client = TestClient(app, SITE, follow_redirects=False)
    client.portal = app.state.portal
    if token is not None:
        client.cookies.set("vereda", token)
    return client
