"""What an application goes on from: a right that is renewed, or one that is decided on anew."""

from uuid import UUID

from app.services.work import Work
from app.storage import applications, authorisations, permit_shields, taken_back
from permits.applications import Application
from permits.authorisations import STANDING, Authorisation, AuthorisationStatus
from permits.deadlines import legal_day
from permits.reach import EVERYTHING
from permits.renewals import Renewal


def find_before(work: Work, application: Application, *, lock: bool = False) -> Renewal | None:
    """The right before and its whole stay, walked back to the first; None where it is the first.

    With `lock` the right before is held, so that nobody takes it back meanwhile.
    """
    identity = application.renews or application.restores
    if identity is None:
        return None
    get = authorisations.lock_authorisation if lock else authorisations.get_authorisation
    before = first = get(work.session, identity, reach=EVERYTHING)
    earlier = [first.application]
    while identity := _goes_on_from(work, first):
        first = authorisations.get_authorisation(work.session, identity, reach=EVERYTHING)
        earlier.append(first.application)
    stands = before.stored is AuthorisationStatus.GRANTED
    anew_from = before.valid_from if application.restores else None
    shields = permit_shields.list_shields(work.session, application.worker, legal_day(work.now))
    return Renewal(
        before.id,
        first.valid_from,
        before.valid_until,
        tuple(earlier),
        stands,
        anew_from,
        bool(shields),
        legal_day(application.submitted_at) if application.submitted_at else None,
    )


def list_going_on(work: Work, right: Authorisation, *, lock: bool = False) -> list[Authorisation]:
    """The rights of the same stay that begin after this one ends, and stand; the earliest first.

    A renewal that was granted, and what a recourse gave anew of one. What is done to this right
    for good, or beyond its end, reaches them.
    """
    get = authorisations.lock_authorisation if lock else authorisations.get_authorisation
    known = taken_back.list_later(work.session, right.worker, right.valid_until)
    later = [get(work.session, one, reach=EVERYTHING) for one in known]
    stay = _stay(work, right) if later else set()
    return [one for one in later if one.stored in STANDING and stay & _stay(work, one)]


def _stay(work: Work, right: Authorisation) -> set[UUID]:
    """A right and all before it."""
    known, first = {UUID(str(right.id))}, right
    while identity := _goes_on_from(work, first):
        known.add(identity)
        first = authorisations.get_authorisation(work.session, identity, reach=EVERYTHING)
    return known


def _goes_on_from(work: Work, right: Authorisation) -> UUID | None:
    of = applications.get_application(work.session, right.application, reach=EVERYTHING)
    return of.renews or of.restores
