"""Choosing the language of the pages; nothing but this choice decides it."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.web import i18n
from app.web.browsers import is_secure

router = APIRouter(include_in_schema=False)


@router.get("/idioma/{code}")
def choose_language(request: Request, code: str, volver: str = "/") -> Response:
    """Keep the choice for a year and go back to the page, never to another site."""
    return i18n.switch(code, volver, secure=is_secure(request))
