"""The worker asks to go on without leaving: an application that goes on from the standing right."""

from collections.abc import Mapping
from uuid import UUID

from app.services.applications import create_application
from app.services.case import Case, load_case, programme_of
from app.services.documents_along import take_along
from app.services.pools import list_pools
from app.services.reaching import reading, writing
from app.services.rights_before import find_before
from app.services.work import Work
from app.storage import authorisations, own_applications, permit_shields
from permits import submissions
from permits.applications import Application
from permits.authorisations import Authorisation
from permits.deadlines import legal_day
from permits.errors import Conflict
from permits.people import Permission
from permits.policies import check_own, check_permission
from permits.programme_questions import still_fitting
from permits.renewals import check_renew

ASKED_ANEW = ("vacancy", "consent", "phone")
"""The work may be another, the consent is for this application, the phone is the worker's now."""


def begin_renewal(work: Work, authorisation: UUID) -> Application:
    """Begin the renewal of an own right, or return the one that was begun before.

    1. the right, held: of two who ask at once one finds the other's; 2. it is the worker's own;
    3. may it be renewed now; 4. a draft with the answers and pictures that were decided on. What
    is asked anew stands empty; who is shielded finds the
    pool there, and needs no employer. Conflict with the reason where it may not be renewed.
    """
    check_permission(work.actor, Permission.APPLICATION_CREATE)
    before = authorisations.lock_authorisation(
        work.session, authorisation, reach=writing(work)
    )  # 1
    case = load_case(work, before.application)
    check_own(work.actor, case.application)  # 2
    begun = own_applications.find_renewal(work.session, before.id)
    if begun is not None:
        return begun
    _check(work, before, case)  # 3
    answers = submissions.to_mapping(case.answers)
    kept = {name: value for name, value in answers.items() if name not in ASKED_ANEW}
    asked = programme_of(work, before.programme).questions
    if _is_shielded(work, before):
        kept |= _pool_of(work, before, case)
    kept["extra"] = still_fitting(case.answers.extra, asked)
    renewal = create_application(work, before.programme, kept, renews=before.id)  # 4
    for picture in case.documents:
        take_along(work, picture, renewal.id)
    return renewal


def find_begun(work: Work, authorisation: Authorisation) -> Application | None:
    """The renewal of an own right that is under way or done."""
    check_permission(work.actor, Permission.APPLICATION_READ_OWN)
    return own_applications.find_renewal(work.session, authorisation.id)


def may_renew(work: Work, authorisation: UUID) -> Conflict | None:
    """What stands against renewing an own right now; None where nothing does."""
    before = authorisations.get_authorisation(work.session, authorisation, reach=reading(work))
    case = load_case(work, before.application)
    check_own(work.actor, case.application)
    try:
        _check(work, before, case)
    except Conflict as refusal:
        return refusal
    return None


def _check(work: Work, before: Authorisation, case: Case) -> None:
    earlier = find_before(work, case.application)
    first_day = earlier.first_day if earlier else before.valid_from
    programme, today = programme_of(work, before.programme), legal_day(work.now)
    check_renew(before, first_day, programme, today, shielded=_is_shielded(work, before))


def _is_shielded(work: Work, before: Authorisation) -> bool:
    return bool(permit_shields.list_shields(work.session, before.worker, legal_day(work.now)))


def _pool_of(work: Work, before: Authorisation, case: Case) -> Mapping[str, object]:
    """The pool of the department where the work was, else the first: no employer is asked.

    Whoever lost their work for having complained needs none to stay for the proceedings. It stands
    there to be changed for work that was found. Nothing where the programme has no pool.
    """
    pools = list_pools(work, before.programme)
    where = case.offer.department if case.offer else ""
    here = sorted(pools, key=lambda one: one.offer.department != where)
    return {"vacancy": str(here[0].id)} if here else {}
