"""Source files as trees: of many files only those that hold a word of what is looked for."""

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path


def trees(paths: Iterable[Path], words: Iterable[str]) -> Iterator[tuple[Path, ast.Module]]:
    """Each file whose text holds one of these words, read; a file without any takes no parsing."""
    wanted = tuple(words)
    for path in paths:
        source = path.read_text("utf-8")
        if any(word in source for word in wanted):
            yield path, ast.parse(source)
