"""What is published counts: the lists as files, soon after each act, by the worker's own loop."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path

import pytest

from app.services import published, status_lists
from app.services.effects import run_next_effect
from app.services.ports import Ports
from app.services.verification import judge
from app.storage.database import Session
from app.web.clock import utc_now
from permits import cose, status_list
from permits.people import SYSTEM
from permits.status_list import Status
from tests.builders import NOW, Story, work_of
from tests.cli.drill import House, house, permit
from tests.databases import Database
from tests.proofs import record, times
from tests.rights import RightStory
from tests.services.test_statement_counts import counted

pytestmark = [pytest.mark.feature("B3", "O16"), pytest.mark.promise("P8")]

SECONDS = 60
ROUNDS = times(1, 12)


def publish(session: Session, ports: Ports, now: datetime = NOW) -> None:
    """Publish the first list and do what follows."""
    work = work_of(session, SYSTEM, ports, now)
    status_lists.publish_status_list(work, 1)
    while run_next_effect(work):
        pass


def test_a_publication_puts_out_both_forms_the_aggregation_and_the_keys(
    session: Session, ports: Ports
) -> None:
    publish(session, ports)
    work = work_of(session, SYSTEM, ports)
    token = ports.public.get("st/1.cwt")
    assert token is not None
    listed = status_list.read_claims(cose.read_sign1(token).payload)
    assert listed.uri == f"{ports.issuer}/st/1"
    assert listed.aggregation == f"{ports.issuer}/st/aggregation.json"
    assert ports.public.get("st/1.jwt") == published.get_list(work, 1, published.JWT)
    assert ports.public.get("trust-list.cwt") == ports.keys.trust_list()
    told = status_list.write_aggregation([f"{ports.issuer}/st/1"])
    assert ports.public.get("st/aggregation.json") == told
    assert published.put_out_all(work) == 0


def test_what_is_missing_or_changed_on_the_disk_is_written_again(
    session: Session, ports: Ports
) -> None:
    publish(session, ports)
    work, before = work_of(session, SYSTEM, ports), ports.public.get("st/1.cwt")
    ports.public.put("st/1.cwt", b"damaged")
    ports.public.remove("st/aggregation.json")
    assert published.put_out_all(work) == 2
    assert ports.public.get("st/1.cwt") == before


def test_a_list_that_nobody_can_believe_is_left_out_of_a_verdict(story: Story) -> None:
    story.start().submit().approve().sign()
    card = RightStory(story).permit.credential
    publish(story.session, story.ports, card.valid_from)
    work = work_of(story.session, SYSTEM, story.ports, card.valid_from)
    assert judge(work, card.text or "").reason.value == "ok"
    story.ports.public.put("st/1.cwt", b"damaged")
    assert judge(work, card.text or "").reason.value == "list-too-old"


def test_judging_from_the_files_asks_the_database_nothing(story: Story) -> None:
    story.start().submit().approve().sign()
    publish(story.session, story.ports)
    permit = RightStory(story).permit.credential
    work = work_of(story.session, SYSTEM, story.ports, permit.valid_from)
    with counted(story.session) as sent:
        for _ in range(2):
            assert judge(work, permit.text or "").signature.value == "valid"
    assert sent == []


def test_a_new_list_counts_from_its_first_byte_on(story: Story) -> None:
    """What was read is kept by content: no verdict is ever drawn from the list before."""
    lived = RightStory(story.start().submit().approve().sign())
    card = lived.permit.credential
    publish(story.session, story.ports, card.valid_from)
    work = work_of(story.session, SYSTEM, story.ports, card.valid_from)
    seen = [judge(work, card.text or "").reason.value]
    for act in (lived.suspend, lived.reinstate, lived.lose_card):
        act()
        publish(story.session, story.ports, card.valid_from)
        seen.append(judge(work, card.text or "").reason.value)
    assert seen == ["ok", "suspended", "ok", "revoked"]


@contextmanager
def deaf_gateway() -> Iterator[str]:
    """An SMS gateway that takes every call and never answers: letters wait, lists must not."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(64)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/"


@contextmanager
def worker_of(place: House, gateway: str) -> Iterator[None]:
    """The worker as it is deployed: a process with its own user of the database."""
    command = [sys.executable, "-m", "app.cli.background"]
    environment = {**os.environ, **place.variables, "VEREDA_SMS_URL": gateway}
    with subprocess.Popen(command, env=environment, stdin=subprocess.PIPE) as process:
        try:
            yield
        finally:
            process.terminate()
            process.wait(SECONDS)


def listed(folder: Path, index: int) -> Status | None:
    """What the file in the public folder says of a place; None before there is one."""
    try:
        token = (folder / "public" / "st" / "1.cwt").read_bytes()
    except FileNotFoundError:
        return None
    return status_list.read_claims(cose.read_sign1(token).payload).status(index)


def wait_until(condition: Callable[[], bool]) -> float:
    """Seconds until it holds."""
    begun = time.monotonic()
    while not condition():
        assert time.monotonic() < begun + SECONDS, "not within a minute"
        time.sleep(0.02)
    return time.monotonic() - begun


@dataclass
class Watch:
    """Acts on rights, and how long until the list that is out says so, and a verifier with it."""

    place: House
    waits: dict[str, list[float]] = field(default_factory=dict)

    def live(self) -> RightStory:
        with self.place.database.sessions.begin() as session:
            return RightStory(permit(Story(session, self.place.ports, utc_now())))

    def do(self, lived: RightStory, name: str, act: Callable[[], object], said: str) -> None:
        """One act, committed, and the wait that begins with its commit."""
        with self.place.database.sessions.begin() as session:
            lived.story.session, lived.story.now = session, utc_now()
            card = lived.permit.credential
            act()
        wanted, text = BITS_OF[said], card.text or ""
        waited = wait_until(lambda: listed(self.place.folder, card.status_index) is wanted)
        waited += wait_until(lambda: self.verdict(text) == said)
        self.waits.setdefault(name, []).append(waited)

    def verdict(self, text: str) -> str:
        with self.place.database.read_sessions() as session:
            work = work_of(session, SYSTEM, self.place.ports, utc_now())
            return judge(work, text).reason.value


BITS_OF = {"ok": Status.VALID, "suspended": Status.SUSPENDED, "revoked": Status.INVALID}


def test_each_act_is_in_the_published_list_within_a_minute_of_its_commit(
    database: Database, tmp_path: Path
) -> None:
    watch = Watch(house(database, tmp_path))
    with deaf_gateway() as gateway, worker_of(watch.place, gateway):
        wait_until(lambda: listed(tmp_path, 0) is not None)
        for _ in range(ROUNDS):
            lived = watch.live()
            watch.do(lived, "suspend", lived.suspend, "suspended")
            watch.do(lived, "reinstate", lived.reinstate, "ok")
            watch.do(lived, "replace", lived.lose_card, "revoked")
            watch.do(lived, "revoke", partial(take_back, lived), "revoked")
    longest = {name: round(max(each), 2) for name, each in watch.waits.items()}
    assert longest.keys() == {"suspend", "reinstate", "replace", "revoke"}
    assert max(longest.values()) < SECONDS
    record(
        "status-effect",
        "seconds from the commit to the published list and to a verdict, while no letter gets out",
        sum(map(len, watch.waits.values())),
        **longest,
    )


def take_back(lived: RightStory) -> None:
    lived.propose().confirm()
