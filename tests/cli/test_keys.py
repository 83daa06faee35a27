"""`vereda keys`: the acts of an operator, refused in words, in the log, and roots taken offline."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from typer.testing import CliRunner

from app.adapters.keyring import KeyRing
from app.cli import cli
from app.cli.doctor import examine_keys
from app.services.key_care import LIST_RENEWED, list_list_troubles
from app.settings import DEMO_PASSPHRASE, Settings
from app.storage.audit import audit_events
from app.storage.credentials import credentials
from app.storage.grants import OWNER
from app.web.clock import utc_now
from permits import keys, trust_list
from permits.keys import PUBLISHED_AHEAD, Key, KeyPlace, KeyState
from permits.signing import KeyUse
from tests.cli.drill import house, permit
from tests.cli.test_commands import users_of
from tests.databases import Database

NOTHING: Mapping[str, str] = {}
ROOT_WORDS = "a passphrase of the root alone"


def run(*words: str, env: Mapping[str, str], code: int = 0) -> str:
    """`vereda keys …` in this process: dozens of commands, and each process would take a second."""
    done = CliRunner().invoke(cli, ["keys", *words], env=env)
    assert done.exit_code == code, done.output
    assert isinstance(done.exception, SystemExit | None)
    return done.output


@dataclass
class Place:
    """A house with its keys, as the command line finds it."""

    database: Database
    folder: Path

    @property
    def variables(self) -> dict[str, str]:
        return {**users_of(self.database), "VEREDA_DATA_DIR": str(self.folder)}

    @property
    def ring(self) -> KeyRing:
        return KeyRing(self.folder / "keys", DEMO_PASSPHRASE, Settings().issuer)

    def key(self, use: KeyUse, state: KeyState = KeyState.ACTIVE) -> Key:
        return next(k for k in self.ring.list_keys() if (k.use, k.state) == (use, state))

    def run(self, *words: str, code: int = 0, env: Mapping[str, str] = NOTHING) -> str:
        """What the command told, to people and to programs; its exit code is the expected one."""
        return run(*words, code=code, env={**self.variables, **env})

    def rows(self, *words: str) -> list[dict[str, Any]]:
        told: list[dict[str, Any]] = json.loads(self.run("list", *words, "--json"))
        return told

    def log(self) -> list[str]:
        with self.database.sessions() as session:
            query = select(audit_events.c.act).where(
                audit_events.c.act.regexp_match("^(key|root|trust-list):")
            )
            return list(session.scalars(query.order_by(audit_events.c.id)))


@pytest.fixture
def place(database: Database, tmp_path: Path) -> Place:
    """A house whose keys were made a year ago, when it began."""
    place = Place(database, tmp_path / "data")
    begun = utc_now() - timedelta(days=365)
    place.ring.prepare(utc_now(), begun)
    return place


def published_long_ago(place: Place) -> None:
    """As if the list that names the waiting key had been served a week ago."""

    def age(standing: tuple[Key, ...]) -> list[Key]:
        waiting = [key for key in standing if key.state is KeyState.NEXT]
        before = utc_now() - PUBLISHED_AHEAD
        return [Key(**{**vars(key), "published": before}) for key in waiting]

    place.ring.change(age)


@pytest.mark.promise("P10")
@pytest.mark.feature("D7")
def test_a_rotation_by_the_command_line(place: Place) -> None:
    first = place.key(KeyUse.PERMIT)
    refused = place.run("retire", first.name[:8], code=1)
    assert "key-nobody-follows" in refused
    assert "No other key waits: nothing could be signed. Make one first." in refused
    assert "A new trust list is served." in place.run("new", "permit")
    second = place.key(KeyUse.PERMIT, KeyState.NEXT)
    assert "key-already-waiting" in place.run("new", "permit", code=1)
    early = place.run("activate", second.name, code=1)
    assert "key-too-early" in early
    assert str((utc_now() + PUBLISHED_AHEAD).date()) in early
    assert place.key(KeyUse.PERMIT) == first
    assert place.log() == ["key:make", "trust-list:serve"]  # a refusal leaves no trace of an act

    published_long_ago(place)
    assert f"{second.name} signs" in place.run("retire", first.name[:8])
    assert place.key(KeyUse.PERMIT).kid == second.kid
    assert place.log()[2:] == ["key:retire", "key:activate", "trust-list:serve"]
    served = trust_list.read(place.ring.trust_list(), place.ring.roots())
    assert {served.keys[kid].state.value for kid in (first.kid, second.kid)} == {
        "retired",
        "active",
    }
    rows = place.rows()
    assert [(row["state"], row["place"]) for row in rows if row["use"] == "permit"] == [
        ("retired", "file"),
        ("active", "file"),
    ]


@pytest.mark.promise("P10")
def test_a_stolen_key_is_given_up_after_a_question(place: Place) -> None:
    lived = house(place.database, place.folder)
    lived.live(permit)
    lost = place.key(KeyUse.PERMIT)
    (row,) = [row for row in place.rows("--permits") if row["kid"] == lost.name]
    assert (row["permits"], row["pending"]) == (1, 0)
    assert "give either --cutoff or --all" in place.run("compromise", lost.name, code=2)
    asked = place.run("compromise", lost.name, "--all", code=1)  # nobody is there to answer
    assert "1 of its 1 permits turn red (whenever issued)." in asked
    assert "No key follows: nothing is signed until: vereda keys new permit" in asked
    assert (place.key(KeyUse.PERMIT), place.log()) == (lost, [])
    ahead = (utc_now() + timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M:%S+0000")
    assert "key-cutoff-ahead" in place.run("compromise", lost.name, "--cutoff", ahead, code=1)
    past = "2026-01-01T00:00-0600"
    done = place.run("compromise", lost.name, "--cutoff", past, "--yes")
    assert "1 of its 1 permits turn red (issued since 2026-01-01T00:00:00-06:00)." in done
    served = trust_list.read(place.ring.trust_list(), place.ring.roots())
    assert served.keys[lost.kid].cutoff == 1_767_247_200
    place.run("new", "permit")
    assert place.key(KeyUse.PERMIT).kid != lost.kid


@pytest.mark.promise("P10")
@pytest.mark.asvs("11.1.1")
@pytest.mark.feature("D7")
def test_roots_leave_the_machine_and_lists_are_signed_where_no_network_is(
    place: Place, tmp_path: Path
) -> None:
    stick, safe = tmp_path / "stick", {"VEREDA_ROOT_PASSPHRASE": ROOT_WORDS}
    place.run("new", "trust")
    root, standby = place.key(KeyUse.TRUST), place.key(KeyUse.TRUST, KeyState.NEXT)
    move, weak = ("export-root", str(stick), "--move"), {"VEREDA_ROOT_PASSPHRASE": "short"}
    assert "16 or more" in place.run(*move, root.name, code=1, env=weak)
    for key in (root, standby):
        place.run(*move, key.name, env=safe)
    told_roots = json.loads((stick / "roots.json").read_text("utf-8"))
    assert [(row["kid"], row["state"]) for row in told_roots] == [
        (root.name, "active"),
        (standby.name, "next"),
    ]
    assert all(len(row["fingerprint"].replace(" ", "")) == 64 for row in told_roots)
    assert list((place.folder / "keys" / "root").iterdir()) == []
    assert place.key(KeyUse.TRUST).place is KeyPlace.ELSEWHERE
    assert place.key(KeyUse.TRUST, KeyState.NEXT).place is KeyPlace.ELSEWHERE
    assert "root-not-here" in place.run(*move, root.name, code=1, env=safe)

    assert "vereda keys draft-list" in place.run("new", "permit")
    waiting = place.key(KeyUse.PERMIT, KeyState.NEXT)
    assert "key-not-published" in place.run("activate", waiting.name, code=1)
    draft, signed = tmp_path / "list.draft", tmp_path / "list.cwt"
    place.run("draft-list", str(draft))
    offline = {"VEREDA_DATABASE_URL": "", "VEREDA_DATA_DIR": str(tmp_path / "none"), **safe}
    sign = ("sign-list", str(draft), str(stick), str(signed), "--yes")
    assert "name one with --root" in run(*sign, code=1, env=offline)
    mine, other = (*sign, "--root", root.name[:6]), {"VEREDA_ROOT_PASSPHRASE": "x" * 20}
    assert "wrong passphrase" in run(*mine, code=1, env={**offline, **other})
    assert waiting.name in run(*mine, env=offline)  # whoever signs sees what
    assert "list-not-newer" in run(*mine, code=1, env=offline)  # and signs it once
    assert not (tmp_path / "none").exists()
    assert "with 4 keys is served" in place.run("import-list", str(signed))
    published = place.ring.find(waiting.kid)
    assert published is not None
    assert published.published is not None
    assert "list-not-newer" in place.run("import-list", str(signed), code=1)
    assert place.log().count("trust-list:draft") == 1


def test_a_root_that_was_made_elsewhere_is_registered(database: Database, tmp_path: Path) -> None:
    place = Place(database, tmp_path / "data")
    safe = {"VEREDA_ROOT_PASSPHRASE": ROOT_WORDS}
    run("new-root", str(tmp_path / "stick"), env={"VEREDA_DATABASE_URL": "", **safe})
    (public,) = (tmp_path / "stick").glob("*.json")
    place.run("import-root", str(public), "--yes")
    assert "key-exists" in place.run("import-root", str(public), "--yes", code=1)
    (root,) = place.ring.list_keys()  # before the first start nothing else was made
    assert (root.use, root.state, root.place) == (
        KeyUse.TRUST,
        KeyState.ACTIVE,
        KeyPlace.ELSEWHERE,
    )
    bent = json.loads(public.read_text("utf-8"))
    bent["fingerprint"] = bent["fingerprint"][::-1]
    public.write_text(json.dumps(bent), encoding="utf-8")
    assert "fingerprint is of another key" in place.run("import-root", str(public), "--yes", code=1)
    assert keys.find_waiting(place.ring.list_keys(), KeyUse.TRUST) is None


def checks(place: Place, environment: str) -> dict[str, str]:
    """What the doctor finds that is not well."""
    settings = Settings(data_dir=place.folder).model_copy(update={"environment": environment})
    found = examine_keys(place.database.engine, settings)
    return {check.check: check.found for check in found if not check.well}


@pytest.mark.asvs("11.1.1")
def test_the_doctor_tells_what_is_to_do_about_keys(place: Place, tmp_path: Path) -> None:
    assert checks(place, "demo") == {}
    told = checks(place, "production")
    assert set(told) == {"keys"}
    for part in ("the permit key has nobody to follow it", "no standby root", "lies on this"):
        assert part in told["keys"]
    (place.folder / "keys" / "root").rename(tmp_path / "safe")
    place.run("new", "permit")
    assert checks(place, "demo") == {"trust list": "is behind the register"}
    (place.folder / "keys" / "trustlist.cwt").unlink()
    lived = house(place.database, place.folder)
    lived.live(lambda story: story.start().submit().approve())
    assert set(checks(place, "demo")) == {"trust list"}  # it may take some minutes
    with place.database.of(OWNER).sessions.begin() as session:
        session.execute(credentials.update().values(prepared_at=utc_now() - timedelta(hours=1)))
    told = checks(place, "demo")
    assert told["trust list"] == "there is none that one of our roots signed"
    assert told["signing"].startswith("1 wait since ")


def test_a_list_is_told_before_it_ends(place: Place) -> None:
    served = place.ring.lists.find_served()
    assert served is not None
    ends = datetime.fromtimestamp(served.expires, UTC)
    before = ends - LIST_RENEWED
    assert list_list_troubles(served, False, before) == []
    late = list_list_troubles(served, False, before + timedelta(seconds=1))
    assert late == [f"ends {ends.date().isoformat()}"]
