"""What a rule is: what it looks at, what it reads, what it may find, and how it is judged."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Generic, TypeVar

from permits.findings import Finding, Severity
from permits.programmes import Programme, Threshold
from recruitment.ethics.facts import SUBJECTS
from recruitment.ethics.parameters import Parameters, Terms
from recruitment.ethics.words import Subject


class RuleId(StrEnum):
    """The number of a rule; stable for ever."""

    R01 = "R01"
    R02 = "R02"
    R03 = "R03"
    R04 = "R04"
    R05 = "R05"
    R06 = "R06"
    R07 = "R07"
    R08 = "R08"
    R09 = "R09"
    R10 = "R10"
    R11 = "R11"
    R12 = "R12"
    R13 = "R13"
    R14 = "R14"
    R15 = "R15"
    R16 = "R16"
    R17 = "R17"
    R18 = "R18"
    R19 = "R19"
    R20 = "R20"
    R21 = "R21"
    R22 = "R22"
    R23 = "R23"
    R24 = "R24"
    R25 = "R25"
    R26 = "R26"
    R27 = "R27"
    R28 = "R28"
    R29 = "R29"
    R30 = "R30"
    R31 = "R31"
    R32 = "R32"
    R33 = "R33"
    R34 = "R34"
    R35 = "R35"
    R36 = "R36"
    R37 = "R37"
    R38 = "R38"
    R39 = "R39"
    R40 = "R40"


class Effect(StrEnum):
    """What a finding asks for beside its severity; the service does it, the law names it."""

    OPEN_CASE_S1 = "open-case-s1"
    OPEN_CASE_S2 = "open-case-s2"
    FREEZE_RECRUITER = "freeze-recruiter"
    AUDIT_RECRUITER = "audit-recruiter"
    REPAY = "repay"
    SCREEN_FOR_DEBT_BONDAGE = "screen-for-debt-bondage"
    REFER_TO_CICESCT = "refer-to-cicesct"
    TELL_SENAF = "tell-senaf"
    PROPOSE_INSPECTION = "propose-inspection"
    ASK_WORKER_FIRST = "ask-worker-first"


UNKNOWN = "unknown"
"""The code of a finding that says what is missing: nothing missing ever passes."""

GRAVEST_FIRST = list(Severity)

F = TypeVar("F")
T = TypeVar("T")


def known(fact: T | None) -> T:
    """A fact that stands among a rule's `needs`, and so is there when the rule is judged."""
    if fact is None:
        raise LookupError
    return fact


@dataclass(frozen=True, kw_only=True)
class RuleFinding(Finding):
    """A finding of a rule, as `permits.findings.Finding` shows it, and what makes it repeatable.

    `code` is one of the rule's outcomes, or `UNKNOWN` with the names of the facts that are
    `missing`. `counted` are the parameters that were looked at, each with the first day of its
    version. `confirmed` is true where counsel has confirmed the rule and all of these.
    """

    rule: RuleId
    missing: tuple[str, ...] = ()
    effects: tuple[Effect, ...] = ()
    counted: tuple[tuple[str, date], ...] = ()


@dataclass(frozen=True)
class Outcome:
    """What a rule may find: how grave, where no programme says otherwise, and what it asks for."""

    severity: Severity
    effects: tuple[Effect, ...] = ()


class Judging:
    """One rule on one day under one programme: hands out parameters, and words the finding."""

    def __init__(self, rule: "Rule[Any]", parameters: Parameters, on: date) -> None:
        self._rule, self._parameters, self.on = rule, parameters, on
        self._used: dict[str, Threshold | Terms] = {}

    @property
    def programme(self) -> Programme:
        """The programme under which the thing is judged, with the values of the day."""
        return self._parameters.programme.on(self.on)

    @property
    def parameters(self) -> Parameters:
        """Every parameter, for the minimum wages."""
        return self._parameters

    def value(self, name: str) -> int:
        """A number of this rule; its unit stands in the name."""
        found = self.find_value(name)
        if found is None:
            raise KeyError(f"{self._rule.id}.{name}")
        return found

    def find_value(self, name: str) -> int | None:
        """A number that may be left out of the file; None where it is."""
        threshold = self._parameters.threshold(f"{self._rule.id}.{name}", self.on)
        if threshold is not None:
            self._used[f"{self._rule.id}.{name}"] = threshold
        return threshold.value if threshold else None

    def terms(self, name: str) -> tuple[str, ...]:
        """A list of this rule: words or codes."""
        found = self._parameters.terms(f"{self._rule.id}.{name}", self.on)
        self._used[f"{self._rule.id}.{name}"] = found
        return found.items

    def finds(self, code: str, place: str = "", **facts: str | int) -> RuleFinding:
        """The finding of an outcome; a code that the rule does not list is a KeyError."""
        outcome = self._rule.outcomes[code]
        return self._finding(code, self.severity(code), place, facts, outcome.effects)

    def unknown(self, *missing: str) -> RuleFinding:
        """The finding that something is not known, as grave as the gravest that it could hide."""
        facts: dict[str, str | int] = {"missing": ", ".join(missing)}
        gravest = min(map(self.severity, self._rule.outcomes), key=GRAVEST_FIRST.index)
        return self._finding(UNKNOWN, gravest, missing[0], facts, (), missing)

    def severity(self, code: str) -> Severity:
        """How grave an outcome is under this programme on this day."""
        default = self._rule.outcomes[code].severity
        return self._parameters.severity(self._rule.id, code, self.on) or default

    def _finding(
        self,
        code: str,
        severity: Severity,
        place: str,
        facts: dict[str, str | int],
        effects: tuple[Effect, ...],
        missing: tuple[str, ...] = (),
    ) -> RuleFinding:
        used = self._used.values()
        sources = dict.fromkeys([self._rule.id, self._rule.source, *(one.source for one in used)])
        return RuleFinding(
            code,
            severity,
            "; ".join(sources),
            self._rule.confirmed and all(one.confirmed for one in used),
            place,
            facts,
            rule=self._rule.id,
            missing=missing,
            effects=effects,
            counted=tuple((name, one.valid_from) for name, one in self._used.items()),
        )


Judge = Callable[[F, Judging], RuleFinding | None]


@dataclass(frozen=True)
class Rule(Generic[F]):
    """One rule; called with facts, parameters and a day it gives its finding, or None.

    `of` is the kind of facts that it judges. `needs` are the facts without which nothing can be
    judged; `reads` those that count only in some cases. `outcomes` maps each code that it may find
    to how grave it is. `parameters` are names of the file without the rule's number. `overridable`
    is false where no official may set the finding aside. `source` cites the clause, `confirmed`
    whether counsel has confirmed it.
    """

    id: RuleId
    of: type[F]
    judge: Judge[F]
    outcomes: Mapping[str, Outcome]
    source: str
    needs: tuple[str, ...] = ()
    reads: tuple[str, ...] = ()
    parameters: tuple[str, ...] = ()
    overridable: bool = True
    confirmed: bool = False

    def __call__(self, facts: F, parameters: Parameters, on: date) -> RuleFinding | None:
        """The finding on these facts; what is missing gives one too, never None."""
        judging = Judging(self, parameters, on)
        missing = [name for name in self.needs if getattr(facts, name) is None]
        if missing:
            return judging.unknown(*missing)
        return self.judge(facts, judging)

    @property
    def about(self) -> Subject:
        """What it looks at."""
        return SUBJECTS[self.of]

    @property
    def inputs(self) -> tuple[str, ...]:
        """Every fact that it looks at."""
        return (*self.needs, *self.reads)
