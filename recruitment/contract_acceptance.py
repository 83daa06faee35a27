"""Which version of a contract a worker may accept, and that whoever cannot read it has heard it."""

from permits.audit import Fact
from permits.errors import Conflict, Fault, Invalid, refuse_if
from recruitment.contract_standing import Held, hold
from recruitment.contracts import LANGUAGES, Agreement, Contract, Party


def check_acceptable(versions: tuple[Contract, ...], seen: str) -> Contract:
    """The version that a worker may accept now: the newest, and the one that they have seen.

    Conflict("contract-changed") where another is the newest by now, else as `find_obstacle`.
    """
    held = hold(versions)
    if held.newest.digest != seen:
        raise Conflict("contract-changed")
    if obstacle := find_obstacle(held):
        raise Conflict(obstacle)
    return held.newest


def find_obstacle(held: Held) -> str | None:
    """Why nobody accepts the newest version now, None where a worker may.

    "contract-blocked" where a rule stands against it, "contract-not-offered" while the employer
    has not agreed to it, "contract-worse" where it is a substitution (R16), "contract-unread"
    while nobody of SETRASS read what only words tell.
    """
    if held.newest.blocked:
        return "contract-blocked"
    if held.newest.by(Party.EMPLOYER) is None:
        return "contract-not-offered"
    if held.worse:
        return "contract-worse"
    return "contract-unread" if held.unread else None


def must_witness(understands: frozenset[str]) -> bool:
    """Who understands none of the languages of a contract has it read out by a witness (R17)."""
    return not understands & LANGUAGES


def check_heard(understands: frozenset[str], reads: frozenset[str], *, heard: bool) -> None:
    """Who reads none of the languages of a contract says that they heard it (R17); Invalid.

    Conflict("contract-needs-witness") for who would not have understood what they heard.
    """
    if must_witness(understands):
        raise Conflict("contract-needs-witness")
    refuse_if([Fault("not-heard", "heard")] if not heard and not reads & LANGUAGES else [])


def check_heard_in(understands: frozenset[str], heard_in: str) -> None:
    """A witness reads out in a language that the worker understands (R17).

    Invalid("missing") where none is told, ("not-understood") where it is another language.
    """
    if not heard_in:
        raise Invalid([Fault("missing", "heard_in")])
    refuse_if([] if heard_in in understands else [Fault("not-understood", "heard_in")])


def language_heard(
    understands: frozenset[str], reads: frozenset[str], heard_in: str | None
) -> str | None:
    """The language in which somebody heard a contract alone: what they told, else the only one.

    None for who reads it and told none. Invalid as `check_heard_in`: who reads neither language
    and understands both says which of them it was.
    """
    common = sorted(understands & LANGUAGES)
    told = heard_in or (common[0] if len(common) == 1 else None)
    if told or not reads & LANGUAGES:
        check_heard_in(understands, told or "")
    return told


def check_deductions(contract: Contract, answer: bool | None) -> bool | None:
    """The worker's own answer to what is deducted (R13; C95, art. 4); None where nothing is.

    It is asked apart and either answer will do: who says no has agreed to the contract without
    these deductions. Invalid("missing") where they say neither.
    """
    if not contract.deducted:
        return None
    refuse_if([Fault("missing", "deductions")] if answer is None else [])
    return answer


def facts_of(contract: Contract, agreement: Agreement) -> dict[str, Fact]:
    """What the log tells of a yes."""
    told: dict[str, Fact] = {
        "party": agreement.party.value,
        "way": agreement.way.value,
        "read_aloud": agreement.read_aloud,
        "version": contract.version,
        "digest": contract.digest,
    }
    if agreement.heard_in:
        told["heard_in"] = agreement.heard_in
    if agreement.deductions is not None:
        told["deductions"] = agreement.deductions
    return told
