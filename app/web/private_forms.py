"""Forms of people who must not leave a trace: their files never touch a disk in clear.

A file that comes in is spooled to a temporary file, as everywhere, but through a stream cipher
(ChaCha20) whose key lives in this process's memory and dies with the request. So an upload takes
no memory while a slow phone sends it, and what a crash leaves on the disk opens to nobody. Who is
signed in is not asked: the cookie is not even read, and no session is touched.
"""

import secrets
from collections.abc import AsyncIterator, Callable
from tempfile import TemporaryFile
from typing import IO, Annotated, Any

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import ChaCha20
from fastapi import Depends, HTTPException, Request
from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from app.services.work import Work
from app.web import i18n
from app.web.dependencies import Transaction, holds_no_text, work_in
from app.web.turns import taking_turns
from permits.people import NOBODY
from recruitment.complaints.filed import FILE_LIMIT_BYTES, MOST_FILES_AT_ONCE

MOST_PARTS = MOST_FILES_AT_ONCE + 5
"""Files that are read at all: empty fields count too, and one too many is told in words."""

MOST_FIELDS = 120


class SealedSpool:
    """A temporary file that is written once and read whole, sealed on its way."""

    def __init__(self) -> None:
        self._file: IO[bytes] = TemporaryFile()  # noqa: SIM115  closed with the form
        algorithm = ChaCha20(secrets.token_bytes(32), secrets.token_bytes(16))
        self._cipher = Cipher(algorithm, mode=None)
        self._writing = self._cipher.encryptor()
        self._size = 0

    def write(self, data: bytes) -> int:
        """Add; what is beyond the limit of a file is counted and not kept."""
        if self._size <= FILE_LIMIT_BYTES:
            self._file.write(self._writing.update(data))
        self._size += len(data)
        return len(data)

    def seek(self, _offset: int) -> int:
        """To the beginning, where reading begins anyway."""
        return 0

    def read(self, _size: int = -1) -> bytes:
        """Everything; of a file beyond the limit one byte more than the limit."""
        self._file.seek(0)
        sealed = self._file.read(FILE_LIMIT_BYTES + 1)
        return self._cipher.decryptor().update(sealed)

    def close(self) -> None:
        """Forget it."""
        self._file.close()


class _SealedParser(MultiPartParser):
    """Starlette's parser with our spool in the place of its own, which is empty by then."""

    def on_headers_finished(self) -> None:
        super().on_headers_finished()
        upload = self._current_part.file
        if upload is not None:
            upload.file.close()
            spool: Any = SealedSpool()
            self._files_to_close_on_error[-1] = spool
            upload.file = spool


async def received_sealed(request: Request) -> AsyncIterator[FormData]:
    """A form as it was sent; 400 where it is broken, or `holds_no_text`."""
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        async with request.form(max_fields=MOST_FIELDS) as form:
            yield _checked(request, form)
        return
    parser = _SealedParser(
        request.headers, request.stream(), max_files=MOST_PARTS, max_fields=MOST_FIELDS
    )
    try:
        form = await parser.parse()
    except MultiPartException:
        raise HTTPException(400) from None
    try:
        yield _checked(request, form)
    finally:
        await form.close()


def _checked(request: Request, form: FormData) -> FormData:
    if holds_no_text(form):
        raise HTTPException(400)
    i18n.note_pressed(request, form)
    return form


PrivateForm = Annotated[FormData, Depends(received_sealed)]


async def _in_turn(form: PrivateForm) -> AsyncIterator[None]:
    async with taking_turns():
        yield


IN_PRIVATE_TURN = [Depends(_in_turn, scope="function")]
"""For routes that look up a number: a slow hash each, and two at once."""


async def _in_turn_alone() -> AsyncIterator[None]:
    async with taking_turns():
        yield


IN_TURN_ALONE = [Depends(_in_turn_alone, scope="function")]
"""The same for routes whose body is JSON, which is read before any dependency."""


async def nameless_work(request: Request, session: Transaction) -> Work:
    """Work of somebody who says not who they are; signed in or not, nobody looks."""
    return work_in(request, session, NOBODY)


NamelessWork = Annotated[Work, Depends(nameless_work, scope="function")]


def files_of(form: FormData, field: str) -> list[Callable[[], bytes]]:
    """What reads each file of a field, to a byte more than its limit; empty ones are left out."""
    return [
        one.file.read for one in form.getlist(field) if isinstance(one, UploadFile) and one.filename
    ]
