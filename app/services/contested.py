"""A revocation that is contested: where it is asked, and what is decided on anew if overturned.

What was taken back along with the right before is one measure with it, and so is the recourse.
"""

from collections.abc import Sequence

from app.services.case import Case, load_case
from app.services.reopening import give_anew
from app.services.work import Work
from app.storage import authorisations, own_applications, revocations, taken_back
from permits.appeals import Appeal, Ruling, TakenBack
from permits.applications import Application, Status
from permits.reach import EVERYTHING
from permits.revocations import Revocation


def revocations_of(work: Work, case: Case) -> list[Revocation]:
    """Every proposal about the right of an approved case, the newest first."""
    if case.application.status is not Status.APPROVED:
        return []
    vault = work.ports.vault
    return revocations.list_of_application(work.session, vault, case.application.id)


def contested_case(work: Work, case: Case) -> Case:
    """The case in which what was done to this one is contested: its own, or of the right before."""
    first = next((one.follows for one in revocations_of(work, case) if one.follows), None)
    if first is None:
        return case
    return load_case(work, taken_back.find_followed(work.session, first))


def give_all_anew(work: Work, case: Case, lost: TakenBack) -> list[Application]:
    """A case of its own about what is left of a right, and one of each that was lost along with it.

    The earliest first; nothing of a right whose days are over.
    """
    anew = [give_anew(work, case, lost.authorisation)]
    for along in taken_back.list_along(work.session, lost.revocation):
        of = authorisations.get_authorisation(work.session, along, reach=EVERYTHING).application
        anew.append(give_anew(work, load_case(work, of), along))
    return [one for one in anew if one is not None]


def find_anew(work: Work, filed: Sequence[Appeal]) -> Application | None:
    """The first case in which a right is decided on anew; None where no recourse led to one."""
    for one in filed:
        if one.revocation is not None and one.ruling is Ruling.OVERTURNED:
            lost = one.revocation
            rights = [lost.authorisation, *taken_back.list_along(work.session, lost.revocation)]
            found = (own_applications.find_restoring(work.session, right) for right in rights)
            return next((anew for anew in found if anew is not None), None)
    return None
