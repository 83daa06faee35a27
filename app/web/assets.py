"""The built CSS and JavaScript: names with fingerprints, and how browsers may keep them."""

import json
from collections.abc import Mapping
from pathlib import Path

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

BUILT = Path(__file__).parent / "static" / "vendor"
FONTS = BUILT / "fonts"
"""The typeface of the printed papers, which typst reads from files."""

PREFIX = "/static"


class NotBuilt(RuntimeError):
    """The front-end was not built, so no page could show its face."""


def read_manifest(folder: Path = BUILT) -> Mapping[str, str]:
    """Map each asset's plain name to its address; raise `NotBuilt` when there is no build."""
    manifest = folder / "manifest.json"
    if not manifest.is_file():
        raise NotBuilt("The front-end is not built. Run: npm ci && npm run build")
    entries: dict[str, dict[str, str]] = json.loads(manifest.read_text("utf-8"))
    return {name: f"{PREFIX}/{entry['file']}" for name, entry in entries.items()}


class Fingerprinted(StaticFiles):
    """Static files that never change under their name: browsers keep them for a year."""

    def __init__(self, folder: Path = BUILT, beside: Path | None = None) -> None:
        """`beside` holds what is made while the service runs; it may not be there yet."""
        super().__init__(directory=folder)
        if beside is not None:
            self.all_directories = [*self.all_directories, beside]

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Serve one file; what is found is immutable."""
        response = await super().get_response(path, scope)
        if response.status_code in {200, 206}:  # a sound is asked for in parts
            response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response
