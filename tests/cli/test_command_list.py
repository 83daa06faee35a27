"""Every command either does something or reads, and what reads speaks JSON too."""

from collections.abc import Iterator
from typing import Any

import typer

from app.cli import cli

ACTING = {
    "backup",
    "client add",
    "client disable",
    "client rotate",
    "db grant",
    "db migrate",
    "keys activate",
    "keys compromise",
    "keys draft-list",
    "keys export-root",
    "keys fields-rotate",
    "keys import-list",
    "keys import-root",
    "keys new",
    "keys new-root",
    "keys retire",
    "keys sign-list",
    "restore",
    "retention erase-again",
    "retention hold",
    "retention lift",
    "seed demo",
    "serve",
    "user add",
    "user invite",
    "worker",
}
"""The commands that do something, and read nothing out."""


def commands() -> Iterator[tuple[str, Any]]:
    """Each command by its words."""
    root: Any = typer.main.get_command(cli)
    for name, command in root.commands.items():
        for below, inner in getattr(command, "commands", {}).items():
            yield f"{name} {below}", inner
        if not hasattr(command, "commands"):
            yield name, command


def test_every_command_that_reads_takes_json() -> None:
    found = dict(commands())
    takes = {
        name for name, command in found.items() if any("--json" in p.opts for p in command.params)
    }
    assert found.keys() - takes == ACTING
    assert len(takes) >= 15
