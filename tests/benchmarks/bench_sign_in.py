"""What a sign-in costs: its first step over HTTP, beside the password hash that it cannot spare.

One client, one connection that is kept open, taking turns; the right password, which opens a step.
"""

from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlencode, urlsplit

from app.adapters.passwords import Argon2Passwords
from app.demo.officials import PASSWORD
from tests.benchmarks.ground import interleaved, stand

Row = dict[str, Any]

EMAIL = "setrass@demo.vereda.example"
TURNS = 60
"""With one call each: below the 300 that one address may try in a quarter of an hour."""

GOAL = 0.5


def run() -> list[Row]:
    """Measure for some ten seconds."""
    connection = HTTPConnection(urlsplit(stand().url).netloc)
    passwords = Argon2Passwords()
    hashed = passwords.hash(PASSWORD)
    body = urlencode({"user": EMAIL, "password": PASSWORD, "after": ""})
    headers = {"Content-Type": "application/x-www-form-urlencoded"}

    def enter() -> None:
        connection.request("POST", "/entrar", body, headers)
        reply = connection.getresponse()
        reply.read()
        assert (reply.status, reply.headers["Location"]) == (303, "/entrar/segundo-paso")

    def hash_alone() -> None:
        assert passwords.verify(PASSWORD, hashed)

    enter()
    ours, theirs = (1 / seconds for seconds in interleaved((enter, hash_alone), TURNS))
    connection.close()
    return [
        {
            "name": "sign-in, first step",
            "unit": "1/s",
            "ours": round(ours, 1),
            "against": "its Argon2id hash alone",
            "theirs": round(theirs, 1),
            "ratio": round(ours / theirs, 3),
            "goal": GOAL,
        }
    ]
