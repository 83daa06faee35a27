"""The one list of every router: the API, then the pages."""

from fastapi import FastAPI

from app.web.api import health
from app.web.pages import languages, scanner, sign_in

API = "/api/v1"


def install(app: FastAPI, *, demo: bool) -> None:
    """Add every route; the demonstration's own pages only where it is one."""
    for room in (health,):
        app.include_router(room.router, prefix=API)
    for page in (sign_in, languages, scanner):
        app.include_router(page.router)
