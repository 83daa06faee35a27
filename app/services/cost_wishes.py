"""A worker asks for a case about what they paid (R30-R32): with their word alone, and once."""

from uuid import UUID

from app.services import cost_complaints
from app.services.costs import Diary, read_own_diary
from app.services.pools import find_work
from app.services.work import Work
from app.storage.cost_cases import CostCase
from permits.applications import ApplicationId
from permits.errors import Conflict
from recruitment.complaints.filed import WORDS_LIMIT
from recruitment.cost_cases import CostWish
from recruitment.costs import Asker
from recruitment.wanted_cases import Ground


def ask_for_case(work: Work, application: ApplicationId, words: str) -> None:
    """Ask the complaints office to act, for every reason that was not asked for before.

    `words` is what the office reads of the payments. Without its keys the case waits for them.
    The same again is none; Conflict("no-cost-case") where nothing ever gave a reason.
    """
    diary = read_own_diary(work, application, hold=True)
    if not diary.reasons:
        if not diary.asked:
            raise Conflict("no-cost-case")
        return
    official = any(one.payment.asker is Asker.OFFICIAL for one in diary.entries)
    case = CostCase(
        work.new_id(),
        application,
        diary.application.worker,
        _employer(work, diary),
        CostWish(Ground.CONSENT, diary.reasons, words[:WORDS_LIMIT], official),
        work.now,
    )
    cost_complaints.want_case(work, case)


def _employer(work: Work, diary: Diary) -> UUID | None:
    """Whose work it is; None of a pool, and while there is no vacancy."""
    found = find_work(work, diary.vacancy) if diary.vacancy else None
    return UUID(found.offer.employer) if found and found.offer.employer else None
