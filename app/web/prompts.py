"""The wizard's questions said aloud, as pages find them: made by app/web/pages/voices.py."""

import json
from collections.abc import Mapping
from pathlib import Path

from app.web import assets
from app.web.i18n import OFFERED, REGISTRY, Language

BUILT = assets.BUILT / "audio"

Prompts = Mapping[str, Mapping[str, str]]
"""Language → slug of the step → address of the sound."""


def read_prompts(built: Path = BUILT) -> Prompts:
    """What there is to hear; nothing where nothing was made."""
    manifest = built / "manifest.json"
    if not manifest.is_file():
        return {}
    listed: dict[str, dict[str, str]] = json.loads(manifest.read_text("utf-8"))
    prefix = f"{assets.PREFIX}/{built.name}"
    return {
        code: {slug: f"{prefix}/{file}" for slug, file in files.items()}
        for code, files in listed.items()
    }


def heard(prompts: Prompts, language: Language, slug: str) -> list[tuple[Language, str]]:
    """The sounds of a step: in the page's language, then in those that have no pages yet."""
    spoken = [language, *(other for other in REGISTRY if other not in OFFERED)]
    return [(one, prompts[one.code][slug]) for one in spoken if slug in prompts.get(one.code, {})]
