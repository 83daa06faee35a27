"""docs/ethics.md is what the catalogue says, and `vereda ethics explain` tells one rule of it."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.cli import cli
from app.cli.ethics import ETHICS, draw
from recruitment.ethics.catalogue import CATALOGUE
from recruitment.ethics.rules import RuleId

HOUSE = Path(__file__).parent.parent.parent


def run(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(cli, ["ethics", *words])
    return done.exit_code, done.stdout


@pytest.mark.feature("E4")
def test_the_page_of_the_rules_is_up_to_date() -> None:
    drawn = draw()
    assert (HOUSE / ETHICS).read_text("utf-8") == drawn, "run: vereda ethics --write"
    for rule in CATALOGUE.values():
        assert f"\n## {rule.id} " in drawn
        assert rule.source in drawn
        for code in rule.outcomes:
            assert f"- Finds `{code}` (" in drawn


def test_a_page_that_is_out_of_date_is_told_and_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "docs").mkdir()
    monkeypatch.chdir(tmp_path)
    assert run("--check")[0] == 1
    assert run("--write")[0] == 0
    assert (tmp_path / ETHICS).read_text("utf-8") == run()[1] == draw()
    assert run("--check")[0] == 0


def test_a_rule_is_explained_by_its_number() -> None:
    code, told = run("explain", "r22")
    assert code == 0
    assert told.startswith("R22 The way back is paid\n")
    assert "- Finds `return-not-paid` (block in twap-canada, twap-spain): The employer" in told
    assert run("explain", "R41")[0] == 1


def test_the_rules_can_be_had_as_json() -> None:
    rows = json.loads(run("explain", "--json")[1])
    assert [row["rule"] for row in rows] == list(RuleId)
    (one,) = json.loads(run("explain", "R08", "--json")[1])
    assert one["parameters"] == {"R08.guaranteed_percent": 85}
    assert (one["title"], one["title_es"]) == ("Guaranteed work", "Trabajo garantizado")
    assert (one["severity"], one["set aside by"]) == ("warn", "official")
    assert one["inputs"] == ["guaranteed_days", "working_days"]
