"""What a browser brings along at a sign-in: its family in two words, and our small cookies."""

import re

from fastapi import Request, Response

STEP_SECONDS = 600
KNOWN_SECONDS = 180 * 24 * 3600

_FAMILIES = (
    ("Edge", r"Edg(?:e|A|iOS)?/"),
    ("Opera", r"OPR/|Opera"),
    ("Samsung Internet", r"SamsungBrowser/"),
    ("Firefox", r"Firefox/|FxiOS/"),
    ("Chrome", r"Chrome/|CriOS/|Chromium/"),
    ("Safari", r"Safari/"),
)
_SYSTEMS = (
    ("Android", r"Android"),
    ("iPhone", r"iPhone|iPad"),
    ("Windows", r"Windows"),
    ("Mac", r"Macintosh"),
    ("Linux", r"Linux|X11"),
)


def browser_of(request: Request) -> str:
    """Family and system, as `Firefox · Windows`; nothing else of the header is kept."""
    agent = request.headers.get("user-agent", "")[:400]
    named = (_first(_FAMILIES, agent), _first(_SYSTEMS, agent))
    return " · ".join(name for name in named if name)


def step_of(request: Request) -> str:
    """The token of the sign-in under way in this browser, "" where there is none."""
    return request.cookies.get(_name(request, "paso"), "")


def known_of(request: Request) -> str:
    """The token by which this browser is known to people who signed in from it."""
    return request.cookies.get(_name(request, "equipo"), "")


def keep_step(request: Request, response: Response, token: str) -> None:
    """Let this browser go on with a sign-in."""
    _keep(request, response, "paso", token, STEP_SECONDS)


def forget_step(request: Request, response: Response) -> None:
    """The sign-in is over."""
    name, secure = _name(request, "paso"), is_secure(request)
    response.delete_cookie(name, secure=secure, httponly=True, samesite="lax")


def keep_known(request: Request, response: Response, token: str) -> None:
    """Know this browser again for half a year."""
    _keep(request, response, "equipo", token, KNOWN_SECONDS)


def _keep(request: Request, response: Response, what: str, token: str, seconds: int) -> None:
    response.set_cookie(
        _name(request, what),
        token,
        max_age=seconds,
        secure=is_secure(request),
        httponly=True,
        samesite="lax",
    )


def _name(request: Request, what: str) -> str:
    return f"__Host-vereda-{what}" if is_secure(request) else f"vereda-{what}"


def is_secure(request: Request) -> bool:
    """Whether people reach the service over https, so that cookies may go over nothing else."""
    return str(request.app.state.ports.public_url).startswith("https://")


def _first(named: tuple[tuple[str, str], ...], agent: str) -> str:
    return next((name for name, pattern in named if re.search(pattern, agent)), "")
