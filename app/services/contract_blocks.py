"""What of a worker's contract stands against an approval by SETRASS."""

from app.services.case import Case
from app.services.contracts import see_contract
from app.services.work import Work
from permits.errors import Fault
from permits.findings import Severity
from permits.people import Agency
from recruitment.contracts import is_substitution


def blocking(work: Work, case: Case, agency: Agency) -> list[Fault]:
    """A rule against the newest version (R09 to R15), and R16, always.

    Where the programme wants it agreed to first (`contract_first`), also R17 and a missing yes.
    """
    if agency is not Agency.SETRASS or case.offer is None or case.offer.is_pool:
        return []
    if case.contract_blocked:
        return [Fault("contract-blocked", "opinion")]
    if not case.programme.contract_first:
        # One version is no other than itself, and most cases have no second one.
        seen = see_contract(work, case) if case.contracts > 1 else None
        worse = seen is not None and is_substitution(seen.differences)
        return [Fault("contract-worse", "opinion")] if worse else []
    seen = see_contract(work, case)
    if seen is None or seen.worker is None:
        return [Fault("contract-not-accepted", "opinion")]
    graver = [one for one in seen.findings if one.severity is Severity.BLOCK]
    return [Fault("contract-worse", "opinion")] if graver else []
