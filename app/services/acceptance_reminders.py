"""An employer that has not answered is asked again, as long as somebody waits for the answer."""

from datetime import timedelta

from app.services import acceptances, daily
from app.services.work import Work, token_hash
from app.storage import acceptances as rows
from app.storage import applications, vacancies
from app.storage.acceptances import Acceptance
from permits import base64url
from permits.audit import Act
from permits.deadlines import start_of
from permits.reach import EVERYTHING

JOB = "employers-waiting"
EVERY = timedelta(days=14)
"""Before the link dies: the agencies have two months, and without the answer none may approve."""

BATCH = 500


def remind(work: Work, limit: int = BATCH) -> int:
    """The task of the hour: once a day after eight, who has not answered for so long is asked anew.

    By a new link, which takes the place of the last one; only its hash is known here. Of cases
    under review and of changes of employer that wait, the oldest `limit`. Returns how many.
    """
    today = daily.due_day(work, JOB)
    if today is None:
        return 0
    waiting = rows.list_waiting(work.session, start_of(today) - EVERY + timedelta(days=1), limit)
    for one in waiting:
        _ask_again(work, one)
    daily.mark_done(work, JOB, today)
    return len(waiting)


def _ask_again(work: Work, one: Acceptance) -> None:
    vacancy = vacancies.find_vacancy(work.session, one.vacancy)
    if vacancy is None or vacancy.barred:
        return
    token = base64url.encode(work.ports.chance.token(32))
    facts = {"answer": "asked", "vacancy": str(one.vacancy)}
    event = work.event(Act.ACCEPTANCE_ANSWERED, one.application, facts)
    until = work.now + acceptances.LINK_LIFETIME
    rows.renew(work.session, one, token_hash(token), work.now, until, event=event)
    found = applications.get_application(work.session, one.application, reach=EVERYTHING)
    acceptances.send_link(work, found, vacancy, token, f"again-{work.now.date().isoformat()}")
