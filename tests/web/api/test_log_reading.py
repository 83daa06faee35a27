"""The log read by the API: every filter, page by page, itself logged, and nobody named."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from app.storage.grants import OWNER
from permits.audit import FACTS, Act
from permits.people import SYSTEM_PERSON
from tests.builders import CUI, PHONE
from tests.web.api.operations import signed, submitted
from tests.web.api.world import AGENT, AUDITOR, World

URL = "/api/v1/audit/events"
NAMES = ("María", "Gutiérrez", "Ñamendí", PHONE, CUI, "Oficial", "El Cielo")


def rows(world: World) -> list[Any]:
    """The log as the database has it, the newest first."""
    with world.database.sessions.begin() as session:
        return list(session.execute(text("SELECT * FROM audit_events ORDER BY id DESC")))


def ids(world: World, upto: int, **query: object) -> list[int]:
    """The numbers of the events that the API gives; asking makes newer ones, left out here."""
    reply = world.caller(AUDITOR).get(URL, params={"limit": 200, **query})  # type: ignore[dict-item]
    assert reply.status_code == 200, reply.text
    return [item["id"] for item in reply.json()["items"] if item["id"] <= upto]


@pytest.fixture(scope="module")
def log(shared: World) -> list[Any]:
    """Two lives, one of them half sealed; what is read of it does not change it."""
    shared.live(signed)
    shared.seal()
    shared.live(submitted)
    return rows(shared)


Chosen = Callable[[Any], bool]


def _some(log: list[Any]) -> Mapping[str, tuple[dict[str, object], Chosen]]:
    """Queries, each beside what it has to give."""
    middle: datetime = log[len(log) // 2].at
    decided = next(row for row in log if row.act == Act.APPLICATION_DECIDED)
    early = next(row for row in log if row.act == Act.VACANCY_ADDED)
    late = middle + timedelta(microseconds=1)
    return {
        "everything": ({}, lambda row: True),
        "about something": ({"subject": decided.subject}, lambda r: r.subject == decided.subject),
        "by somebody": ({"person": decided.person}, lambda r: r.person == decided.person),
        "by the service": ({"person": SYSTEM_PERSON}, lambda r: r.person == SYSTEM_PERSON),
        "an act": ({"act": "application:decide"}, lambda r: r.act == "application:decide"),
        "two acts": (
            {"act": ["vacancy:add", "application:submit"]},
            lambda r: r.act in {"vacancy:add", "application:submit"},
        ),
        "from an instant on": ({"since": middle.isoformat()}, lambda r: r.at >= middle),
        "before an instant": ({"before": middle.isoformat()}, lambda r: r.at < middle),
        "one instant": (
            {"since": middle.isoformat(), "before": late.isoformat()},
            lambda r: r.at == middle,
        ),
        "all at once": (
            {
                "subject": decided.subject,
                "person": decided.person,
                "act": "application:decide",
                "since": early.at.isoformat(),
            },
            lambda r: (
                r.subject == decided.subject
                and r.person == decided.person
                and r.act == "application:decide"
                and r.at >= early.at
            ),
        ),
        "nobody": ({"person": uuid4()}, lambda r: False),
    }


@pytest.mark.feature("D2")
@pytest.mark.asvs("16.2.1")
def test_each_filter_gives_exactly_what_it_says(shared: World, log: list[Any]) -> None:
    assert len({row.act for row in log}) > 10
    for name, (query, chosen) in _some(log).items():
        wanted = [row.id for row in log if chosen(row)]
        assert ids(shared, log[0].id, **query) == wanted, name
        assert name == "nobody" or 0 < len(wanted) <= len(log), name


@pytest.mark.feature("D2")
def test_the_pages_miss_nothing_although_the_log_grows_meanwhile(
    shared: World, log: list[Any]
) -> None:
    client, seen, url = (
        shared.caller(AUDITOR),
        list[int](),
        f"{URL}?limit=7&since=2001-01-01T00:00:00Z",
    )
    while url:
        reply = client.get(url)
        items = reply.json()["items"]
        assert 0 < len(items) <= 7
        seen += [item["id"] for item in items if item["act"] != Act.LOG_READ]
        url = reply.links.get("next", {}).get("url", "")
        assert ("cursor=" in url) is (reply.json()["next_cursor"] is not None)
        assert not url or "since=" in url
    assert [one for one in seen if one <= log[0].id] == [row.id for row in log]
    assert len(seen) == len(set(seen))


@pytest.mark.feature("D2")
@pytest.mark.promise("P16")
@pytest.mark.asvs("8.2.3")
def test_ids_and_codes_are_told_and_nobody_is_named(shared: World, log: list[Any]) -> None:
    reply = shared.caller(AUDITOR).get(URL, params={"limit": 200})
    with shared.database.sessions.begin() as session:
        kept = session.execute(text("SELECT worker_name FROM applications")).scalars().all()
    assert all("María" in name for name in kept)  # there is something that could leak
    assert [name for name in NAMES if name.lower() in reply.text.lower()] == []
    for item in reply.json()["items"]:
        assert set(item) == {
            "id",
            "at",
            "act",
            "subject",
            "person",
            "role",
            "request",
            "facts",
            "leaf",
        }
        assert set(item["facts"]) <= FACTS[Act(item["act"])]


@pytest.mark.feature("D2")
@pytest.mark.promise("P11")
def test_an_event_leads_to_its_proof(shared: World, log: list[Any]) -> None:
    client = shared.caller(AUDITOR)
    shared.seal()
    decided = client.get(URL, params={"act": "application:decide"}).json()["items"][0]
    proof = client.get(f"{URL}/{decided['leaf']}/proof").json()
    assert proof["event"] == decided["id"]
    assert UUID(decided["subject"]).bytes.hex() in proof["data"]
    shared.live(submitted)
    newest = client.get(URL, params={"act": "application:submit"}).json()["items"][0]
    assert newest["leaf"] is None


@pytest.mark.feature("D2")
@pytest.mark.asvs("16.2.1")
def test_reading_the_log_is_an_event_itself(shared: World, log: list[Any]) -> None:
    about, who = log[-1].subject, log[0].person
    for query, subject, by in (
        ({}, SYSTEM_PERSON, []),
        ({"subject": about}, about, ["subject"]),
        ({"person": who, "act": "person:sign-in"}, who, ["person", "act"]),
        ({"subject": about, "person": who}, about, ["subject", "person"]),
    ):
        reply = shared.caller(AUDITOR).get(URL, params=query)
        newest = rows(shared)[0]
        assert (newest.act, newest.person, newest.role) == ("log:read", AUDITOR.person, "auditor")
        assert (newest.subject, newest.request) == (subject, reply.headers["x-request-id"])
        assert newest.facts == {"by": by, "events": len(reply.json()["items"])}


@pytest.mark.asvs("16.3.2")
def test_who_may_not_reads_nothing_and_is_written_down(shared: World) -> None:
    reply = shared.caller(AGENT).get(URL)
    newest = rows(shared)[0]
    assert (reply.status_code, newest.act, newest.person) == (403, "request:refuse", AGENT.person)
    assert newest.facts["operation"] == "list_events"


@pytest.mark.asvs("2.2.1", "2.2.3")
@pytest.mark.parametrize(
    ("query", "field", "code"),
    [
        ({"subject": "Juana"}, "subject", "malformed"),
        ({"act": "application:steal"}, "act.0", "malformed"),
        ({"since": "2026-11-27T00:00:00"}, "since", None),
        (
            {"since": "2026-11-27T00:00:00Z", "before": "2026-11-27T00:00:00Z"},
            "before",
            "ends-before-it-begins",
        ),
        ({"cursor": "W10"}, "cursor", "cursor-malformed"),
        ({"cursor": "WzEuNV0"}, "cursor", "cursor-malformed"),
        ({"cursor": "WyIxIl0"}, "cursor", "cursor-malformed"),
        ({"cursor": "Wy0xXQ"}, "cursor", "cursor-malformed"),
        ({"cursor": "WzkyMjMzNzIwMzY4NTQ3NzU4MDhd"}, "cursor", "cursor-malformed"),
        ({"colour": "red"}, "colour", "not-an-option"),
    ],
)
def test_what_is_no_filter_is_refused(
    shared: World, query: dict[str, str], field: str, code: str | None
) -> None:
    reply = shared.caller(AUDITOR).get(URL, params=query)
    (fault,) = reply.json()["errors"]
    assert (reply.status_code, fault["field"]) == (422, field)
    assert code is None or fault["code"] == code


@pytest.mark.promise("P11")
def test_a_damaged_event_is_shown_and_closes_the_log_to_nobody(world: World) -> None:
    """Whoever rules the database could else hide behind a row that cannot be read."""
    world.live(submitted)
    size = world.seal()
    with world.database.of(OWNER).sessions.begin() as session:
        for number, change in (
            (1, "act = 'nobody:knows', role = 'king', facts = '[1]'"),
            (2, "at = 'infinity'"),
            (3, "at = '-infinity', facts = '\"x\"'"),
        ):
            session.execute(text(f"UPDATE audit_events SET {change} WHERE id = {number}"))
    items = world.caller(AUDITOR).get(URL, params={"limit": 200}).json()["items"]
    assert len([item for item in items if item["leaf"] is not None]) == size
    assert {"nobody:knows"} <= {item["act"] for item in items}
    assert {"9999-12-30", "0001-01-02"} <= {item["at"][:10] for item in items}
