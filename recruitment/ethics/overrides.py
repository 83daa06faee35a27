"""Setting a finding aside: another official, in writing, until a day; and never some of them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from permits.errors import Conflict, Fault, Forbidden, refuse_if
from permits.findings import Severity
from permits.people import Actor, PersonId, Role
from recruitment.ethics.catalogue import CATALOGUE, Overrider, overrider_of
from recruitment.ethics.parameters import Parameters
from recruitment.ethics.rules import GRAVEST_FIRST, RuleFinding, RuleId

LEAST_REASON = 20
"""Characters of a reason, white space at its ends not counted."""

LONGEST = "overrides.longest_days"
"""The parameter that says how long at most; who still needs it then asks again."""

_OFFICERS = {Role.SETRASS_OFFICER, Role.SETRASS_SUPERVISOR}
ALLOWED = {
    Overrider.NOBODY: frozenset[Role](),
    Overrider.SUPERVISOR: frozenset({Role.SETRASS_SUPERVISOR}),
    Overrider.OFFICIAL: frozenset(_OFFICERS),
    Overrider.CASE: frozenset[Role](),
}
"""Which roles may set aside what."""

NEVER = frozenset({Overrider.NOBODY, Overrider.CASE})
"""Where nobody may, whatever their role."""


@dataclass(frozen=True)
class Override:
    """One finding set aside: which outcome of which rule, how grave it then was, until when.

    `reason` is for officials and auditors. `ends_on` is the last day, included.
    """

    rule: RuleId
    code: str
    severity: Severity
    by: PersonId
    reason: str
    given_on: date
    ends_on: date


@dataclass(frozen=True)
class Plea:
    """Why a finding should be set aside, and until when; None where nobody said."""

    reason: str
    ends_on: date | None


def grant_override(
    finding: RuleFinding,
    plea: Plea,
    actor: Actor,
    concerned: Collection[PersonId],
    parameters: Parameters,
    today: date,
) -> Override:
    """Set a finding aside, or refuse.

    `concerned` are those who recorded, own or asked for the thing. Forbidden: "override-never" for
    a rule that nobody sets aside or that is handled in a case, "override-not-yours" for a role
    that may not, "override-own" for who is concerned. Conflict("override-not-needed") for a finding
    that is only shown. Invalid tells every fault of reason and end at once.
    """
    rule = CATALOGUE[finding.rule]
    overrider = overrider_of(rule, finding.severity)
    if overrider in NEVER:
        raise Forbidden("override-never", rule=finding.rule.value)
    if finding.severity is Severity.INFO:
        raise Conflict("override-not-needed")
    if actor.is_program or actor.role not in ALLOWED[overrider]:
        raise Forbidden("override-not-yours")
    if actor.person in concerned:
        raise Forbidden("override-own")
    longest = parameters.threshold(LONGEST, today)
    refuse_if(_faults(plea, longest.value if longest else 0, today))
    return Override(
        finding.rule,
        finding.code,
        finding.severity,
        actor.person,
        plea.reason.strip(),
        today,
        plea.ends_on or today,
    )


def _faults(plea: Plea, longest_days: int, today: date) -> list[Fault]:
    faults, ends_on = [], plea.ends_on
    if len(plea.reason.strip()) < LEAST_REASON:
        faults.append(Fault("too-short", "reason", {"limit": LEAST_REASON}))
    if ends_on is None:
        faults.append(Fault("missing", "ends_on"))
    elif ends_on < today:
        faults.append(Fault("override-end-past", "ends_on"))
    elif ends_on - today >= timedelta(days=longest_days):
        faults.append(Fault("override-too-long", "ends_on", {"limit": longest_days}))
    return faults


def is_set_aside(finding: RuleFinding, overrides: Sequence[Override], on: date) -> bool:
    """Whether an override covers this finding on this day.

    It covers the outcome that was looked at, no graver than it then was: a finding that has become
    graver, another outcome of the rule, and what nobody may set aside stand again.
    """
    if overrider_of(CATALOGUE[finding.rule], finding.severity) in NEVER:
        return False
    return any(
        (one.rule, one.code) == (finding.rule, finding.code)
        and one.given_on <= on <= one.ends_on
        and GRAVEST_FIRST.index(finding.severity) >= GRAVEST_FIRST.index(one.severity)
        for one in overrides
    )


def find_standing(
    findings: Sequence[RuleFinding], overrides: Sequence[Override], on: date
) -> tuple[RuleFinding, ...]:
    """The findings that still stop or warn: neither set aside nor only shown.

    What is not known keeps standing under an override of what was known (another code).
    """
    return tuple(
        one
        for one in findings
        if one.severity is not Severity.INFO and not is_set_aside(one, overrides, on)
    )


def may_pass(findings: Sequence[RuleFinding], overrides: Sequence[Override], on: date) -> bool:
    """Whether a publication or an approval may go on: nothing stands that blocks or warns."""
    return not find_standing(findings, overrides, on)
