"""One row of the matrix: the rule, the codes of who is let in, and what is sent."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.web.api.matrix import rules
from tests.web.api.matrix.rules import Rule

NEVER_SEEN = "99999"
"""A version that nobody has seen."""


@dataclass(frozen=True)
class Row:
    """`allowed` are the codes of who is let in; `sent` is what goes along with the request.

    `ids` stand in the path beside those of the file.
    """

    rule: Rule
    allowed: frozenset[int]
    sent: Mapping[str, Any] = field(default_factory=dict)
    ids: Mapping[str, object] = field(default_factory=dict)

    @property
    def is_public(self) -> bool:
        """Whether everybody is let in, and nobody asked who they are."""
        return self.rule is rules.everybody


def row(rule: Rule, *allowed: int, ids: Mapping[str, object] | None = None, **sent: Any) -> Row:  # noqa: ANN401
    return Row(rule, frozenset(allowed or (200,)), sent, ids or {})


def public(*allowed: int, ids: Mapping[str, object] | None = None, **sent: Any) -> Row:  # noqa: ANN401
    return row(rules.everybody, *allowed, ids=ids, **sent)
