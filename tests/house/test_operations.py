"""docs/operations.md: its table of settings is the one of the code."""

from pathlib import Path

import pytest

from app.adapters import pictures
from app.cli.describe import settings_table
from app.services.documents import A_DAY, UPLOAD_LIMIT
from app.web.dependencies import MOST_FILES
from app.web.problems import BODY_LIMIT_BYTES
from permits.submissions import OWN_FILES

PAGE = Path(__file__).parent.parent.parent / "docs" / "operations.md"
BEGIN, END = "<!-- settings: begin -->\n", "<!-- settings: end -->"


@pytest.mark.asvs("5.1.1")
def test_what_files_are_taken_is_what_the_code_takes() -> None:
    told = PAGE.read_text(encoding="utf-8").split("## What files are taken")[1].split("\n## ")[0]
    million, megabyte = 10**6, 1024**2
    for said in (
        " and ".join([", ".join(["JPEG", "PNG"]), "WebP"]),
        f"{UPLOAD_LIMIT // megabyte} MB a file",
        f"{BODY_LIMIT_BYTES // megabyte} MB a request",
        f"{MOST_FILES} files a form",
        f"at least {pictures.SMALLEST_SIDE_PX} px",
        f"at most {pictures.MOST_PIXELS // million} million pixels",
        f"({pictures.MOST_PIXELS_WHOLE // million} million",
        f"at most {pictures.LONGEST_SIDE_PX} px",
        f"{A_DAY.tries} a worker and day",
        "`VEREDA_CLAMD",
    ):
        assert said in told, said
    assert pictures.FORMATS == ("JPEG", "PNG", "WEBP")
    assert len(OWN_FILES) == 3
    assert "VEREDA_CLAMD" in settings_table()


def test_the_table_of_settings_is_up_to_date() -> None:
    table = PAGE.read_text(encoding="utf-8").split(BEGIN)[1].split(END)[0]
    assert table == settings_table(), "run: vereda settings --write"
