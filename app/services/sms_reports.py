"""What the SMS gateway reports of messages: one that did not come is told to who answers for it."""

from collections.abc import Mapping

from app.services.work import Work
from app.storage import outbox


def take_reports(work: Work, headers: Mapping[str, str], body: bytes) -> bool:
    """Note what became of messages; False where the gateway did not sign it just now.

    The same report twice, and one of a message that is forgotten, change nothing. There is no
    third way to a phone: the case says that a person has to call.
    """
    gateway = work.ports.sms_reports
    reports = gateway.read_reports(headers, body, work.now) if gateway else None
    if reports is None:
        return False
    for report in reports:
        outbox.note_report(work.session, report.provider_id, work.now, delivered=report.delivered)
    return True
