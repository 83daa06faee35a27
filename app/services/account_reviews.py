"""The nightly look at the accounts: roles that must not meet, doors left ajar, keys nobody uses."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from app.services import notices
from app.services.account_care import close
from app.services.work import Work
from app.storage import account_locks, accounts, factors, outbox, sessions
from app.storage.accounts import Account
from permits.accounts import UNUSED_BY_PHONE_FOR, UNUSED_FOR, Concern, LockReason
from permits.audit import Act
from permits.deadlines import legal_day
from permits.duties import conflicts_among
from permits.notices import Notice, NoticeKind
from permits.people import PersonId, Role

EFFECT = "review-accounts"
"""Of the outbox: whatever happens at night, each day is looked at once."""

TOLD = (Role.ADMINISTRATOR, Role.DATA_PROTECTION_OFFICER)


@dataclass(frozen=True)
class Review:
    """What was found: accounts by concern; those long unused are locked by now."""

    found: Mapping[Concern, tuple[PersonId, ...]]

    def count(self, concern: Concern) -> int:
        """How many accounts raise this concern."""
        return len(self.found[concern])

    @property
    def is_clean(self) -> bool:
        """Whether nobody needs to be told."""
        return not any(self.found.values())


def plan_review(work: Work) -> int:
    """Leave the look of today for the worker; doing so again the same day changes nothing."""
    day = legal_day(work.now).isoformat()
    outbox.put(work.session, outbox.Effect(EFFECT, f"{EFFECT}:{day}", {}), work.now)
    return 0


def review_accounts(work: Work) -> Review:
    """Look at every account, lock those that nobody uses, and tell who must know.

    Roles that must not meet are told and not taken back: which of them is wrong a person decides.
    """
    every = accounts.list_accounts(work.session)
    review = Review(
        {
            Concern.ROLES_CONFLICT: tuple(
                one.person for one in every if conflicts_among(one.roles)
            ),
            Concern.NO_SECOND_FACTOR: _without_factor(work, every),
            Concern.LONG_UNUSED: _lock_unused(work),
        }
    )
    facts = {concern.value: review.count(concern) for concern in Concern}
    event = work.event(Act.ACCOUNTS_REVIEWED, UUID(int=0), facts)
    sessions.note_event(work.session, event=event)
    if not review.is_clean:
        _tell(work, every, review)
    return review


def _lock_unused(work: Work) -> tuple[PersonId, ...]:
    """Lock what nobody used for so long; one administrator stays, whoever was unused."""
    administrators = account_locks.lock_administrators(work.session)
    since, by_phone = (legal_day(work.now - one) for one in (UNUSED_FOR, UNUSED_BY_PHONE_FOR))
    unused = account_locks.list_unused(work.session, since, by_phone)
    if administrators and administrators <= set(unused):
        unused.remove(min(administrators))
    for person in unused:
        close(work, person, LockReason.LONG_UNUSED)
    return tuple(unused)


def _without_factor(work: Work, every: list[Account]) -> tuple[PersonId, ...]:
    """Who could sign in with a password alone: their next sign-in asks them to enrol first."""
    held = factors.list_people_with_factors(work.session)
    open_ones = (one for one in every if one.password_hash and not one.disabled)
    return tuple(one.person for one in open_ones if one.person not in held)


def _tell(work: Work, every: list[Account], review: Review) -> None:
    """One notice a day to each of them; counts only, the page shows who."""
    day = legal_day(work.now).isoformat()
    told: dict[str, str] = {
        concern.value.replace("-", "_"): str(review.count(concern)) for concern in Concern
    }
    told["link"] = f"{work.ports.public_url}/administracion/cuentas"
    locked = set(review.found[Concern.LONG_UNUSED])
    for account in every:
        if account.disabled or account.person in locked or account.roles.isdisjoint(TOLD):
            continue
        key = f"{NoticeKind.ACCOUNTS_REVIEWED.value}:{day}:{account.person}"
        phone = None if account.email else account.phone
        kind = NoticeKind.ACCOUNTS_REVIEWED
        notices.leave(work, Notice(kind, "es", key, phone, account.email, told))
