"""A kept paper as it is handed out, and the file that somebody sent with a form."""

from fastapi.responses import Response
from starlette.datastructures import FormData, UploadFile

from app.services.documents import UPLOAD_LIMIT
from recruitment.employer_papers import Paper


def sent_file(posted: FormData, name: str = "file") -> bytes:
    """The bytes of a file, one more than the limit at most; none where none was sent."""
    sent = posted.get(name)
    return sent.file.read(UPLOAD_LIMIT + 1) if isinstance(sent, UploadFile) else b""


def hand_out(found: tuple[Paper, bytes]) -> Response:
    """A picture to be seen; a PDF as a file, that no page of ours opens."""
    paper, data = found
    way = "inline" if paper.is_picture else f'attachment; filename="{paper.id}.pdf"'
    headers = {
        "Content-Disposition": way,
        "Cache-Control": "no-store",
        "Content-Security-Policy": "sandbox; default-src 'none'",
    }
    return Response(data, media_type=paper.media_type, headers=headers)
