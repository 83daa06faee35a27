"""The web's own dangers: headers, foreign forms, endless bodies; plain ASGI."""

import secrets
from collections.abc import Mapping
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.web import problems
from app.web.problems import BODY_LIMIT_BYTES

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})

_PAGE_POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
_SCANNER_POLICY = (
    _PAGE_POLICY.replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'")
    + "; worker-src 'self'; media-src 'self' blob:"
)

HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": _PAGE_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), geolocation=(), microphone=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
HSTS = "max-age=31536000; includeSubDomains"


class Protection:
    """Gives each request an id, refuses foreign forms and endless bodies, adds the headers.

    A browser says where a request comes from (Sec-Fetch-Site, else Origin): an unsafe method from
    another site is refused with 403, with or without a session. Clients that are no browsers send
    neither and use bearer tokens.
    """

    def __init__(self, app: ASGIApp, *, public_url: str) -> None:
        self._app = app
        self._origin = public_url
        self._secure = public_url.startswith("https://")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request; anything else passes through."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        scope.setdefault("state", {})["request_id"] = secrets.token_hex(8)
        headers = Headers(scope=scope)
        answer = self._with_headers(scope, send)
        if scope["method"] not in SAFE_METHODS and self._is_foreign(headers):
            await _foreign(scope)(scope, receive, answer)
        elif _length(headers) > BODY_LIMIT_BYTES:
            await _too_large(scope)(scope, receive, answer)
        else:
            await self._app(scope, _Limited(receive).receive, answer)

    def _is_foreign(self, headers: Headers) -> bool:
        site = headers.get("sec-fetch-site")
        if site is not None:
            return site not in {"same-origin", "none"}
        origin = headers.get("origin")
        if origin is None:
            return False
        own = {self._origin, f"{urlsplit(self._origin).scheme}://{headers.get('host', '')}"}
        return origin not in own

    def _with_headers(self, scope: Scope, send: Send) -> Send:
        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                if scope["path"].startswith("/escaner") or scope["path"] == "/v":
                    headers["Content-Security-Policy"] = _SCANNER_POLICY
                if self._secure:
                    headers["Strict-Transport-Security"] = HSTS
                headers["X-Request-Id"] = scope["state"]["request_id"]
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        return answer


def _foreign(scope: Scope) -> Response:
    """Says so in words; a person who meets it pressed a button of somebody else's page."""
    return problems.answer(Request(scope), 403, "foreign-request", {}, ())


def _too_large(scope: Scope) -> Response:
    """Says so in words and leads back: what was saved before still stands."""
    facts = {"limit_mb": BODY_LIMIT_BYTES // 1024**2}
    return problems.answer(Request(scope), 413, "body-too-large", facts, ())


class _Limited:
    """Stops reading a body that said it was short, or nothing, and goes on and on."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._read = 0

    async def receive(self) -> Message:
        message = await self._receive()
        self._read += len(message.get("body", b""))
        if self._read > BODY_LIMIT_BYTES:
            return {"type": "http.disconnect"}
        return message


def _length(headers: Headers) -> int:
    try:
        return int(headers.get("content-length", "0"))
    except ValueError:
        return BODY_LIMIT_BYTES + 1
