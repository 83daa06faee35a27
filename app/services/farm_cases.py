"""What several workers of one place tell (R37): a case, and an inspection that is asked for."""

from datetime import timedelta
from uuid import UUID

from app.services import inspection_asks, wanted_cases
from app.services.wanted_cases import WantedCase, within_days
from app.services.work import Work
from app.storage import wanted_cases as kept
from permits.people import SYSTEM
from recruitment.check_ins import CheckIn
from recruitment.ethics.rules import RuleFinding
from recruitment.wanted_cases import Grade, Ground, Wanted, signs_in


def open_case_of_farm(
    work: Work, answered: CheckIn, finding: RuleFinding, farm: UUID | None = None
) -> None:
    """Remember that several workers of a farm, or of one employer, tell of the same sign.

    Without a name, and in the service's own: who answered last is in no log line of it. Once for
    each sign within the days that R37 looks at; of an employer not what a farm of theirs is named
    for. The labour inspection reads it at once: three people cannot be one sender, for each
    answered under an own permit (decision 101).
    """
    if answered.employer is None:
        return
    since = work.now - timedelta(days=within_days(work))
    known = kept.list_of_farm(work.session, work.ports.vault, answered.employer, since)
    if any(
        finding.facts == one.facts
        for case in known
        for one in case.findings
        if farm in {None, case.farm}
    ):
        return
    work = work.as_actor(SYSTEM)
    case = WantedCase(
        work.new_id(),
        answered.programme,
        Wanted(Grade.S1, Ground.EX_OFFICIO),
        (finding,),
        work.now,
        answered.employer,
        farm=farm,
    )
    wanted_cases.add_case(work, case)
    inspection_asks.ask_inspection(work, answered.employer, signs_in(finding), farm)
