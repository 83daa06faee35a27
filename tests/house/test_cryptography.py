"""docs/cryptography.md lists every use of cryptography, and nothing must be guessed from less."""

import ast
from functools import cache
from pathlib import Path

import pytest

from app.adapters.chance import SystemChance
from tests.house.cryptography import PAGE, found, listed
from tests.house.marks import HOUSE
from tests.house.sources import trees

DRAWING = [*(HOUSE / "app").rglob("*.py"), *(HOUSE / "permits").rglob("*.py")]
"""Who may ask for what nobody can guess."""

FEW = {
    "app/services/complaint_referrals.py": "53 bits, stretched by Argon2id, for one package",
    "app/services/check_in_complaints.py": "the number of a complaint that nobody is told",
    "app/services/complaint_numbers.py": "53 bits, of which Argon2id is kept under a secret salt",
    "app/services/devices.py": "12 of 30 letters for fifteen minutes; six digits, five tries",
    "app/services/one_time_codes.py": "55 bits beside the code's place, and tries are counted",
    "app/services/phone_codes.py": "six digits, five guesses, ten minutes",
    "app/services/resume_codes.py": "eight digits that people write down; tries are counted",
    "app/services/issuing.py": "numbers and places, which are no secrets",
    "app/services/list_places.py": "places of a status list, which are no secrets",
    "app/services/submissions.py": "the number of a receipt, which is no secret",
    "app/services/worker_numbers.py": "a number for life, which opens nothing",
}
"""Who draws numbers below a limit, and why so few bits are enough there."""


@pytest.mark.asvs("11.1.1", "11.1.2")
def test_the_page_lists_every_file_and_what_it_uses() -> None:
    there = found()
    assert listed() == there, "say it in docs/cryptography.md"
    assert len(there) > 40
    keys = PAGE.read_text("utf-8").split("## Uses")[0].split("## Keys")[1]
    assert all(name in keys for name in ("Roots", "Permits", "Fields", "Passphrase", "device"))


@pytest.mark.asvs("11.1.2")
def test_a_use_that_is_not_listed_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "app" / "web").mkdir(parents=True)
    added = "from cryptography.hazmat.primitives.ciphers.aead import AESGCM\nimport secrets\n"
    (tmp_path / "app" / "new.py").write_text(added)
    (tmp_path / "app" / "web" / "new.js").write_text('crypto.subtle.digest("SHA-256", x)')
    monkeypatch.setattr("tests.house.cryptography.HOUSE", tmp_path)
    assert found() == {
        "app/new.py": {"AES-256-GCM", "random bytes"},
        "app/web/new.js": {"SHA-256"},
    }


@cache
def drawn() -> dict[str, set[str]]:
    """What each file of the services asks of chance: `token(16)`, `below(limit)`."""
    asked: dict[str, set[str]] = {}
    for path, tree in trees(DRAWING, ["chance"]):
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                owner = ast.unparse(node.func.value)
                if owner.endswith("chance") and node.func.attr in {"token", "below"}:
                    name = path.relative_to(HOUSE).as_posix()
                    asked.setdefault(name, set()).add(ast.unparse(node))
    return asked


@pytest.mark.asvs("11.5.1")
def test_what_must_not_be_guessed_has_128_random_bits_of_the_operating_system() -> None:
    tokens = {
        (name, call.rpartition("(")[2].rstrip(")"))
        for name, calls in drawn().items()
        for call in calls
        if ".token(" in call
    }
    short = {(n, size) for n, size in tokens if size.isdigit() and int(size) < 16}
    assert short == set()
    assert {size for _, size in tokens if not size.isdigit()} == {"SECRET_BYTES"}  # 160 bits
    below = {name for name, calls in drawn().items() if any(".below(" in call for call in calls)}
    assert below == set(FEW)
    assert len({SystemChance().token(16) for _ in range(1000)}) == 1000


@pytest.mark.asvs("11.5.1")
def test_no_other_chance_and_no_uuid_stands_for_a_secret() -> None:
    for path, tree in trees(DRAWING, ["random", "token_hash"]):
        imported = {a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}
        assert "random" not in imported, path
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("token_hash"):
                assert "new_id" not in ast.unparse(node), path
