"""A site that takes complaints until it is killed.

python -m tests.web.complaint_child DATABASE_URL FOLDER_OF_FILES PORT
"""

import sys
from dataclasses import replace
from pathlib import Path

import uvicorn
from pydantic import SecretStr

from app.adapters.complaint_seals import ComplaintSeals
from app.adapters.object_store import Objects
from app.main import build_app
from app.services.ports import Ports
from app.settings import Settings
from app.storage.database import make_engine, read_session_factory, session_factory
from app.web.connections import BoundedProtocol
from app.web.paces import Pace
from app.wiring import House
from tests import outside


def lasting_ports(folder: Path) -> Ports:
    """The outside world with real seals, and files that outlive the process."""
    objects = Objects(folder.absolute().as_uri())
    return replace(outside.ports(), objects=objects, seals=ComplaintSeals())


def serve(url: str, folder: Path, port: int) -> None:
    """Take complaints; one address may send them all, as there is only one here."""
    settings = Settings(database_url=SecretStr(url), port=port)
    engine = make_engine(url, pool_size=settings.threads)
    sessions = session_factory(engine), read_session_factory(engine)
    app = build_app(House(settings, engine, *sessions, lasting_ports(folder)))
    app.state.complaints = Pace(10**9, 600)
    uvicorn.run(app, host="127.0.0.1", port=port, log_config=None, http=BoundedProtocol)


if __name__ == "__main__":
    serve(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
