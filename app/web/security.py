"""The web's own dangers: headers, foreign forms, foreign names, endless bodies; plain ASGI."""

import ipaddress
import secrets
from collections.abc import Mapping
from urllib.parse import urlsplit

from fastapi import FastAPI
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.web import problems
from app.web.content_policies import (
    DATA_POLICY,
    DIARY,
    EVIDENCE,
    FARM,
    FARM_POLICY,
    GATE,
    HEARD_POLICY,
    OFFER,
    PAGE_POLICY,
    PAPER_POLICY,
    SCANNER,
    SCANNER_POLICY,
    TABLET,
    TABLET_POLICY,
    TALK,
    TALK_POLICY,
)
from app.web.problems import BODY_LIMIT_BYTES

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
OWN_MACHINE = frozenset({"localhost", "127.0.0.1", "[::1]"})
PROBES = "/health/"
"""Proxies and containers ask these by whatever name they know."""

_SWITCHED_OFF = (
    "accelerometer",
    "autoplay",
    "display-capture",
    "encrypted-media",
    "fullscreen",
    "geolocation",
    "gyroscope",
    "hid",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "picture-in-picture",
    "screen-wake-lock",
    "serial",
    "usb",
    "xr-spatial-tracking",
)

HEADERS: Mapping[str, str] = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
"""What every reply carries, besides its Content-Security-Policy."""

PAGE_HEADERS: Mapping[str, str] = {
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": ", ".join(
        [
            "camera=(self)",
            "publickey-credentials-create=(self)",
            "publickey-credentials-get=(self)",
            *(f"{feature}=()" for feature in _SWITCHED_OFF),
        ]
    ),
}
"""What only documents and workers heed; on each script and picture it would weigh for nothing."""

HSTS = "max-age=31536000; includeSubDomains"


def protect(app: FastAPI, *, public_url: str, any_address: bool) -> None:
    """Put the whole application behind `Protection`.

    Outside of every middleware: the page of an unknown error is made by the outermost of them, and
    must have its headers too.
    """
    inner = app.build_middleware_stack

    def build() -> ASGIApp:
        return Protection(inner(), public_url=public_url, any_address=any_address)

    app.build_middleware_stack = build  # type: ignore[method-assign]


class Protection:
    """Gives each request an id, refuses foreign forms and endless bodies, adds the headers.

    A browser says where a request comes from (Sec-Fetch-Site and Origin): an unsafe method from
    another site is refused with 403, with or without a session. Clients that are no browsers send
    neither and use bearer tokens. A request under a name that is not ours is refused with 421
    (RFC 9110 15.5.20): a name of somebody else's that leads here makes their page our own origin.
    """

    def __init__(self, app: ASGIApp, *, public_url: str, any_address: bool = False) -> None:
        """`any_address`: numbers are names of ours too, as for a demonstration in a house."""
        self._app = app
        self._origin = public_url
        self._host = _name(urlsplit(public_url).netloc)
        self._any_address = any_address
        self._secure = public_url.startswith("https://")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request; anything else passes through."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        scope.setdefault("state", {})["request_id"] = secrets.token_hex(8)
        headers = Headers(scope=scope)
        answer = self._with_headers(scope, send)
        if not self._is_ours(scope, headers):
            await _misdirected(scope)(scope, receive, answer)
        elif scope["method"] not in SAFE_METHODS and self._is_foreign(headers):
            await _foreign(scope)(scope, receive, answer)
        elif "\0" in scope["path"] or b"%00" in scope.get("query_string", b""):
            await problems.answer(Request(scope), 400, "refused", {}, ())(scope, receive, answer)
        elif _length(headers) > BODY_LIMIT_BYTES:
            await _too_large(scope)(scope, receive, answer)
        else:
            await self._app(scope, _Limited(receive).receive, answer)

    def _is_ours(self, scope: Scope, headers: Headers) -> bool:
        """Whether the request names this site, once; the ports may differ, as behind a proxy."""
        names = [_name(host) for host in headers.getlist("host")]
        if len(names) > 1:
            return False
        if scope["path"].startswith(PROBES):
            return True
        if not names or names[0] in OWN_MACHINE or names[0] == self._host:
            return bool(names)
        return self._any_address and _is_address(names[0])

    def _is_foreign(self, headers: Headers) -> bool:
        site, origin = headers.get("sec-fetch-site"), headers.get("origin")
        if site is not None and site not in {"same-origin", "none"}:
            return True
        # A page of ours that tells nobody its address (no-referrer) sends forms from "null".
        if origin is None or (origin == "null" and site == "same-origin"):
            return False
        own = {self._origin, f"{urlsplit(self._origin).scheme}://{headers.get('host', '')}"}
        return origin not in own

    def _with_headers(self, scope: Scope, send: Send) -> Send:
        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _fitting(scope["path"], headers).items():
                    headers.setdefault(name, value)
                if self._secure:
                    headers["Strict-Transport-Security"] = HSTS
                headers["X-Request-Id"] = scope["state"]["request_id"]
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        return answer


def _fitting(path: str, headers: MutableHeaders) -> Mapping[str, str]:
    """The headers that a reply of this kind carries."""
    kind = headers.get("content-type", "").partition(";")[0]
    if path in {*SCANNER, "/v"}:
        return {"Content-Security-Policy": SCANNER_POLICY, **HEADERS, **PAGE_HEADERS}
    if path.startswith(TABLET) and kind in {"text/html", "text/javascript"}:
        return {"Content-Security-Policy": TABLET_POLICY, **HEADERS, **PAGE_HEADERS}
    if path.startswith(GATE):
        return _of_gate(kind)
    if (FARM.fullmatch(path) or path == OFFER) and kind == "text/html":
        return {"Content-Security-Policy": FARM_POLICY, **HEADERS, **PAGE_HEADERS}
    if (path.startswith(TALK) or DIARY.fullmatch(path)) and kind == "text/html":
        listening = PAGE_HEADERS["Permissions-Policy"].replace("microphone=()", "microphone=(self)")
        heard = {**PAGE_HEADERS, "Permissions-Policy": listening}
        policy = HEARD_POLICY if EVIDENCE.fullmatch(path) else TALK_POLICY
        return {"Content-Security-Policy": policy, **HEADERS, **heard}
    if kind == "text/html":
        policy = HEARD_POLICY if EVIDENCE.fullmatch(path) else PAGE_POLICY
        return {"Content-Security-Policy": policy, **HEADERS, **PAGE_HEADERS}
    policy = PAPER_POLICY if kind == "application/pdf" else DATA_POLICY
    return {"Content-Security-Policy": policy, **HEADERS}


def _of_gate(kind: str) -> Mapping[str, str]:
    """The address of a gate is its key: whatever is answered there, nobody else is told of it."""
    quiet = {**HEADERS, "Referrer-Policy": "no-referrer"}
    if kind in {"text/html", "text/javascript"}:
        return {"Content-Security-Policy": SCANNER_POLICY, **quiet, **PAGE_HEADERS}
    return {"Content-Security-Policy": DATA_POLICY, **quiet}


def _name(netloc: str) -> str:
    """The name of a host without its port, in small letters."""
    host = netloc.lower()
    return host.partition("]")[0] + "]" if host.startswith("[") else host.partition(":")[0]


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        return False
    return True


def _misdirected(scope: Scope) -> Response:
    """Says that this is another site; a proxy that is set up wrongly shows it too."""
    return problems.answer(Request(scope), 421, "foreign-name", {}, ())


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
