"""The wizard's questions said aloud, as pages find them: made by app/web/pages/voices.py.

A programme's own questions are data and change while the service runs: the worker gives them a
voice (app/web/pages/own_voices.py) in a folder of their own, each under a name that tells its text.
"""

import json
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path

from app.web import assets
from app.web.i18n import OFFERED, REGISTRY, Language
from permits.programme_questions import ProgrammeQuestion

BUILT = assets.BUILT / "audio"

PAGES_OF_A_CASE = frozenset({"consulta", "contar", "numero", "caso"})

DIGITS = tuple(f"cifra-{digit}" for digit in range(10))
"""The digits said aloud, from 0 to 9: a page asks for all of them, in this order, or for none."""

UNTRACED = PAGES_OF_A_CASE | set(DIGITS)
"""Sounds of a case: they are kept by no browser, and have an address in their own room."""

UNTRACED_AT = "/consulta/voz"

Prompts = Mapping[str, Mapping[str, str]]
"""Language → slug of the step → address of the sound."""


def read_prompts(built: Path = BUILT) -> Prompts:
    """What there is to hear; nothing where nothing was made."""
    prefix = f"{assets.PREFIX}/{built.name}"
    return {
        code: {
            slug: _untraced(code, slug) if slug in UNTRACED else f"{prefix}/{file}"
            for slug, file in files.items()
        }
        for code, files in _listed(built).items()
    }


def read_untraced(built: Path = BUILT) -> Mapping[str, Path]:
    """The sounds of a case's pages: address → file."""
    return {
        _untraced(code, slug): built / file
        for code, files in _listed(built).items()
        for slug, file in files.items()
        if slug in UNTRACED
    }


def _listed(built: Path) -> Mapping[str, Mapping[str, str]]:
    manifest = built / "manifest.json"
    if not manifest.is_file():
        return {}
    listed: dict[str, dict[str, str]] = json.loads(manifest.read_text("utf-8"))
    return listed


def _untraced(code: str, slug: str) -> str:
    return f"{UNTRACED_AT}/{code}/{slug}"


def heard(prompts: Prompts, language: Language, slug: str) -> list[tuple[Language, str]]:
    """The sounds of a step: in the page's language, then in those that have no pages yet."""
    spoken = [language, *(other for other in REGISTRY if other not in OFFERED)]
    return [(one, prompts[one.code][slug]) for one in spoken if slug in prompts.get(one.code, {})]


VOICES, OWN = "voices", "own-voices"
"""The folder among the data that is served, and in it the one of programmes' own questions."""


def own_text(question: ProgrammeQuestion, code: str) -> str:
    """What is said of a programme's own question: it, how to answer, and each choice."""
    choices = (f"{words}." for words in question.choices(code).values())
    said = (question.label(code), question.hint(code), *choices)
    return " ".join(part for part in said if part)


def own_name(question: ProgrammeQuestion, code: str) -> str:
    """The file of its sound: another text has another name, so that no old sound is heard."""
    return f"{code}-{sha256(own_text(question, code).encode()).hexdigest()[:16]}.ogg"


def heard_own(
    voices: Path | None, language: Language, question: ProgrammeQuestion
) -> list[tuple[Language, str]]:
    """The sound of a programme's own question, as `heard`; none where none was made yet."""
    name = own_name(question, language.code)
    if voices is None or not (voices / OWN / name).is_file():
        return []
    return [(language, f"{assets.PREFIX}/{OWN}/{name}")]


def list_own(voices: Path | None, questions: Iterable[ProgrammeQuestion]) -> list[str]:
    """The addresses of every sound that there is of these questions."""
    asked = [(language, one) for one in questions for language in OFFERED]
    return [at for language, one in asked for _, at in heard_own(voices, language, one)]
