"""What protection costs: a complaint with a voice of 1 MB, against one that is kept in clear.

Both forms go to the same site over connections that are kept open, taking turns. The plain one
stores words and file as they are and a receipt as a hash; ours seals all of it, and turns its
number into keys by Argon2id (64 MiB, t = 1), which is most of what it costs.
"""

import re
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

from app.services import complaint_groups
from app.services.work import Work
from permits.errors import Conflict
from permits.people import SYSTEM
from tests.benchmarks.ground import Ground, interleaved, now, stand
from tests.benchmarks.served import PLAIN

Row = dict[str, Any]

TURNS = 40
"""With one call before: below the 60 that one address may send in ten minutes."""

GOAL = 0
"""None: the slow hash alone takes 0.08 s of a core, and is meant to."""

VOICE = b"OggS" + bytes(range(256)) * 4096
TICKET = re.compile(r'name="ticket" value="([^"]+)"')
EDGE = "an-edge-that-no-voice-holds"


def run() -> list[Row]:
    """Measure for some twenty seconds."""
    ground = stand()
    _make_keys(ground)
    connection = HTTPConnection(urlsplit(ground.url).netloc)

    def post(path: str, fields: dict[str, str]) -> str:
        kind = f"multipart/form-data; boundary={EDGE}"
        connection.request("POST", path, _form(fields), {"Content-Type": kind})
        reply = connection.getresponse()
        page = reply.read().decode()
        assert reply.status == 200, page
        return page

    def ours() -> None:
        connection.request("GET", "/consulta/contar")
        ticket = TICKET.findall(connection.getresponse().read().decode())[0]
        told = {"filing": "anonymous", "categories": "wage-unpaid", "words": "No me pagan."}
        assert "case-number" in post("/consulta/contar", {"ticket": ticket, **told})

    def plain() -> None:
        assert len(post(PLAIN, {"words": "No me pagan."})) == 16

    ours()
    plain()
    mine, theirs = (1 / seconds for seconds in interleaved((ours, plain), TURNS))
    connection.close()
    return [
        {
            "name": "complaint with a voice of 1 MB",
            "unit": "1/s",
            "ours": round(mine, 1),
            "against": "the same in clear: row, file, hash of a receipt",
            "theirs": round(theirs, 1),
            "ratio": round(mine / theirs, 3),
            "goal": GOAL,
        }
    ]


def _make_keys(ground: Ground) -> None:
    """The handlers' group, unless the demonstration has made it."""
    with ground.house.sessions.begin() as session:
        work = Work(session, SYSTEM, now(), ground.ports, "bench")
        try:
            complaint_groups.init_group(work)
        except Conflict:
            return


def _form(fields: dict[str, str]) -> bytes:
    parts = [
        f'--{EDGE}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    ]
    head = 'Content-Disposition: form-data; name="voice"; filename="voz.ogg"'
    opening = f"--{EDGE}\r\n{head}\r\n\r\n"
    return b"".join(
        (
            *(part.encode() for part in parts),
            opening.encode(),
            VOICE,
            f"\r\n--{EDGE}--\r\n".encode(),
        )
    )
