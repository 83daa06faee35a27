"""A tablet that many use one after the other: it forgets each of them, and asks before it does."""

from dataclasses import replace

from fastapi import Request, Response

from app.services.session_limits import SessionLimits

COOKIE = "quiosco"
ONE_YEAR_SECONDS = 365 * 24 * 3600
END = "/quiosco/fin"

WARN_SECONDS, WAIT_SECONDS = 120, 60
"""So long nobody touches it before it asks who is there, and so long it waits for an answer."""

LONGEST_IDLE_SECONDS = 300
"""Without JavaScript a page that stands so long leads to the end; the session is over then too."""


def is_kiosk(request: Request) -> bool:
    """Whether this browser was made a kiosk."""
    return request.cookies.get(COOKIE) == "si"


def keep(response: Response, *, secure: bool) -> None:
    """Make the browser a kiosk, for a year or until it is told otherwise."""
    response.set_cookie(
        COOKIE, "si", max_age=ONE_YEAR_SECONDS, secure=secure, httponly=True, samesite="lax"
    )


def forget(request: Request, response: Response, *, secure: bool) -> None:
    """Take every cookie of ours away but the one that makes it a kiosk; keep nothing for later."""
    for name in request.cookies:
        if name != COOKIE:
            response.delete_cookie(name, secure=secure, httponly=True, samesite="lax")
    # Of other pages, so that it is not seen here: whose code was typed, and not used yet.
    response.delete_cookie("retomar", "/retomar", secure=secure, httponly=True, samesite="lax")
    response.headers["Clear-Site-Data"] = '"cache", "storage"'


def limits_for(request: Request, limits: SessionLimits) -> SessionLimits:
    """How long sessions last in this browser: a worker's at a kiosk for minutes only."""
    return replace(limits, worker=limits.kiosk) if is_kiosk(request) else limits
