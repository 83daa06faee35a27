"""The same picture once more, for a file that is kept and erased by itself."""

from dataclasses import replace

from app.services.work import Work
from app.storage import documents
from app.storage.documents import Document
from permits.applications import ApplicationId
from permits.audit import Act


def take_along(work: Work, picture: Document, application: ApplicationId) -> None:
    """Copy a picture of one application into the file of another."""
    data = work.ports.objects.get(picture.object_key)
    identity = work.new_id()
    copy = replace(
        picture,
        id=identity,
        application=application,
        object_key=f"applications/{application}/{identity}.jpg",
        attached_at=work.now,
    )
    work.ports.objects.put(copy.object_key, data, copy.media_type)
    facts = {"kind": copy.kind.value, "sha256": copy.sha256, "application": str(application)}
    event = work.event(Act.DOCUMENT_ATTACHED, identity, facts)
    documents.add_document(work.session, copy, event=event)
