"""Making a shared tablet a kiosk, and the page where everybody's turn ends."""

from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from app.services import sign_in
from app.web import kiosk
from app.web.browsers import is_secure
from app.web.dependencies import PublicWork, cookie_name
from app.web.templating import render

router = APIRouter(include_in_schema=False, prefix="/quiosco")


@dataclass(frozen=True)
class KioskPage:
    """Whether this browser is a kiosk now."""

    on: bool


@router.get("")
def show_kiosk(request: Request) -> Response:
    """What a kiosk is, and the button that makes this browser one, or a usual one again."""
    return render(request, "kiosk/kiosk.html", KioskPage(kiosk.is_kiosk(request)))


@router.post("")
def begin_kiosk(request: Request) -> Response:
    """Make it one; the next person begins at the start."""
    response = RedirectResponse("/", 303)
    kiosk.keep(response, secure=is_secure(request))
    return response


@router.post("/quitar")
def end_kiosk(request: Request) -> Response:
    """A usual browser again."""
    response = RedirectResponse("/quiosco", 303)
    response.delete_cookie(kiosk.COOKIE, secure=is_secure(request), httponly=True, samesite="lax")
    return response


@router.get("/fin")
def end_turn(request: Request, work: PublicWork) -> Response:
    """End the session and forget the person; a browser that is no kiosk is left alone.

    By GET, for a page that stood too long leads here by itself, also without JavaScript.
    """
    if not kiosk.is_kiosk(request):
        return RedirectResponse("/", 303)
    if token := request.cookies.get(cookie_name(request), ""):
        sign_in.sign_out(work, token)
    response = render(request, "kiosk/ended.html", KioskPage(True))
    kiosk.forget(request, response, secure=is_secure(request))
    return response
