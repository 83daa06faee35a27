"""Tests of several files side by side: known once, then tried by processes forked from that one.

To import, rewrite and collect all tests takes a core 17 seconds on a fresh clone and 7 on a warm
one; processes that start anew do it once each. `pytest -p tests.side_by_side --processes 3`.
Tests of one file run one after the other in one process; who is done asks for the next file.
"""

import atexit
import os
import random
import sys
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from multiprocessing.connection import Connection, Pipe, wait
from typing import NoReturn

import pytest

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # a process with threads is not to be forked

Batch = list[int]
"""The tests of one file, by their places in `session.items`."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """How many processes there are; with one the tests run as ever."""
    parser.addoption("--processes", type=int, default=1, help="try tests of so many files at once")


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> bool | None:
    """In the place of pytest's own loop, where there is something to try side by side."""
    count: int = session.config.option.processes
    if count < 2 or session.testsfailed or session.config.option.collectonly:
        return None
    _Office(session).run(count)
    return True


class _Office:
    """The first process: it tries nothing, hands out files and tells what became of them."""

    def __init__(self, session: pytest.Session) -> None:
        self.session = session
        places = range(len(session.items))
        by_file = groupby(places, key=lambda place: session.items[place].path)
        self.waiting = deque([*batch] for _, batch in by_file)
        self.desks: dict[Connection, _Desk] = {}

    def run(self, count: int) -> None:
        for _ in range(min(count, len(self.waiting))):
            self._open_desk()
        while self.desks:
            for line in wait(list(self.desks)):
                assert isinstance(line, Connection)
                self._listen(line)
        if self.session.shouldfail:
            raise self.session.Failed(self.session.shouldfail)
        if self.session.shouldstop:
            raise self.session.Interrupted(self.session.shouldstop)

    def _open_desk(self) -> None:
        here, there = Pipe()
        sys.stdout.flush()
        sys.stderr.flush()
        process = os.fork()
        if process == 0:
            for other in (here, *self.desks):
                other.close()
            _try(self.session, there)
        there.close()
        self.desks[here] = desk = _Desk(process)
        self._hand_out(here, desk)

    def _hand_out(self, line: Connection, desk: "_Desk") -> None:
        is_over = not self.waiting or self.session.shouldfail or self.session.shouldstop
        batch: Batch = [] if is_over else self.waiting.popleft()
        desk.left.extend(batch)
        line.send(batch)

    def _listen(self, line: Connection) -> None:
        desk, config = self.desks[line], self.session.config
        try:
            told = line.recv()
        except (EOFError, ConnectionResetError):
            self._close(line)
            return
        if told is None:
            self._hand_out(line, desk)
        elif isinstance(told, int):
            desk.left.remove(told)
            item = self.session.items[told]
            item.ihook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
        else:
            report = config.hook.pytest_report_from_serializable(config=config, data=told)
            config.hook.pytest_runtest_logreport(report=report)

    def _close(self, line: Connection) -> None:
        """A process has ended; what it leaves untried after a crash another one tries."""
        desk = self.desks.pop(line)
        line.close()
        code = os.waitstatus_to_exitcode(os.waitpid(desk.process, 0)[1])
        if code == 0:
            return
        if not desk.left:
            raise RuntimeError(f"A process of the tests ended with {code} after its last test.")
        item = self.session.items[desk.left.popleft()]
        why = f"The process of the tests ended with {code}."
        report = pytest.TestReport(item.nodeid, item.location, {}, "failed", why, "call")
        item.ihook.pytest_runtest_logreport(report=report)
        if desk.left:
            self.waiting.appendleft([*desk.left])
        if self.waiting:
            self._open_desk()


@dataclass
class _Desk:
    """A process that tries tests, and which of those handed out it has not told the end of."""

    process: int
    left: deque[int] = field(default_factory=deque)


class _Clerk:
    """The part of pytest that tells the first process what is reported in this one."""

    def __init__(self, config: pytest.Config, line: Connection) -> None:
        self.config, self.line = config, line

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        told = self.config.hook.pytest_report_to_serializable(config=self.config, report=report)
        self.line.send(told)


def _try(session: pytest.Session, line: Connection) -> NoReturn:
    """Be a process that tries what it is handed, to its end."""
    code = 1
    try:
        random.seed()
        _speak_apart(session.config, line)
        tried = _places(line)
        place = next(tried, None)
        while place is not None and not session.shouldfail:
            item, following = session.items[place], next(tried, None)
            after = None if following is None else session.items[following]
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=after)
            line.send(place)
            place = following
        code = 0
    except KeyboardInterrupt:
        session._setupstate.teardown_exact(None)  # servers and browsers end, too
    except BaseException:  # noqa: BLE001 whatever it was, this process ends here
        sys.excepthook(*sys.exc_info())
    finally:
        atexit._run_exitfuncs()
        os._exit(code)  # the memory that it shares with the first process is not taken apart


def _speak_apart(config: pytest.Config, line: Connection) -> None:
    """Nothing is printed here, and what tests print is caught in a file of this process."""
    manager = config.pluginmanager
    manager.unregister(name="terminalreporter")
    manager.register(_Clerk(config, line))
    capture = manager.getplugin("capturemanager")
    capture.stop_global_capturing()
    capture.start_global_capturing()


def _places(line: Connection) -> Iterator[int]:
    """What is handed out, test by test.

    The next file is asked for as the last test of one begins: its fixtures are taken down by what
    the next test needs of them.
    """
    while batch := line.recv():
        yield from batch
        line.send(None)
