"""The command `vereda`: it wires and prints; each command loads only what it needs."""

import sys

import typer

from app.adapters.bad_reference import BadReference
from app.adapters.server_account import EmbeddedServerError
from app.cli import (
    audit,
    backups,
    clients,
    complaints,
    data,
    database,
    demo,
    describe,
    doctor,
    ethics,
    keys,
    lists,
    partners,
    programmes,
    queue,
    registers,
    registries,
    retention,
    serve,
    states,
    users,
    verify,
    wages,
)
from app.cli.surroundings import UNABLE, Unable, say

__all__ = ["cli", "main"]

cli = typer.Typer(
    name="vereda",
    help="Vereda: labour-migration permits. Exit codes: 0 done or yes, 1 no, "
    "2 wrong use, 3 the surroundings (settings, database) do not allow it.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
cli.command()(serve.serve)
cli.command()(serve.worker)
cli.command()(doctor.doctor)
cli.command()(backups.backup)
cli.command()(backups.restore)
cli.command()(backups.export_revoked)
cli.command()(describe.openapi)
cli.command()(describe.settings)
cli.command()(states.states)
cli.command()(data.data)
cli.command()(verify.verify)
cli.command()(queue.queue)
cli.add_typer(database.group, name="db")
cli.add_typer(demo.seed_group, name="seed")
cli.add_typer(users.group, name="user")
cli.add_typer(clients.group, name="client")
cli.add_typer(keys.group, name="keys")
cli.add_typer(complaints.group, name="complaints")
cli.add_typer(partners.group, name="partners")
cli.add_typer(programmes.group, name="programmes")
cli.add_typer(wages.group, name="wages")
cli.add_typer(lists.group, name="lists")
cli.add_typer(ethics.group, name="ethics")
cli.add_typer(registers.group, name="registers")
cli.add_typer(registries.group, name="registries")
cli.command("check-offer")(registries.check_offer)
cli.add_typer(audit.group, name="audit")
cli.add_typer(retention.group, name="retention")
cli.add_typer(demo.dev_group, name="dev")


def main() -> None:
    """Run the command line; what the surroundings forbid is one sentence and exit code 3."""
    try:
        cli()
    except (BadReference, EmbeddedServerError, Unable) as error:
        say(str(error))
        sys.exit(UNABLE)
