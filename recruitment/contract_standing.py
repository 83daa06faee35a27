"""How the newest version of a contract stands against the one that it is held against (R16)."""

from dataclasses import dataclass

from recruitment.contract_looks import Look
from recruitment.contracts import (
    Change,
    Contract,
    Difference,
    Told,
    compare,
    find_base,
    is_substitution,
)
from recruitment.ethics.words import Weighed

WHOSE = frozenset({"application", "worker"})
"""What tells whose contract it is; all else of it is the work."""


def work_of(contract: Contract) -> Told:
    """What a version says of the work, whoever it is for."""
    return {name: value for name, value in contract.told.items() if name not in WHOSE}


@dataclass(frozen=True)
class Held:
    """The newest version, `base`, what differs, and the look of a person at this very pair."""

    newest: Contract
    base: Contract
    differences: tuple[Difference, ...]
    look: Look | None

    @property
    def others(self) -> frozenset[str]:
        """The terms that differ and that no order weighs: a person must look."""
        return frozenset(one.field for one in self.differences if one.change is Change.OTHER)

    @property
    def worse(self) -> bool:
        """Whether it is a substitution: by a term of it, or as the person said who looked."""
        said = self.look is not None and self.look.weighed is Weighed.WORSE
        return said or is_substitution(self.differences)

    @property
    def unread(self) -> bool:
        """Whether it waits for a person; what is worse already waits for nobody."""
        return bool(self.others) and self.look is None and not self.worse


def is_alike(one: Held, other: Held) -> bool:
    """Whether the same was changed in the same work, of two workers: whoever read one, read both.

    The marks of looks and digests are each their own.
    """
    ours, theirs = ((work_of(held.base), work_of(held.newest)) for held in (one, other))
    return ours == theirs


def hold(versions: tuple[Contract, ...]) -> Held:
    """Hold the newest version against its base; `versions` of one vacancy, the oldest first."""
    newest, base = versions[-1], find_base(versions)
    here = (one for one in newest.looks if (one.base, one.digest) == (base.digest, newest.digest))
    return Held(newest, base, compare(base.told, newest.told), next(here, None))
