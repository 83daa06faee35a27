"""JSON that somebody else wrote: read to a bounded depth, whoever sends it.

The standard library follows every bracket and ends in a RecursionError, which is no ValueError and
leaves the interpreter counting wrong; a header of six kilobytes is enough.
"""

from typing import Any

from pydantic_core import from_json

__all__ = ["read_json"]


def read_json(text: str | bytes) -> Any:  # noqa: ANN401  the caller checks the shape
    """The value of a text (RFC 8259); ValueError for anything else, or deeper than 200 brackets."""
    return from_json(text, allow_inf_nan=False)
