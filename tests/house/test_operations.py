"""docs/operations.md: its table of settings is the one of the code."""

from pathlib import Path

from app.cli.describe import settings_table

PAGE = Path(__file__).parent.parent.parent / "docs" / "operations.md"
BEGIN, END = "<!-- settings: begin -->\n", "<!-- settings: end -->"


def test_the_table_of_settings_is_up_to_date() -> None:
    table = PAGE.read_text(encoding="utf-8").split(BEGIN)[1].split(END)[0]
    assert table == settings_table(), "run: vereda settings --write"
