"""Heavy proofs: how often they run, and where their figures go for the documents."""

import json
import os
from pathlib import Path

FULL = os.environ.get("VEREDA_PROOF") == "full"
FIGURES = Path(__file__).parent.parent / "build" / "proofs"


def times(small: int, full: int) -> int:
    """How often to repeat: `full` under `make prove` (VEREDA_PROOF=full), else `small`."""
    return full if FULL else small


def record(name: str, what: str, count: int, **figures: float | str) -> None:
    """Write what a proof did into build/proofs/<name>.json; a full one is never written over
    by a small one."""
    FIGURES.mkdir(parents=True, exist_ok=True)
    path = FIGURES / f"{name}.json"
    if not FULL and path.exists() and json.loads(path.read_text("utf-8"))["full"]:
        return
    told = {"name": name, "what": what, "count": count, "full": FULL, **figures}
    path.write_text(json.dumps(told, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
