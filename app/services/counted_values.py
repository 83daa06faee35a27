"""Which version of the values counts under a programme, by a digest that is worked out once."""

from recruitment.ethics.parameters import Parameters
from recruitment.ethics.written import digest

_KNOWN: dict[str, tuple[Parameters, bytes]] = {}
"""Of each programme the values that were digested last; they are held, so none takes their place
in memory."""


def digest_of(parameters: Parameters) -> bytes:
    """The SHA-256 of the thresholds, seasons, quotas, minimum wages and rows that count.

    Every judgement is kept with it, and the values change once in a season: until another object
    of them is read, nothing is written out anew.
    """
    code = parameters.programme.code
    known = _KNOWN.get(code)
    if known is not None and _is_same(known[0], parameters):
        return known[1]
    versions = parameters.programme.versions
    counting = (versions.thresholds, versions.seasons, parameters.programme.quotas)
    found = digest(*counting, parameters.minimum_wages, parameters.rows)
    _KNOWN[code] = (parameters, found)
    return found


def _is_same(one: Parameters, other: Parameters) -> bool:
    """Whether both are of the very same frozen values; equal ones that were read twice need not."""
    return (
        one.programme is other.programme
        and one.rows is other.rows
        and one.minimum_wages == other.minimum_wages
    )
