"""`vereda retention`: what is due is told and goes, what is held stays, what a copy brings back."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from typer.testing import CliRunner

from app.cli import cli
from app.services import documents
from app.web.clock import utc_now
from permits.submissions import DocumentKind
from tests.builders import Story
from tests.cli.drill import House, house
from tests.cli.test_commands import told, vereda
from tests.databases import Database
from tests.papers import portrait

pytestmark = [pytest.mark.feature("H8"), pytest.mark.promise("P26")]

Ask = Callable[..., tuple[int, str, str]]
"""`retention` with these words: exit code, what it printed, what it said."""


@pytest.fixture
def place(database: Database, tmp_path: Path) -> House:
    return house(database, tmp_path / "data")


@pytest.fixture
def ask(place: House) -> Ask:
    def asked(*words: str) -> tuple[int, str, str]:
        done = CliRunner().invoke(cli, ["retention", *words], env=place.variables)
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        return done.exit_code, done.stdout, done.stderr

    return asked


def old_draft(place: House, days: int) -> Story:
    """A draft with a photo that nobody touched for so many days."""
    with place.database.sessions.begin() as session:
        story = Story(session, place.ports, utc_now() - timedelta(days=days)).start()
        work = story.work(story.worker)
        documents.attach_document(work, story.id, DocumentKind.PHOTO, portrait())
        return story


def drafts(ask: Ask, *words: str) -> int:
    """How many drafts a run tells."""
    code, printed, said = ask("run", "--json", *words)
    assert code == 0, said
    rows = {row["what"]: row for row in json.loads(printed)}
    wanted = {"accounts", "closed", "crossings", "drafts", "messages", "permits", "requests"}
    assert set(rows) >= wanted
    return int(rows["drafts"]["due" if "--dry-run" in words else "gone"])


def standing(place: House) -> set[UUID]:
    return {identity for (identity,) in place.ask("SELECT id FROM applications")}


@pytest.mark.asvs("14.2.7")
def test_what_is_due_is_told_and_then_goes(place: House, ask: Ask) -> None:
    old, young = old_draft(place, 91), old_draft(place, 89)

    assert drafts(ask, "--dry-run") == 1
    assert standing(place) == {old.id, young.id}  # counting changes nothing
    assert drafts(ask) == 1
    assert standing(place) == {young.id}
    assert (drafts(ask, "--dry-run"), drafts(ask)) == (0, 0)

    code, printed, _ = ask("erased", "--json")
    (row,) = json.loads(printed)
    assert (code, row["application"], row["cause"]) == (0, str(old.id), "time")
    runs = place.ask("SELECT facts->>'drafts', person FROM audit_events WHERE act='retention:run'")
    assert runs == [("1", UUID(int=0))]


def test_without_json_it_is_a_table_for_people(place: House, ask: Ask) -> None:
    old_draft(place, 91)
    code, printed, _ = ask("run", "--dry-run")
    assert code == 0
    assert next(line.split() for line in printed.splitlines() if "drafts" in line)[-1] == "1"


@pytest.mark.feature("D8")
def test_what_is_held_stays_until_it_is_let_go(place: House, ask: Ask) -> None:
    held, other = old_draft(place, 91), old_draft(place, 91)
    assert ask("hold", str(held.id), "--reason", "court")[0] == 0
    assert ask("hold", str(held.id), "--reason", "audit")[0] == 0  # twice is once
    assert drafts(ask, "--dry-run") == 1
    assert drafts(ask) == 1
    assert standing(place) == {held.id}
    assert ask("lift", str(held.id))[0] == 0
    assert drafts(ask) == 1
    assert standing(place) == set()
    acts = place.ask(f"SELECT act FROM audit_events WHERE subject = '{held.id}' ORDER BY id")
    assert [act for (act,) in acts][-4:] == [
        "hold:place",
        "hold:place",
        "hold:lift",
        "application:erase",
    ]
    assert other.id != held.id


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("hold", str(uuid4()), "--reason", "court"), 1, "no-such-application"),
        (("hold", str(uuid4()), "--reason", "because"), 2, "court, complaint, audit"),
        (("hold", str(uuid4())), 2, "--reason"),
        (("hold", "7", "--reason", "court"), 2, "UUID"),
        (("lift", str(uuid4())), 1, "no-such-hold"),
        (("erase-again", "/nowhere.json"), 1, "no list of erasures"),
    ],
)
def test_what_cannot_be_done_is_said(
    ask: Ask, words: tuple[str, ...], code: int, said: str
) -> None:
    got, printed, told_ = ask(*words)
    assert (got, printed) == (code, "")
    assert said in told_
    assert "Traceback" not in told_


def test_what_a_copy_brought_back_is_erased_again(place: House, ask: Ask, tmp_path: Path) -> None:
    back, stays = old_draft(place, 10), old_draft(place, 10)
    listed = tmp_path / "erased.json"
    listed.write_text(json.dumps([{"application": str(one)} for one in (back.id, uuid4())]))
    code, _, said = ask("erase-again", str(listed))
    assert (code, "Erased again: 1 of 2." in said) == (0, True)
    assert standing(place) == {stays.id}
    assert "Erased again: 0 of 2." in ask("erase-again", str(listed))[2]
    listed_again = vereda("retention", "erased", "--json", **place.variables)
    assert [row["cause"] for row in told(listed_again)] == ["restored"]


@pytest.mark.parametrize("text", ["", "{}", "[7]", '[{"application": "x"}]', '{"application": 1}'])
def test_a_list_that_is_none_erases_nothing(
    place: House, ask: Ask, tmp_path: Path, text: str
) -> None:
    story, listed = old_draft(place, 10), tmp_path / "erased.json"
    listed.write_text(text)
    code, _, said = ask("erase-again", str(listed))
    assert (code, "Traceback" in said) == (0 if text == "{}" else 1, False)
    assert standing(place) == {story.id}
