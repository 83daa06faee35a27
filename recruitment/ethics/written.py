"""Findings as they are kept, and digests of what was looked at."""

import hashlib
import json
from collections.abc import Mapping, Set
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from typing import Any

from permits.findings import Finding, Severity
from recruitment.ethics.rules import Effect, RuleFinding, RuleId


def write_finding(finding: Finding) -> dict[str, Any]:
    """Plain data of a finding, of a rule or of `permits`."""
    written: dict[str, Any] = {
        "code": finding.code,
        "severity": finding.severity.value,
        "source": finding.source,
        "confirmed": finding.confirmed,
        "field": finding.field,
        "facts": dict(finding.facts),
    }
    if isinstance(finding, RuleFinding):
        written |= {
            "rule": finding.rule.value,
            "missing": list(finding.missing),
            "effects": [one.value for one in finding.effects],
            "counted": [[name, since.isoformat()] for name, since in finding.counted],
        }
    return written


def read_finding(written: Mapping[str, Any]) -> Finding:
    """The inverse of `write_finding`."""
    plain = {
        "code": written["code"],
        "severity": Severity(written["severity"]),
        "source": written["source"],
        "confirmed": written["confirmed"],
        "field": written["field"],
        "facts": dict(written["facts"]),
    }
    if "rule" not in written:
        return Finding(**plain)
    return RuleFinding(
        **plain,
        rule=RuleId(written["rule"]),
        missing=tuple(written["missing"]),
        effects=tuple(Effect(one) for one in written["effects"]),
        counted=tuple((name, date.fromisoformat(since)) for name, since in written["counted"]),
    )


def digest(*values: object) -> bytes:
    """SHA-256 of frozen values; the same in every process, whatever the order of a set."""
    text = json.dumps([_plain(one) for one in values], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).digest()


PLAIN = frozenset({str, int, bool, type(None)})
"""As they are in JSON: most of what there is, so they are asked for first."""


@cache
def _names(kind: type) -> tuple[str, ...] | None:
    """The fields of a kind of value, None where it has none."""
    return tuple(one.name for one in fields(kind)) if is_dataclass(kind) else None


def _plain(value: object) -> Any:  # noqa: ANN401  whatever JSON knows
    kind = type(value)
    if kind in PLAIN:
        return value
    names = _names(kind)  # type: ignore[arg-type]  # a class is always hashable
    if names is not None:
        return {name: _plain(getattr(value, name)) for name in names}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, Set):
        return sorted(str(_plain(one)) for one in value)
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value if isinstance(value, bool | int | None) else str(value)
