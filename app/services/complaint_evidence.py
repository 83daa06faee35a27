"""Evidence of complaints: taken in as it is, sealed at once, copied without what tells on people.

The original is sealed under the case's key as it came, and is never written again. Its SHA-256 is
told at intake (sealed, as everything about a file), and the one of the sealed bytes beside it, so
that anybody may see that what lies there is what came. A handler reads a working copy.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from datetime import date
from hashlib import sha256
from uuid import UUID

from app.services.complaint_keys import CaseSeal
from app.services.outages import Outage
from app.services.work import Work
from app.storage import accounts, complaint_files
from app.storage.complaint_files import SealedFile, Step
from permits.audit import Act
from permits.deadlines import legal_day
from permits.errors import Conflict, Fault, Invalid, NotFound
from permits.people import Permission
from permits.policies import check_permission
from recruitment.complaints.custody import Held, Link, Reason
from recruitment.complaints.evidence import Copy, find_kind, without_metadata
from recruitment.complaints.filed import (
    FILE_LIMIT_BYTES,
    MOST_FILES,
    MOST_FILES_AT_ONCE,
    Evidence,
)

LEAST_FILE_BYTES = 64 * 1024
"""No file is shorter where it lies."""

FOLDER = "complaints"


@dataclass(frozen=True)
class Received:
    """A file as somebody sent it, from which field of the form; its name is not kept.

    It is read when it is looked at, and once more when it is kept: of several files one alone is
    in memory at a time.
    """

    field: str
    read: Callable[[], bytes] = dataclass_field(repr=False)


@dataclass(frozen=True)
class Piece:
    """A piece of evidence as its case's key opens it; `sha256` is of the file as it came."""

    id: UUID
    place: int
    kind: Evidence
    media_type: str
    size: int
    sha256: str
    added_on: date


def check_files(work: Work, files: Sequence[Received], *, already: int) -> list[Fault]:
    """Everything that keeps files from being taken; `already` are in the case.

    Where the malware scan does not answer nothing is taken (Outage).
    """
    faults = []
    if len(files) > MOST_FILES_AT_ONCE or already + len(files) > MOST_FILES:
        limit = MOST_FILES_AT_ONCE if len(files) > MOST_FILES_AT_ONCE else MOST_FILES
        faults.append(Fault("too-many-files", files[0].field, {"limit": limit}))
    for one in files:
        code = _fault_of(work, one.read())
        if code:
            big = code == "file-too-large"
            faults.append(
                Fault(code, one.field, {"limit_mb": FILE_LIMIT_BYTES // 1024**2} if big else {})
            )
    return faults


def _fault_of(work: Work, data: bytes) -> str:
    if len(data) > FILE_LIMIT_BYTES:
        return "file-too-large"
    if not data:
        return "file-empty"
    if find_kind(data) is None:
        return "evidence-unknown-kind"
    try:
        return "file-infected" if work.ports.malware.is_malware(data) else ""
    except OSError:
        raise Outage("malware-scan-away") from None


def keep_file(work: Work, seal: CaseSeal, place: int, received: Received) -> None:
    """Seal a file that was checked and keep it: the object first, then its row."""
    data = received.read()
    found = find_kind(data)
    if found is None:
        raise Invalid([Fault("evidence-unknown-kind", received.field)])
    kind, media = found
    identity, day = work.new_id(), legal_day(work.now)
    about = {
        "kind": kind.value,
        "media": media,
        "size": len(data),
        "sha256": sha256(data).hexdigest(),
    }
    sealed = seal.seal(work, "file", identity, data, LEAST_FILE_BYTES)
    object_key = f"{FOLDER}/{work.ports.chance.token(16).hex()}"
    work.ports.objects.put_undated(object_key, sealed, day)
    row = SealedFile(
        identity,
        seal.complaint,
        place,
        object_key,
        sha256(sealed).hexdigest(),
        seal.seal(work, "about file", identity, json.dumps(about).encode(), 256),
        day,
    )
    complaint_files.add_file(work.session, row)


def list_pieces(work: Work, seal: CaseSeal) -> list[Piece]:
    """Every piece of evidence of a case that is open, as they came."""
    return [
        _piece(work, seal, row) for row in complaint_files.list_files(work.session, seal.complaint)
    ]


def digests_at(work: Work, seal: CaseSeal, place: int) -> list[str]:
    """The SHA-256 of what came with one message, sorted: to know the same files again."""
    return sorted(one.sha256 for one in list_pieces(work, seal) if one.place == place)


def digests_of(files: Sequence[Received]) -> list[str]:
    """The same of files as they are sent."""
    return sorted(sha256(one.read()).hexdigest() for one in files)


def read_own(work: Work, seal: CaseSeal, file: UUID) -> tuple[Piece, bytes]:
    """A piece as it came, for the complainant who gave it."""
    row = _find(work, seal, file)
    return _piece(work, seal, row), _original(work, seal, row)


def read_copy(work: Work, seal: CaseSeal, file: UUID, why: Reason) -> tuple[Piece, Copy]:
    """A piece without metadata, for a handler; who opened it when and why is written down.

    The caller has checked that they may handle the case.
    """
    row = _find(work, seal, file)
    piece, original = _piece(work, seal, row), _original(work, seal, row)
    _note(work, row, Step.COPIED, why)
    if piece.kind is Evidence.PHOTO:
        try:  # a strip of a screen counts too, however narrow
            return piece, Copy(work.ports.pictures.reencode(original, smallest=1).data, clean=True)
        except Invalid:  # damaged or too large: whoever handles the case may see what came
            return piece, Copy(original, clean=False)
    plain = work.ports.pictures.paper(original) if piece.kind is Evidence.PAPER else None
    if plain is not None:
        return piece, Copy(plain, clean=True)
    return piece, without_metadata(piece.media_type, original)


def read_original(work: Work, seal: CaseSeal, file: UUID, why: Reason) -> tuple[Piece, bytes]:
    """A piece as it came, for a handler who says why a copy is not enough."""
    row = _find(work, seal, file)
    data = _original(work, seal, row)
    _note(work, row, Step.OPENED, why)
    return _piece(work, seal, row), data


def list_held(work: Work, seal: CaseSeal) -> list[Held]:
    """Every piece of a case with its chain of custody, as they came, for a handler."""
    check_permission(work.actor, Permission.COMPLAINT_HANDLE)
    every = complaint_files.list_custody(work.session, seal.complaint)
    names = accounts.list_names(work.session, {one.person for one in every if one.person})
    chains: dict[UUID, list[Link]] = {}
    for one in every:
        who = names.get(one.person, "") if one.person else ""
        link = Link(one.step.value, who, one.at, one.why.value if one.why else "")
        chains.setdefault(one.file, []).append(link)
    return [
        Held(one.kind, one.size, one.sha256, one.added_on, tuple(chains.get(one.id, ())))
        for one in list_pieces(work, seal)
    ]


def _note(work: Work, row: SealedFile, step: Step, why: Reason) -> None:
    check_permission(work.actor, Permission.COMPLAINT_HANDLE)
    event = work.event(Act.COMPLAINT_EVIDENCE_OPENED, row.complaint, {"file": str(row.id)})
    complaint_files.note_step(work.session, row.id, step, why, event=event)


def _find(work: Work, seal: CaseSeal, file: UUID) -> SealedFile:
    for row in complaint_files.list_files(work.session, seal.complaint):
        if row.id == file:
            return row
    raise NotFound("no-such-document")


def _piece(work: Work, seal: CaseSeal, row: SealedFile) -> Piece:
    about = json.loads(seal.open(work, "about file", row.id, row.about))
    return Piece(
        row.id,
        row.place,
        Evidence(about["kind"]),
        about["media"],
        about["size"],
        about["sha256"],
        row.added_on,
    )


def _original(work: Work, seal: CaseSeal, row: SealedFile) -> bytes:
    """The file as it came; Conflict("complaint-damaged") where a byte of it differs."""
    sealed = work.ports.objects.get(row.object_key)
    if sha256(sealed).hexdigest() != row.sha256:
        raise Conflict("complaint-damaged")
    return seal.open(work, "file", row.id, sealed)
