"""What can go wrong under the law, as the caller must be told; knows no HTTP."""

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """One thing wrong with what was handed in.

    `code` is stable and chooses the wording; `field` names the input it is about ("" for the
    whole); `facts` fill the wording and never carry personal data.
    """

    code: str
    field: str = ""
    facts: dict[str, str | int] = dataclasses.field(default_factory=dict)


class DomainError(Exception):
    """Base of every refusal; `code` is the stable name that a client may rely on."""

    kind = "refused"

    def __init__(self, code: str, **facts: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


class NotFound(DomainError):
    """There is no such thing, or the actor may not know of it."""

    kind = "not-found"


class Hidden(NotFound):
    """There is such a thing and the actor may not know of it: answered as if there were none.

    The log knows better (`OUT_OF_REACH`); nobody else is told the difference.
    """


OUT_OF_REACH = "out-of-reach"
"""How a `Hidden` thing stands in the log."""


class Forbidden(DomainError):
    """The actor knows of the thing but may not do this to it."""

    kind = "forbidden"


class Conflict(DomainError):
    """The act does not fit the present state, or somebody else was first."""

    kind = "conflict"


class Stale(Conflict):
    """The caller saw an older version than the one that stands."""

    kind = "stale"


class Unauthenticated(DomainError):
    """Nobody is signed in, or the proof that was given does not hold."""

    kind = "unauthenticated"


class Invalid(DomainError):
    """The input has faults; all of them are told at once."""

    kind = "invalid"

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("invalid")
        self.faults = tuple(faults)


def refuse_if(faults: Sequence[Fault]) -> None:
    """Raise `Invalid` with every fault, or return when there is none."""
    if faults:
        raise Invalid(faults)
