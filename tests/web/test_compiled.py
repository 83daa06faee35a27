"""What was compiled is kept for the next process, and never run from where others may write."""

import os
import sys
from pathlib import Path
from types import CodeType

import jinja2
import pytest

from app.web import templating
from app.web.compile_pages import compile_pages
from app.web.compiled import KEPT, Compiled
from app.web.i18n import locale_for
from tests.web.faces import site

PAGE = "{% for one in [1, 2] %}{{ one }}{% endfor %}"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return tmp_path / "compiled"


class Counted(jinja2.Environment):
    """Counts what it compiles."""

    compiled = 0

    def _compile(self, source: str, filename: str) -> CodeType:
        self.compiled += 1
        return super()._compile(source, filename)


def shown(kept: Compiled, page: str = PAGE) -> tuple[str, int]:
    """What a page says in a process of its own, and how often that had to compile."""
    loader = jinja2.DictLoader({"page.html": page})
    environment = Counted(loader=loader, bytecode_cache=kept)
    said = environment.get_template("page.html").render()
    return said, environment.compiled


def test_the_next_process_compiles_nothing(folder: Path) -> None:
    assert shown(Compiled(b"a", folder)) == ("12", 1)
    assert shown(Compiled(b"a", folder)) == ("12", 0)


def test_another_page_or_another_make_is_compiled_anew(folder: Path) -> None:
    shown(Compiled(b"a", folder))
    assert shown(Compiled(b"b", folder)) == ("12", 1)
    assert shown(Compiled(b"b", folder), "new") == ("new", 1)
    assert shown(Compiled(b"b", folder)) == ("12", 1)


def test_what_was_cut_short_is_compiled_anew(folder: Path) -> None:
    shown(Compiled(b"a", folder))
    (kept,) = folder.iterdir()
    kept.write_bytes(kept.read_bytes()[:-9])
    assert shown(Compiled(b"a", folder)) == ("12", 1)
    assert shown(Compiled(b"a", folder)) == ("12", 0)


@pytest.mark.parametrize("mode", [0o775, 0o757])
def test_nothing_is_read_from_where_others_may_write(folder: Path, mode: int) -> None:
    shown(Compiled(b"a", folder))
    folder.chmod(mode)
    assert shown(Compiled(b"a", folder)) == ("12", 1)


def test_nothing_is_read_where_a_link_leads_or_that_is_somebody_elses(
    folder: Path, tmp_path: Path
) -> None:
    shown(Compiled(b"a", folder))
    link = tmp_path / "link"
    link.symlink_to(folder)
    assert shown(Compiled(b"a", link)) == ("12", 1)
    if os.geteuid() == 0:  # only root gives a folder away
        os.chown(folder, 65534, 65534)
        assert shown(Compiled(b"a", folder)) == ("12", 1)


def test_where_python_keeps_nothing_we_keep_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    shown(Compiled(b"a", folder))
    assert not folder.exists()


def test_a_folder_that_cannot_be_made_costs_the_page_nothing(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("")
    assert shown(Compiled(b"a", file / "below")) == ("12", 1)


def test_it_lies_beside_what_python_keeps_of_us() -> None:
    assert KEPT.parent.name == "__pycache__"


def test_what_is_compiled_once_speaks_every_language(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text('{{ "Entrar" | t }}{{ "2026-11-01" | upper }}')
    home = templating.Site(site().assets, templates=tmp_path)
    said = [
        templating.environment(home, locale_for(code)).get_template("page.html").render()
        for code in ("es", "en")
    ]
    assert said == ["Entrar2026-11-01", "Sign in2026-11-01"]


def test_every_page_can_be_compiled_ahead() -> None:
    assert compile_pages() == len(list(templating.TEMPLATES.rglob("*.html")))
