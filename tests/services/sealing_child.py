"""A process that writes events and seals them until it is killed."""

import sys
from threading import Thread

from app.services.sealing import seal_events
from tests.databases import Database
from tests.services.crash_child import lasting_ports
from tests.services.logbook import Logbook


def write_for_ever(book: Logbook) -> None:
    while True:
        book.write(7, by=2)


def seal_for_ever(book: Logbook) -> None:
    while True:
        with book.work() as work:
            seal_events(work, 5)


if __name__ == "__main__":
    log = Logbook(Database(sys.argv[1]), lasting_ports())
    for task in (write_for_ever, seal_for_ever, seal_for_ever):
        Thread(target=task, args=(log,), daemon=True).start()
    sys.stdin.read()
