"""What a page tells for a short while and no table keeps: it waits in a cookie of that page."""

import re

from fastapi import Request
from fastapi.responses import RedirectResponse, Response

from app.web.browsers import is_secure

CODE, RECEIPT = "codigo", "recibo"
SECONDS = 15 * 60
"""So long a reload of the page still shows it."""

_SHAPES = {CODE: re.compile(r"\d{8}"), RECEIPT: re.compile(r"[0-9A-Z -]{4,20}")}


def lead(request: Request, path: str, name: str, told: str) -> Response:
    """Go to the page that tells it."""
    response = RedirectResponse(path, 303)
    keep(request, response, path, name, told)
    return response


def keep(request: Request, response: Response, path: str, name: str, told: str) -> None:
    """Put it into the cookie of that page alone."""
    response.set_cookie(
        _cookie(request, name),
        told,
        max_age=SECONDS,
        path=path,
        secure=is_secure(request),
        httponly=True,
        samesite="lax",
    )


def read(request: Request, name: str) -> str:
    """What is to be told, "" where the browser has it no more or it is something else."""
    told = request.cookies.get(_cookie(request, name), "")
    return told if _SHAPES[name].fullmatch(told) else ""


def _cookie(request: Request, name: str) -> str:
    """Its path is not the whole site, so over https it is `__Secure-` and not `__Host-`."""
    return f"__Secure-{name}" if is_secure(request) else name
