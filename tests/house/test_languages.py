"""Who takes a form sends nothing of it where a language was chosen in it."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TAKES = re.compile(r"@router\.post\(.*?: (Posted|PrivateForm)\b.*?\) -> ", re.DOTALL)
LOOKS = re.compile(r"forms\.check\([\w.]+, (posted|form)\)|i18n\.pressed\(request\)")
BARE = {
    *("case_notes.add_note", "cases.hold_case", "cases.release_case", "costs.move_claim"),
    *("costs.remove_cost", "crews.try_list", "enrolling.make_codes"),
    *("identity_checks.compare_document", "register_imports.try_register"),
    *("later_papers.note_paper", "later_papers.take_back"),
    *("rights.confirm_revocation", "rights.drop_revocation", "rights.reinstate_right"),
    "welfare_claims.move_claim",
}
"""Their page may name a form, and theirs is another one, in which nobody chooses a language."""


@dataclass(frozen=True)
class Said:
    """A function of the pages: its text, and what it names, as `room.name`."""

    text: str
    named: frozenset[str]


def functions() -> Iterator[tuple[str, Said]]:
    """Every function of every room of the pages, as `room.name`."""
    for path in (ROOT / "app/web/pages").glob("*.py"):
        text = path.read_text("utf-8")
        tree, lines = ast.parse(text), text.split("\n")
        taken = {
            name.name: f"{(one.module or '').rpartition('.')[2]}.{name.name}"
            for one in tree.body
            if isinstance(one, ast.ImportFrom)
            for name in one.names
        }
        for one in tree.body:
            if isinstance(one, ast.FunctionDef):
                first = min([one.lineno, *(mark.lineno for mark in one.decorator_list)])
                named = frozenset(_named(path.stem, taken, one))
                yield (
                    f"{path.stem}.{one.name}",
                    Said("\n".join(lines[first - 1 : one.end_lineno]), named),
                )


def _named(room: str, taken: dict[str, str], one: ast.FunctionDef) -> Iterator[str]:
    for node in ast.walk(one):
        if isinstance(node, ast.Name):
            yield taken.get(node.id, f"{room}.{node.id}")
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            yield f"{node.value.id}.{node.attr}"


def all_said(known: dict[str, Said], handler: str) -> str:
    """The text of a handler, and of every function of the pages that it may come to."""
    found, waiting = set[str](), [handler]
    while waiting:
        found.add(asked := waiting.pop())
        waiting += (known[asked].named & known.keys()) - found
    return "\n".join(known[name].text for name in sorted(found))


@pytest.mark.feature("W28")
def test_no_form_is_sent_by_whoever_asks_for_another_language() -> None:
    """On a page that names its form the languages are buttons of it: who takes it looks first.

    `forms.check` of what was posted looks, or `i18n.pressed` does.
    """
    templates, known = ROOT / "templates", dict(functions())
    naming = [
        f'"{path.relative_to(templates)}"'
        for path in templates.rglob("*.html")
        if "set form_id" in path.read_text("utf-8")
    ]
    said = {name: all_said(known, name) for name, one in known.items() if TAKES.match(one.text)}
    showing = {name for name in said if any(page in said[name] for page in naming)}
    assert len(showing) > 100
    assert {name for name in showing if not LOOKS.search(said[name])} == BARE
