"""The demonstration: alive, the same each time, and silent about whom it shows."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from io import StringIO
from pathlib import Path

import pytest
import structlog
from pydantic import SecretStr
from sqlalchemy import text

from app.adapters import logs
from app.adapters.complaint_seals import ComplaintSeals
from app.adapters.keyring import KeyRing
from app.adapters.keys import KeyFolder
from app.adapters.vault import FileVault
from app.demo.abroad import WAITING
from app.demo.crew import PEOPLE
from app.demo.lately import LATELY
from app.demo.market import COFFEE
from app.demo.names import NAMED_CUI
from app.demo.plans import FEWER
from app.demo.seed import WORKER, is_seeded, seed_demo
from app.services import vacancies, vacancy_judging
from app.settings import DEMO_PASSPHRASE, Settings
from app.storage.credentials import TEXT
from app.storage.grants import OWNER
from app.storage.sealed import DOCUMENT
from app.web.clock import utc_now
from app.wiring import House, open_house
from permits import scans, status_list
from permits.people import SYSTEM
from permits.status_list import StatusLists
from tests.builders import work_of
from tests.cli.here import Place
from tests.databases import Server
from tests.demo.made import demonstration
from tests.demo.queries import DIGEST, PERMITS

INSTANT = "SELECT created_at FROM workers WHERE person = :worker"
ISSUER = Settings.model_fields["issuer"].default

"""Of each kind of case a quarter; `vereda seed demo` in tests/cli sets all of them up."""

COUNTS = {
    "draft": 9,  # three of them wait on the roster
    "under-review": 38,
    "asked": 1,
    "returned": 4,
    "approved": 36,
    "refused": 4,
    "lapsed": 2,
    "withdrawn": 2,
}

REASONS = ("ok", "expired", "not-yet-valid", "revoked", "suspended")
"""What a permit of the demonstration is told for at its border; every one of them is there."""


@dataclass(frozen=True)
class Seeded:
    """A demonstration of the instant `now`, and what was logged and said meanwhile.

    `other` is one of the same instant, which the command set up in a process of its own.
    """

    house: House
    folder: Path
    other: Place
    now: datetime
    logged: str
    said: list[str]

    @cached_property
    def vault(self) -> FileVault:
        """Opens what it sealed."""
        return FileVault(self.folder / "keys", DEMO_PASSPHRASE)

    def ask(self, query: str, **values: object) -> object:
        """The one value of a query."""
        with self.house.engine.connect() as connection:
            return connection.execute(text(query), values).scalar_one()


@pytest.fixture(scope="module")
def seeded(database_server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seeded]:
    """Two houses with keys of their own; once for the module, for each takes seconds."""
    handlers, level = logging.root.handlers[:], logging.root.level
    stream, said, folder = StringIO(), list[str](), tmp_path_factory.mktemp("house")
    theirs = tmp_path_factory.mktemp("other") / "data"
    with demonstration(database_server, theirs) as other, database_server.clone() as database:
        with other.database.engine.connect() as connection:
            now = connection.execute(text(INSTANT), {"worker": WORKER}).scalar_one()
        logs.configure("json", "debug", stream)
        url = SecretStr(database.of(OWNER).url)
        house = open_house(Settings(data_dir=folder, database_url=url))
        # Phrases of complaints are hashed as always, but for the memory: 0.2 s each.
        house = replace(house, ports=replace(house.ports, seals=ComplaintSeals(memory_kib=64)))
        assert not is_seeded(house)
        seed_demo(house, now, said.append, FEWER)
        assert is_seeded(house)
        logging.root.handlers[:] = handlers
        logging.root.setLevel(level)
        structlog.reset_defaults()
        yield Seeded(house, folder, other, now, stream.getvalue(), said)
        house.engine.dispose()


def test_two_demonstrations_of_one_instant_are_alike(seeded: Seeded) -> None:
    digests = []
    for engine in (seeded.house.engine, seeded.other.database.engine):
        with engine.connect() as connection:
            digests.append(connection.execute(text(DIGEST)).one())
    assert digests[0] == digests[1]
    assert digests[0][1] > 2000


def test_every_planned_case_is_there(seeded: Seeded) -> None:
    planned = sum(plan.count for plan in FEWER)
    assert seeded.ask("SELECT count(*) FROM applications") == planned + PEOPLE + LATELY + WAITING


def test_the_cases_stand_where_their_plans_leave_them(seeded: Seeded) -> None:
    with seeded.house.engine.connect() as connection:
        rows = connection.execute(text("SELECT status, count(*) AS n FROM applications GROUP BY 1"))
        counts = {row.status: row.n for row in rows}
    assert counts == COUNTS


@pytest.mark.parametrize(
    ("what", "query"),
    [
        ("overdue", "applications WHERE status = 'under-review' AND due_at < :now"),
        ("held", "applications WHERE held_by IS NOT NULL"),
        ("second round", "applications WHERE round = 2"),
        ("asked by INM", "decisions WHERE opinion = 'return' AND agency = 'inm'"),
        ("refused by INM", "decisions WHERE opinion = 'refuse' AND agency = 'inm'"),
        ("expired", "credentials WHERE state = 'issued' AND expires < :now"),
        ("revoked", "credentials WHERE state = 'revoked'"),
        ("replaced", "credentials WHERE state = 'replaced'"),
        ("followed", "credentials WHERE state = 'issued' AND replacement = 1"),
        ("suspended today", "authorisations WHERE status = 'suspended' AND suspended_until > :now"),
        ("to be taken back", "revocations WHERE outcome = 'proposed'"),
        ("taken back by two", "revocations WHERE decided_by <> proposed_by"),
        ("signed photos", "faces"),
        ("not yet valid", "credentials WHERE state = 'issued' AND valid_from > :now"),
        ("valid", "credentials WHERE state = 'issued' AND :now BETWEEN valid_from AND expires"),
        ("exits", "crossings WHERE direction = 'exit'"),
        ("recorded offline", "crossings WHERE offline"),
        ("employers who accepted", "acceptances WHERE accepted"),
        ("named beforehand", "nominations"),
        (
            "handed in where named",
            "acceptances a JOIN vacancies v ON v.id = a.vacancy"
            " WHERE v.hiring = 'named' AND a.accepted AND a.answered_at = a.asked_at",
        ),
        ("employers who were not asked yet to answer", "acceptances WHERE accepted IS NULL"),
        ("photos", "documents WHERE kind = 'photo'"),
        ("agreed by code", "crew_members WHERE way = 'code'"),
        ("agreed by mark", "crew_members WHERE way = 'witnessed' AND witness IS NOT NULL"),
        ("not answered yet", "crew_members WHERE way IS NULL"),
        ("found by the watch list", "watch_checks WHERE state = 'hit'"),
        ("not found by it", "watch_checks WHERE state = 'clear'"),
        ("Canada", "applications WHERE programme = 'twap-canada' AND status = 'approved'"),
        ("Spain", "applications WHERE programme = 'twap-spain' AND status = 'approved'"),
        ("of a pool", "vacancies WHERE employer IS NULL"),
        ("another name waiting", "identity_changes WHERE outcome = 'asked'"),
        ("on the roster", "roster_entries WHERE left_at IS NULL"),
        ("invited to an interview", "candidacies WHERE status = 'invited'"),
        ("told why not", "candidacies WHERE why IS NOT NULL"),
        ("an orientation", "orientation_seats WHERE invited"),
        ("a place to come", "appointments WHERE ended_at IS NULL"),
        ("a contract's other version", "contracts WHERE version > 1"),
        (
            "a contract agreed to by mark",
            "contract_agreements a JOIN contracts c USING (application, version)"
            " WHERE a.way = 'witnessed' AND c.version > 1",
        ),
        (
            "a substituted contract",  # a worse version after one that the worker agreed to
            "contracts c WHERE c.content::jsonb ->> 'housing' = 'false' AND EXISTS (SELECT FROM"
            " contract_agreements a JOIN contracts b USING (application, version)"
            " WHERE a.application = c.application AND a.party = 'worker' AND a.version < c.version"
            " AND b.content::jsonb ->> 'housing' = 'true')",
        ),
        ("a contract that waits for a look", "contracts WHERE asks_look"),
        ("a published list", "published_status_lists"),
    ],
)
def test_there_is_something_of_everything(seeded: Seeded, what: str, query: str) -> None:
    assert seeded.ask(f"SELECT count(*) FROM {query}", now=seeded.now), what


def test_every_permit_is_judged_by_its_own_days_and_state(seeded: Seeded) -> None:
    ring = KeyRing(seeded.folder / "keys", DEMO_PASSPHRASE, ISSUER)
    trust = ring.lists.draw(seeded.now)  # what is served was signed by the machine's clock
    published = seeded.ask("SELECT cwt FROM published_status_lists")
    assert isinstance(published, bytes)
    lists = StatusLists().taking(status_list.read(published, trust))
    with seeded.house.engine.connect() as connection:
        rows = connection.execute(text(PERMITS), {"now": seeded.now}).all()
    texts = [(row.expected, seeded.vault.open(TEXT, row.id, row.text)) for row in rows]
    told = {
        (hoped, scans.verdict(text_, trust, lists, seeded.now).reason.value)
        for hoped, text_ in texts
    }
    assert told == {(reason, reason) for reason in REASONS}


def test_the_demonstrations_keys_are_older_than_its_permits(seeded: Seeded) -> None:
    records = KeyFolder(seeded.other.folder / "keys", DEMO_PASSPHRASE).records()
    oldest = timedelta(days=max(plan.oldest for plan in FEWER))
    assert {utc_now() - record.not_before > oldest for record in records} == {True}


def test_nothing_waits_to_be_sent_or_signed(seeded: Seeded) -> None:
    assert seeded.ask("SELECT count(*) FROM outbox WHERE done_at IS NULL") == 0
    assert seeded.ask("SELECT count(*) FROM credentials WHERE state = 'pending'") == 0


def test_nothing_happened_after_now(seeded: Seeded) -> None:
    for table, column in {
        "audit_events": "at",
        "applications": "updated_at",
        "messages": "sent_at",
        "crossings": "device_time",
        "decisions": "decided_at",
    }.items():
        latest = seeded.ask(f"SELECT max({column}) FROM {table}")
        assert isinstance(latest, datetime)
        assert latest <= seeded.now, table


@pytest.mark.asvs("16.2.5")
def test_neither_the_log_nor_the_progress_names_anybody(seeded: Seeded) -> None:
    told = "\n".join({*seeded.logged.splitlines(), *seeded.said})  # each line once
    assert "Demonstration: ready." in told
    with seeded.house.engine.connect() as connection:
        rows = connection.execute(
            text(
                "SELECT id, document_sealed, answers ->> 'phone',"
                " answers ->> 'given_names', answers ->> 'surnames', receipt FROM applications"
            )
        ).all()
    words = {word for row in rows for word in row[2:] if word}
    sealed = [(row.id, row.document_sealed) for row in rows if row.document_sealed]
    words |= {seeded.vault.open(DOCUMENT, row, number) for row, number in sealed}
    assert len(words) > 350
    assert [word for word in words if word in told] == []


def test_agents_stand_at_four_posts_and_people_cross_at_each(seeded: Seeded) -> None:
    posts = "SELECT string_agg(DISTINCT post, ' ' ORDER BY post) FROM"
    expected = "HN-GT-1 HN-GT-2 HN-GT-3 HN-SV-1"
    assert seeded.ask(f"{posts} grants WHERE role = 'border-agent'") == expected
    assert seeded.ask(f"{posts} crossings") == expected


@pytest.mark.feature("E4")
def test_every_vacancy_is_judged_and_two_farms_are_held_for_a_complaint_and_for_children(
    seeded: Seeded,
) -> None:
    held = "SELECT count(DISTINCT employer) FROM vacancies v JOIN"
    held += " LATERAL (SELECT findings FROM vacancy_judgements j WHERE j.vacancy = v.id"
    held += " ORDER BY j.id DESC LIMIT 1) last ON true WHERE v.held_at IS NOT NULL"
    assert seeded.ask(held) == 2
    for rule in ("R24", "R38"):  # a complaint, and children who have nowhere to be
        assert seeded.ask(f'{held} AND findings @> \'[{{"rule": "{rule}"}}]\'') == 1
    told = "senaf_handovers h JOIN applications a ON a.id = h.application WHERE h.children = 2"
    assert seeded.ask(f"SELECT count(*) FROM {told} AND h.received_on IS NOT NULL") == 1
    assert seeded.ask("SELECT count(*) FROM companions") == 3
    judged = "SELECT count(DISTINCT vacancy) FROM vacancy_judgements"
    standing = "SELECT count(*) FROM vacancies WHERE ends_on >= :day AND employer IS NOT NULL"
    assert seeded.ask(judged) == seeded.ask(standing, day=seeded.now.date())
    draft = "SELECT findings -> 0 ->> 'code' FROM vacancy_judgements j JOIN vacancies v"
    draft += " ON v.id = j.vacancy WHERE v.status = 'draft'"
    assert seeded.ask(draft) == "piece-below-minimum"


@pytest.mark.feature("E4")
def test_the_next_day_holds_no_other_farm_and_who_is_named_finds_their_work(
    seeded: Seeded,
) -> None:
    house = seeded.house
    with house.sessions() as session:  # nothing of it is kept
        work = work_of(session, SYSTEM, house.ports, seeded.now + timedelta(days=1))
        standing = "SELECT id FROM vacancies WHERE ends_on >= :day AND employer IS NOT NULL"
        found = session.scalars(text(standing), {"day": seeded.now.date()}).all()
        vacancy_judging.judge_vacancies(work, found, "day")
        held = "SELECT array_agg(DISTINCT e.name) FROM vacancies v"
        held += " JOIN employers e ON e.id = v.employer WHERE v.held_at IS NOT NULL"
        assert session.scalar(text(held)) == [
            "Beneficio Tres Ceibas Imaginario",
            "Finca Atima Imaginaria",
        ]
        assert vacancies.see_vacancies(work, COFFEE, NAMED_CUI)[0].named
