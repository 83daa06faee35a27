"""A small site and a small worker, to see how `vereda serve` starts and ends its processes."""

import os
import sys
import time
from collections.abc import Awaitable, Callable, MutableMapping
from pathlib import Path
from typing import Any

from app.cli import serve, surroundings

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


def web_app() -> Callable[[Message, Receive, Send], Awaitable[None]]:
    """Answers every request with the database's address that was handed down."""

    async def app(scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            while (message := await receive())["type"] != "lifespan.shutdown":
                await send({"type": f"{message['type']}.complete"})
            await send({"type": "lifespan.shutdown.complete"})
            return
        body = os.environ["VEREDA_DATABASE_URL"].encode()
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": body})

    return app


def work(note: Path) -> None:
    """Write our process id to a file and wait to be ended; the file says how that went."""
    surroundings.end_like_ctrl_c()
    serve.end_with_parent()
    note.write_text(f"{os.getpid()}\n", encoding="utf-8")
    try:
        time.sleep(600)
    except KeyboardInterrupt:
        note.write_text("ended\n", encoding="utf-8")


if __name__ == "__main__":
    if sys.argv[1:]:
        work(Path(sys.argv[1]))
    else:
        surroundings.end_like_ctrl_c()
        settings = surroundings.read_settings()
        command = (sys.executable, "-m", "tests.cli.stub", str(settings.data_dir / "worker"))
        serve.run(settings, "tests.cli.stub:web_app", command)
