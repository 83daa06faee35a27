"""An official reads the zone of the document, or compares the person with it."""

from datetime import date
from uuid import UUID

from app.services.documents import read_document
from app.services.reaching import writing
from app.services.ties import ties_of
from app.services.work import Work
from app.services.worker_numbers import join_verified
from app.storage import documents, drafts, read_zones
from permits.applications import ApplicationId
from permits.audit import Act, Fact
from permits.deadlines import legal_day
from permits.duplicates import Match
from permits.errors import Conflict, Fault, Invalid, refuse_if
from permits.identity_checks import ReadZone, check_compare, compare_zone, find_faults
from permits.policies import check_review
from permits.submissions import DocumentKind, from_mapping
from permits.zone_guesses import find_zone

SIDES = (DocumentKind.IDENTITY_FRONT, DocumentKind.IDENTITY_BACK)
"""A passport has its zone on the page of the photo, a card on its back."""


def propose_zone(work: Work, application: ApplicationId) -> str:
    """The zone that a machine reads in the document's pictures, to be looked at and corrected.

    Nothing is kept: what counts is what an official hands in. Each picture that is read stands in
    the log. Conflict("zone-reader-absent") where the service has no reader, "zone-reader-busy";
    Invalid("zone-not-found") where the pictures show no zone.
    """
    check_review(work.actor)
    found, draft = drafts.read_whole(
        work.session, work.ports.vault, application, reach=writing(work)
    )
    check_compare(work.actor, found, ties_of(work, found, draft.answers.get("document_number")))
    today = legal_day(work.now)
    files = documents.list_documents(work.session, application)
    sides = [file for side in SIDES for file in files if file.kind is side]
    for file in sides:
        if zone := _look(work, application, file.id, today):
            return zone
    raise Invalid([Fault("zone-not-found", "zone")])


def _look(work: Work, application: ApplicationId, document: UUID, today: date) -> str:
    if work.ports.zones is None:
        raise Conflict("zone-reader-absent")
    _, picture = read_document(work, application, document)
    try:
        lines = work.ports.zones.read_lines(picture)
    except OSError:
        raise Conflict("zone-reader-busy") from None
    return find_zone(lines, today)


def compare_document(
    work: Work, application: ApplicationId, zone: str, *, confirmed: bool
) -> ReadZone:
    """Keep the zone, and whether the official compared the person with the document.

    The log tells which fields differ, by name, and nothing of what they say.
    """
    check_review(work.actor)
    vault = work.ports.vault
    found, draft = drafts.read_whole(
        work.session, vault, application, reach=writing(work), lock=True
    )
    number = draft.answers.get("document_number")
    check_compare(work.actor, found, ties_of(work, found, number))
    today = legal_day(work.now)
    refuse_if(find_faults(zone, today, confirmed=confirmed))
    lines = [line.strip().replace(" ", "").upper() for line in zone.splitlines() if line.strip()]
    read = ReadZone("\n".join(lines), confirmed, work.actor.person, work.now)
    compared = compare_zone(from_mapping(draft.answers), read.text, today) if read.text else ()
    differs = [one.field for one in compared if one.match is Match.DIFFERENT]
    facts: dict[str, Fact] = {"zone": bool(read.text), "confirmed": confirmed, "differs": differs}
    event = work.event(Act.IDENTITY_COMPARED, application, facts)
    read_zones.save_zone(work.session, vault, application, read, event=event)
    if confirmed:
        join_verified(work, found)
    return read
