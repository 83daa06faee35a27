"""Photos and documents of an application: re-encoded before anything is kept."""

from datetime import timedelta
from hashlib import sha256
from uuid import UUID

from app.services.outages import Outage
from app.services.ports import Picture
from app.services.reaching import reading, writing
from app.services.throttling import Limit, allow_try
from app.services.work import Work
from app.storage import applications, documents
from app.storage.documents import Document
from permits.applications import Application, ApplicationId
from permits.audit import Act
from permits.errors import Fault, Invalid, Stale
from permits.later_papers import LaterPaper
from permits.policies import check_edit, check_read
from permits.submissions import OWN_FILES, DocumentKind
from permits.visibility import Group, check_sees


class UnfitFile(Invalid):
    """A file that is not kept; unlike a typing mistake it is noted in the log."""


UPLOAD_LIMIT = 15 * 1024 * 1024
"""Bytes of a photo as a phone sends it."""

A_DAY = Limit("files", 40, timedelta(days=1))
"""Files kept for one worker: an application has three, and each may be taken anew some times."""


def attach_document(
    work: Work,
    application: ApplicationId,
    kind: DocumentKind,
    data: bytes,
    *,
    seen_version: int | None = None,
) -> Document:
    """Keep a picture for a draft or a returned application.

    Content decides, not the name: what is not a JPEG, PNG or WebP picture is Invalid, as is one
    over 15 MB. Kept is a new JPEG of at most 1600 px without metadata; the SHA-256 is of
    those bytes. A file of the same kind that stood before is kept but no more shown.
    `seen_version` is compared where the caller names one (Stale). What is refused is an
    UnfitFile; where the malware scan does not answer nothing is kept (Outage).
    """
    before = applications.lock(work.session, application, reach=writing(work))
    check_edit(work.actor, before)
    if kind not in OWN_FILES:
        raise Invalid([Fault("not-an-option", "kind")])
    if seen_version is not None and before.version != seen_version:
        raise Stale("changed-meanwhile")
    document = _keep(work, before, kind, data)
    changed = work.event(Act.APPLICATION_ANSWERED, application, {"fields": [kind.value]})
    applications.save(work.session, before, before, work.now, event=changed)
    return document


def keep_answer(work: Work, of: Application, data: bytes, instead_of: UUID | None) -> Document:
    """Keep a photo that answers a question, `instead_of` the one that answered it before.

    The caller has checked whose it is, and holds the application.
    """
    return _keep(work, of, DocumentKind.ANSWER, data, instead_of)


def keep_evidence(work: Work, of: Application, data: bytes) -> Document:
    """Keep a photo that proves other identity data; the caller has checked whose it is."""
    return _keep(work, of, DocumentKind.EVIDENCE, data)


def keep_late(work: Work, of: Application, data: bytes, paper: LaterPaper) -> Document:
    """Keep a photo of a paper that came later; the caller has checked whose it is."""
    return _keep(work, of, DocumentKind.LATE, data, paper=paper)


def _keep(
    work: Work,
    of: Application,
    kind: DocumentKind,
    data: bytes,
    instead_of: UUID | None = None,
    paper: LaterPaper | None = None,
) -> Document:
    picture = fit_picture(work, of, kind.value, data)
    identity = work.new_id()
    document = Document(
        identity,
        of.id,
        kind,
        f"applications/{of.id}/{identity}.jpg",
        picture.media_type,
        len(picture.data),
        sha256(picture.data).hexdigest(),
        work.now,
        paper,
    )
    # The object first: an orphan is swept, a row without its object would be a broken file.
    work.ports.objects.put(document.object_key, picture.data, picture.media_type)
    facts = {"kind": kind.value, "sha256": document.sha256, "application": str(of.id)}
    event = work.event(Act.DOCUMENT_ATTACHED, document.id, facts)
    documents.add_document(work.session, document, instead_of=instead_of, event=event)
    return document


def fit_picture(work: Work, of: Application, field: str, data: bytes) -> Picture:
    """The picture to keep, for a `field`; as all sent are kept, one worker has so many a day."""
    if len(data) > UPLOAD_LIMIT:
        raise UnfitFile([Fault("file-too-large", field, {"limit_mb": 15})])
    if not data:
        raise UnfitFile([Fault("file-empty", field)])
    if is_malware(work, data):
        raise UnfitFile([Fault("file-infected", field)])
    try:
        picture = work.ports.pictures.reencode(data)
    except Invalid as invalid:
        raise UnfitFile([Fault(f.code, field, f.facts) for f in invalid.faults]) from None
    if not allow_try(work, A_DAY, str(of.worker)):
        raise UnfitFile([Fault("too-many-files", field, {"limit": A_DAY.tries})])
    return picture


def is_malware(work: Work, data: bytes) -> bool:
    """What the scan says of a file; Outage where it does not answer: nothing is kept unscanned."""
    try:
        return work.ports.malware.is_malware(data)
    except OSError:
        raise Outage("malware-scan-away") from None


def read_document(work: Work, application: ApplicationId, document: UUID) -> tuple[Document, bytes]:
    """A stored file and its bytes, for who may open the case; the log says who looked."""
    of = applications.get_application(work.session, application, reach=reading(work))
    check_read(work.actor, of)
    check_sees(work.actor, Group.DOCUMENTS)
    found = documents.get_document(work.session, application, document)
    facts = {"kind": found.kind.value, "application": str(application)}
    documents.note_reading(work.session, event=work.event(Act.DOCUMENT_READ, document, facts))
    return found, work.ports.objects.get(found.object_key)
