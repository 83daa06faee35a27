"""What is no whole backup, or of other keys, or for a place that is taken, is refused."""

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import typer
from sqlalchemy import text

from app.adapters import manifests
from app.cli import backups
from app.settings import DEMO_PASSPHRASE, Settings
from app.wiring import choose_ports
from tests.cli.drill import (
    Drill,
    House,
)
from tests.proofs import record


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def newer(folder: Path) -> None:
    listed, _ = manifests.read(folder, DEMO_PASSPHRASE)
    manifests.write(folder, replace(listed, revision="9999"), DEMO_PASSPHRASE)


def one_object(folder: Path) -> Path:
    return next(path for path in (folder / "objects").rglob("*") if path.is_file())


BAD: dict[str, tuple[Callable[[Path], object], str]] = {
    "one bit of the database": (lambda b: flip(b / "database.dump"), "database.dump is damaged"),
    "one bit of a file": (lambda b: flip(one_object(b)), "is damaged"),
    "one bit of the list": (lambda b: flip(b / "manifest.json"), "manifest.json is damaged"),
    "a part is missing": (lambda b: one_object(b).unlink(), "not whole"),
    "the database is missing": (lambda b: (b / "database.dump").unlink(), "not whole"),
    "a stranger's file": (lambda b: (b / "objects" / "x").write_text("x"), "does not belong"),
    "no list": (lambda b: (b / "manifest.json").unlink(), "half of one"),
    "of a newer version": (newer, "upgrade first"),
}


@pytest.mark.promise("P22")
@pytest.mark.parametrize("what", BAD)
def test_a_backup_that_is_not_as_it_was_made_is_refused(
    drill: Drill,
    place: House,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    what: str,
) -> None:
    harm, words = BAD[what]
    shutil.copytree(drill.backup, tmp_path / "b")
    harm(tmp_path / "b")
    told = refusal(monkeypatch, capsys, place, tmp_path / "b", drill.keys)
    assert words in told
    check_untouched(place)


def refusal(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    place: House,
    backup: Path,
    keys: Path | None,
    **more: str,
) -> str:
    """What a restore says that must not take place."""
    for name, value in {**place.variables, **more}.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(typer.Exit) as ended:
        backups.restore(backup, keys)
    assert ended.value.exit_code == 1
    return capsys.readouterr().err


def check_untouched(place: House) -> None:
    tables = "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace"
    assert place.ask(tables) == [(0,)]
    assert not (place.folder / "keys").exists() or not any((place.folder / "keys").glob("*.json"))
    assert [p for p in place.folder.rglob("*") if p.is_file() and p.suffix == ".jpg"] == []


@pytest.mark.promise("P22")
def test_other_keys_or_none_are_refused_in_clear_words(
    drill: Drill,
    place: House,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def refused(keys: Path | None, **more: str) -> str:
        return refusal(monkeypatch, capsys, place, drill.backup, keys, **more)

    assert "The keys are others" in refused(None)
    choose_ports(Settings(data_dir=tmp_path / "strange"))
    assert "The keys are others" in refused(tmp_path / "strange" / "keys")
    assert "VEREDA_KEY_PASSPHRASE" in refused(drill.keys, VEREDA_KEY_PASSPHRASE="another")
    check_untouched(place)


def test_a_place_that_is_not_empty_is_refused(
    drill: Drill,
    place: House,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (place.folder / "objects").mkdir(parents=True)
    (place.folder / "objects" / "kept").write_text("precious", encoding="utf-8")
    told = refusal(monkeypatch, capsys, place, drill.backup, drill.keys)
    assert "not empty" in told
    assert (place.folder / "objects" / "kept").read_text(encoding="utf-8") == "precious"
    (place.folder / "objects" / "kept").unlink()
    with place.database.engine.begin() as connection:
        connection.execute(text("CREATE TABLE kept (n int)"))
    assert "not empty" in refusal(monkeypatch, capsys, place, drill.backup, drill.keys)


def test_a_backup_overwrites_nothing_and_never_holds_the_keys(
    drill: Drill, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(typer.Exit):
        backups.backup(drill.backup)
    with pytest.raises(typer.Exit):
        backups.backup(tmp_path / "new", tmp_path / "new" / "keys")
    assert "exists already" in capsys.readouterr().err
    names = [path.name for path in drill.backup.rglob("*") if path.is_file()]
    assert [name for name in names if name.endswith(".pem") or name == "fields.json"] == []
    assert drill.backup.stat().st_mode & 0o077 == 0
    assert {path.name for path in drill.keys.rglob("*.json")} >= {"keys.json", "fields.json"}
    listed = json.loads((drill.backup / "manifest.json").read_text("utf-8"))
    assert set(listed["parts"]) == set(manifests.files_below(drill.backup))
    record(
        "restore",
        "backup under writing, everything lost, restored elsewhere; then each damage once",
        1 + len(BAD),
        lost_of_what_was_acknowledged_before=0,
        given_out_twice=0,
        damaged_backups_accepted=0,
    )
