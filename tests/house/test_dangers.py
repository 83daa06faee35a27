"""What makes code or objects of what people send stands nowhere in this house."""

import ast
import re
from pathlib import Path

import pytest

from tests.house.sources import trees

HOUSE = Path(__file__).parent.parent.parent
SOURCES = [
    path for floor in ("app", "permits", "recruitment") for path in (HOUSE / floor).rglob("*.py")
]
OBJECT_READERS = {"pickle", "marshal", "shelve", "dill", "jsonpickle", "yaml", "xml", "lxml"}
MAKERS = {"eval", "exec", "compile", "from_string", "Markup", "literal_eval", "system", "popen"}
OWN_CODE = {("app/web/compiled.py", "marshal")}
"""What we compiled ourselves, kept beside what Python compiled of us and as trusted as that."""

ALLOWED = {
    ("app/web/pages/devices.py", "Markup"): "a symbol that we draw",
    ("app/web/pages/own_farm_registers.py", "Markup"): "a symbol that we draw",
    ("app/web/pages/permits.py", "Markup"): "a symbol that we draw",
    ("app/web/pages/wallets.py", "Markup"): "a symbol that we draw",
}


def imported(tree: ast.AST) -> set[str]:
    names = {alias.name for n in ast.walk(tree) if isinstance(n, ast.Import) for alias in n.names}
    names |= {n.module or "" for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
    return {name.partition(".")[0] for name in names}


def called(tree: ast.AST) -> set[str]:
    calls = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return {getattr(call, "id", getattr(call, "attr", "")) for call in calls if _bare(call)}


def _bare(call: ast.expr) -> bool:
    """`re.compile` is another thing than `compile`."""
    return not (isinstance(call, ast.Attribute) and call.attr == "compile")


@pytest.mark.promise("P20")
@pytest.mark.asvs("1.5.2")
def test_nothing_reads_objects_from_outside() -> None:
    found = {
        (path.relative_to(HOUSE).as_posix(), name)
        for path, tree in trees(SOURCES, OBJECT_READERS)
        for name in imported(tree) & OBJECT_READERS
    }
    assert found == OWN_CODE
    assert len(SOURCES) > 100


@pytest.mark.promise("P20")
@pytest.mark.asvs("1.3.7")
def test_nothing_makes_code_or_templates_of_text() -> None:
    found = {
        (path.relative_to(HOUSE).as_posix(), name)
        for path, tree in trees(SOURCES, MAKERS)
        for name in called(tree) & MAKERS
    }
    assert found == set(ALLOWED)


OWN_JSON = {
    "app/storage/agreed_terms.py": "the contents of contracts, written by us",
    "app/adapters/endings.py": "a file of the operator's",
    "app/adapters/key_register.py": "a file of ours",
    "app/adapters/list_shelf.py": "a file of ours",
    "app/adapters/manifests.py": "a file of ours",
    "app/adapters/outbound.py": "after it was read to a bounded depth",
    "app/adapters/partners.py": "a file of ours",
    "app/adapters/programme_shelf.py": "a file of ours",
    "app/adapters/root_folder.py": "a file of the operator's",
    "app/adapters/vault.py": "a file of ours",
    "app/cli/partners.py": "a file of the operator's",
    "app/cli/retention.py": "a file of the operator's",
    "app/services/card_batches.py": "what we drew",
    "app/services/case.py": "what we sealed",
    "app/services/compared_documents.py": "what we sealed",
    "app/storage/case_judgements.py": "what we sealed",
    "app/storage/check_ins.py": "what we sealed",
    "app/storage/payslips.py": "what we wrote",
    "app/services/complaint_evidence.py": "what we sealed",
    "app/services/complaint_filing.py": "what we sealed",
    "app/services/complaint_numbers.py": "what we sealed",
    "app/services/complaint_packages.py": "what we sealed",
    "app/services/complaint_remedies.py": "what we sealed",
    "app/services/complaint_talk.py": "what we sealed",
    "app/storage/cost_cases.py": "what we sealed",
    "app/storage/cost_entries.py": "what we sealed",
    "app/storage/cost_parts.py": "what we sealed",
    "app/storage/wanted_cases.py": "what we sealed",
    "app/storage/employer_changes.py": "an offer that we froze",
    "app/storage/identity_changes.py": "what we sealed",
    "app/storage/log_tree.py": "an event of ours",
    "app/storage/own_data.py": "what we sealed",
    "app/storage/past_permits.py": "what we sealed",
    "app/storage/ratings.py": "what we sealed",
    "app/storage/return_counts.py": "what we sealed",
    "app/storage/return_surveys.py": "what we sealed",
    "app/storage/watch_checks.py": "what we sealed",
    "app/storage/welfare_claims.py": "what we sealed",
    "app/web/assets.py": "what we built",
    "app/web/prompts.py": "what we built",
    "recruitment/contracts.py": "what we drew, under its digest",
}
"""Who reads JSON with the standard library, which follows every bracket, and whose JSON it is."""


@pytest.mark.asvs("1.5.2", "2.4.1")
def test_what_strangers_wrote_is_read_to_a_bounded_depth() -> None:
    found = {
        path.relative_to(HOUSE).as_posix()
        for path in SOURCES
        if "json.loads(" in path.read_text("utf-8") and "demo" not in path.parts
    }
    assert found == set(OWN_JSON)


KEPT_BY_PAGES = {
    ("shortcuts.js", "localStorage"),
    ("app.js", "indexedDB"),
    ("preparing.js", "caches"),
    ("shell.js", "caches"),
}
"""Whether the keys of the queue are switched off, "on" or "off"; what a gate without a network
keeps for a while, under the scanner's seals (tests/brigade/gate.test.mjs reads what lies there);
and its page in two languages, which names nobody."""


@pytest.mark.asvs("14.3.3")
def test_pages_keep_nothing_of_anybody_in_the_browser() -> None:
    """What is kept of somebody is sealed; test_kept_crossings.py reads the scanner's disk."""
    stores = re.compile(r"localStorage|sessionStorage|indexedDB|\bcaches\b|document\.cookie")
    web = HOUSE / "app" / "web"
    shell = web / "scanner" / "shell.js"  # which the gate's service worker keeps its page by
    scripts = [*(web / "static" / "src").rglob("*.js"), *(web / "gate").glob("*.js"), shell]
    sources = {path.name: path.read_text("utf-8") for path in scripts}
    found = {(name, one) for name, source in sources.items() for one in stores.findall(source)}
    assert found == KEPT_BY_PAGES
    written = re.findall(r"setItem\(([^;]*)\);", sources["shortcuts.js"])
    assert written == ['SWITCH, toggle.checked ? "on" : "off"']
    assert len(scripts) > 5


@pytest.mark.promise("P20")
@pytest.mark.asvs("1.1.2")
def test_no_template_lets_text_through_as_markup() -> None:
    through = re.compile(r"\|\s*safe\b|autoescape\s+false")
    files = list((HOUSE / "templates").rglob("*.html"))
    assert [str(path) for path in files if through.search(path.read_text("utf-8"))] == []
    assert len(files) > 50
