"""A site that is asked over a real socket by a client in the same process; it tells each status.

python -m tests.services.durable_child DATABASE_URL REQUESTS
"""

import socket
import sys
import threading
import time
import urllib.request

import uvicorn
from pydantic import SecretStr

from app.main import build_app
from app.settings import Settings
from app.wiring import House
from tests import outside
from tests.builders import Story
from tests.databases import Database
from tests.web.api.world import World, keyed


def main(url: str, requests: int) -> None:
    """Serve, and send so many requests that write, one after the other."""
    ports, whole = outside.ports(), Database(url)
    settings = Settings(database_url=SecretStr(url), threads=2)
    house = House(settings, whole.engine, whole.sessions, whole.read_sessions, ports)
    app = build_app(house)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_config=None, access_log=False))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    with whole.sessions.begin() as session:
        worker = Story(session, ports).start().worker
    token = World(app, whole, ports).caller(worker).headers["Authorization"]
    for _ in range(requests):
        headers = {"Authorization": token, "Content-Type": "application/json", **keyed()}
        asked = urllib.request.Request(
            f"http://127.0.0.1:{port}/api/v1/applications",
            b'{"programme": "coffee-hn-gt", "answers": {"given_names": "Ana"}}',
            headers,
        )
        with urllib.request.urlopen(asked) as reply:
            sys.stdout.write(f"{reply.status}\n")
            sys.stdout.flush()
    server.should_exit = True
    thread.join()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
