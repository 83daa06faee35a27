"""An official reads the zone of the document, or compares the person with it."""

from app.services.reaching import writing
from app.services.ties import ties_of
from app.services.work import Work
from app.storage import drafts, read_zones
from permits.applications import ApplicationId
from permits.audit import Act, Fact
from permits.deadlines import legal_day
from permits.duplicates import Match
from permits.errors import refuse_if
from permits.identity_checks import ReadZone, check_compare, compare_zone, find_faults
from permits.policies import check_review
from permits.submissions import from_mapping


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
    return read
