"""An agency's OpenID Connect provider for the tests: a real one, run as a process of its own."""

import json
import subprocess
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import parse_qs, urljoin, urlsplit

from app.adapters.openid import Provider

CLIENT, SECRET = "vereda", "a secret of the tests"
REDIRECT = "http://localhost:8000/entrar/retorno"
PROGRAM = Path(__file__).with_name("openid_provider.mjs")
MAIL = "lucia@setrass.example"


class _Stop(urllib.request.HTTPRedirectHandler):
    """Shows each redirect instead of following it."""

    def redirect_request(self, *_: object) -> None:
        return None


@dataclass
class RunningProvider:
    """The process; `says` decides who signs in next and what the token tells of it."""

    issuer: str
    folder: Path

    def settings(self, **changes: object) -> Provider:
        """What the service's file says of this provider."""
        secret = self.folder / "client-secret"
        secret.write_text(f"{SECRET}\n", encoding="utf-8")
        table = {
            "label": "SETRASS",
            "issuer": self.issuer,
            "client_id": CLIENT,
            "client_secret_file": secret,
            "email_domains": ("setrass.example",),
            **changes,
        }
        return Provider.model_validate(table)

    def says(
        self, account: str = "u-1", claims: Mapping[str, object] | None = None, **rest: object
    ) -> None:
        """The next sign-in is this person's."""
        usual = {"email": MAIL, "email_verified": True}
        told = {"account": account, "claims": usual if claims is None else claims, **rest}
        request = urllib.request.Request(f"{self.issuer}/next", json.dumps(told).encode())
        urllib.request.urlopen(request, timeout=10).close()

    def follow(self, url: str) -> dict[str, str]:
        """What the browser brings back to the service: the query of the last redirect."""
        browser = urllib.request.build_opener(
            _Stop, urllib.request.HTTPCookieProcessor(CookieJar())
        )
        for _ in range(6):
            try:
                browser.open(url, timeout=10).close()
                raise AssertionError(f"no redirect from {urlsplit(url).path}")
            except HTTPError as reply:
                reply.close()
                url = urljoin(url, reply.headers["Location"])
            if url.startswith(REDIRECT):
                return {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        raise AssertionError("the provider never came back")


@contextmanager
def running_provider(folder: Path) -> Iterator[RunningProvider]:
    """Run the provider until the tests are done with it."""
    command: list[Any] = ["node", PROGRAM, CLIENT, SECRET, REDIRECT]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdout is not None
        port = process.stdout.readline().strip()
        assert port, "the provider did not start: is node there, and node_modules?"
        try:
            yield RunningProvider(f"http://127.0.0.1:{port}", folder)
        finally:
            process.terminate()
