"""What of a worker's contract stands against an approval by SETRASS."""

from dataclasses import replace

from app.services.case import Case
from app.services.contract_checks import reader_of, understood
from app.services.seen_contracts import find_held
from app.services.work import Work
from permits.errors import Fault
from permits.findings import Finding, Severity
from permits.offers import Offer
from permits.people import Agency
from recruitment.contract_standing import Held
from recruitment.contracts import Agreement, Party

SOURCE = "R09-R17; IRIS 3"


def blocking(work: Work, case: Case, agency: Agency) -> list[Fault]:
    """A rule against the newest version (R09 to R15), and R16, always: worse, or read by nobody.

    Where the programme wants it agreed to first (`contract_first`), also a missing yes, and R17.
    """
    if agency is not Agency.SETRASS or case.offer is None or case.offer.is_pool:
        return []
    if case.contract.blocked:
        return [Fault("contract-blocked", "opinion")]
    # One version is no other than itself, and most cases have no second one.
    held = find_held(work, case) if case.contract.versions > 1 else None
    agreed = held.newest.by(Party.WORKER) if held else case.contract.agreed
    code = _exchanged(held) or _lacking(work, case, agreed)
    return [Fault(code, "opinion")] if code else []


def find_blocks(work: Work, case: Case, offer: Offer) -> list[Finding]:
    """The same of the work of another employer that is asked for, each as a finding.

    A pool's first employer is asked for in the same way, so that its contract is agreed to then.
    """
    held = find_held(work, replace(case, offer=offer))
    code = _standing_against(work, case, held)
    return [Finding(code, Severity.BLOCK, SOURCE)] if code else []


def _standing_against(work: Work, case: Case, held: Held | None) -> str | None:
    if held is not None and held.newest.blocked:
        return "contract-blocked"
    agreed = held.newest.by(Party.WORKER) if held else None
    return _exchanged(held) or _lacking(work, case, agreed)


def _exchanged(held: Held | None) -> str | None:
    """R16: the newest version is worse, or nobody has read what only words tell of its change."""
    if held is None or not (held.worse or held.unread):
        return None
    return "contract-worse" if held.worse else "contract-unread"


def _lacking(work: Work, case: Case, agreed: Agreement | None) -> str | None:
    """What is missing of the worker's yes, where the programme wants it first."""
    if not case.programme.contract_first:
        return None
    if agreed is None:
        return "contract-not-accepted"
    return None if understood(work, reader_of(case), agreed) else "contract-not-understood"
