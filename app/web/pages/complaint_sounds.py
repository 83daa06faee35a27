"""The sounds of a case's pages, from an address of their own room.

Who lets a proxy write no address below `/consulta` has them left out too; the browser keeps no
copy, and no cookie is read. An address tells the page and the language, and so does its page's.
"""

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, Response

from app.web.prompts import UNTRACED_AT
from app.web.templating import Site

router = APIRouter(include_in_schema=False)


@router.get(UNTRACED_AT + "/{language}/{slug}")
def hear(request: Request, language: str, slug: str) -> Response:
    """One sound, also in parts. A bare 404 where there is none: no refusal is logged here."""
    site: Site = request.app.state.pages.site
    path = site.untraced.get(f"{UNTRACED_AT}/{language}/{slug}")
    if path is None:
        return Response(status_code=404)
    return FileResponse(path, media_type="audio/ogg", headers={"Cache-Control": "no-store"})
