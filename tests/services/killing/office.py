"""Officials come in: their programs by a secret, they themselves by password and code app."""

import time
from dataclasses import dataclass, field

import pyotp

from permits.audit import Act
from tests.services.killing.cast import CLIENT_SECRET, PASSWORD, SECRET, Official
from tests.services.killing.desk import Desk
from tests.services.killing.ledger import Effect, session_opened
from tests.services.killing.lines import Line

TOKEN_SECONDS = 15 * 60
"""Half of a token's life."""


@dataclass
class Office:
    """Where the officials of one life work."""

    _port: int
    _address: str
    _desk: Desk
    _tokens: dict[str, tuple[Line, float]] = field(default_factory=dict)
    _steps: dict[str, int] = field(default_factory=dict)

    def program(self, official: Official) -> Line:
        """The official's program, with a token that still holds."""
        line, since = self._tokens.get(official.client, (Line(self._port, self._address), 0.0))
        if time.monotonic() - since > TOKEN_SECONDS or not since:
            line.token = ""
            form = {
                "grant_type": "client_credentials",
                "client_id": official.client,
                "client_secret": CLIENT_SECRET,
            }
            effects = [Effect(Act.TOKEN_CREATED, official.person)]
            reply = self._desk.until_known(
                lambda: self._desk.once(line, effects, "POST", "/api/v1/token", form=form)
            )
            line.token = reply.told["access_token"]
            self._tokens[official.client] = line, time.monotonic()
        return line

    def enter(self, official: Official) -> None:
        """The official signs in by password and code app; a step of it that is lost ends it."""
        step = int(time.time()) // 30
        if self._steps.get(official.email) == step:
            return  # a code is taken once
        self._steps[official.email] = step
        line = Line(self._port, self._address)
        form = {"user": official.email, "password": PASSWORD, "after": ""}
        begun = [Effect(Act.SIGN_IN_BEGUN, official.person)]
        if self._desk.once(line, begun, "POST", "/entrar", form=form) is None:
            return
        opened = [Effect(Act.SIGNED_IN, official.person)]
        self._desk.once(
            line,
            opened,
            "POST",
            "/entrar/segundo-paso",
            form={"code": pyotp.HOTP(SECRET).at(step), "after": ""},
            told=lambda reply: [session_opened(official.person, reply.cookies["vereda"])],
        )
