"""Telling people what happened to their account, so that they notice what was not their doing."""

from app.services import notices
from app.services.work import Work
from app.storage import accounts, people
from permits.deadlines import legal_day
from permits.notices import Notice, NoticeKind
from permits.people import PersonId

LANGUAGE = "es"
"""Accounts speak Spanish; a worker is written to in the language of their application."""


def alert(work: Work, person: PersonId, kind: NoticeKind, **facts: str) -> None:
    """Leave a notice for an account holder, or for a worker, by the way we have of them."""
    account = accounts.find_account_of(work.session, person)
    worker = None if account else people.find_worker(work.session, person)
    phone = worker.phone if worker else None
    email, language = None, worker.language if worker else LANGUAGE
    if account is not None:
        email, phone = account.email, None if account.email else account.phone
    if not (email or phone):
        return
    told = {"day": legal_day(work.now).isoformat(), "link": f"{work.ports.public_url}/mi-cuenta"}
    key = f"{kind.value}:{person}:{work.new_id()}"
    notices.leave(work, Notice(kind, language, key, phone, email, told | facts))
