"""Publishing which permits no longer count."""

from datetime import timedelta

from app.services import published as files
from app.services.work import Work
from app.storage import credentials, endings, list_openings, outbox, status_lists
from app.storage.status_lists import PublishedStatusList
from permits import status_list
from permits.audit import Act
from permits.deadlines import legal_day
from permits.people import SYSTEM_PERSON
from permits.signing import KeyUse
from permits.status_list import LIFETIME, StatusList, aggregation_uri, list_uri

__all__ = [
    "REPUBLISH_AFTER",
    "PublishedStatusList",
    "publish_status_list",
    "republish_due",
]

REPUBLISH_AFTER = timedelta(hours=6)
"""A list is signed anew this often even where nothing changed, so that its age tells the truth."""


def publish_status_list(work: Work, number: int) -> PublishedStatusList:
    """Sign the list as it stands now and put it in place of the one before; its files follow.

    Two that publish at once take turns: else the one that saw fewer revocations could be last.
    """
    status_lists.lock_list(work.session, number)
    statuses = credentials.list_statuses(work.session, number)
    lost, day = endings.list_places(work.session, number), legal_day(work.now)
    statuses += [(place.index, place.status) for place in lost if place.holds(day)]
    seconds = int(work.now.timestamp())
    signed = StatusList(
        uri=list_uri(work.ports.issuer, number),
        issued_at=seconds,
        expires=seconds + LIFETIME,
        packed=status_list.pack(statuses),
        aggregation=aggregation_uri(work.ports.issuer),
    )
    before = status_lists.find_published(work.session, number)
    version = before.version + 1 if before else 1
    signer = work.ports.keys.signer(KeyUse.STATUS)
    published = PublishedStatusList(
        number,
        version,
        status_list.sign(signed, signer),
        work.ports.tokens.sign_status_list(status_list.jwt_claims(signed)),
        work.now,
        work.now + timedelta(seconds=LIFETIME),
    )
    facts = {"list": number, "version": version}
    event = work.event(Act.STATUS_LIST_PUBLISHED, SYSTEM_PERSON, facts)
    status_lists.publish_list(work.session, published, event=event)
    outbox.put(work.session, files.effect_of(number, version), work.now)
    return published


def republish_due(work: Work) -> int:
    """Publish every list that is missing or older than `REPUBLISH_AFTER`; returns how many."""
    standing = {
        published.list: published for published in status_lists.list_published(work.session)
    }
    due = [
        number
        for number in sorted({*list_openings.list_known(work.session), *standing})
        if number not in standing or work.now - standing[number].issued_at >= REPUBLISH_AFTER
    ]
    for number in due:
        publish_status_list(work, number)
    return len(due)
